import type { Encoded } from './features.ts';

export interface Guess {
  readonly label: string;
  /** 0 to 1; those of all labels add up to 1. */
  readonly probability: number;
}

/** What a classifier has learnt: plain data, so that it can be learnt in a worker thread and handed over. */
export interface Weights {
  readonly labels: readonly string[];
  /** How much a feature says by being rare; 0 for one that no example has. */
  readonly rarity: Float32Array;
  /** The weights of feature f stand from `start[f]` to `start[f + 1]`; `label` says whose each is. */
  readonly start: Int32Array;
  readonly label: Uint16Array;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Multinomial logistic regression over sparse features. A weight exists only for a feature and a label that
 * occur together, so time and memory grow with the examples and not with features × labels; measured,
 * nothing is lost by it.
 */
export class Classifier {
  readonly #weights: Weights;

  constructor(weights: Weights) {
    this.#weights = weights;
  }

  /** How many labels have examples with this feature. */
  labelsWith(feature: number | undefined): number {
    const { start } = this.#weights;
    return feature === undefined ? 0 : start[feature + 1]! - start[feature]!;
  }

  /** All labels with their probability, likeliest first. */
  guess(features: Encoded): Guess[] {
    const probabilities = this.probabilities(features);
    return this.#weights.labels
      .map((label, index) => ({ label, probability: probabilities[index]! }))
      .sort((a, b) => b.probability - a.probability);
  }

  /** The probability of each label, in the order of `Weights.labels`. */
  probabilities(features: Encoded): Float32Array {
    const probabilities = scoresOf(this.#weights, scaled(this.#weights, features));
    toProbabilities(probabilities);
    return probabilities;
  }
}

/** Found by trying, on questions that were not learnt from: more passes gain nothing. */
const PASSES = 5;
const STEP = 3;
const STEP_DECAY = 0.2;
const BIAS_STEP = 0.05;
/** A label this far (e to the power of) behind the leading one counts as impossible. */
const NEGLIGIBLE = -12;

/**
 * Learns weights from examples, each with its label; `features` is how many features there are. The
 * examples are visited in an order that comes from a fixed seed: the same examples, the same weights.
 */
export function learnWeights(
  examples: readonly Encoded[],
  labelOf: readonly string[],
  features: number,
): Weights {
  const labels = [...new Set(labelOf)];
  const numbers = new Map(labels.map((label, index) => [label, index]));
  const targets = Uint16Array.from(labelOf, (label) => numbers.get(label)!);
  const { start, label } = pairsOf(examples, targets, features);
  const weights: Weights = {
    labels,
    rarity: rarityOf(examples, features),
    start,
    label,
    weight: new Float32Array(label.length),
    bias: new Float32Array(labels.length),
  };
  const ready = examples.map((example) => scaled(weights, example));
  const order = Array.from(examples, (_, index) => index);
  const random = seeded(1);
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, random);
    for (const n of order) learnOne(weights, ready[n]!, targets[n]!, STEP / (1 + STEP_DECAY * pass));
  }
  return weights;
}

/** One step of stochastic gradient descent. */
function learnOne(weights: Weights, example: Encoded, target: number, step: number): void {
  const { start, label, weight, bias } = weights;
  const gradient = scoresOf(weights, example);
  toProbabilities(gradient);
  gradient[target]! -= 1;
  for (let k = 0; k < gradient.length; k++) {
    gradient[k]! *= step;
    bias[k]! -= BIAS_STEP * gradient[k]!;
  }
  for (let n = 0; n < example.ids.length; n++) {
    const value = example.weights[n]!;
    const end = start[example.ids[n]! + 1]!;
    for (let at = start[example.ids[n]!]!; at < end; at++) weight[at]! -= value * gradient[label[at]!]!;
  }
}

function scoresOf({ start, label, weight, bias }: Weights, { ids, weights }: Encoded): Float32Array {
  const scores = bias.slice();
  for (let n = 0; n < ids.length; n++) {
    const value = weights[n]!;
    const end = start[ids[n]! + 1]!;
    for (let at = start[ids[n]!]!; at < end; at++) scores[label[at]!]! += value * weight[at]!;
  }
  return scores;
}

/** Weighted by rarity, of length 1 together. */
function scaled({ rarity }: Weights, { ids, weights }: Encoded): Encoded {
  const values = new Float32Array(ids.length);
  for (let n = 0; n < ids.length; n++) values[n] = weights[n]! * rarity[ids[n]!]!;
  let squares = 0;
  for (const value of values) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  for (let n = 0; n < values.length; n++) values[n]! /= length;
  return { ids, weights: values };
}

function rarityOf(examples: readonly Encoded[], features: number): Float32Array {
  const times = new Uint32Array(features);
  for (const { ids } of examples) for (const id of ids) times[id]!++;
  return Float32Array.from(times, (n) => (n > 0 ? Math.sqrt(Math.log(1 + examples.length / n)) : 0));
}

/** Which labels each feature occurs with. */
function pairsOf(
  examples: readonly Encoded[],
  targets: Uint16Array,
  features: number,
): { start: Int32Array; label: Uint16Array } {
  const labels = Array.from({ length: features }, (): number[] => []);
  for (const [n, { ids }] of examples.entries())
    for (const id of ids) {
      const own = labels[id]!;
      // Examples of one label mostly come one after the other.
      if (own.at(-1) !== targets[n]! && !own.includes(targets[n]!)) own.push(targets[n]!);
    }
  const start = new Int32Array(features + 1);
  for (const [id, own] of labels.entries()) start[id + 1] = start[id]! + own.length;
  const label = new Uint16Array(start[features]!);
  for (const [id, own] of labels.entries()) label.set(own, start[id]);
  return { start, label };
}

/** Softmax, in place. */
function toProbabilities(scores: Float32Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k++) if (scores[k]! > most) most = scores[k]!;
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    const behind = scores[k]! - most;
    const p = behind < NEGLIGIBLE ? 0 : Math.exp(behind);
    scores[k] = p;
    sum += p;
  }
  for (let k = 0; k < scores.length; k++) scores[k]! /= sum;
}

/** A linear congruential generator: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let n = order.length - 1; n > 0; n--) {
    const other = Math.floor(random() * (n + 1));
    [order[n], order[other]] = [order[other]!, order[n]!];
  }
}
