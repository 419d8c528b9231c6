/** What has been begun and is not done yet, so that the bot can wait for it before it stops. */
export class Underway {
  readonly #jobs = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Never rejects: what fails is told of. */
  run(job: () => Promise<void>): Promise<void> {
    const running = job()
      .catch(this.#onError)
      .finally(() => this.#jobs.delete(running));
    this.#jobs.add(running);
    return running;
  }

  /** Resolves once nothing is under way. */
  async done(): Promise<void> {
    while (this.#jobs.size > 0) await Promise.all(this.#jobs);
  }
}
