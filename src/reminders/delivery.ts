import { randomUUID } from 'node:crypto';
import type { Card } from '../chat/mod.ts';
import type { Day } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import { StoreError } from '../store/error.ts';
import type { Store } from '../store/open.ts';
import { type Settlement, settleReminder } from '../store/reminder-settlement.ts';
import {
  claimReminder,
  type OpenReminder,
  openReminders,
  type QueuedReminder,
  queueReminders,
  renewLease,
} from '../store/reminders.ts';
import { Holds } from './holds.ts';
import type { Notice } from './notice.ts';
import { systemTimer, type Timer } from './timer.ts';
import { type Deliver, trySending } from './try-sending.ts';

export interface DeliveryOptions<N extends Notice> {
  readonly store: Store;
  readonly reminders: Iterable<N>;
  /** What kind of message these are, in one word; `reminder` where left out. Somebody gets one of a kind a day. */
  readonly kind?: string;
  /**
   * Asked right before a message goes: the message as it stands now, or nothing where nothing is owed any
   * more. As it was where left out.
   */
  readonly stillOwed?: (reminder: N) => Promise<N | undefined> | N | undefined;
  readonly render: (reminder: N) => Promise<Card> | Card;
  /** Other messages that went as parts of one that was rendered and sent; they count as sent with it. */
  readonly carried?: (reminder: N) => readonly QueuedReminder[];
  /** Whether these wait where anything else goes to the same person on their day. */
  readonly givesWay?: boolean;
  readonly deliver: Deliver;
  /** The bot's own; days and what is kept go by it. */
  readonly clock: Clock;
  /** Names this process in leases; made up where left out. */
  readonly worker?: string;
  readonly timer?: Timer;
  readonly pace?: Partial<Pace>;
  /** Told to stop: the message in flight is brought to its end, and no other is begun. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DeliveryProgress) => void;
  /** Told of faults of the bot or an adapter, which hold up one message only. */
  readonly onFault?: (error: unknown) => void;
}

/** All in milliseconds. */
export interface Pace {
  /** How long nobody else may touch a message whose process has died; it is renewed while one is under way. */
  readonly lease: number;
  /** How long a platform may take over one message before it counts as not answered. */
  readonly answerWithin: number;
  /** How long a run waits, all in all, for what can't go at once. */
  readonly patience: number;
  /** How long to wait after so many tries. */
  readonly backOff: (tries: number) => number;
}

/** How far a run is. The first five add up to `total`. */
export interface DeliveryProgress {
  readonly sent: number;
  /** Nothing was owed any more when its turn came. */
  readonly dropped: number;
  /** People who can't be reached. */
  readonly blocked: number;
  /** Another process has it or has sent it, or an earlier run did. */
  readonly elsewhere: number;
  /** Still to be sent; after a run, what could not go in the time it had. */
  readonly waiting: number;
  readonly total: number;
}

const second = 1_000;

const usualPace: Pace = {
  lease: 20 * second,
  answerWithin: 120 * second,
  patience: 300 * second,
  backOff: (tries) => 2 ** Math.min(tries, 12) * second,
};

/** How often to look whether another process has brought its message to its end. */
const LOOK_AGAIN = second;

/** How often to try to write down what became of a message before the run gives up. */
const TRIES_TO_MARK = 5;

/**
 * Sends messages, each once: it is put into the queue under its key, claimed, sent and marked, one after the
 * other. Several processes may do this at once with the same messages. One that is killed leaves at most the
 * message it was sending in doubt; whoever claims that next tells the adapter that it may have gone. Only
 * what a platform took counts as sent.
 *
 * @throws StoreError where the queue can't be read or written; no further message is begun then
 */
export async function deliverReminders<N extends Notice>(
  options: DeliveryOptions<N>,
): Promise<DeliveryProgress> {
  const notices = new Map<string, N>();
  for (const notice of options.reminders) notices.set(notice.key, notice);
  const { store, kind = 'reminder', timer = systemTimer } = options;
  await queueReminders(store, queued(notices.values(), kind), timer.now());
  const run = new Run(notices, { ...options, timer, pace: { ...usualPace, ...options.pace } });
  return run.toItsEnd();
}

class Run<N extends Notice> {
  readonly #notices: ReadonlyMap<string, N>;
  readonly #waiting: Set<string>;
  readonly #count = { sent: 0, dropped: 0, blocked: 0, elsewhere: 0 };
  readonly #options: DeliveryOptions<N> & { readonly timer: Timer; readonly pace: Pace };
  readonly #worker: string;
  readonly #holds: Holds;
  readonly #signal: AbortSignal;

  constructor(
    notices: ReadonlyMap<string, N>,
    options: DeliveryOptions<N> & { readonly timer: Timer; readonly pace: Pace },
  ) {
    this.#notices = notices;
    this.#waiting = new Set(notices.keys());
    this.#options = options;
    this.#worker = options.worker ?? randomUUID();
    this.#holds = new Holds(options.pace.backOff);
    this.#signal = options.signal ?? new AbortController().signal;
  }

  async toItsEnd(): Promise<DeliveryProgress> {
    const { timer, pace, onProgress } = this.#options;
    onProgress?.(this.#progress());
    let patience = pace.patience;
    while (this.#waiting.size > 0 && !this.#signal.aborted) {
      const next = await this.#walk();
      const delay = Math.max(0, next - timer.now().getTime());
      if (this.#waiting.size === 0 || delay > patience) break;
      patience -= delay;
      if (delay > 0) await timer.wait(delay, this.#signal);
    }
    return this.#progress();
  }

  /** Sends all that is free now. Tells when something may be free again, in milliseconds. */
  async #walk(): Promise<number> {
    const { store, clock, timer } = this.#options;
    const open = await openReminders(store, this.#waiting);
    const listed = new Set(open.map(({ key }) => key));
    for (const key of this.#waiting) if (!listed.has(key)) this.#finish(key, 'elsewhere');

    let next = Number.POSITIVE_INFINITY;
    for (const reminder of startingWith(this.#worker, open)) {
      const { key, state } = reminder;
      const notice = this.#notices.get(key);
      if (this.#signal.aborted) return next;
      if (!notice) continue;
      const now = timer.now().getTime();
      const free = Math.max(freeAt(reminder, dayOf(clock.now())), this.#holds.until(notice.person.accounts));
      if (free === Number.POSITIVE_INFINITY) this.#finish(key, 'blocked');
      else if (free > now)
        next = Math.min(next, state === 'sending' ? Math.min(free, now + LOOK_AGAIN) : free);
      else {
        await this.#attempt(key, notice);
        // The queue knows when it may be tried again.
        if (this.#waiting.has(key)) next = now;
      }
    }
    return next;
  }

  async #attempt(key: string, notice: N): Promise<void> {
    const { store, clock, pace, givesWay } = this.#options;
    const today = dayOf(clock.now());
    const givesWayOn = givesWay ? notice.day : undefined;
    const claimed = await claimReminder(store, key, this.#lease(), today, givesWayOn);
    // It was free a moment ago, so somebody else has it now.
    if (!claimed) return this.#finish(key, 'elsewhere');
    const renewing = setInterval(() => {
      // A lease that could not be renewed is a message that may be sent again, and no fault of this one.
      renewLease(store, key, this.#lease()).catch(() => {});
    }, pace.lease / 4);
    try {
      const parts = { ...this.#options, holds: this.#holds };
      const settlement = await trySending(notice, { ...claimed, today }, parts);
      const isOurs = await this.#mark(key, settlement);
      if (settlement.kind !== 'again') this.#finish(key, isOurs ? settlement.kind : 'elsewhere');
    } finally {
      clearInterval(renewing);
    }
  }

  /** Tries more than once: what was sent and is not written down would be sent again. */
  async #mark(key: string, settlement: Settlement): Promise<boolean> {
    const { store, timer, pace } = this.#options;
    for (let tries = 1; ; tries++)
      try {
        return await settleReminder(store, key, this.#worker, settlement);
      } catch (error) {
        if (!(error instanceof StoreError) || tries === TRIES_TO_MARK) throw error;
        await timer.wait(pace.backOff(tries), new AbortController().signal);
      }
  }

  #lease() {
    const now = this.#options.timer.now();
    return { worker: this.#worker, now, until: new Date(now.getTime() + this.#options.pace.lease) };
  }

  #finish(key: string, how: 'sent' | 'dropped' | 'blocked' | 'elsewhere'): void {
    if (!this.#waiting.delete(key)) return;
    this.#count[how]++;
    this.#options.onProgress?.(this.#progress());
  }

  #progress(): DeliveryProgress {
    return { ...this.#count, waiting: this.#waiting.size, total: this.#notices.size };
  }
}

function* queued(notices: Iterable<Notice>, kind: string) {
  for (const { key, person, rung, day, items } of notices) yield { key, person, kind, rung, day, items };
}

/** When a message may be claimed, in milliseconds; never on a day before the one on which to try again. */
function freeAt({ state, free, retryOn = '' }: OpenReminder, today: Day): number {
  if (state !== 'blocked') return free.getTime();
  return retryOn > today ? Number.POSITIVE_INFINITY : 0;
}

/** In an order of the worker's own, so that two that begin at once do not ask for the same message each time. */
function startingWith(worker: string, open: readonly OpenReminder[]): readonly OpenReminder[] {
  const sorted = open.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const sum = [...worker].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  const start = sorted.length === 0 ? 0 : sum % sorted.length;
  return [...sorted.slice(start), ...sorted.slice(0, start)];
}

/** A day by which those who can't be reached are tried again; whose midnight it is does not matter there. */
export const dayOf = (instant: Date): Day => instant.toISOString().slice(0, 10);
