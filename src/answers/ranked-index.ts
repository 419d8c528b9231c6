import { bitsIn } from './bits.ts';

/** The words of a clause: its own, and those of the headings and lead-ins around it. */
export interface IndexedTerms {
  readonly own: readonly string[];
  readonly around: readonly string[];
}

export interface Ranked {
  /** Place in the list that was indexed. */
  readonly id: number;
  readonly score: number;
}

/** What a word counts where it stands. */
const BOOST = { own: 1, around: 0.6 } as const;
/** The parameters that MiniSearch has found to do well. */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 } as const;

/**
 * Ranks clauses by BM25+ score for score as MiniSearch 7.2 does (a test compares the two), over flat arrays in
 * place of a Map a word and an object a match: over the 20,000 clauses of a large trust MiniSearch alone takes
 * longer than an answer may.
 */
export class RankedIndex {
  readonly #numbers = new Map<string, number>();
  readonly #own: Postings;
  readonly #around: Postings;
  readonly #holding: Int32Array;
  readonly #size: number;
  /** Of the search under way, and all 0 between searches: scores, those of one term, and the terms met as bits. */
  readonly #scores: Float64Array;
  readonly #ofTerm: Float64Array;
  readonly #met: Int32Array;

  constructor(texts: readonly IndexedTerms[]) {
    this.#size = texts.length;
    for (const { own, around } of texts)
      for (const terms of [own, around])
        for (const term of terms) if (!this.#numbers.has(term)) this.#numbers.set(term, this.#numbers.size);
    this.#own = new Postings(
      texts.map(({ own }) => own),
      this.#numbers,
    );
    this.#around = new Postings(
      texts.map(({ around }) => around),
      this.#numbers,
    );
    this.#holding = Int32Array.from({ length: this.#numbers.size }, (_, number) =>
      holdingEither(this.#own, this.#around, number),
    );
    this.#scores = new Float64Array(this.#size);
    this.#ofTerm = new Float64Array(this.#size);
    this.#met = new Int32Array(this.#size);
  }

  /** How many clauses hold the term, in either place. */
  holding(term: string): number {
    const number = this.#numbers.get(term);
    return number === undefined ? 0 : this.#holding[number]!;
  }

  /** Where a clause holds the term; its own words come first. */
  placeOf(term: string, id: number): 'own' | 'around' | undefined {
    const number = this.#numbers.get(term);
    if (number === undefined) return undefined;
    if (this.#own.has(number, id)) return 'own';
    return this.#around.has(number, id) ? 'around' : undefined;
  }

  /**
   * What holds any of the terms, best first; of two as good, what holds an earlier term. A term that is given
   * twice counts twice. At most 31 terms.
   */
  search(terms: readonly string[], atMost: number): Ranked[] {
    const different = [...new Set(terms)];
    const found: number[] = [];
    for (const term of terms) {
      const number = this.#numbers.get(term);
      if (number !== undefined) this.#addTerm(number, 1 << different.indexOf(term), found);
    }
    const best: Ranked[] = [];
    for (const id of found) {
      // What holds more of the terms is the better for it.
      const score = this.#scores[id]! * bitsIn(this.#met[id]!);
      this.#scores[id] = 0;
      this.#met[id] = 0;
      if (best.length === atMost && score <= best[atMost - 1]!.score) continue;
      let place = best.length;
      while (place > 0 && best[place - 1]!.score < score) place--;
      best.splice(place, 0, { id, score });
      if (best.length > atMost) best.pop();
    }
    return best;
  }

  #addTerm(number: number, bit: number, found: number[]): void {
    const holding: number[] = [];
    this.#addPlace(this.#own, BOOST.own, number, holding);
    this.#addPlace(this.#around, BOOST.around, number, holding);
    for (const id of holding) {
      if (this.#met[id] === 0) found.push(id);
      this.#met[id]! |= bit;
      this.#scores[id]! += this.#ofTerm[id]!;
      this.#ofTerm[id] = 0;
    }
  }

  #addPlace(
    { start, ids, times, lengths, average }: Postings,
    boost: number,
    number: number,
    holding: number[],
  ): void {
    const from = start[number]!;
    const to = start[number + 1]!;
    const { k, b, d } = BM25;
    const rarity = Math.log(1 + (this.#size - (to - from) + 0.5) / (to - from + 0.5));
    for (let at = from; at < to; at++) {
      const id = ids[at]!;
      const n = times[at]!;
      if (this.#ofTerm[id] === 0) holding.push(id);
      this.#ofTerm[id]! +=
        boost * (rarity * (d + (n * (k + 1)) / (n + k * (1 - b + (b * lengths[id]!) / average))));
    }
  }
}

/** Which texts hold which term: those of term `t` stand from `start[t]` to `start[t + 1]`, in ascending order. */
class Postings {
  readonly start: Int32Array;
  readonly ids: Int32Array;
  /** How often each of them holds it. */
  readonly times: Uint16Array;
  /** How many different terms each text has. */
  readonly lengths: Int32Array;
  readonly average: number;

  constructor(texts: readonly (readonly string[])[], numbers: ReadonlyMap<string, number>) {
    this.lengths = new Int32Array(texts.length);
    this.start = new Int32Array(numbers.size + 1);
    let average = 0;
    for (const [id, terms] of texts.entries()) {
      const different = new Set(terms);
      for (const term of different) this.start[numbers.get(term)! + 1]!++;
      // MiniSearch takes an empty text for one term, and the mean as it goes along.
      this.lengths[id] = Math.max(1, different.size);
      average = (average * id + this.lengths[id]!) / (id + 1);
    }
    this.average = average;
    for (let number = 0; number < numbers.size; number++) this.start[number + 1]! += this.start[number]!;

    const all = this.start[numbers.size]!;
    this.ids = new Int32Array(all);
    this.times = new Uint16Array(all);
    const next = this.start.slice();
    for (const [id, terms] of texts.entries())
      for (const term of terms) {
        const number = numbers.get(term)!;
        const last = next[number]! - 1;
        if (last >= this.start[number]! && this.ids[last] === id) this.times[last]!++;
        else {
          const at = next[number]!++;
          this.ids[at] = id;
          this.times[at] = 1;
        }
      }
  }

  holding(number: number): number {
    return this.start[number + 1]! - this.start[number]!;
  }

  has(number: number, id: number): boolean {
    let from = this.start[number]!;
    let to = this.start[number + 1]!;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.ids[middle]! < id) from = middle + 1;
      else to = middle;
    }
    return from < this.start[number + 1]! && this.ids[from] === id;
  }
}

function holdingEither(own: Postings, around: Postings, number: number): number {
  let either = own.holding(number);
  for (let at = around.start[number]!; at < around.start[number + 1]!; at++)
    if (!own.has(number, around.ids[at]!)) either++;
  return either;
}
