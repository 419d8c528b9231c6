import { describe, expect, test } from 'vitest';
import type { Campaign, KnownVersion } from '../../src/reminders/obligation.ts';
import { type Facts, foretold } from '../support/reminders/oracle.ts';
import {
  acknowledged,
  calendar,
  campaignOf,
  instant,
  type Message,
  messageOf,
  personOf,
  type Scenario,
  sentOver,
  whitefield,
} from '../support/reminders/scenario.ts';

/**
 * Three years at one school, hour by hour: campaigns over half-terms, Christmas, year ends, both clock changes and
 * 29 February; versions that come in the middle; people who start in August, leave, and come back.
 */

const people = [
  personOf('ada'),
  personOf('august', { start: '2027-08-16' }),
  personOf('joiner', { start: '2026-11-16' }),
  personOf('leaver', { leave: '2027-03-11' }),
  personOf('away', { awayUntil: '2027-03-03' }),
  personOf('governor', { roles: ['governor'] }),
  personOf('diligent'),
  personOf('new-york', { timeZone: 'America/New_York' }),
  personOf('sydney', { timeZone: 'Australia/Sydney' }),
];

const phones: readonly (Campaign & { readonly from: string })[] = [
  { ...campaignOf({ opens: '2026-03-24', due: '2026-04-20' }), from: '2026-01-01' },
  { ...campaignOf({ version: '2', opens: '2026-11-02', due: '2026-12-11' }), from: '2026-10-26' },
  { ...campaignOf({ version: '3', opens: '2027-02-22', due: '2027-04-05' }), from: '2027-02-22' },
  {
    ...campaignOf({ version: '4', change: 'minor', opens: '2027-02-22', due: '2027-04-05' }),
    from: '2027-11-10',
  },
  { ...campaignOf({ version: '5', opens: '2028-06-05', due: '2028-07-01' }), from: '2028-05-30' },
];
const versions: readonly KnownVersion[] = phones;

const others: readonly Campaign[] = [
  // Due on a bank holiday, in the Christmas holidays.
  campaignOf({ policy: 'safety', audience: ['staff', 'governor'], opens: '2026-12-07', due: '2027-01-01' }),
  campaignOf({ policy: 'leap', audience: ['teacher', 'governor'], opens: '2027-09-20', due: '2028-02-29' }),
];

const acknowledgements = [
  acknowledged('diligent', '2026-03-24T12:00'),
  acknowledged('diligent', '2026-11-04T12:00', { version: '2' }),
  acknowledged('diligent', '2026-12-18T12:00', { policy: 'safety' }),
  acknowledged('diligent', '2027-03-30T23:30', { version: '3' }),
  acknowledged('diligent', '2027-09-01T00:00', { version: '3' }),
  acknowledged('diligent', '2028-02-29T15:00', { policy: 'leap' }),
  acknowledged('diligent', '2028-08-31T23:59', { version: '5' }),
  acknowledged('ada', '2028-06-30T12:00', { version: '5' }),
];
const snoozes = [
  { person: { id: 'ada' }, policy: 'phones', version: '2', year: '2026/27', on: '2026-11-13' },
  { person: { id: 'ada' }, policy: 'phones', version: '2', year: '2026/27', on: '2026-12-18' },
  { person: { id: 'ada' }, policy: 'safety', version: '1', year: '2026/27', on: '2027-02-12' },
];

function campaignsAt(now: Date): readonly Campaign[] {
  const day = calendar.dayOf(now);
  return [phones.findLast(({ from }) => from <= day)!, ...others];
}
const scenarioAt = (now: Date): Scenario => ({
  people,
  campaigns: campaignsAt(now),
  versions,
  acknowledgements,
  snoozes,
});
const factsAt = (now: Date): Facts => ({
  school: whitefield,
  people,
  campaigns: campaignsAt(now),
  acknowledgements,
  snoozes,
  counts: ({ version }) => (version === '4' ? ['3', '4'] : [version]),
});

function* hourly(from: string, to: string): Generator<Date> {
  const last = instant(to).getTime();
  for (let now = instant(from).getTime(); now < last; now += 3_600_000) yield new Date(now);
}

describe('2026 to 2028, hour by hour', () => {
  const messages = sentOver(hourly('2026-01-01T00:00', '2029-01-01T00:00'), scenarioAt).map(messageOf);
  const of = (person: string, from: string, to: string): string[] =>
    messages
      .filter(({ person: who, day }) => who === person && from <= day && day <= to)
      .map(({ day, rung, items }) => `${day} ${rung}: ${items.join(', ')}`);

  test('everybody gets what the rules say, day by day, and no more', () => {
    const expected = foretold(hourly('2026-01-01T00:00', '2029-01-01T00:00'), factsAt);
    const inOrder = (all: readonly Message[]): string[] => all.map((each) => JSON.stringify(each)).sort();
    expect(inOrder(messages)).toEqual(inOrder(expected));
    expect(messages.length).toBeGreaterThan(500);
  });

  test('a campaign from opening until Christmas', () => {
    expect(of('ada', '2026-11-01', '2027-01-08')).toEqual([
      '2026-11-02 digest: phones 2',
      // Put off on a Friday until the next school day.
      '2026-11-16 digest: phones 2',
      '2026-12-01 digest: phones 2',
      '2026-12-04 week_before: phones 2',
      '2026-12-07 digest: phones 2, safety 1',
      '2026-12-10 day_before: phones 2, safety 1',
      '2026-12-11 due_day: phones 2, safety 1',
      // "safety" is due on New Year's Day: a week before, a day before and the day itself move to the end of term.
      '2026-12-18 overdue: phones 2, safety 1',
      '2027-01-04 overdue: phones 2, safety 1',
      '2027-01-08 overdue: phones 2, safety 1',
    ]);
  });

  test('somebody who starts on any day hears of it on that day, and who comes back on the first day back', () => {
    expect(of('joiner', '2026-01-01', '2026-12-01')).toEqual([
      '2026-11-16 digest: phones 2',
      '2026-12-01 digest: phones 2',
    ]);
    expect(of('away', '2026-01-01', '2027-03-04')).toEqual(['2027-03-03 digest: phones 3, safety 1']);
  });

  test('somebody who starts in August hears of it on the first school day of September', () => {
    expect(of('august', '2026-01-01', '2027-09-30')).toEqual([
      '2027-09-02 digest: phones 3, safety 1',
      '2027-09-20 digest: leap 1, phones 3, safety 1',
    ]);
  });

  test('somebody who leaves hears nothing after the last day', () => {
    expect(of('leaver', '2027-03-01', '2028-12-31')).toEqual([
      '2027-03-01 digest: phones 3, safety 1',
      '2027-03-05 overdue: phones 3, safety 1',
    ]);
  });

  test('nothing in half-term, and the week before it is kept', () => {
    expect(of('ada', '2028-02-15', '2028-03-01')).toEqual([
      // A week before 29 February is in half-term.
      '2028-02-17 week_before: leap 1, phones 4, safety 1',
      '2028-02-28 overdue: leap 1, phones 4, safety 1',
      '2028-02-29 due_day: leap 1, phones 4, safety 1',
      '2028-03-01 digest: leap 1, phones 4, safety 1',
    ]);
  });

  test('who acknowledges is left in peace until the next school year or the next material version', () => {
    expect(of('diligent', '2026-01-01', '2027-08-31')).toEqual([
      '2026-03-24 digest: phones 1',
      '2026-09-02 digest: phones 1',
      '2026-10-01 digest: phones 1',
      '2026-11-02 digest: phones 2',
      '2026-12-07 digest: safety 1',
      // Acknowledged at noon of the last day of term, after the message of that day.
      '2026-12-18 due_day: safety 1',
      '2027-02-22 digest: phones 3',
      '2027-03-01 digest: phones 3',
      '2027-03-25 due_day: phones 3',
    ]);
    // Version 3 at midnight of 1 September counts for the year that begins, and for version 4, a minor one.
    const later = of('diligent', '2027-09-01', '2028-02-29').join();
    expect(later).toContain('leap 1');
    expect(later).not.toContain('phones');
    expect(of('diligent', '2028-06-01', '2028-06-05').join()).toContain('phones 5');
    // Acknowledged in the last minute of the school year: asked again in the new one.
    expect(of('diligent', '2028-09-01', '2028-09-01').join()).toContain('phones 5');
  });

  test('each clock change moves no message and doubles none, here and abroad', () => {
    for (const [from, to] of [
      ['2026-03-23', '2026-04-02'],
      ['2026-10-19', '2026-11-06'],
      ['2027-03-22', '2027-04-02'],
      ['2027-10-25', '2027-11-05'],
      ['2028-03-20', '2028-04-03'],
      ['2028-10-23', '2028-11-03'],
    ] as const) {
      const here = of('new-york', from, to);
      expect(here.length).toBeGreaterThan(0);
      expect(of('sydney', from, to)).toEqual(here);
    }
  });
});
