import type { Day } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import type { People, Person } from '../school/people.ts';
import type { Store } from '../store/open.ts';
import { purge } from '../store/purge.ts';
import { sentReminders } from '../store/reminder-outcomes.ts';
import { listSnoozes } from '../store/snoozes.ts';
import type { Book } from './book.ts';
import { reminderCard } from './cards.ts';
import { monthOf, plusDays } from './days.ts';
import { type DeliveryProgress, deliverReminders, type Pace } from './delivery.ts';
import { byDue, remindersAt, snoozesLeft } from './ladder.ts';
import type { OfficeNotice } from './notices.ts';
import type { Reminder, Snooze } from './obligation.ts';
import type { Office } from './office.ts';
import { createOfficeMail, type OfficeMessage } from './office-mail.ts';
import { withParts } from './parts.ts';
import type { Timer } from './timer.ts';
import type { Deliver } from './try-sending.ts';

/** What goes out by itself. */
export interface Rounds {
  /** The reminders that are due at an instant and have not gone, in the order of the people. */
  due(at: Date): Promise<readonly Reminder[]>;
  /** Sends them. @throws StoreError where the queue can't be read or written */
  send(at: Date, options?: SendingOptions): Promise<DeliveryProgress>;
  /** Sends all that is due by the clock: reminders, and what the office hears. @throws StoreError */
  round(signal: AbortSignal): Promise<void>;
}

interface SendingOptions {
  readonly onProgress?: (progress: DeliveryProgress) => void;
  /** Told to stop: the message in flight is brought to its end, and no other is begun. */
  readonly signal?: AbortSignal;
}

export interface RoundParts {
  readonly store: Store;
  readonly book: Book;
  readonly office: Pick<Office, 'previewFor'>;
  readonly clock: Clock;
  readonly people: () => People;
  readonly deliver: Deliver;
  readonly onFault: (error: unknown) => void;
  readonly timer?: Timer;
  readonly pace?: Partial<Pace>;
}

/** No obligation is put off for longer, in days. */
const longestRound = 400;

export function createRounds(parts: RoundParts): Rounds {
  const { store, book, office, clock, people, deliver, onFault, timer, pace } = parts;
  const { content, days, localTime } = book;
  const { school } = content;
  const settings = school.reminders;
  const hours = settings.hours ?? school.working_hours;
  const delivering = { store, deliver, onFault, ...(timer && { timer }), ...(pace && { pace }) };
  let purged: Day | undefined;

  const schoolDay = (at: Date): Day => localTime.at(at, {}).day;

  /** Whether somebody may be written to at an instant, by the clock where they are. */
  function isTimeFor(person: Person, at: Date): boolean {
    const { day, time } = localTime.at(at, person);
    return hours.from <= time && time < hours.to && days.isSchoolDay(day);
  }

  const snoozesAt = (at: Date): Promise<readonly Snooze[]> =>
    listSnoozes(store, plusDays(schoolDay(at), -longestRound));

  async function work(at: Date, snoozes: readonly Snooze[]): Promise<Reminder[]> {
    const page = await book.read();
    // Somewhere it may still be the month before.
    const from = `${monthOf(plusDays(schoolDay(at), -1))}-01`;
    const sent = await sentReminders(store, from);
    const obligations = page.reminded;
    const { all, whose } = people();
    return [...remindersAt(at, all, { school, days, localTime, obligations, sent, snoozes, whose })];
  }

  const mail = createOfficeMail({ store, book, office, people, isTimeFor });

  /** Returns whom a reminder was for, by their id, and how far it came. */
  async function send(at: Date, running: Clock, { onProgress, signal }: SendingOptions = {}) {
    const snoozes = await snoozesAt(at);
    const reminders = await work(at, snoozes);
    const reminded = new Set(reminders.map(({ person }) => person.id));
    const pressing = await mail.pressing(at, reminded).catch((error: unknown) => {
      // No notice holds up a reminder.
      onFault(error);
      return new Map<string, readonly OfficeNotice[]>();
    });
    const progress = await deliverReminders({
      ...delivering,
      ...withParts(
        ({ person, items, day, key }: Reminder) =>
          reminderCard(
            items,
            { person: person.id, today: day, reminder: key },
            { canPutOff: items.some((item) => snoozesLeft(item, snoozes, settings, people().whose) > 0) },
          ),
        ({ person }) => pressing.get(person.id) ?? [],
        onFault,
      ),
      reminders,
      async stillOwed(reminder) {
        const now = running.now();
        const person = people().whose(reminder.person);
        if (!person || !isTimeFor(person, now)) return undefined;
        const items = (await book.read()).reminded.owed(person, now).toSorted(byDue);
        return items.length === 0 ? undefined : { ...reminder, person, items };
      },
      clock: running,
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    });
    return { reminded, progress };
  }

  return {
    due: async (at) => work(at, await snoozesAt(at)),
    send: async (at, options) => (await send(at, { now: () => at }, options)).progress,

    async round(signal) {
      const now = clock.now();
      if (!people().all.some((person) => isTimeFor(person, now))) return;
      const { reminded } = await send(now, clock, { signal });
      const messages = signal.aborted ? [] : await mail.alone(now, reminded);
      for (const [kind, reminders] of Map.groupBy(messages, (message) => message.kind)) {
        if (signal.aborted) return;
        await deliverReminders({
          ...delivering,
          ...withParts(
            (message: OfficeMessage) => message.card(),
            ({ beside }) => beside,
            onFault,
          ),
          reminders,
          kind,
          givesWay: true,
          clock,
          signal,
        });
      }
      const today = schoolDay(now);
      if (purged === today) return;
      await purge(store, { now, people: people() });
      purged = today;
    },
  };
}
