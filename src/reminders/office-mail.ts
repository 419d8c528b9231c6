import type { Day } from '../school/calendar.ts';
import type { People, Person } from '../school/people.ts';
import type { Store } from '../store/open.ts';
import { failedReminders, reachedFrom, restingReminders, sentReminders } from '../store/reminder-outcomes.ts';
import type { Book } from './book.ts';
import { plusDays } from './days.ts';
import { dayOf } from './delivery.ts';
import {
  type OfficeNotice,
  openingNotice,
  overdueList,
  overdueListDay,
  overdueToReport,
  reviewNotice,
} from './notices.ts';
import type { Office } from './office.ts';
import { standings } from './standing.ts';

/**
 * What those who answer for the school hear, and when. Nobody gets two messages a day: a reminder goes first, and
 * a notice waits for a school day on which nothing else goes to the same person. Where there is none until its
 * last day, it comes as a part of what goes then.
 */
export interface OfficeMail {
  /** What can wait no longer, by the id of whoever it is for. */
  pressing(now: Date, readers: ReadonlySet<string>): Promise<ReadonlyMap<string, readonly OfficeNotice[]>>;
  /** The messages of today, at the most one for each reader; none for those who are `busy`, by their id. */
  alone(now: Date, busy: ReadonlySet<string>): Promise<readonly OfficeMessage[]>;
}

/** A notice with a message of its own, and others that go as parts of it. */
export interface OfficeMessage extends OfficeNotice {
  readonly beside: readonly OfficeNotice[];
}

export interface OfficeMailParts {
  readonly store: Store;
  readonly book: Book;
  readonly office: Pick<Office, 'previewFor'>;
  readonly people: () => People;
  /** Whether somebody may be written to at an instant. */
  readonly isTimeFor: (person: Person, at: Date) => boolean;
}

/** No obligation is told of for longer, in days. */
const longestRound = 400;

type IsReader = (person: Person) => boolean;

export function createOfficeMail({ store, book, office, people, isTimeFor }: OfficeMailParts): OfficeMail {
  const { content, campaigns, days, localTime } = book;
  const { school } = content;
  const settings = school.reminders;

  const schoolDay = (at: Date): Day => localTime.at(at, {}).day;

  /** Those who hold a role and can be written to now. */
  function readersOf(role: string, now: Date, isReader: IsReader): readonly Person[] {
    const holders = people().holders(role, schoolDay(now));
    return holders.kind === 'people'
      ? holders.people.filter((person) => isReader(person) && isTimeFor(person, now))
      : [];
  }

  async function overdueLists(now: Date, isReader: IsReader): Promise<OfficeNotice[]> {
    const { overdue_list: list } = settings;
    if (!list) return [];
    const today = schoolDay(now);
    const listDay = overdueListDay(today, list.on, days);
    if (listDay === undefined || today < listDay) return [];
    const had = await sentReminders(store, listDay, 'overdue_list');
    const { all, whose } = people();
    const served = new Set(had.map(({ person }) => whose(person)?.id));
    const readers = readersOf(list.to ?? school.policy_owner, now, isReader).filter(
      ({ id }) => !served.has(id),
    );
    if (readers.length === 0) return [];
    const { reminded: obligations } = await book.read();
    const late = [...standings(all, now, { obligations, localTime })].filter(({ overdue }) => overdue);
    if (late.length === 0) return [];
    const from = plusDays(today, -longestRound);
    const failed = await failedReminders(store, from, whose);
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

  function reviews(now: Date, isReader: IsReader): OfficeNotice[] {
    if (!settings.review_dates) return [];
    const owned = Map.groupBy(content.policies, ({ owner }) => owner ?? school.policy_owner);
    const byOwner = new Map<Person, (typeof content.policies)[number][]>();
    for (const [role, policies] of owned)
      for (const owner of readersOf(role, now, isReader))
        byOwner.set(owner, [...(byOwner.get(owner) ?? []), ...policies]);
    return [...byOwner].flatMap(
      ([owner, policies]) => reviewNotice(owner, localTime.at(now, owner).day, policies, days) ?? [],
    );
  }

  async function openings(now: Date, isReader: IsReader): Promise<OfficeNotice[]> {
    const { stateOf } = await book.read();
    const readers = readersOf(settings.overdue_list?.to ?? school.policy_owner, now, isReader);
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

  /** What could go today and has not, by the id of whoever it is for; what has the least time left first. */
  async function open(now: Date, isReader: IsReader): Promise<ReadonlyMap<string, readonly OfficeNotice[]>> {
    const all = [
      ...(await overdueLists(now, isReader)),
      ...(await openings(now, isReader)),
      ...reviews(now, isReader),
    ];
    const keys = all.map(({ key }) => key);
    const resting = await restingReminders(store, keys, dayOf(now));
    const left = all.filter(({ key }) => !resting.has(key));
    return Map.groupBy(left.sort(byLast), ({ person }) => person.id);
  }

  const isPressing = ({ day, last }: OfficeNotice): boolean => days.after(day) > last;

  return {
    async pressing(now, readers) {
      const found = new Map<string, readonly OfficeNotice[]>();
      if (readers.size === 0) return found;
      for (const [reader, notices] of await open(now, ({ id }) => readers.has(id)))
        found.set(reader, notices.filter(isPressing));
      return found;
    },

    async alone(now, busy) {
      const { whose } = people();
      const reached = new Set(busy);
      // Somewhere it may still be the day before.
      for (const { person: key, day } of await reachedFrom(store, plusDays(schoolDay(now), -1))) {
        const person = whose(key);
        if (person && localTime.at(now, person).day <= day) reached.add(person.id);
      }
      const byReader = await open(now, ({ id }) => !reached.has(id));
      return [...byReader.values()].flatMap(([first, ...others]) =>
        first ? { ...first, beside: others.filter(isPressing) } : [],
      );
    },
  };
}

const byLast = (one: OfficeNotice, other: OfficeNotice): number =>
  one.last < other.last ? -1 : one.last > other.last ? 1 : 0;
