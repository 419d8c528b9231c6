import type { Day } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import type { People, Person } from '../school/people.ts';
import type { Store } from '../store/open.ts';
import { purge } from '../store/purge.ts';
import { failedReminders, sentReminders } from '../store/reminder-outcomes.ts';
import { listSnoozes } from '../store/snoozes.ts';
import type { Book } from './book.ts';
import { reminderCard } from './cards.ts';
import { monthOf, plusDays } from './days.ts';
import { type DeliveryProgress, deliverReminders, type Pace } from './delivery.ts';
import { byDue, remindersAt, snoozesLeft } from './ladder.ts';
import {
  type OfficeNotice,
  openingNotice,
  overdueList,
  overdueListDay,
  overdueToReport,
  reviewNotice,
} from './notices.ts';
import type { Reminder, Snooze } from './obligation.ts';
import type { Office } from './office.ts';
import { standings } from './standing.ts';
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

/** No obligation is put off or told of for longer, in days. */
const longestRound = 400;

export function createRounds(parts: RoundParts): Rounds {
  const { store, book, office, clock, people, deliver, onFault, timer, pace } = parts;
  const { content, campaigns, days, localTime } = book;
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

  async function send(at: Date, running: Clock, { onProgress, signal }: SendingOptions = {}) {
    const snoozes = await snoozesAt(at);
    return deliverReminders({
      ...delivering,
      reminders: await work(at, snoozes),
      async stillOwed(reminder) {
        const now = running.now();
        const person = people().whose(reminder.person);
        if (!person || !isTimeFor(person, now)) return undefined;
        const items = (await book.read()).reminded.owed(person, now).toSorted(byDue);
        return items.length === 0 ? undefined : { ...reminder, person, items };
      },
      render: ({ person, items, day, key }) =>
        reminderCard(
          items,
          { person: person.id, today: day, reminder: key },
          { canPutOff: items.some((item) => snoozesLeft(item, snoozes, settings, people().whose) > 0) },
        ),
      clock: running,
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    });
  }

  /** Those who hold a role and can be written to now. */
  function readersOf(role: string, now: Date): readonly Person[] {
    const holders = people().holders(role, schoolDay(now));
    return holders.kind === 'people' ? holders.people.filter((person) => isTimeFor(person, now)) : [];
  }

  async function overdueLists(now: Date): Promise<OfficeNotice[]> {
    const { overdue_list: list } = settings;
    if (!list) return [];
    const today = schoolDay(now);
    const listDay = overdueListDay(today, list.on, days);
    if (listDay === undefined || today < listDay) return [];
    const had = await sentReminders(store, listDay, 'overdue_list');
    const { all, whose } = people();
    const served = new Set(had.map(({ person }) => whose(person)?.id));
    const readers = readersOf(list.to ?? school.policy_owner, now).filter(({ id }) => !served.has(id));
    if (readers.length === 0) return [];
    const { reminded: obligations } = await book.read();
    const late = [...standings(all, now, { obligations, localTime })].filter(({ overdue }) => overdue);
    if (late.length === 0) return [];
    const from = plusDays(today, -longestRound);
    const failed = await failedReminders(store, from);
    const blocked = new Set(
      failed.flatMap(({ person, problem }) => (problem === 'blocked' ? (whose(person)?.id ?? []) : [])),
    );
    const overdue = overdueToReport(late, await sentReminders(store, from), {
      repeats: settings.overdue !== undefined,
      unreachable: ({ id, accounts }) => accounts.length === 0 || blocked.has(id),
      whose,
    });
    return readers.flatMap(
      (reader) => overdueList(reader, localTime.at(now, reader).day, overdue, { on: list.on, days }) ?? [],
    );
  }

  function reviews(now: Date): OfficeNotice[] {
    if (!settings.review_dates) return [];
    const owned = Map.groupBy(content.policies, ({ owner }) => owner ?? school.policy_owner);
    const byOwner = new Map<Person, (typeof content.policies)[number][]>();
    for (const [role, policies] of owned)
      for (const owner of readersOf(role, now))
        byOwner.set(owner, [...(byOwner.get(owner) ?? []), ...policies]);
    return [...byOwner].flatMap(
      ([owner, policies]) => reviewNotice(owner, localTime.at(now, owner).day, policies, days) ?? [],
    );
  }

  async function openings(now: Date): Promise<OfficeNotice[]> {
    const { stateOf } = await book.read();
    const readers = readersOf(settings.overdue_list?.to ?? school.policy_owner, now);
    const found: OfficeNotice[] = [];
    for (const reader of readers)
      for (const campaign of campaigns) {
        if (stateOf(campaign)?.paused) continue;
        const { day } = localTime.at(now, reader);
        const { last } = days.academicYear(day);
        const opens = day < campaign.opens ? campaign.opens : plusDays(last, 1);
        const { policy, version } = campaign;
        const card = () => office.previewFor(reader, campaign, opens);
        const notice = openingNotice(reader, day, { policy, version, opens }, { days, card });
        if (notice) found.push(notice);
      }
    return found;
  }

  return {
    due: async (at) => work(at, await snoozesAt(at)),
    send: (at, options) => send(at, { now: () => at }, options),

    async round(signal) {
      const now = clock.now();
      if (!people().all.some((person) => isTimeFor(person, now))) return;
      await send(now, clock, { signal });
      const notices = [...(await overdueLists(now)), ...reviews(now), ...(await openings(now))];
      for (const [kind, reminders] of Map.groupBy(notices, (notice) => notice.kind)) {
        if (signal.aborted) return;
        await deliverReminders({
          ...delivering,
          reminders,
          kind,
          render: ({ card }) => card(),
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
