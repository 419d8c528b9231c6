import { type Button, dialogActions } from '../../src/chat/mod.ts';
import type { ActionSet, Block, Container, PressAction } from './card-json.ts';
import { limits } from './limits.ts';
import { lines, shownTitle } from './text.ts';

/** Where a card stands: buttons of a message may open a dialog, those of a dialog send it. */
export type Surface = 'message' | 'dialog';

/** What a press hands back, beside the platform's own. */
interface PressData {
  readonly action: string;
  readonly value: string;
}

/** A button as an action of a card. */
function drawButton({ action, value, label, style }: Button, surface: Surface): PressAction {
  const title = shownTitle(label);
  const titled = {
    title,
    ...(title.length > limits.label && { tooltip: title }),
    ...(style && { style: style === 'primary' ? ('positive' as const) : ('destructive' as const) }),
  };
  const data: PressData = { action, value };
  if (surface === 'dialog')
    return { type: 'Action.Submit', ...titled, data: { ...data }, associatedInputs: 'none' };
  if (dialogActions.has(action))
    return { type: 'Action.Submit', ...titled, data: { msteams: { type: 'task/fetch' }, ...data } };
  return { type: 'Action.Execute', verb: action, ...titled, data: { ...data } };
}

/** Buttons in rows that a phone shows whole; a label too long for a button becomes a line of text to press. */
export function drawButtons(buttons: readonly Button[], surface: Surface): Block[] {
  const blocks: (ActionSet | Container)[] = [];
  let rowLength = 0;
  for (const button of buttons) {
    const action = drawButton(button, surface);
    if (action.title.length > limits.label) {
      blocks.push(pressableText(action));
      continue;
    }
    const last = blocks.at(-1);
    const length = action.title.length + limits.frame;
    const fits =
      last?.type === 'ActionSet' &&
      last.actions.length < limits.buttonsInRow &&
      rowLength + length <= limits.row;
    if (fits) {
      blocks[blocks.length - 1] = { ...last, actions: [...last.actions, action] };
      rowLength += length;
    } else {
      blocks.push({ type: 'ActionSet', spacing: 'Small', actions: [action] });
      rowLength = length;
    }
  }
  return blocks;
}

const pressableText = (action: PressAction): Container => ({
  type: 'Container',
  style: 'emphasis',
  spacing: 'Small',
  selectAction: action,
  items: lines(`› ${action.title}`),
});
