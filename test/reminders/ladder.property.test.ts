import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { School } from '../../src/content/schema/school.ts';
import { daysBetween, plusDays } from '../../src/reminders/days.ts';
import type {
  Acknowledgement,
  Campaign,
  Obligation,
  Reminder,
  SentReminder,
  Snooze,
} from '../../src/reminders/obligation.ts';
import { rungsIn } from '../../src/reminders/rungs.ts';
import type { Person } from '../../src/school/people.ts';
import { foretold } from '../support/reminders/oracle.ts';
import {
  calendar,
  campaignOf,
  days,
  instant,
  localTime,
  messageOf,
  obligationsIn,
  personOf,
  remindersIn,
  sentOver,
  whitefield,
} from '../support/reminders/scenario.ts';

const [firstDay, lastDay] = ['2026-09-01', '2028-12-31'];
const anyDay = (from = firstDay, to = lastDay): fc.Arbitrary<string> =>
  fc.nat(daysBetween(from, to)).map((count) => plusDays(from, count));
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const anyReminders: fc.Arbitrary<School['reminders']> = fc.record({
  digest: fc.boolean(),
  week_before: maybe(fc.integer({ min: 1, max: 60 })),
  day_before: maybe(fc.integer({ min: 1, max: 60 })),
  due_day: fc.boolean(),
  overdue: maybe(fc.integer({ min: 1, max: 60 })),
  tomorrow: fc.constant(3),
  hours: fc.constantFrom(undefined, { from: '07:15', to: '18:45' }, { from: '12:00', to: '12:30' }),
  overdue_list: fc.constant(undefined),
  review_dates: fc.constant(true),
});

const anyCampaign = (policy: string): fc.Arbitrary<Campaign> =>
  fc
    .record({
      opens: anyDay('2026-09-01', '2028-06-30'),
      length: fc.nat(400),
      joinersWithinWorkingDays: fc.nat(30),
      audience: fc.constantFrom(['staff'], ['staff', 'governor'], ['teacher']),
    })
    .map(({ opens, length, ...more }) =>
      campaignOf({ policy, opens, due: plusDays(opens, length), ...more }),
    );

const anyPerson = (id: string): fc.Arbitrary<Person> =>
  fc
    .record({
      roles: fc.constantFrom(['teacher'], ['governor'], ['office', 'governor']),
      start: maybe(anyDay('2026-06-01', '2028-09-30')),
      stay: maybe(fc.nat(700)),
      awayUntil: maybe(anyDay()),
      timeZone: fc.constantFrom(undefined, 'Europe/London', 'America/Los_Angeles', 'Pacific/Auckland'),
    })
    .map(({ roles, start, stay, awayUntil, timeZone }) =>
      personOf(id, {
        roles,
        ...(start !== undefined && { start }),
        ...(stay !== undefined && { leave: plusDays(start ?? firstDay, stay) }),
        ...(awayUntil !== undefined && { awayUntil }),
        ...(timeZone !== undefined && { timeZone }),
      }),
    );

const policies = ['phones', 'safety'];
const names = ['ada', 'ben'];

const anyAcknowledgement: fc.Arbitrary<Acknowledgement> = fc
  .record({
    who: fc.constantFrom(...names),
    policy: fc.constantFrom(...policies),
    day: anyDay(),
    hour: fc.nat(23),
  })
  .map(({ who, policy, day, hour }) => ({
    person: { id: who },
    policy,
    version: '1',
    sha256: 'a'.repeat(64),
    at: instant(`${day}T${String(hour).padStart(2, '0')}:30`),
    how: 'chat',
  }));

const anySnooze: fc.Arbitrary<Snooze> = fc
  .record({ who: fc.constantFrom(...names), policy: fc.constantFrom(...policies), on: anyDay() })
  .map(({ who, policy, on }) => ({
    person: { id: who },
    policy,
    version: '1',
    year: calendar.academicYear(on).name,
    on,
  }));

/** Some months of any school, looked at every two hours but on the days on which the bot is down. */
const anyCourse = fc.record({
  reminders: anyReminders,
  people: fc.tuple(...names.map(anyPerson)),
  campaigns: fc.tuple(...policies.map(anyCampaign)),
  acknowledgements: fc.array(anyAcknowledgement, { maxLength: 4 }),
  snoozes: fc.array(anySnooze, { maxLength: 4 }),
  begins: anyDay('2026-09-01', '2028-08-31'),
  down: fc.uniqueArray(fc.nat(119), { maxLength: 60 }),
  minute: fc.constantFrom(0, 15, 45),
});
type Course = typeof anyCourse extends fc.Arbitrary<infer Value> ? Value : never;

const scenarioOf = ({ reminders, people, campaigns, acknowledgements, snoozes }: Course) => ({
  school: { ...whitefield, reminders },
  people,
  campaigns,
  acknowledgements,
  snoozes,
});
function* ticksOf({ begins, down, minute }: Course): Generator<Date> {
  for (let nth = 0; nth < 120; nth++) {
    const midnight = localTime.startOf(plusDays(begins, nth), {}).getTime();
    if (!down.includes(nth))
      for (let hour = 0; hour < 24; hour += 2) yield new Date(midnight + (hour * 60 + minute) * 60_000);
  }
}
const goesOut = (course: Course): Reminder[] => {
  const scenario = scenarioOf(course);
  return sentOver(ticksOf(course), () => scenario);
};

describe('whatever the campaigns, people, settings and outages', () => {
  test('what goes out is what the rules say', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const facts = { ...scenarioOf(course), counts: () => ['1'] };
        const expected = foretold(ticksOf(course), () => facts);
        expect(goesOut(course).map(messageOf)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('nobody gets two messages a day, and no two messages have one key', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const sent = goesOut(course);
        const apart = new Set(sent.map(({ person, day }) => `${person.id} ${day}`));
        expect(apart.size).toBe(sent.length);
        expect(new Set(sent.map(({ key }) => key)).size).toBe(sent.length);
      }),
      { numRuns: 30 },
    );
  });

  test('a message goes out in working hours of a school day, to somebody at the school, with all that they owe', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const scenario = scenarioOf(course);
        const { reminders, working_hours } = scenario.school;
        const hours = reminders.hours ?? working_hours;
        const obligations = obligationsIn(scenario);
        const sent: SentReminder[] = [];
        for (const now of ticksOf(course))
          for (const reminder of remindersIn({ ...scenario, sent }, now)) {
            const { person, day, items } = reminder;
            sent.push({ person, day, items });
            const clock = localTime.at(now, person);
            expect(clock.day).toBe(day);
            expect(hours.from <= clock.time && clock.time < hours.to).toBe(true);
            expect(calendar.isSchoolDay(day)).toBe(true);
            const { start = day, leave = day, awayUntil = day } = person;
            expect(start <= day && day <= leave && awayUntil <= day).toBe(true);
            const policiesOf = (owed: readonly Obligation[]) => owed.map(({ policy }) => policy).sort();
            expect(policiesOf(items)).toEqual(policiesOf(obligations.owed(person, now)));
            for (const { policy } of items)
              for (const { person: who, policy: of, at } of scenario.acknowledgements)
                if (who.id === person.id && of === policy && at <= now)
                  expect(localTime.at(at, person).day < calendar.academicYear(day).first).toBe(true);
          }
      }),
      { numRuns: 30 },
    );
  });

  test('while the bot runs, whoever owes something hears of it in every month in which it is owed on a school day', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const everyDay = Array.from({ length: 120 }, (_, nth) =>
          instant(`${plusDays(course.begins, nth)}T09:00`),
        );
        // At home all have the same clock, so that one look a day is enough.
        const people = course.people.map(({ timeZone: _, ...person }) => person);
        const scenario = scenarioOf({
          ...course,
          people,
          reminders: { ...course.reminders, digest: true, hours: undefined },
        });
        const heard = new Set(
          sentOver(everyDay, () => scenario).flatMap(({ person, day, items }) =>
            items.map(({ policy }) => `${person.id} ${policy} ${day.slice(0, 7)}`),
          ),
        );
        const obligations = obligationsIn(scenario);
        for (const now of everyDay)
          for (const person of people) {
            const { day } = localTime.at(now, {});
            if (!calendar.isSchoolDay(day)) continue;
            for (const { policy } of obligations.owed(person, now))
              expect(heard).toContain(`${person.id} ${policy} ${day.slice(0, 7)}`);
          }
      }),
      { numRuns: 30 },
    );
  });
});

test('rungs fall on school days on which the obligation is open, on the right side of the due date', () => {
  fc.assert(
    fc.property(anyCampaign('phones'), anyReminders, ({ opens, due }, reminders) => {
      for (let month = opens; month <= plusDays(due, 200); month = plusDays(`${month.slice(0, 7)}-28`, 4))
        for (const { rung, day } of rungsIn(month.slice(0, 7), { opens, due }, reminders, days)) {
          expect(calendar.isSchoolDay(day)).toBe(true);
          expect(day >= opens).toBe(true);
          expect(day.slice(0, 7)).toBe(month.slice(0, 7));
          if (rung === 'overdue') expect(day > due).toBe(true);
          else if (rung !== 'digest') expect(day <= due).toBe(true);
        }
    }),
    { numRuns: 200 },
  );
});
