import { expect, test } from 'vitest';
import { runningClock } from '../../src/school/running-clock.ts';

const start = Date.parse('2026-11-23T09:00:00Z');
const day = 86_400_000;

test('runs with the system’s, from where it was moved to', () => {
  let system = start;
  const clock = runningClock({ system: () => system });
  expect(clock.now()).toEqual(new Date(start));
  clock.moveTo(new Date(start + day));
  system += 1_000;
  expect(clock.now()).toEqual(new Date(start + day + 1_000));
  expect(runningClock({ system: () => system, ahead: clock.ahead }).now()).toEqual(clock.now());
});

test('never runs back', () => {
  const clock = runningClock({ system: () => start });
  clock.moveTo(new Date(start));
  expect(() => clock.moveTo(new Date(start - 1))).toThrow(RangeError);
  expect(() => clock.moveTo(new Date('x'))).toThrow(RangeError);
  expect(clock.now()).toEqual(new Date(start));
});
