import type { types } from '@slack/bolt';
import { action } from '../../src/chat/mod.ts';
import { readPress } from './press.ts';
import { plain } from './text.ts';

/** How much there is room for: how many blocks, and how many characters of JSON. */
export interface Room {
  readonly blocks: number;
  readonly size: number;
}

/**
 * Blocks that Slack takes in one message or view. Where there are too many, what can be read is cut at a
 * block, a line says so, and the buttons stay, so that the rest can be opened.
 */
export function fitted(blocks: readonly types.KnownBlock[], room: Room): types.KnownBlock[] {
  if (blocks.length <= room.blocks && sizeOf(blocks) <= room.size) return [...blocks];
  const note = moreNote(blocks);
  const left = { blocks: room.blocks - 1, size: room.size - sizeOf([note]) };
  const kept = new Set<types.KnownBlock>();
  const take = (block: types.KnownBlock, reserve: Room): boolean => {
    const size = sizeOf([block]);
    if (left.blocks - 1 < reserve.blocks || left.size - size < reserve.size) return false;
    left.blocks--;
    left.size -= size;
    kept.add(block);
    return true;
  };
  // Half of the room is for what can be read, however many buttons there are.
  const half = { blocks: Math.floor(room.blocks / 2), size: Math.floor(room.size / 2) };
  const pressed = blocks.filter(isPressed);
  for (const block of pressed.filter(opensRest)) take(block, { blocks: 0, size: 0 });
  for (const block of pressed) if (!kept.has(block) && !take(block, half)) break;
  let last = -1;
  for (const [index, block] of blocks.entries()) {
    if (isPressed(block)) continue;
    if (!take(block, { blocks: 0, size: 0 })) break;
    last = index;
  }
  const before = blocks.slice(0, last + 1).filter((block) => kept.has(block));
  const after = blocks.slice(last + 1).filter((block) => kept.has(block));
  return [...before, note, ...after];
}

/** Characters of JSON. */
const sizeOf = (blocks: readonly types.KnownBlock[]): number => JSON.stringify(blocks).length;

const buttonsOf = (block: types.KnownBlock): types.Button[] => {
  if (block.type === 'actions') return block.elements.filter((element) => element.type === 'button');
  return block.type === 'section' && block.accessory?.type === 'button' ? [block.accessory] : [];
};

const isPressed = (block: types.KnownBlock): boolean => buttonsOf(block).length > 0;

const restButton = (block: types.KnownBlock): types.Button | undefined =>
  buttonsOf(block).find(
    ({ action_id }) => action_id !== undefined && readPress({ action_id }).action === action.section,
  );

const opensRest = (block: types.KnownBlock): boolean => restButton(block) !== undefined;

function moreNote(blocks: readonly types.KnownBlock[]): types.KnownBlock {
  const button = blocks.map(restButton).find((found) => found !== undefined);
  const how = button ? ` Press “${button.text.text}” to read on.` : '';
  return { type: 'context', elements: [plain(`… There is more than fits here.${how}`)] };
}
