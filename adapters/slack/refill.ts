import type { types, ViewOutput } from '@slack/bolt';
import { drawElements } from './blocks.ts';
import { ActionIds } from './press.ts';

/**
 * A modal that was sent, as it was, with what was filled in and what is wrong with it above: for when Slack
 * could not be told in time to keep it open.
 */
export function refilled(view: ViewOutput, errors: readonly string[]): types.ModalView {
  const { title, submit, close, callback_id, private_metadata } = view;
  const wrong = errors.map((text) => ({ kind: 'text', text, tone: 'warning' }) as const);
  return {
    type: 'modal',
    callback_id,
    private_metadata,
    title,
    ...(submit && { submit }),
    ...(close && { close }),
    blocks: [...drawElements(wrong, new ActionIds()), ...view.blocks.map((block) => fill(block, view))],
  };
}

function fill(block: types.KnownBlock | types.Block, { state }: ViewOutput): types.KnownBlock {
  if (!isInput(block)) return block as types.KnownBlock;
  const { element, block_id = '' } = block;
  const filled = state.values[block_id]?.[element.action_id ?? ''];
  switch (element.type) {
    case 'plain_text_input':
      return filled?.value ? { ...block, element: { ...element, initial_value: filled.value } } : block;
    case 'radio_buttons':
    case 'static_select': {
      const [chosen] = chosenOf(element, [filled?.selected_option?.value]);
      return chosen ? { ...block, element: { ...element, initial_option: chosen } } : block;
    }
    case 'checkboxes':
    case 'multi_static_select': {
      const chosen = chosenOf(element, filled?.selected_options?.map(({ value }) => value) ?? []);
      return chosen.length > 0 ? { ...block, element: { ...element, initial_options: chosen } } : block;
    }
    default:
      return block;
  }
}

interface Choice {
  readonly options?: types.Option[];
  readonly option_groups?: readonly { readonly options: types.Option[] }[];
}

/** The options themselves: Slack takes no other as chosen. */
function chosenOf(
  { options = [], option_groups: groups = [] }: Choice,
  values: readonly (string | undefined)[],
): types.PlainTextOption[] {
  const all = [...options, ...groups.flatMap((group) => group.options)];
  return all.filter(({ value }) => value !== undefined && values.includes(value)) as types.PlainTextOption[];
}

const isInput = (block: types.KnownBlock | types.Block): block is types.InputBlock => block.type === 'input';
