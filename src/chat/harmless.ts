/**
 * Text from people and policies made safe to print: no control character and no invisible mark that turns
 * the direction of reading gets through, so that a message can't recolour, move, clear or reorder the screen.
 * What a control character was is still to be seen, as its picture (`␛`).
 */
export function harmless(text: string): string {
  if (plain.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, '  ')
    .replace(controls, picture)
    .replace(invisible, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replace(/\n\s*\n\s*\n/g, '\n\n');
}

/** Printable letters and marks of western languages, of which nothing is to be changed: most text is that. */
const plain = /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E]*$/;

/** The same on one line. */
export function harmlessLine(text: string): string {
  return harmless(text).replace(/\s+/g, ' ').trim();
}

const controls = /(?!\n)\p{Cc}/gu;

/** Format characters, but for the joiners and tags that emoji and some scripts are made of. */
const invisible = /(?!\u200C|\u200D|[\u{E0020}-\u{E007F}])\p{Cf}/gu;

function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\uFFFD';
}
