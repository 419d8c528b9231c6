import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/**
 * Breaks harmless text into lines of at most `width` columns, at spaces where it can. `first` stands before
 * the first line, `rest` (as wide as `first` where left out) before the others. A web address is never
 * broken, so that it can be opened and copied: one that is too long has a line of its own, beyond the width.
 */
export function wrap(
  text: string,
  width: number,
  first = '',
  rest = ' '.repeat(stringWidth(first)),
): string[] {
  const room = Math.max(2, width - Math.max(stringWidth(first), stringWidth(rest)));
  const lines: string[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (!word.includes('://') || stringWidth(word) <= room) continue;
    lines.push(...between(text.slice(from, index), room), word);
    from = index + word.length;
  }
  lines.push(...(from === 0 ? broken(text, room) : between(text.slice(from), room)));
  return lines.map((line, index) => `${index === 0 ? first : rest}${line}`.trimEnd());
}

/** The lines of what stands beside an address. Blank lines stay; a break right at the address is there anyway. */
function between(text: string, room: number): string[] {
  const words = text.trim();
  if (words === '') return blank(text);
  const at = text.indexOf(words);
  return [...blank(text.slice(0, at)), ...broken(words, room), ...blank(text.slice(at + words.length))];
}

const blank = (space: string): string[] =>
  space
    .split('\n')
    .slice(2)
    .map(() => '');

function broken(text: string, room: number): string[] {
  return wrapAnsi(text, room, { hard: true })
    .split('\n')
    .flatMap((line) => split(line, room));
}

/** One "character" of joined parts may be wider than the room: it is then taken apart. */
function split(line: string, room: number): string[] {
  if (stringWidth(line) <= room) return [line];
  const lines = [''];
  for (const character of line) {
    if (stringWidth(lines.at(-1) + character) > room) lines.push('');
    lines[lines.length - 1] += character;
  }
  return lines;
}
