import { createHash, randomBytes } from 'node:crypto';
import { Bounded } from '../chat/bounded.ts';

/**
 * Does the same thing once, however often its button is pressed within ten minutes: the second press gets what
 * the first got. Told by what a form says, of which only a hash under a key of this process is kept, in
 * memory; never by who pressed.
 */
export class Once<Result> {
  readonly #done: Bounded<Promise<Result>>;
  readonly #key = randomBytes(32);

  /** `now` gives milliseconds and never runs backwards. */
  constructor(now: () => number) {
    this.#done = new Bounded(1_000, { lifetime: 600_000, now });
  }

  /** `isDone` tells whether a result is one to keep; one that failed may be tried again. */
  run(
    words: readonly unknown[],
    isDone: (result: Result) => boolean,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const key = createHash('sha256').update(this.#key).update(JSON.stringify(words)).digest('base64');
    const before = this.#done.get(key);
    if (before) return before;
    const now = this.#settled(key, isDone, work);
    this.#done.set(key, now);
    return now;
  }

  forget(): void {
    this.#done.forget();
  }

  async #settled(
    key: string,
    isDone: (result: Result) => boolean,
    work: () => Promise<Result>,
  ): Promise<Result> {
    let done = false;
    try {
      const result = await work();
      done = isDone(result);
      return result;
    } finally {
      if (!done) this.#done.delete(key);
    }
  }
}
