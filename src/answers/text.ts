import { stemmer } from 'stemmer';

/** How much of a message is read, in characters. A staff question is far shorter; a pasted document is not one. */
export const READ_AT_MOST = 2_000;

/** Marks that carry no meaning and can split a word: zero-width, bidirectional controls, variation selectors. */
const INVISIBLE =
  /\u034F|[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]|[\uFE00-\uFE0F]/gu;
/** What a text must hold for an address to be in it. */
const MAY_BE_ADDRESS = /:\/\/|www\.|@/;
/** ASCII. */
const PLAIN = /^[\0-\x7f]*$/;
const PLAIN_WORD = /[a-z0-9]+(?:'[a-z]+)*/g;
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu;

/**
 * A message as words: small letters, without accents, `'` or invisible characters; a possessive loses its
 * `s`. Addresses of pages and mailboxes count as one word each. At most {@link READ_AT_MOST} characters are read.
 */
export function wordsOf(message: string): string[] {
  const read = message.slice(0, READ_AT_MOST);
  // Most messages are plain ASCII, and most hold no address: they need not go through it all.
  const plain = PLAIN.test(read);
  const small = (
    plain ? read : read.normalize('NFKD').replace(/\p{M}/gu, '').replace(INVISIBLE, '').slice(0, READ_AT_MOST)
  ).toLowerCase();
  const text = MAY_BE_ADDRESS.test(small)
    ? small
        .replace(/\bhttps?:\/\/\S+|\bwww\.\S+/g, ' webaddress ')
        .replace(/[^\s@]{1,64}@[^\s@.]{1,64}\.[^\s@]{1,64}/g, ' mailaddress ')
    : small;
  if (plain) return text.match(PLAIN_WORD) ?? [];
  return (text.match(WORD) ?? []).map((word) => word.replace(/’/g, "'"));
}

const stems = new Map<string, string>();
const STEMS_KEPT = 50_000;

/** The stem of a word (Porter), so that post, posts and posting are one. */
export function stemOf(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = word.length > 3 ? stemmer(word) : word;
    if (stems.size < STEMS_KEPT) stems.set(word, stem);
  }
  return stem;
}
