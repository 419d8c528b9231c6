import type { types } from '@slack/bolt';
import { cut } from '../../src/chat/cut.ts';
import { harmlessLine } from '../../src/chat/harmless.ts';
import { action, type Button } from '../../src/chat/mod.ts';
import { limits } from './limits.ts';
import type { ActionIds } from './press.ts';
import { plain } from './text.ts';

/**
 * Buttons in a row, as many blocks as they need. One whose label Slack might cut short stands apart, its words
 * beside it where they are read in full.
 */
export function drawButtons(buttons: readonly Button[], ids: ActionIds): types.KnownBlock[] {
  const blocks: types.KnownBlock[] = [];
  let row: types.Button[] = [];
  const endRow = () => {
    if (row.length > 0) blocks.push({ type: 'actions', elements: row });
    row = [];
  };
  for (const button of buttons) {
    if (needsRoom(button)) {
      endRow();
      blocks.push(standApart(button, ids));
    } else {
      if (row.length === limits.buttonsInBlock) endRow();
      row.push(drawButton(button, cut(labelOf(button), limits.button.label), ids));
    }
  }
  endRow();
  return blocks;
}

const needsRoom = (button: Button): boolean =>
  labelOf(button).length > limits.button.readable && !titled.has(button.action);

/** Their labels are titles, which are known by how they begin, and stand in full on what they open. */
const titled: ReadonlySet<string> = new Set([action.section, action.policy]);

function standApart(button: Button, ids: ActionIds): types.SectionBlock {
  const words = labelOf(button);
  return {
    type: 'section',
    text: plain(cut(words, limits.text)),
    accessory: {
      ...drawButton(button, shortLabels.get(button.action) ?? 'Choose', ids),
      accessibility_label: cut(words, limits.button.label),
    },
  };
}

/** Slack refuses a button without words. */
const labelOf = ({ label }: Button): string => harmlessLine(label) || 'Open';

function drawButton({ action, value, style }: Button, label: string, ids: ActionIds): types.Button {
  return {
    type: 'button',
    action_id: ids.next(action),
    text: plain(label),
    // Slack refuses an empty value.
    ...(value !== '' && { value: cut(value, limits.button.value) }),
    ...(style && { style }),
  };
}

/** What stands on a button whose words stand beside it. */
const shortLabels: ReadonlyMap<string, string> = new Map([
  [action.ask, 'Ask'],
  [action.reportGap, 'Tell them'],
]);
