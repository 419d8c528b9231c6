import type { AdapterLog } from '../../src/chat/mod.ts';
import type { Time } from './options.ts';

/** What may be wrong between the bot and Slack for a while. */
export type Trouble =
  | 'away'
  | 'limited'
  | 'token'
  | 'app token'
  | 'scope'
  | 'refused'
  | 'stale'
  | 'unshown'
  | 'home'
  | 'groups'
  | 'foreign';

/** Troubles that come and go are not said more often than this. */
const quietFor = 10 * 60_000;

/** Says what is wrong once, however often it is met, and that it is over. */
export class Troubles {
  readonly #log: AdapterLog;
  readonly #time: Time;
  /** Those that last. */
  readonly #lasting = new Set<Trouble>();
  /** Those of them that were said. */
  readonly #open = new Set<Trouble>();
  /** When each was said last. */
  readonly #said = new Map<Trouble, number>();

  constructor(log: AdapterLog, time: Time) {
    this.#log = log;
    this.#time = time;
  }

  has(trouble: Trouble): boolean {
    return this.#lasting.has(trouble);
  }

  meet(trouble: Trouble, words: string, level: 'info' | 'warn' | 'error' = 'warn'): void {
    if (this.#lasting.has(trouble)) return;
    this.#lasting.add(trouble);
    const before = this.#said.get(trouble);
    if (before !== undefined && this.#time.now() - before < quietFor) return;
    this.#said.set(trouble, this.#time.now());
    this.#open.add(trouble);
    this.#log[level](words);
  }

  /** `words` are said where such a trouble was told of: nobody reads of the end of what they have not heard of. */
  over(trouble: Trouble, words?: string): void {
    this.#lasting.delete(trouble);
    if (this.#open.delete(trouble) && words !== undefined) this.#log.info(words);
  }
}
