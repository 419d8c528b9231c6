import type { Card, Element } from '../chat/mod.ts';
import type { Content } from '../content/content.ts';
import type { Clock } from '../school/clock.ts';
import { type Account, hasLeft, type People } from '../school/people.ts';
import type { Store } from '../store/open.ts';
import { type Acknowledging, createAcknowledging } from './acknowledging.ts';
import { createBook } from './book.ts';
import type { Pace } from './delivery.ts';
import { doneFor, type Revise, unmet } from './desk.ts';
import { createOffice, type Office } from './office.ts';
import { createRounds, type Rounds } from './rounds.ts';
import { standingElements, statusCard } from './status.ts';
import type { Timer } from './timer.ts';
import type { Deliver } from './try-sending.ts';

/**
 * Acknowledgements and reminders: who owes what, what goes out when, and what somebody can do about it in the
 * chat. Every promise rejects with a StoreError where the store fails; nothing is recorded then.
 */
export interface Reminders
  extends Acknowledging,
    Pick<Rounds, 'due' | 'send'>,
    Omit<Office, 'elements' | 'previewFor'> {
  /** Keeps the texts that people are asked to acknowledge; to be called before anybody is asked. */
  recordVersions(): Promise<void>;
  /**
   * Sends all that is due by the clock; to be called every so often. While one is under way, a second call
   * waits for the same one. Never rejects: a fault is told once, until all went well again.
   */
  tick(): Promise<void>;
  /** Brings the message in flight to its end, and begins no other. */
  stop(): Promise<void>;
  /** What somebody owes and has acknowledged; how the school stands, for who may see that. `more` comes in between. */
  status(account: Account, more?: readonly Element[]): Promise<Card>;
  /** The same in short, for a home view; nothing for somebody of whom nothing is asked. */
  home(account: Account): Promise<readonly Element[]>;
}

export interface RemindersOptions {
  readonly store: Store;
  readonly content: Content;
  readonly clock: Clock;
  /** Asked anew each time, since people come and go while the bot runs. */
  readonly people: () => People;
  readonly deliver: Deliver;
  readonly revise: Revise;
  /** Told of faults of the bot or an adapter; never of a name. */
  readonly onFault: (error: unknown) => void;
  readonly timer?: Timer;
  readonly pace?: Partial<Pace>;
}

export function createReminders(options: RemindersOptions): Reminders {
  const { store, content, clock, people, onFault } = options;
  const book = createBook(store, content, people);
  const office = createOffice({ store, book, clock, people });
  const rounds = createRounds({ ...options, book, office });
  const stopping = new AbortController();
  const under = new Set<Promise<void>>();
  let running: Promise<void> | undefined;
  let failing = false;

  /** Kept until it has come to its end, so that the bot does not stop before. */
  function aside(work: () => Promise<void>): void {
    const done = work()
      .catch(onFault)
      .finally(() => under.delete(done));
    under.add(done);
  }

  const acknowledging = createAcknowledging({ ...options, book, aside });

  async function goRound(): Promise<void> {
    try {
      await rounds.round(stopping.signal);
      failing = false;
    } catch (error) {
      // Each minute the same fault would bury all others.
      if (!failing) onFault(error);
      failing = true;
    }
  }

  /** How somebody stands now; nothing where nobody knows them. */
  async function standOf(account: Account) {
    const person = people().find(account);
    if (!person) return undefined;
    const now = clock.now();
    const page = await book.read();
    const { day: today } = book.localTime.at(now, person);
    const asked = page.obligations.of(person, now);
    return {
      person,
      today,
      left: hasLeft(person, today),
      owed: unmet(page, person, now),
      done: asked.flatMap(({ obligation, met }) => (met ? [doneFor(obligation, met, person, book)] : [])),
      coming: asked.flatMap(({ obligation, state, met }) => (state === 'coming' && !met ? [obligation] : [])),
    };
  }

  const { open, confirm, check, question, putOff } = acknowledging;
  const { standing, preview, report, pause, decide } = office;
  return {
    open,
    confirm,
    check,
    question,
    putOff,
    standing,
    preview,
    report,
    pause,
    decide,
    due: rounds.due,
    send: rounds.send,
    recordVersions: () => book.recordVersions(clock.now()),
    tick() {
      if (stopping.signal.aborted) return Promise.resolve();
      running ??= goRound().finally(() => {
        running = undefined;
      });
      return running;
    },
    async stop() {
      stopping.abort();
      await running;
      await Promise.all(under);
    },
    async status(account, more = []) {
      const stand = await standOf(account);
      return statusCard(stand, [...more, ...(stand ? await office.elements(stand.person) : [])]);
    },
    async home(account) {
      const stand = await standOf(account);
      if (!stand) return [];
      return [...standingElements(stand), ...(await office.elements(stand.person))];
    },
  };
}
