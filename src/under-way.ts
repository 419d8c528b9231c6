/** What has been begun and is not done yet, so that a stop can wait for it. */
export class UnderWay {
  readonly #works = new Set<Promise<unknown>>();

  /** Resolves and rejects as the work does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const running = work().finally(() => this.#works.delete(running));
    this.#works.add(running);
    return running;
  }

  /** Resolves once all that is under way now is done; what begins meanwhile is not waited for. */
  async begun(): Promise<void> {
    await Promise.allSettled(this.#works);
  }

  /** Resolves once nothing is under way at all. */
  async done(): Promise<void> {
    while (this.#works.size > 0) await this.begun();
  }
}
