import type { FaultInText } from './fault.ts';

/** How large a file may be: far above any real one, and small enough that reading it never stalls a start. */
export const MOST_BYTES = { policy: 4 * 1024 * 1024, yaml: 16 * 1024 * 1024 } as const;
const MOST_LEVELS = 8;
/** Headings, paragraphs and list items of one policy. */
const MOST_PIECES = 10_000;

const MARKER = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;

/**
 * Whether a policy's Markdown is more than can be read in good time, told from its lines before it is parsed:
 * lists or quotes nested too deep, or too many pieces.
 */
export function beyondLimits(body: string): FaultInText | undefined {
  /** The columns at which the text of the open list items begins. */
  const open: number[] = [];
  let pieces = 0;
  let afterBlank = true;
  for (const [index, raw] of body.split(/\r?\n|\r/).entries()) {
    const line = raw.trim();
    if (line === '') {
      afterBlank = true;
      continue;
    }
    const { depth, items } = nesting(raw, open, afterBlank);
    if (depth > MOST_LEVELS)
      return {
        line: index + 1,
        what: `The list or quote on this line is nested more than ${MOST_LEVELS} levels deep.`,
        todo: 'Make it flatter: give its inner lists headings of their own, for example.',
      };
    if (afterBlank || items || line.startsWith('#')) pieces++;
    if (pieces > MOST_PIECES)
      return {
        line: index + 1,
        what: `This policy has more than ${MOST_PIECES} headings, paragraphs and list items.`,
        todo: 'Split it into several policies, each in a folder of its own.',
      };
    afterBlank = false;
  }
  return undefined;
}

/** How deep a line stands, and whether it begins a list item; keeps `open` up to date. */
function nesting(raw: string, open: number[], afterBlank: boolean): { depth: number; items: boolean } {
  if (RULE.test(raw)) return { depth: 0, items: false };
  let at = 0;
  let column = 0;
  let quotes = 0;
  let items = false;
  const skipSpace = (): void => {
    for (; raw[at] === ' ' || raw[at] === '\t'; at++) column += raw[at] === '\t' ? 4 - (column % 4) : 1;
  };
  for (;;) {
    skipSpace();
    if (raw[at] === '>') {
      quotes++;
      at++;
      column++;
      continue;
    }
    const marker = MARKER.exec(raw.slice(at, at + 12))?.[0];
    if (marker !== undefined || (afterBlank && !items))
      while (open.length > 0 && open[open.length - 1]! > column) open.pop();
    if (marker === undefined || open.length + quotes > MOST_LEVELS) break;
    items = true;
    at += marker.length;
    column += marker.length;
    const text = column;
    skipSpace();
    open.push(at < raw.length && column - text <= 4 ? column : text + 1);
  }
  return { depth: open.length + quotes, items };
}
