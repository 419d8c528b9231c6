/** Shortens a text to at most `most` characters, at a word, with "…" in place of the rest. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most - 1);
  const space = start.search(/\s\S*$/);
  // A single endless word is cut where it has to be, though never inside a character.
  const whole = space > most / 2 ? start.slice(0, space) : start.replace(/[\uD800-\uDBFF]$/, '');
  return `${whole.trimEnd()}…`;
}
