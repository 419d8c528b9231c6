import { expect, test } from 'vitest';
import { readInstant } from '../../src/cli/at.ts';

const london = 'Europe/London';
const read = (text: string, dayAlone: 'its end' | 'refused' = 'refused') =>
  readInstant(text, london, dayAlone).toISOString();

test.each([
  ['2026-12-01T09:00', '2026-12-01T09:00:00.000Z'],
  ['2026-07-01T09:00', '2026-07-01T08:00:00.000Z'],
  [' 2026-07-01 09:00:30 ', '2026-07-01T08:00:30.000Z'],
  ['2026-07-01T09:00Z', '2026-07-01T09:00:00.000Z'],
  ['2026-07-01T09:00+02:00', '2026-07-01T07:00:00.000Z'],
  // The hour that comes twice in autumn, taken the first time.
  ['2026-10-25T01:30', '2026-10-25T00:30:00.000Z'],
  ['2027-03-28T02:00', '2027-03-28T01:00:00.000Z'],
  ['2028-02-29T10:00', '2028-02-29T10:00:00.000Z'],
])('%s is in the school’s zone unless it names one', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test('a day alone is its last moment, where it may stand alone', () => {
  expect(read('2026-11-20', 'its end')).toBe('2026-11-20T23:59:59.999Z');
  expect(read('2026-10-25', 'its end')).toBe('2026-10-25T23:59:59.999Z');
  expect(read('2026-07-01', 'its end')).toBe('2026-07-01T22:59:59.999Z');
  expect(() => read('2026-11-20')).toThrow('is not a time of day. Write it as 2026-12-01T09:00');
});

test.each([
  ['tomorrow', 'is not a time.'],
  ['01/12/2026 09:00', 'is not a time.'],
  ['', 'is not a time.'],
  ['2026-12-01T9:00', 'is not a time.'],
  ['2027-02-29T09:00', 'does not exist'],
  ['2026-12-01T24:30', 'does not exist'],
  ['9999-12-01T09:00', 'lies far away'],
  ['2027-03-28T01:30', 'the clocks go forward over it'],
])('%j is refused', (text, why) => {
  expect(() => read(text)).toThrow(why);
});
