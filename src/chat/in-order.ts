/** Runs jobs of the same key one after the other, in the order they came; different keys run side by side. */
export class InOrder {
  readonly #last = new Map<string, Promise<unknown>>();

  /** How many keys have a job that is waiting or running. */
  get size(): number {
    return this.#last.size;
  }

  /** Settles as the job does; a job that fails does not hold up the next. */
  async run<Result>(key: string, job: () => Promise<Result> | Result): Promise<Result> {
    const before = this.#last.get(key);
    const mine = before ? before.then(job, job) : Promise.resolve().then(job);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
