import { describe, expect, test } from 'vitest';
import { createSchoolDays, daysBetween, plusDays } from '../../src/reminders/days.ts';
import { createLocalTime } from '../../src/reminders/local-time.ts';
import { calendar } from '../support/reminders/scenario.ts';

describe('days', () => {
  test.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2026-10-24', 2, '2026-10-26'],
    ['2027-03-29', -2, '2027-03-27'],
  ])('%s and %d make %s', (day, count, expected) => {
    expect(plusDays(day, count)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(count);
  });

  test('the calendar is asked once for each, however often they are needed', () => {
    let asked = 0;
    const days = createSchoolDays({
      ...calendar,
      isSchoolDay: (day) => {
        asked++;
        return calendar.isSchoolDay(day);
      },
    });
    for (let nth = 0; nth < 1000; nth++) {
      expect(days.onOrBefore('2026-11-01')).toBe('2026-10-22');
      expect(days.onOrAfter('2026-11-01')).toBe('2026-11-02');
      expect(days.onOrAfter('2026-11-02')).toBe('2026-11-02');
    }
    expect(asked).toBe(2);
    expect(days.addWorkingDays('2026-10-21', 0)).toBe('2026-10-21');
    for (const count of [1, 2, 10, 150])
      expect(days.addWorkingDays('2026-10-21', count)).toBe(calendar.addWorkingDays('2026-10-21', count));
  });
});

describe('the clock on the wall', () => {
  const localTime = createLocalTime('Europe/London');

  test.each([
    ['the night on which the clocks go back', '2026-10-25T00:30:00Z', undefined, '2026-10-25', '01:30'],
    ['the hour that comes twice', '2026-10-25T01:30:00Z', undefined, '2026-10-25', '01:30'],
    ['the night on which they go forward', '2027-03-28T01:00:00Z', undefined, '2027-03-28', '02:00'],
    ['somewhere else', '2026-11-01T22:00:00Z', 'Australia/Sydney', '2026-11-02', '09:00'],
    ['nowhere', '2026-11-01T22:00:00Z', 'Mars/Olympus', '2026-11-01', '22:00'],
  ])('%s', (_, instant, timeZone, day, time) => {
    const person = timeZone === undefined ? {} : { timeZone };
    expect(localTime.at(new Date(instant), person)).toEqual({ day, time });
    expect(localTime.at(new Date(instant), person)).toEqual({ day, time });
  });

  test('a day begins at midnight there', () => {
    expect(localTime.startOf('2027-09-01', {})).toEqual(new Date('2027-08-31T23:00:00Z'));
    expect(localTime.startOf('2027-09-01', { timeZone: 'Australia/Sydney' })).toEqual(
      new Date('2027-08-31T14:00:00Z'),
    );
  });

  test('no time at all is refused', () => {
    expect(() => localTime.at(new Date(Number.NaN), {})).toThrow(RangeError);
  });
});
