import { Bounded } from '../../src/chat/bounded.ts';

interface Window {
  readonly most: number;
  /** Milliseconds. */
  readonly within: number;
}

/** What Teams lets one conversation have. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const inConversation: readonly Window[] = [
  { most: 7, within: 1_000 },
  { most: 8, within: 2_000 },
  { most: 60, within: 30_000 },
  { most: 1_800, within: 3_600_000 },
];

/** Of the 50 requests a second that an app has in a school, this many are for bulk; the others are for who waits. */
const inBulk: readonly Window[] = [{ most: 20, within: 1_000 }];

/** Keeps count of what was sent, so that bulk keeps to the platform's rates. */
export class Pace {
  readonly #now: () => number;
  readonly #conversations: Bounded<number[]>;
  readonly #bulk: number[] = [];

  /** `now` gives milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#conversations = new Bounded(20_000, { lifetime: 3_600_000, now });
  }

  /** Counts one message of somebody who waits for it. It may go at once. */
  count(conversation: string): void {
    this.#book(this.#timesOf(conversation), inConversation, this.#now());
  }

  /** Books the next place for one of many; the time at which it may go, in milliseconds. */
  book(conversation: string): number {
    const times = this.#timesOf(conversation);
    const at = Math.max(this.#now(), earliest(times, inConversation), earliest(this.#bulk, inBulk));
    this.#book(times, inConversation, at);
    this.#book(this.#bulk, inBulk, at);
    return at;
  }

  #timesOf(conversation: string): number[] {
    const times = this.#conversations.get(conversation) ?? [];
    this.#conversations.set(conversation, times);
    return times;
  }

  #book(times: number[], windows: readonly Window[], at: number): void {
    const later = times.findIndex((time) => time > at);
    times.splice(later < 0 ? times.length : later, 0, at);
    const most = Math.max(...windows.map((window) => window.most));
    if (times.length > most) times.shift();
  }
}

/** When one more is within every window. `times` are in order, the newest last. */
function earliest(times: readonly number[], windows: readonly Window[]): number {
  return Math.max(
    ...windows.map(({ most, within }) => {
      const full = times.at(-most);
      return full === undefined ? Number.NEGATIVE_INFINITY : full + within;
    }),
  );
}
