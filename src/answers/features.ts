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

/** Numbers for the features of a question; names that no example has are left out. */
export class FeatureSpace {
  readonly #ids: ReadonlyMap<string, number>;

  constructor(names: readonly string[]) {
    this.#ids = new Map(names.map((name, id) => [name, id]));
  }

  knows(name: string): boolean {
    return this.#ids.has(name);
  }

  /** Undefined where no example has it. */
  numberOf(name: string): number | undefined {
    return this.#ids.get(name);
  }

  encode(features: Features): Encoded {
    const ids: number[] = [];
    const weights: number[] = [];
    for (const [name, weight] of features) {
      const id = this.#ids.get(name);
      if (id === undefined) continue;
      ids.push(id);
      weights.push(weight);
    }
    return { ids: new Int32Array(ids), weights: new Float32Array(weights) };
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

/**
 * Words, concepts, neighbouring words ("who is"), and neighbours once the linking words between them are
 * left out ("friend … parent").
 */
export function featuresOf({ stems, concepts }: Pick<Reading, 'stems' | 'concepts'>): Features {
  const features = new Map<string, number>();
  let previous: string | undefined;
  for (const [at, stem] of stems.entries()) {
    const links = isLinking(stem);
    features.set(`w:${stem}`, links ? WEIGHT.linking : WEIGHT.word);
    if (at > 0) features.set(`b:${stems[at - 1]} ${stem}`, WEIGHT.neighbours);
    if (links) continue;
    if (previous !== undefined) features.set(`s:${previous} ${stem}`, WEIGHT.near);
    previous = stem;
  }
  for (const concept of concepts) features.set(`c:${concept}`, WEIGHT.concept);
  return features;
}
