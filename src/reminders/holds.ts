import type { Account } from '../school/people.ts';

/** A platform is left alone so long at the most, in milliseconds, however long it asks for. */
const LONGEST = 60_000;

/** Which platforms are to be left alone for a while. Instants are the machine's own, in milliseconds. */
export class Holds {
  readonly #until = new Map<string, number>();
  /** Tries in a row without an answer, by platform. */
  readonly #unanswered = new Map<string, number>();
  readonly #backOff: (tries: number) => number;

  constructor(backOff: (tries: number) => number) {
    this.#backOff = backOff;
  }

  /** When the platforms of some accounts may all be written to again; 0 for at once. */
  until(accounts: readonly Account[]): number {
    return Math.max(0, ...accounts.map(({ platform }) => this.#until.get(platform) ?? 0));
  }

  /** It said that it is full until then. */
  refused(platform: string, until: number, now: number): void {
    this.#until.set(platform, Math.min(until, now + LONGEST));
  }

  /** It gave no answer: each time in a row it is left alone for longer, so that one that is away is not run at. */
  unanswered(platform: string, now: number): void {
    const tries = (this.#unanswered.get(platform) ?? 0) + 1;
    this.#unanswered.set(platform, tries);
    this.refused(platform, now + this.#backOff(tries), now);
  }

  answered(platform: string): void {
    this.#unanswered.delete(platform);
  }
}
