/** How fast a gate lets through. */
export interface Pace {
  /** So many at once before anybody waits. */
  readonly burst: number;
  /** So many a second after that. */
  readonly perSecond: number;
  /** So many can wait; one more, and one of them is turned away. */
  readonly waiting: number;
}

/** Time as it passes, and how to wait for it, in milliseconds; a test has its own. */
export interface Passing {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/**
 * Slows everybody together, so that nobody can try many keys: it counts how many came, and knows neither who
 * nor what for nor what they found. Nobody is locked out: whoever waits is let in or turned away by lot, so
 * that somebody who fills the queue takes places from themselves.
 */
export class Gate {
  readonly #pace: Pace;
  readonly #passing: Passing;
  readonly #waiting: ((passed: boolean) => void)[] = [];
  #tokens: number;
  #filled: number;
  #releasing = false;

  constructor(pace: Pace, passing: Passing) {
    this.#pace = pace;
    this.#passing = passing;
    this.#tokens = pace.burst;
    this.#filled = passing.now();
  }

  /** True once it is one's turn; false where too many wait: try again in a while. */
  async pass(): Promise<boolean> {
    if (this.#waiting.length === 0 && this.#take()) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.push(resolve);
    if (this.#waiting.length > this.#pace.waiting) this.#draw()?.(false);
    void this.#release();
    return promise;
  }

  /** All that it remembers. */
  get state(): { readonly tokens: number; readonly waiting: number } {
    return { tokens: this.#tokens, waiting: this.#waiting.length };
  }

  async #release(): Promise<void> {
    if (this.#releasing) return;
    this.#releasing = true;
    try {
      while (this.#waiting.length > 0) {
        if (this.#take()) this.#draw()?.(true);
        else await this.#passing.wait(Math.ceil(((1 - this.#tokens) / this.#pace.perSecond) * 1000));
      }
    } finally {
      this.#releasing = false;
    }
  }

  #take(): boolean {
    const now = this.#passing.now();
    const { burst, perSecond } = this.#pace;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filled) / 1000) * perSecond);
    this.#filled = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  #draw(): ((passed: boolean) => void) | undefined {
    const [drawn] = this.#waiting.splice(Math.floor(this.#passing.random() * this.#waiting.length), 1);
    return drawn;
  }
}
