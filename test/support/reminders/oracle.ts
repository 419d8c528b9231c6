import type { School } from '../../../src/content/schema/school.ts';
import type { Acknowledgement, Campaign, Snooze } from '../../../src/reminders/obligation.ts';
import type { Person } from '../../../src/school/people.ts';
import { calendar, type Message } from './scenario.ts';

/**
 * The rules of reminders once more, as slowly and simply as they can be said: day by day, looking at every day
 * around it. Shares nothing with the code but the calendar's word on which days are school days.
 */

const shift = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);

const autumnOf = (day: string): number => Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0);

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(now: Date, zone: string): { readonly day: string; readonly time: string } {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(zone, clock);
  const [day = '', time = ''] = clock.format(now).split(' ');
  return { day, time };
}

const schoolDays = new Map<string, boolean>();
function isSchoolDay(day: string): boolean {
  const known = schoolDays.get(day) ?? calendar.isSchoolDay(day);
  schoolDays.set(day, known);
  return known;
}

interface Owed {
  readonly policy: string;
  readonly version: string;
  readonly opens: string;
  readonly due: string;
}

function owedBy(
  person: Person,
  today: string,
  now: Date,
  zone: string,
  { campaigns, acknowledgements, counts, school }: Facts,
): Owed[] {
  const { start, leave, awayUntil } = person;
  if ((start && today < start) || (leave && today > leave) || (awayUntil && today < awayUntil)) return [];
  return campaigns.flatMap((campaign) => {
    const asked = person.roles.some((role) =>
      campaign.audience.some((group) => role === group || school.roles[role]?.audience.includes(group)),
    );
    if (!asked || today < campaign.opens) return [];
    const year = autumnOf(today);
    let [opens, due] = [campaign.opens, campaign.due];
    if (year > autumnOf(campaign.opens)) {
      opens = `${year}-09-01`;
      const calendarYear = due.slice(5) >= '09-01' ? year : year + 1;
      due = `${calendarYear}${due.slice(4)}`;
      if (Number.isNaN(Date.parse(due)) || shift(due, 0) !== due) due = `${calendarYear}-02-28`;
    }
    if (start) {
      if (start > opens) opens = start;
      let last = start;
      for (let left = campaign.joinersWithinWorkingDays; left > 0; ) {
        last = shift(last, 1);
        if (isSchoolDay(last)) left--;
      }
      if (last > due) due = last;
    }
    const met = acknowledgements.some(
      (each) =>
        each.person.id === person.id &&
        each.policy === campaign.policy &&
        counts(campaign).includes(each.version) &&
        each.at <= now &&
        autumnOf(clockOf(each.at, zone).day) === year,
    );
    return met ? [] : [{ policy: campaign.policy, version: campaign.version, opens, due }];
  });
}

/** Which rungs of an obligation fall on a school day. */
function rungsOn(day: string, { opens, due }: Owed, { reminders }: School): string[] {
  const found: string[] = [];
  const first = day.slice(0, 8);
  let earlier = false;
  for (let before = shift(day, -1); before.startsWith(first) && before >= opens; before = shift(before, -1))
    if (isSchoolDay(before)) earlier = true;
  if (reminders.digest && !earlier) found.push('digest');
  const isLastBefore = (target: string): boolean => {
    if (day > target) return false;
    for (let after = shift(day, 1); after <= target; after = shift(after, 1))
      if (isSchoolDay(after)) return false;
    return true;
  };
  if (reminders.week_before && isLastBefore(shift(due, -reminders.week_before))) found.push('week_before');
  if (reminders.day_before && isLastBefore(shift(due, -reminders.day_before))) found.push('day_before');
  if (reminders.due_day && isLastBefore(due)) found.push('due_day');
  if (reminders.overdue)
    for (let raw = shift(due, reminders.overdue); raw <= day; raw = shift(raw, reminders.overdue)) {
      let between = false;
      for (let each = raw; each < day; each = shift(each, 1)) if (isSchoolDay(each)) between = true;
      if (!between) found.push('overdue');
    }
  return found;
}

const urgency = ['digest', 'week_before', 'day_before', 'due_day', 'overdue'];

/** What is so at one instant. */
export interface Facts {
  readonly school: School;
  readonly people: readonly Person[];
  readonly campaigns: readonly Campaign[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly snoozes: readonly Snooze[];
  /** The versions whose acknowledgement counts. */
  counts(campaign: Campaign): readonly string[];
}

/** What must go out when the bot looks at each of these instants, its settings stay, and every message arrives. */
export function foretold(ticks: Iterable<Date>, factsAt: (now: Date) => Facts): Message[] {
  const all: Message[] = [];
  const lastOf = new Map<string, string>();
  const known = new Map<string, string[]>();
  const rungsOnce = (day: string, item: Owed, school: School): string[] => {
    const key = `${day} ${item.opens} ${item.due}`;
    const found = known.get(key) ?? rungsOn(day, item, school);
    known.set(key, found);
    return found;
  };
  for (const now of ticks) {
    const facts = factsAt(now);
    const { school, snoozes } = facts;
    const hours = school.reminders.hours ?? school.working_hours;
    for (const person of facts.people) {
      const zone = person.timeZone ?? school.time_zone;
      const { day: today, time } = clockOf(now, zone);
      if (time < hours.from || time >= hours.to || !isSchoolDay(today)) continue;
      if (lastOf.get(person.id) === today) continue;
      const owed = owedBy(person, today, now, zone, facts);
      let most = -1;
      for (const item of owed) {
        const name = `${person.id} ${item.policy} ${item.version}`;
        for (let day = `${today.slice(0, 8)}01`; day <= today; day = shift(day, 1)) {
          if (day < item.opens || !isSchoolDay(day) || (lastOf.get(name) ?? '') >= day) continue;
          for (const rung of rungsOnce(day, item, school)) most = Math.max(most, urgency.indexOf(rung));
          for (const snooze of snoozes) {
            if (snooze.person.id !== person.id || snooze.policy !== item.policy) continue;
            if (snooze.version !== item.version || snooze.on >= day) continue;
            if (autumnOf(snooze.on) !== autumnOf(today)) continue;
            let between = false;
            for (let each = shift(snooze.on, 1); each < day; each = shift(each, 1))
              if (isSchoolDay(each)) between = true;
            if (!between) most = Math.max(most, 0);
          }
        }
      }
      if (most < 0) continue;
      lastOf.set(person.id, today);
      for (const { policy, version } of owed) lastOf.set(`${person.id} ${policy} ${version}`, today);
      all.push({
        person: person.id,
        day: today,
        rung: urgency[most]!,
        items: owed.map(({ policy, version }) => `${policy} ${version}`).sort(),
      });
    }
  }
  return all;
}
