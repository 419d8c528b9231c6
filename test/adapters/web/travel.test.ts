import { expect, test } from 'vitest';
import { createTravel } from '../../../adapters/web/travel.ts';
import { manualClock } from '../../../src/school/clock.ts';

function open(start: string, alsoAt: readonly string[] = []) {
  const clock = manualClock(new Date(start));
  const ticks: string[] = [];
  const travel = createTravel({
    clock,
    timeZone: 'Europe/London',
    dayBegins: '08:00',
    alsoAt,
    tick: async () => {
      ticks.push(clock.now().toISOString());
    },
  });
  return { travel, ticks, clock };
}

test('passes through each day’s beginning on the way, over a change of the clocks too', async () => {
  const { travel, ticks } = open('2027-03-26T10:00:00Z');
  expect(await travel.moveTo('2027-03-29T12:30')).toBeUndefined();
  expect(ticks).toEqual([
    '2027-03-26T10:00:00.000Z',
    '2027-03-27T08:00:00.000Z',
    // Summer time begins.
    '2027-03-28T07:00:00.000Z',
    '2027-03-29T07:00:00.000Z',
    '2027-03-29T11:30:00.000Z',
  ]);
  expect(travel.now()).toBe('2027-03-29T12:30');
  expect(travel.inWords()).toBe('29 Mar 2027, 12:30');
});

test('passes through the other times of each day too, each once and in order', async () => {
  const { travel, ticks } = open('2026-11-23T09:00:00Z', ['15:30', '08:30', '08:00']);
  await travel.moveTo('2026-11-24T15:30');
  expect(ticks).toEqual([
    '2026-11-23T09:00:00.000Z',
    '2026-11-23T15:30:00.000Z',
    '2026-11-24T08:00:00.000Z',
    '2026-11-24T08:30:00.000Z',
    '2026-11-24T15:30:00.000Z',
  ]);
});

test.each([
  ['day', '2026-11-24T09:00'],
  ['week', '2026-11-30T09:00'],
  ['month', '2026-12-23T09:00'],
])('one %s on ends an hour after the bot has written to people', async (step, end) => {
  const { travel } = open('2026-11-23T17:45:00Z');
  expect(await travel.moveTo(step)).toBeUndefined();
  expect(travel.now()).toBe(end);
});

test('one day on from before the day has begun is not the same day', async () => {
  const { travel } = open('2026-11-23T03:00:00Z');
  await travel.moveTo('day');
  expect(travel.now()).toBe('2026-11-24T09:00');
});

test.each([
  ['2026-11-22T09:00', 'Time moves forward only'],
  ['2029-01-01T09:00', 'Please move a year at a time.'],
  ['9999-12-31T23:59', 'Please move a year at a time.'],
  ['2026-02-30T09:00', 'Please give a day and a time'],
  ['tomorrow', 'Please give a day and a time'],
  ['constructor', 'Please give a day and a time'],
  ['', 'Please give a day and a time'],
])('“%s” is refused, and nothing moves', async (where, why) => {
  const { travel, ticks } = open('2026-11-23T09:00:30Z');
  expect(await travel.moveTo(where)).toContain(why);
  expect(ticks).toEqual([]);
});

test('this very minute is where it is already', async () => {
  const { travel, ticks } = open('2026-11-23T09:00:30Z');
  expect(await travel.moveTo(travel.now())).toBeUndefined();
  expect(ticks).not.toContain('2026-11-23T09:00:00.000Z');
});

test('two who move it at once go one after the other', async () => {
  const { travel, ticks } = open('2026-11-23T09:00:00Z');
  await Promise.all([travel.moveTo('week'), travel.moveTo('day')]);
  expect(travel.now()).toBe('2026-12-01T09:00');
  expect(ticks).toEqual([...ticks].sort());
});
