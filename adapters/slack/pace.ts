/** At most so many in so many milliseconds, in any stretch of time. */
export interface Rate {
  readonly most: number;
  readonly within: number;
}

/** Keeps a rate. */
export class Pace {
  readonly #rate: Rate;
  readonly #now: () => number;
  /** When the last ones go or went, oldest first; no more than `most`. */
  readonly #places: number[] = [];

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Milliseconds until the next may go. */
  get delay(): number {
    const before = this.#places.length < this.#rate.most ? undefined : this.#places[0]!;
    return before === undefined ? 0 : Math.max(0, before + this.#rate.within - this.#now());
  }

  /** Takes the next place where it comes within so many milliseconds, and says in how many. */
  take(longest: number): number | undefined {
    const { delay } = this;
    if (delay > longest) return undefined;
    this.#places.push(this.#now() + delay);
    if (this.#places.length > this.#rate.most) this.#places.shift();
    return delay;
  }
}
