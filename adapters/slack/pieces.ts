/** A text in pieces of at most `most` characters, split at a line or a word where there is one to split at. */
export function pieces(text: string, most: number): string[] {
  const all: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const start = rest.slice(0, most + 1);
    const line = start.lastIndexOf('\n');
    const space = start.search(/\s\S*$/);
    const at = line > most / 2 ? line : space > most / 2 ? space : whole(rest, most);
    all.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') all.push(rest);
  return all;
}

/** The last place up to `most` that is not inside a character. */
const whole = (text: string, most: number): number =>
  /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
