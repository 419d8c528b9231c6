import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotices, type Notice } from '../../src/concerns/notices.ts';
import { partsOf } from '../../src/concerns/parts.ts';
import { createPeople } from '../../src/school/people.ts';
import { type House, openHouse, readerRoles, schoolOf } from '../support/concerns/house.ts';

let house: House;
let due: (time: string) => Promise<readonly Notice[]>;

const listing = {
  platform: 'chat',
  people: [
    { id: 'U1', name: 'Grace Holloway', email: 'head@hill.example' },
    { id: 'U2', name: 'Martin Ashe', email: 'm.ashe@hill.example' },
    { id: 'U3', name: 'Aisha Malik', email: 'a.malik@hill.example' },
  ],
};

beforeEach(async () => {
  house = await openHouse({ readers: readerRoles, now: '2026-11-23T00:00:00Z' });
  house.people = createPeople(schoolOf(), [listing]);
  const { store, clock, school } = house;
  const notices = createNotices(
    partsOf({ store, clock, school, people: () => house.people }),
    'https://hill.example/inbox',
  );
  due = (time) => {
    clock.moveTo(new Date(time));
    return notices.due(clock.now());
  };
});

afterEach(() => house.close());

const whom = (notices: readonly Notice[]): string[] => notices.map(({ to }) => to.person);

test('every reader who has a chat is asked twice on a school day, once each', async () => {
  expect(await due('2026-11-23T08:29:59Z')).toEqual([]);
  expect(whom(await due('2026-11-23T08:30:00Z'))).toEqual(['U1', 'U2']);
  expect(await due('2026-11-23T08:31:00Z')).toEqual([]);
  expect(await due('2026-11-23T13:29:00Z')).toEqual([]);
  expect(whom(await due('2026-11-23T13:30:00Z'))).toEqual(['U1', 'U2']);
  expect(await due('2026-11-23T23:00:00Z')).toEqual([]);
  expect(await due('2026-11-24T08:00:00Z')).toEqual([]);
  expect(whom(await due('2026-11-24T09:10:00Z'))).toEqual(['U1', 'U2']);
});

test('nobody is asked on other days', async () => {
  for (const time of ['2026-11-28T09:00:00Z', '2026-11-29T14:00:00Z', '2026-12-25T09:00:00Z'])
    expect(await due(time), time).toEqual([]);
});

test('a key is the same for the same notice alone', async () => {
  const first = await due('2026-11-23T08:30:00Z');
  const second = await due('2026-11-23T13:30:00Z');
  const keys = [...first, ...second].map(({ key }) => key);
  expect(new Set(keys).size).toBe(4);
});

test('after a start, what may have gone is marked so, and what is long past is left', async () => {
  expect((await due('2026-11-23T08:45:00Z')).map(({ again }) => again)).toEqual([true, true]);
  expect((await due('2026-11-23T13:30:00Z')).map(({ again }) => again)).toEqual([undefined, undefined]);
  const { store, clock, school } = house;
  const later = createNotices(partsOf({ store, clock, school, people: () => house.people }));
  clock.moveTo(new Date('2026-11-23T15:00:00Z'));
  expect(await later.due(clock.now())).toEqual([]);
});

test('the words say where the inbox is, and nothing of what is in it', async () => {
  const [before] = await due('2026-11-23T08:30:00Z');
  await house.send();
  const [after] = await due('2026-11-23T13:30:00Z');
  expect(after!.card).toEqual(before!.card);
  expect(JSON.stringify(before!.card)).toContain('https://hill.example/inbox');
});
