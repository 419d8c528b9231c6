/**
 * A map that forgets: beyond `most` entries the oldest goes first, and with a `lifetime` an entry is gone
 * that many milliseconds after it was set. `now` gives milliseconds and never runs backwards.
 */
export class Bounded<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly expires: number }>();
  readonly #most: number;
  readonly #lifetime: number;
  readonly #now: () => number;

  constructor(most: number, age?: { readonly lifetime: number; readonly now: () => number }) {
    this.#most = most;
    this.#lifetime = age?.lifetime ?? Number.POSITIVE_INFINITY;
    this.#now = age?.now ?? (() => 0);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    this.forget();
    return this.#entries.get(key)?.value;
  }

  set(key: string, value: Value): void {
    this.forget();
    this.#entries.delete(key);
    this.#entries.set(key, { value, expires: this.#now() + this.#lifetime });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
  }

  /** All that is not too old, the oldest first. */
  *entries(): Iterable<[key: string, value: Value]> {
    this.forget();
    for (const [key, { value }] of this.#entries) yield [key, value];
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Drops what has expired, also when nobody asks for it. */
  forget(): void {
    const now = this.#now();
    // A map keeps the order of setting, so the first that is still fresh ends the search.
    for (const [key, { expires }] of this.#entries) {
      if (expires > now) return;
      this.#entries.delete(key);
    }
  }
}
