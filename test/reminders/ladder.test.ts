import { describe, expect, test } from 'vitest';
import type { School } from '../../src/content/schema/school.ts';
import { snoozesLeft } from '../../src/reminders/ladder.ts';
import type { SentReminder, Snooze } from '../../src/reminders/obligation.ts';
import { whoseAmong } from '../../src/school/whose.ts';
import {
  acknowledged,
  campaignOf,
  instant,
  messageOf,
  obligationsIn,
  personOf,
  remindersIn,
  type Scenario,
  whitefield,
} from '../support/reminders/scenario.ts';

const ada = personOf('ada');
const sent = (day: string, who = 'ada', version = '1'): SentReminder => ({
  person: { id: who },
  day,
  items: [{ policy: 'phones', version }],
});
const snooze = (on: string, more: Partial<Snooze> = {}): Snooze => ({
  person: { id: 'ada' },
  policy: 'phones',
  version: '1',
  year: '2026/27',
  on,
  ...more,
});
const withReminders = (reminders: Partial<School['reminders']>): School => ({
  ...whitefield,
  reminders: { ...whitefield.reminders, ...reminders },
});
/** What goes out at nine, as `rung: items`. */
const at = (wall: string, scenario: Partial<Scenario> = {}): string[] =>
  remindersIn({ people: [ada], ...scenario }, instant(wall)).map((reminder) => {
    const { rung, items } = messageOf(reminder);
    return `${rung}: ${items.join(', ')}`;
  });

describe('rungs of a policy that is open from 2 November until Friday, 11 December 2026', () => {
  test.each([
    ['before it opens', '2026-10-23T09:00', []],
    ['on the day', '2026-11-02T09:00', ['digest: phones 1']],
    ['later in the month, with nothing sent: caught up', '2026-11-24T09:00', ['digest: phones 1']],
    ['on a Sunday', '2026-11-22T09:00', []],
    ['a minute before working hours', '2026-11-02T07:59', []],
    ['as they begin', '2026-11-02T08:00', ['digest: phones 1']],
    ['as they end', '2026-11-02T16:30', []],
    ['a week before', '2026-12-04T09:00', ['week_before: phones 1']],
    ['a day before', '2026-12-10T09:00', ['day_before: phones 1']],
    ['on the day it is due', '2026-12-11T09:00', ['due_day: phones 1']],
    ['a week after', '2026-12-18T09:00', ['overdue: phones 1']],
    ['on the first school day of the year', '2027-01-04T09:00', ['overdue: phones 1']],
  ])('%s', (_, wall, expected) => {
    expect(at(wall)).toEqual(expected);
  });

  test('what has gone stays gone: only what fell due since goes out', () => {
    expect(at('2026-11-24T09:00', { sent: [sent('2026-11-02')] })).toEqual([]);
    expect(at('2026-12-08T09:00', { sent: [sent('2026-12-01')] })).toEqual(['week_before: phones 1']);
    expect(at('2026-12-08T09:00', { sent: [sent('2026-12-04')] })).toEqual([]);
  });

  test('a month that nothing was sent in is caught up as one message, and older months are not', () => {
    expect(at('2026-12-14T09:00')).toEqual(['due_day: phones 1']);
    expect(at('2027-05-04T09:00', { school: withReminders({ overdue: undefined }) })).toEqual([
      'digest: phones 1',
    ]);
    expect(at('2027-05-04T09:00', { school: withReminders({ overdue: undefined, digest: false }) })).toEqual(
      [],
    );
  });

  test('nothing a second time on one day, whatever it was about', () => {
    const other: SentReminder = { ...sent('2026-12-11'), items: [{ policy: 'safety', version: '1' }] };
    expect(at('2026-12-11T12:00', { sent: [other] })).toEqual([]);
    expect(at('2026-12-14T09:00', { sent: [other] })).toEqual(['due_day: phones 1']);
  });

  test('a message on a version that is no more says nothing of the new one', () => {
    const campaigns = [campaignOf({ version: '2', opens: '2026-11-16' })];
    expect(at('2026-11-16T09:00', { campaigns, sent: [sent('2026-11-02')] })).toEqual(['digest: phones 2']);
  });

  test('a message that went out under an earlier id of a person was theirs', () => {
    const people = [personOf('U1', { email: 'ada@school.example' })];
    expect(at('2026-11-24T09:00', { people, sent: [sent('2026-11-02', 'ada@school.example')] })).toEqual([]);
    expect(at('2026-11-24T09:00', { people, sent: [sent('2026-11-02', 'ben@school.example')] })).toHaveLength(
      1,
    );
  });

  test('looked at for an earlier day, what went out later counts for nothing', () => {
    expect(at('2026-11-02T09:00', { sent: [sent('2026-11-24')] })).toEqual(['digest: phones 1']);
  });

  test('nothing once it is acknowledged', () => {
    const acknowledgements = [acknowledged('ada', '2026-12-01T08:30')];
    expect(at('2026-12-01T08:15', { acknowledgements })).toEqual(['digest: phones 1']);
    expect(at('2026-12-01T09:00', { acknowledgements })).toEqual([]);
  });
});

test('one message carries all that is owed, the earliest due first, under the most urgent name', () => {
  const campaigns = [
    campaignOf({ policy: 'safety', due: '2027-01-15' }),
    campaignOf({ policy: 'later', opens: '2027-01-04', due: '2027-02-01' }),
    campaignOf(),
  ];
  const [message, ...more] = remindersIn({ people: [ada], campaigns }, instant('2026-12-10T09:00'));
  expect(more).toEqual([]);
  expect(message).toMatchObject({ rung: 'day_before', day: '2026-12-10' });
  expect(message?.items.map(({ policy }) => policy)).toEqual(['phones', 'safety']);
});

test('a key names person, day, rung and what is owed, and nothing else', () => {
  const key = (scenario: Partial<Scenario>, wall = '2026-12-10T09:00') =>
    remindersIn({ people: [ada], ...scenario }, instant(wall))[0]!.key;
  const usual = key({});
  expect(key({}, '2026-12-10T15:00')).toBe(usual);
  expect(key({ campaigns: [campaignOf({ due: '2026-12-11', title: 'Telephones' })] })).toBe(usual);
  for (const other of [
    key({ people: [personOf('ben')] }),
    key({}, '2026-12-11T09:00'),
    key({ campaigns: [campaignOf({ due: '2026-12-10' })] }),
    key({ campaigns: [campaignOf({ version: '2' })] }),
    key({ campaigns: [campaignOf(), campaignOf({ policy: 'safety' })] }),
  ])
    expect(other).not.toBe(usual);
  expect(usual.length).toBeLessThan(60);
});

describe('settings', () => {
  test('rungs that are left out do not go out, and the others do', () => {
    const school = withReminders({ day_before: undefined, due_day: false });
    const before = [sent('2026-12-04')];
    expect(at('2026-12-11T09:00', { school, sent: before })).toEqual([]);
    expect(at('2026-12-18T09:00', { school, sent: before })).toEqual(['overdue: phones 1']);
  });

  test('days before and after the due date are the school’s to choose', () => {
    const school = withReminders({ week_before: 10, overdue: 3 });
    expect(at('2026-12-01T09:00', { school })).toEqual(['week_before: phones 1']);
    expect(at('2026-12-14T09:00', { school })).toEqual(['overdue: phones 1']);
    expect(at('2026-12-17T09:00', { school, sent: [sent('2026-12-14')] })).toEqual(['overdue: phones 1']);
  });

  test('reminders may have hours of their own', () => {
    const school = withReminders({ hours: { from: '15:00', to: '18:00' } });
    expect(at('2026-11-02T09:00', { school })).toEqual([]);
    expect(at('2026-11-02T17:59', { school })).toEqual(['digest: phones 1']);
  });
});

describe('time zones', () => {
  const inZone = (timeZone: string) => [personOf('ada', { timeZone })];

  test('hours are those on the clock where the person is', () => {
    const people = inZone('America/New_York');
    expect(at('2026-11-02T09:00', { people })).toEqual([]);
    expect(at('2026-11-02T13:00', { people })).toEqual(['digest: phones 1']);
    // Before the clocks go back over there it is four hours.
    const campaigns = [campaignOf({ opens: '2026-10-01', due: '2026-12-11' })];
    expect(at('2026-10-01T12:30', { people, campaigns })).toEqual([]);
    expect(at('2026-10-01T13:00', { people, campaigns })).toEqual(['digest: phones 1']);
  });

  test('the day is the person’s own', () => {
    const [reminder] = remindersIn({ people: inZone('Australia/Sydney') }, instant('2026-11-01T22:00'));
    expect(reminder).toMatchObject({ day: '2026-11-02', rung: 'digest' });
  });

  test('a zone that does not exist is the school’s', () => {
    expect(at('2026-11-02T09:00', { people: inZone('Mars/Olympus') })).toEqual(['digest: phones 1']);
  });
});

describe('remind me tomorrow', () => {
  const once = { sent: [sent('2026-11-02')] };

  test('comes on the next school day, and once', () => {
    const asked = { ...once, snoozes: [snooze('2026-11-20')] };
    expect(at('2026-11-20T12:00', asked)).toEqual([]);
    expect(at('2026-11-23T09:00', asked)).toEqual(['digest: phones 1']);
    expect(at('2026-11-24T09:00', { ...asked, sent: [...once.sent, sent('2026-11-23')] })).toEqual([]);
  });

  test('comes too where the school has no digest', () => {
    const school = withReminders({ digest: false });
    expect(at('2026-11-23T09:00', { ...once, school, snoozes: [snooze('2026-11-20')] })).toEqual([
      'digest: phones 1',
    ]);
  });

  test('is for that person, that version and that year', () => {
    for (const other of [
      { version: '0' },
      { year: '2025/26' },
      { policy: 'safety' },
      { person: { id: 'ben' } },
    ])
      expect(at('2026-11-23T09:00', { ...once, snoozes: [snooze('2026-11-20', other)] })).toEqual([]);
  });

  test('can be asked for three times in each round', () => {
    const [obligation] = obligationsIn({ people: [] }).owed(ada, instant('2026-11-24T09:00'));
    const left = (snoozes: readonly Snooze[], tomorrow = 3) =>
      snoozesLeft(obligation!, snoozes, { tomorrow }, whoseAmong([ada]));
    const two = [snooze('2026-11-20'), snooze('2026-11-23')];
    expect(left([])).toBe(3);
    expect(left(two)).toBe(1);
    expect(left([...two, snooze('2026-11-24')])).toBe(0);
    expect(left([...two, snooze('2026-11-24')], 1)).toBe(0);
    expect(left([snooze('2026-06-01', { year: '2025/26' }), snooze('2026-11-20', { version: '0' })])).toBe(3);
  });
});
