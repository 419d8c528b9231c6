import type { Vocabulary } from '../content/schema/language.ts';
import type { Spelling } from './spelling.ts';
import { stemOf, wordsOf } from './text.ts';

/** A message as the vocabulary reads it. */
export interface Reading {
  /** Words as typed, with a space between them. */
  readonly typed: string;
  /** Words with slips put right. */
  readonly words: readonly string[];
  readonly stems: readonly string[];
  /** Concept ids found, in the order of the message, each once. */
  readonly concepts: readonly string[];
  /** Where they were found: words `from` up to, not including, `to`. */
  readonly spans: readonly Span[];
  /** As typed, as read. */
  readonly corrected: readonly (readonly [typed: string, read: string])[];
}

export interface Span {
  readonly concept: string;
  readonly from: number;
  readonly to: number;
}

type Correct = ReturnType<Spelling['corrector']>;

interface Phrase {
  readonly concept: string;
  /** Stems, `<concept>` references and `_`. */
  readonly parts: readonly string[];
}

/** Words that `_` in a phrase may stand for, at most. */
const GAP = 2;
const LONGEST_SPELLING = 3;
const WELL_ESTABLISHED = 3;
const NONE: readonly never[] = [];

/** The vocabulary made ready: finds concepts in messages. */
export class Lexicon {
  readonly #spellings: ReadonlyMap<string, readonly string[]>;
  /** First words of spellings that are more than one word. */
  readonly #beginnings: ReadonlySet<string>;
  readonly #single = new Map<string, string[]>();
  /** Phrases by their first part, longest first. */
  readonly #phrases = new Map<string, Phrase[]>();
  /** The same by the stem that they can begin with, be it as a word of a concept. */
  readonly #phrasesFrom = new Map<string, readonly Phrase[]>();
  readonly #slots: ReadonlyMap<string, string>;
  readonly #vocabularyWords = new Set<string>();

  constructor(vocabulary: Vocabulary) {
    this.#spellings = new Map(
      Object.entries(vocabulary.spellings).map(([typed, read]) => [typed, read.split(' ')]),
    );
    this.#beginnings = new Set(
      [...this.#spellings.keys()].filter((typed) => typed.includes(' ')).map((typed) => typed.split(' ')[0]!),
    );
    this.#slots = new Map(
      vocabulary.concepts.flatMap(({ id, slot }) => (slot === undefined ? [] : [[id, slot]])),
    );
    for (const { id, words } of vocabulary.concepts) for (const word of words) this.#learn(id, word);
    for (const list of this.#phrases.values()) list.sort((a, b) => b.parts.length - a.parts.length);
    for (const stem of new Set([...this.#single.keys(), ...this.#phrases.keys()])) {
      const firsts = [stem, ...(this.#single.get(stem) ?? []).map((concept) => `<${concept}>`)];
      const phrases = firsts.flatMap((first) => this.#phrases.get(first) ?? []);
      if (phrases.length > 0) this.#phrasesFrom.set(stem, phrases);
    }
  }

  /** How often each word is used in the texts; a word of the vocabulary's own counts as well established. */
  usage(texts: Iterable<string>): Map<string, number> {
    const times = new Map<string, number>();
    const use = (word: string, n: number): void => void times.set(word, (times.get(word) ?? 0) + n);
    for (const text of texts) for (const word of wordsOf(text)) use(bare(word), 1);
    for (const read of this.#spellings.values()) for (const word of read) use(word, WELL_ESTABLISHED);
    for (const word of this.#vocabularyWords) use(word, WELL_ESTABLISHED);
    return times;
  }

  slotOf(concept: string): string | undefined {
    return this.#slots.get(concept);
  }

  /** Reads a message: text-speak and slips put right, concepts found. */
  read(message: string, spelling?: Spelling): Reading {
    const corrected: [string, string][] = [];
    const correct = spelling?.corrector();
    const typed = wordsOf(message);
    const words = this.#joined(typed.flatMap((word) => this.#asRead(word, correct, corrected)));
    return { ...this.readWords(words), typed: typed.join(' '), corrected };
  }

  /** Reads words that were read before, some left out: how a follow-up is understood. */
  readWords(words: readonly string[]): Reading {
    const stems = words.map(stemOf);
    const spans = this.#spansIn(stems);
    const concepts = [...new Set(spans.map((span) => span.concept))];
    return { typed: words.join(' '), words, stems, concepts, spans, corrected: [] };
  }

  #asRead(typed: string, correct: Correct | undefined, corrected: [string, string][]): readonly string[] {
    const listed = this.#spellings.get(typed.replaceAll("'", ''));
    if (listed) return listed;
    const word = bare(typed);
    const right = correct?.(word) ?? word;
    if (right === word) return [word];
    corrected.push([word, right]);
    return [right];
  }

  /** Words that belong together: `head teacher` is read as `headteacher`. */
  #joined(words: readonly string[]): string[] {
    const out: string[] = [];
    for (let at = 0; at < words.length; at++) {
      let taken = 1;
      const longest = this.#beginnings.has(words[at]!) ? LONGEST_SPELLING : 1;
      for (let length = longest; length > 1 && taken === 1; length--) {
        const read = this.#spellings.get(words.slice(at, at + length).join(' '));
        if (read && at + length <= words.length) {
          out.push(...read);
          taken = length;
        }
      }
      if (taken === 1) out.push(words[at]!);
      at += taken - 1;
    }
    return out;
  }

  #learn(concept: string, word: string): void {
    const parts = word.split(/\s+/).flatMap((part) => {
      if (part === '_' || part.startsWith('<')) return [part];
      const read = this.#joined(wordsOf(part).flatMap((each) => this.#asRead(each, undefined, [])));
      for (const each of read) this.#vocabularyWords.add(each);
      return read.map(stemOf);
    });
    if (parts.length === 1 && !parts[0]!.startsWith('<')) push(this.#single, parts[0]!, concept);
    else push(this.#phrases, parts[0]!, { concept, parts });
  }

  #spansIn(stems: readonly string[]): Span[] {
    const found: Span[] = [];
    for (let at = 0; at < stems.length; at++) {
      const own = this.#single.get(stems[at]!) ?? NONE;
      let end = at;
      let won: string[] = [];
      for (const phrase of this.#phrasesFrom.get(stems[at]!) ?? NONE) {
        // The first part fits: that is how the phrase was found.
        const reached = this.#match(phrase.parts, 1, stems, at + 1);
        if (reached > end) {
          end = reached;
          won = [phrase.concept];
        } else if (reached === end && reached > at) won.push(phrase.concept);
      }
      const to = Math.max(end, at + 1);
      for (const concept of end > at ? won : own) found.push({ concept, from: at, to });
      at = to - 1;
    }
    return found;
  }

  /** Where the phrase ends if it matches from here, or -1. */
  #match(parts: readonly string[], part: number, stems: readonly string[], at: number): number {
    if (part === parts.length) return at;
    const wanted = parts[part]!;
    if (wanted === '_') {
      for (let skip = 0; skip <= GAP; skip++) {
        const reached = this.#match(parts, part + 1, stems, at + skip);
        if (reached >= 0) return reached;
      }
      return -1;
    }
    const stem = stems[at];
    if (stem === undefined) return -1;
    const fits = wanted.startsWith('<')
      ? this.#single.get(stem)?.includes(wanted.slice(1, -1))
      : wanted === stem;
    return fits ? this.#match(parts, part + 1, stems, at + 1) : -1;
  }
}

/** Without apostrophe, and without the s of a possessive. */
const bare = (word: string): string => (word.endsWith("'s") ? word.slice(0, -2) : word.replaceAll("'", ''));

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
