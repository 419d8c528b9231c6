import { createHash } from 'node:crypto';
import type { ReminderSettings } from '../content/schema/reminders.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import type { Person, Whose } from '../school/people.ts';
import { byPerson } from './by-person.ts';
import { monthOf, type SchoolDays } from './days.ts';
import type { LocalTime } from './local-time.ts';
import {
  type Obligation,
  type ObligationKey,
  type Reminder,
  type Rung,
  rungs,
  type SentReminder,
  type Snooze,
} from './obligation.ts';
import type { Obligations } from './obligations.ts';
import { type RungDay, rungsIn } from './rungs.ts';

export interface LadderParts {
  readonly school: Pick<School, 'working_hours' | 'reminders'>;
  readonly days: SchoolDays;
  readonly localTime: LocalTime;
  readonly obligations: Pick<Obligations, 'owed'>;
  /** What has gone already; those of this month are enough. None: nothing counts as sent. */
  readonly sent: Iterable<SentReminder>;
  readonly snoozes: Iterable<Snooze>;
  readonly whose: Whose;
}

/**
 * The messages that are to go out at an instant, at most one a person, with all that they owe. A rung that fell
 * earlier this month and was carried by no message since is caught up.
 */
export function* remindersAt(
  now: Date,
  people: Iterable<Person>,
  { school, days, localTime, obligations, sent, snoozes, whose }: LadderParts,
): Generator<Reminder> {
  const settings = school.reminders;
  const hours = settings.hours ?? school.working_hours;
  const sentTo = byPerson(sent, whose);
  const snoozedBy = byPerson(snoozes, whose);
  const fallsIn = rememberRungs(settings, days);
  const keyOf = rememberKeys();

  for (const person of people) {
    const { day: today, time } = localTime.at(now, person);
    if (time < hours.from || time >= hours.to || !days.isSchoolDay(today)) continue;
    const messages = sentTo(person).filter(({ day }) => day <= today);
    if (messages.some(({ day }) => day === today)) continue;
    const items = obligations.owed(person, now).toSorted(byDue);
    const asked = snoozedBy(person);
    let urgency = -1;
    for (const item of items) {
      const last = lastDay(messages, item);
      const falling = [...fallsIn(monthOf(today), item), ...putOff(asked, item, days)];
      for (const { rung, day } of falling)
        if (item.opens <= day && day <= today && day > last && monthOf(day) === monthOf(today))
          urgency = Math.max(urgency, rungs.indexOf(rung));
    }
    const rung = rungs[urgency];
    if (rung !== undefined) yield { person, rung, day: today, items, key: keyOf(person, rung, today, items) };
  }
}

/** How often a person can still put an obligation off until the next school day. */
export function snoozesLeft(
  obligation: Obligation,
  snoozes: Iterable<Snooze>,
  { tomorrow }: Pick<ReminderSettings, 'tomorrow'>,
  whose: Whose,
): number {
  let left = tomorrow;
  for (const snooze of snoozes)
    if (isOf(snooze, obligation) && whose(snooze.person)?.id === obligation.person.id) left--;
  return Math.max(0, left);
}

const isOf = (one: ObligationKey, other: ObligationKey): boolean =>
  one.policy === other.policy && one.version === other.version && one.year === other.year;

/** The earliest due first. */
export const byDue = (one: Obligation, other: Obligation): number =>
  one.due < other.due ? -1 : one.due > other.due ? 1 : one.policy < other.policy ? -1 : 1;

/** The day of the last message that carried an obligation; before all days where there was none. */
function lastDay(messages: readonly SentReminder[], { policy, version }: Obligation): Day {
  let last = '';
  for (const { day, items } of messages)
    if (day > last && items.some((item) => item.policy === policy && item.version === version)) last = day;
  return last;
}

/** “Remind me tomorrow” is a rung of one's own, on the next school day. */
function putOff(snoozes: readonly Snooze[], obligation: Obligation, days: SchoolDays): RungDay[] {
  return snoozes
    .filter((snooze) => isOf(snooze, obligation))
    .map(({ on }) => ({ rung: 'digest', day: days.after(on) }));
}

/** Works out the rungs of a month once for all who have the same dates. */
function rememberRungs(settings: ReminderSettings, days: SchoolDays) {
  const known = new Map<string, readonly RungDay[]>();
  return (month: string, obligation: Obligation): readonly RungDay[] => {
    const key = `${month} ${obligation.opens} ${obligation.due}`;
    const found = known.get(key) ?? rungsIn(month, obligation, settings, days);
    known.set(key, found);
    return found;
  };
}

/** Names messages. The policies and their versions go in as a hash, so that a key stays short. */
function rememberKeys() {
  const hashes = new Map<string, string>();
  return ({ id }: Person, rung: Rung, day: Day, items: readonly Obligation[]): string => {
    const set = JSON.stringify(items.map(({ policy, version }) => [policy, version]).sort());
    const hash = hashes.get(set) ?? createHash('sha256').update(set).digest('hex').slice(0, 16);
    hashes.set(set, hash);
    return `reminder:${id}:${day}:${rung}:${hash}`;
  };
}
