import { action as actions } from '../../src/chat/mod.ts';
import type { Action, Block } from './card-json.ts';
import { run } from './text.ts';

/** Bytes that something takes as JSON. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/**
 * Blocks within so many bytes. Where there are too many, what can be read is left out from its end, a line
 * says so, and what can be pressed or filled in stays.
 */
export function fitted(blocks: readonly Block[], bytes: number): Block[] {
  if (bytesOf(blocks) <= bytes) return [...blocks];
  const note = moreNote(blocks);
  let room = bytes - bytesOf([note]);
  const kept = new Set<Block>();
  const take = (block: Block, reserve: number): boolean => {
    const size = bytesOf(block) + 1;
    if (room - size < reserve) return false;
    room -= size;
    kept.add(block);
    return true;
  };
  // Half of the room is for what can be read, however many buttons there are.
  const half = Math.floor(bytes / 2);
  const used = blocks.filter(isUsed);
  for (const block of used.filter((each) => titleOfRest(each) !== undefined)) take(block, 0);
  for (const block of used) if (!kept.has(block) && !take(block, half)) break;
  let last = -1;
  for (const [index, block] of blocks.entries()) {
    if (isUsed(block)) continue;
    if (!take(block, 0)) break;
    last = index;
  }
  const before = blocks.slice(0, last + 1).filter((block) => kept.has(block));
  const after = blocks.slice(last + 1).filter((block) => kept.has(block));
  return [...before, note, ...after];
}

function actionsOf(block: Block): readonly Action[] {
  if (block.type === 'ActionSet') return block.actions;
  return block.type === 'Container' && block.selectAction ? [block.selectAction] : [];
}

const isUsed = (block: Block): boolean => actionsOf(block).length > 0 || block.type.startsWith('Input.');

/** The label of a button that opens the rest of a long text. */
function titleOfRest(block: Block): string | undefined {
  return actionsOf(block).find((each) => 'data' in each && each.data.action === actions.section)?.title;
}

function moreNote(blocks: readonly Block[]): Block {
  const title = blocks.map(titleOfRest).find((found) => found !== undefined);
  const how = title === undefined ? '' : ` Press “${title}” to read on.`;
  return {
    type: 'RichTextBlock',
    inlines: [run(`… There is more than fits here.${how}`, { isSubtle: true })],
  };
}
