/**
 * Codes that people write down and type: Crockford's base 32 (no I, L, O or U), which takes what is easily
 * confused for what was meant, and one symbol more to tell a slip of the pen.
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Five bytes are eight characters. */
const BYTES = 5;
const groups = /.{1,4}/g;

/**
 * The characters of some bytes, without the check symbol.
 * @throws RangeError unless their number is a multiple of five
 */
export function encode(bytes: Uint8Array): string {
  if (bytes.length === 0 || bytes.length % BYTES !== 0)
    throw new RangeError(`A code is made of 5, 10, 15 … bytes, not ${bytes.length}.`);
  let code = '';
  let bits = 0;
  let waiting = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    waiting += 8;
    for (; waiting >= 5; waiting -= 5) code += alphabet[(bits >> (waiting - 5)) & 31];
    bits &= (1 << waiting) - 1;
  }
  return code;
}

/**
 * One symbol of the same alphabet. It changes with any one character, and when any two change places, for
 * codes of up to 30 characters: each place has a weight of its own in the field of 32 elements.
 */
export function checkSymbol(code: string): string {
  let sum = 0;
  // Horner's rule: what stands furthest to the left has been multiplied most often.
  for (const character of code) sum = doubled(sum ^ alphabet.indexOf(character));
  return alphabet[sum]!;
}

/** `7K3M-9QXT-4WZ8-HB2N-C`, the check symbol last. */
export function format(code: string): string {
  return [...(code.match(groups) ?? []), checkSymbol(code)].join('-');
}

/** What somebody typed, with capitals for small letters, 0 for O, 1 for I and L, and nothing but letters and digits. */
export function tidy(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/**
 * A code of so many characters as it was given out, whatever way it was typed. The check symbol may be left
 * away. Undefined where it can't be one.
 */
export function read(typed: string, length: number): string | undefined {
  const tidied = tidy(typed);
  const code = tidied.slice(0, length);
  const check = tidied.slice(length);
  if (code.length < length || [...code].some((character) => !alphabet.includes(character))) return undefined;
  return check === '' || check === checkSymbol(code) ? code : undefined;
}

/**
 * The last four characters of a code, with and without its check symbol, and the last three, for whoever counts
 * the dash: all that is needed to know its end again.
 */
export function endsOf(code: string): readonly string[] {
  const whole = tidy(code);
  return [whole.slice(-4), whole.slice(-5, -1), whole.slice(-3)];
}

/** Whether somebody typed one of these ends, or more of the code than that. */
export const isEnd = (typed: string, ends: readonly string[]): boolean =>
  ends.includes(tidy(typed).slice(-4));

/** Twice an element of the field of 32, with x⁵ + x² + 1. Thirty-one times in a row lead through all but nought. */
const doubled = (element: number): number => (element < 16 ? element << 1 : (element << 1) ^ 37);
