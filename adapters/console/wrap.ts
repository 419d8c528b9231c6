import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/**
 * Breaks harmless text into lines of at most `width` columns, at spaces where it can. `first` stands before
 * the first line, `rest` (as wide as `first` where left out) before the others.
 */
export function wrap(
  text: string,
  width: number,
  first = '',
  rest = ' '.repeat(stringWidth(first)),
): string[] {
  const room = Math.max(2, width - Math.max(stringWidth(first), stringWidth(rest)));
  return wrapAnsi(text, room, { hard: true })
    .split('\n')
    .flatMap((line) => split(line, room))
    .map((line, index) => `${index === 0 ? first : rest}${line}`.trimEnd());
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
