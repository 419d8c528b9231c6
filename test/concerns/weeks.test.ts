import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deadlinesOf } from '../../src/concerns/deadlines.ts';
import {
  addDays,
  keptAfterClosing,
  keptAYear,
  startOf,
  weekInWords,
  weekOf,
  weekStart,
} from '../../src/concerns/weeks.ts';

const days = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test.each([
  ['2026-11-23', '2026-W48'],
  ['2026-11-29', '2026-W48'],
  ['2026-12-31', '2026-W53'],
  ['2027-01-03', '2026-W53'],
  ['2027-01-04', '2027-W01'],
])('%s is in the week %s', (day, week) => {
  expect(weekOf(day)).toBe(week);
});

test('a week has a Monday, and weeks compare as text', () => {
  expect(startOf('2026-W53')).toBe('2026-12-28');
  expect(weekInWords('2026-W48')).toBe('the week of 23 November 2026');
  expect(weekStart(new Date('2026-11-25T10:20:30.123Z'))).toEqual(new Date('2026-11-23T00:00:00Z'));
  expect(() => startOf('tomorrow')).toThrow(RangeError);
  fc.assert(
    fc.property(days, days, (one, other) => {
      if (startOf(weekOf(one)) < startOf(weekOf(other))) expect(weekOf(one) < weekOf(other)).toBe(true);
    }),
  );
});

test('what is kept a year is gone within it, and what was closed is kept for ninety days', () => {
  fc.assert(
    fc.property(days, (day) => {
      const lastOfYear = addDays(startOf(keptAYear(day)), 6);
      expect(lastOfYear < `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`).toBe(true);
      expect(lastOfYear >= addDays(day, 345)).toBe(true);
      const lastAfterClosing = addDays(startOf(keptAfterClosing(day)), 6);
      expect(lastAfterClosing >= addDays(day, 90)).toBe(true);
      expect(lastAfterClosing <= addDays(day, 96)).toBe(true);
    }),
  );
});

describe('the promises', () => {
  test.each([
    ['received', '2026-11-30', undefined, false],
    ['received', '2026-12-01', 'acknowledge', false],
    ['received', '2026-12-03', 'acknowledge', false],
    ['received', '2026-12-04', 'acknowledge', true],
    ['acknowledged', '2026-12-04', undefined, false],
    ['question', '2027-02-23', undefined, false],
    ['looking', '2027-02-24', 'feedback', false],
    ['looking', '2027-03-01', 'feedback', true],
    ['passed_on', '2028-01-01', undefined, false],
    ['closed', '2028-01-01', undefined, false],
  ] as const)('with “%s” on %s: %s', (status, today, overdue, escalated) => {
    const deadlines = deadlinesOf(status, '2026-W48', today);
    expect(deadlines).toMatchObject({ acknowledgeBy: '2026-11-30', feedbackBy: '2027-02-23', escalated });
    expect(deadlines.overdue).toBe(overdue);
  });
});
