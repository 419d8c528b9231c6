import { stemOf } from './text.ts';
import type { Reading } from './vocabulary.ts';

/** What a message is made of, for the learner: feature name to weight. */
export type Features = ReadonlyMap<string, number>;

/** The same with numbers for names: `ids[n]` weighs `weights[n]`. Ten thousand examples fit where their names would not. */
export interface Encoded {
  readonly ids: Int32Array;
  readonly weights: Float32Array;
}

/** Gives feature names numbers while examples are read. */
export class FeatureCounter {
  readonly #ids = new Map<string, number>();
  readonly #times: number[] = [];

  encode(features: Features): Encoded {
    const ids = new Int32Array(features.size);
    const weights = new Float32Array(features.size);
    let n = 0;
    for (const [name, weight] of features) {
      let id = this.#ids.get(name);
      if (id === undefined) {
        id = this.#times.length;
        this.#ids.set(name, id);
        this.#times.push(0);
      }
      this.#times[id]!++;
      ids[n] = id;
      weights[n++] = weight;
    }
    return { ids, weights };
  }

  /**
   * The names worth keeping, and what encoded examples become with them. A pair that occurs in a single
   * example is chance, and such pairs are most of all names; a word or a concept counts from the first time.
   */
  keepWorthwhile(): { readonly names: readonly string[]; readonly shrink: (example: Encoded) => Encoded } {
    const names: string[] = [];
    const renumbered = new Int32Array(this.#times.length).fill(-1);
    for (const [name, id] of this.#ids)
      if (this.#times[id]! > 1 || /^[wc]:/.test(name)) renumbered[id] = names.push(name) - 1;
    const shrink = ({ ids, weights }: Encoded): Encoded => ({
      ids: ids.map((id) => renumbered[id]!).filter((id) => id >= 0),
      weights: weights.filter((_, n) => renumbered[ids[n]!]! >= 0),
    });
    return { names, shrink };
  }
}

/**
 * Numbers for the features of a question; those that no example has are left out. Finds the same as a list of
 * names would, without a name to be put together for each.
 */
export class FeatureSpace {
  readonly #alone: Readonly<Record<'w' | 'c', Map<string, number>>> = { w: new Map(), c: new Map() };
  readonly #pairs: Readonly<Record<'b' | 's', Map<number, number>>> = { b: new Map(), s: new Map() };
  /** Numbers for the words of pairs. */
  readonly #words = new Map<string, number>();
  readonly #most: number;

  constructor(names: readonly string[]) {
    const parts = names.map((name) => name.slice(2).split(' '));
    for (const [first, second] of parts)
      if (second !== undefined)
        for (const word of [first!, second])
          if (!this.#words.has(word)) this.#words.set(word, this.#words.size);
    this.#most = this.#words.size;
    for (const [id, name] of names.entries()) {
      const [first, second] = parts[id]!;
      if (second === undefined) this.#alone[name[0] as 'w' | 'c'].set(first!, id);
      else this.#pairs[name[0] as 'b' | 's'].set(this.#pairOf(first!, second), id);
    }
  }

  /** Whether an example has this word. */
  knows(stem: string): boolean {
    return this.#alone.w.has(stem);
  }

  /** The number of a word; undefined where no example has it. */
  numberOf(stem: string): number | undefined {
    return this.#alone.w.get(stem);
  }

  encode(reading: Read): Encoded {
    const ids: number[] = [];
    const weights: number[] = [];
    eachFeature(reading, (weight, kind, first, second) => {
      const id =
        kind === 'b' || kind === 's'
          ? this.#pairs[kind].get(this.#pairOf(first, second!))
          : this.#alone[kind].get(first);
      if (id === undefined || ids.includes(id)) return;
      ids.push(id);
      weights.push(weight);
    });
    return { ids: new Int32Array(ids), weights: new Float32Array(weights) };
  }

  /** -1 or less where no pair has one of the two. */
  #pairOf(first: string, second: string): number {
    const one = this.#words.get(first);
    const other = this.#words.get(second);
    return one === undefined || other === undefined ? -1 : one * this.#most + other;
  }
}

/** Words that hold sentences together; they count little by themselves and much in pairs ("who is", "do i have to"). */
const LINKING = new Set(
  `a an the i my me of to in on at for is it be and or if do does did am are was were with that this so as by from just
  have has had we our you your they them their he she his her will would could can there any some its us`
    .split(/\s+/)
    .map(stemOf),
);
export const isLinking = (stem: string): boolean => LINKING.has(stem);

const WEIGHT = { word: 1, linking: 0.3, concept: 1, neighbours: 0.3, near: 0.25 } as const;

type Read = Pick<Reading, 'stems' | 'concepts'>;

/**
 * Hands over each feature, some more than once: words, concepts, neighbouring words ("who is"), and neighbours
 * once the linking words between them are left out ("friend … parent").
 */
function eachFeature(
  { stems, concepts }: Read,
  found: (weight: number, kind: 'w' | 'b' | 's' | 'c', first: string, second?: string) => void,
): void {
  let previous: string | undefined;
  for (const [at, stem] of stems.entries()) {
    const links = isLinking(stem);
    found(links ? WEIGHT.linking : WEIGHT.word, 'w', stem);
    if (at > 0) found(WEIGHT.neighbours, 'b', stems[at - 1]!, stem);
    if (links) continue;
    if (previous !== undefined) found(WEIGHT.near, 's', previous, stem);
    previous = stem;
  }
  for (const concept of concepts) found(WEIGHT.concept, 'c', concept);
}

export function featuresOf(reading: Read): Features {
  const features = new Map<string, number>();
  eachFeature(reading, (weight, kind, first, second) =>
    features.set(second === undefined ? `${kind}:${first}` : `${kind}:${first} ${second}`, weight),
  );
  return features;
}
