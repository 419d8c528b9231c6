import { expect, test } from 'vitest';
import { manualClock, systemClock } from '../../src/school/clock.ts';

const at = (time: string): Date => new Date(`2026-11-23T${time}Z`);

test('the system clock gives the time it is', () => {
  const before = Date.now();
  const now = systemClock.now().getTime();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test('a manual clock stands still until it is moved forward', () => {
  const clock = manualClock(at('09:00:00'));
  expect(clock.now()).toEqual(at('09:00:00'));
  clock.moveTo(at('09:00:00'));
  clock.moveTo(at('10:30:00'));
  expect(clock.now()).toEqual(at('10:30:00'));
});

test('a manual clock refuses to go back, and stays where it was', () => {
  const clock = manualClock(at('09:00:00'));
  expect(() => clock.moveTo(at('08:59:59'))).toThrow(RangeError);
  expect(() => clock.moveTo(new Date(Number.NaN))).toThrow(RangeError);
  expect(clock.now()).toEqual(at('09:00:00'));
  expect(() => manualClock(new Date('yesterday'))).toThrow(RangeError);
});

test('a manual clock can’t be turned back through a date that it gave or was given', () => {
  const start = at('09:00:00');
  const clock = manualClock(start);
  start.setTime(0);
  clock.now().setTime(0);
  expect(clock.now()).toEqual(at('09:00:00'));
});
