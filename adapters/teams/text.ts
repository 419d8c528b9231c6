import { harmless, harmlessLine } from '../../src/chat/harmless.ts';
import type { RichTextBlock, TextRun } from './card-json.ts';

/** Text as it is to be read: no control characters, and nothing that a client would work out. */
export const shown = (text: string): string => unworked(harmless(text));

/** The same on one line. */
export const shownLine = (text: string): string => unworked(harmlessLine(text));

/** The same of what must have a name: a button, an input. */
export const shownTitle = (text: string): string => shownLine(text) || '…';

/** `{{DATE(…)}}` and `{{TIME(…)}}` are worked out by clients wherever text stands; a joiner, which nobody sees, stops that. */
const unworked = (text: string): string => text.replaceAll('{{', '{\u2060{');

/** A run of text; an empty one is not taken by every client. */
export const run = (text: string, look: Omit<TextRun, 'type' | 'text'> = {}): TextRun => ({
  type: 'TextRun',
  text: text === '' ? ' ' : text,
  ...look,
});

/** One block a line: a line break inside a run is not shown by every client. */
export function lines(text: string, look: Omit<TextRun, 'type' | 'text'> = {}): RichTextBlock[] {
  return shown(text)
    .trim()
    .split('\n')
    .map((line, index) => ({
      type: 'RichTextBlock',
      ...(index > 0 && { spacing: line.trim() === '' ? 'Small' : 'None' }),
      inlines: [run(line, look)],
    }));
}
