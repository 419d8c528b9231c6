import type { types } from '@slack/bolt';
import { limits } from './limits.ts';
import { plain } from './text.ts';

/** A part of a line, and how it looks. */
export interface Run {
  readonly text: string;
  readonly style?: 'bold' | 'italic';
}

/**
 * Lines of text with styles, at most 3,000 characters as they stand. Slack knows styles only in a text that it
 * reads for markup. So they are there where nothing in the words themselves could be read as markup, which is
 * nearly always; else the words stand as they are, without styles.
 */
export function styled(lines: readonly (readonly Run[])[], quote = false): types.TextObject {
  const words = lines.map((line) => line.map(({ text }) => text).join(''));
  if (!words.some((line) => markup.test(line))) {
    const text = lines.map((line) => `${quote ? '> ' : ''}${line.map(marked).join('')}`).join('\n');
    if (text.length <= limits.text) return { type: 'mrkdwn', text, verbatim: true };
  }
  return plain(words.join('\n'));
}

/** Whatever Slack might read as markup: signs of a style or a mention, the name of an emoji, a line of a quote. */
const markup = /[*_~`&<>]|:[^\s:]+:/;

function marked({ text, style }: Run): string {
  // A sign of a style counts only beside a letter, and not over the end of a line.
  if (!style || text !== text.trim() || text === '' || text.includes('\n')) return text;
  const sign = style === 'bold' ? '*' : '_';
  return `${sign}${text}${sign}`;
}
