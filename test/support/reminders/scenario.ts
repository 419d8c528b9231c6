import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type School, schoolSchema } from '../../../src/content/schema/school.ts';
import { createSchoolDays, plusDays } from '../../../src/reminders/days.ts';
import { remindersAt } from '../../../src/reminders/ladder.ts';
import { createLocalTime } from '../../../src/reminders/local-time.ts';
import type {
  Acknowledgement,
  Campaign,
  KnownVersion,
  Reminder,
  SentReminder,
  Snooze,
} from '../../../src/reminders/obligation.ts';
import { createObligations, type Obligations } from '../../../src/reminders/obligations.ts';
import { createCalendar } from '../../../src/school/calendar.ts';
import type { Person, Whose } from '../../../src/school/people.ts';
import { whoseAmong } from '../../../src/school/whose.ts';

/** The school that ships with the bot: its terms run from September 2026 until July 2028. */
export const whitefield: School = schoolSchema.parse(
  parse(readFileSync(new URL('../../../content/school.yaml', import.meta.url), 'utf8')),
);
export const calendar = createCalendar(whitefield);
export const days = createSchoolDays(calendar);
export const localTime = createLocalTime(whitefield.time_zone);

/** A teacher, unless told otherwise. */
export function personOf(id: string, more: Partial<Person> = {}): Person {
  return { id, accounts: [], name: id, roles: ['teacher'], rolesFrom: 'school', ...more };
}

/** A policy that asks all staff from 2 November until 11 December 2026, unless told otherwise. */
export function campaignOf(more: Partial<Campaign> = {}): Campaign {
  return {
    policy: 'phones',
    title: 'Phones',
    version: '1',
    sha256: 'a'.repeat(64),
    change: 'material',
    audience: ['staff'],
    opens: '2026-11-02',
    due: '2026-12-11',
    joinersWithinWorkingDays: 10,
    checkQuestions: [],
    ...more,
  };
}

/** An instant from what the school's clocks show: `2026-11-23T09:00`. */
export function instant(wall: string): Date {
  const [day = '', time = ''] = wall.split('T');
  const midnight = localTime.startOf(day, {});
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const guess = new Date(midnight.getTime() + (hours * 60 + minutes) * 60_000);
  const shown = localTime.at(guess, {}).time.split(':').map(Number);
  return new Date(guess.getTime() + (hours * 60 + minutes - shown[0]! * 60 - shown[1]!) * 60_000);
}

export function acknowledged(
  who: string,
  wall: string,
  more: Partial<Acknowledgement> = {},
): Acknowledgement {
  return {
    person: { id: who },
    policy: 'phones',
    version: '1',
    sha256: 'a'.repeat(64),
    at: instant(wall),
    how: 'chat',
    ...more,
  };
}

/** All that the rules look at. */
export interface Scenario {
  readonly school?: School;
  readonly people: readonly Person[];
  readonly campaigns?: readonly Campaign[];
  readonly versions?: readonly KnownVersion[];
  readonly acknowledgements?: readonly Acknowledgement[];
  readonly sent?: readonly SentReminder[];
  readonly snoozes?: readonly Snooze[];
}

/** Everybody is known, those included who stand in no list of the test. */
function whoseIn({ people }: Pick<Scenario, 'people'>): Whose {
  const known = whoseAmong(people);
  return (key) => known(key) ?? personOf(key.id);
}

export function obligationsIn({
  people,
  school = whitefield,
  campaigns = [campaignOf()],
  versions = [],
  acknowledgements = [],
}: Scenario): Obligations {
  return createObligations({
    school,
    days,
    localTime,
    campaigns,
    versions,
    acknowledgements,
    whose: whoseIn({ people }),
  });
}

export function remindersIn(scenario: Scenario, now: Date): Reminder[] {
  const { school = whitefield, people, sent = [], snoozes = [] } = scenario;
  const obligations = obligationsIn(scenario);
  return [
    ...remindersAt(now, people, {
      school,
      days,
      localTime,
      obligations,
      sent,
      snoozes,
      whose: whoseIn(scenario),
    }),
  ];
}

/** A message as a test compares it. */
export interface Message {
  readonly person: string;
  readonly day: string;
  readonly rung: string;
  /** `phones 1`, in the order of their names. */
  readonly items: readonly string[];
}

export const messageOf = ({ person, day, rung, items }: Reminder): Message => ({
  person: person.id,
  day,
  rung,
  items: items.map(({ policy, version }) => `${policy} ${version}`).sort(),
});

/** What goes out when the bot looks at each of these instants and every message arrives. */
export function sentOver(ticks: Iterable<Date>, scenarioAt: (now: Date) => Scenario): Reminder[] {
  const all: Reminder[] = [];
  let sent: SentReminder[] = [];
  for (const now of ticks) {
    const old = plusDays(localTime.at(now, {}).day, -40);
    if (sent[0] && sent[0].day < old) sent = sent.filter(({ day }) => day >= old);
    for (const reminder of remindersIn({ ...scenarioAt(now), sent }, now)) {
      all.push(reminder);
      sent.push({ person: reminder.person, day: reminder.day, items: reminder.items });
    }
  }
  return all;
}
