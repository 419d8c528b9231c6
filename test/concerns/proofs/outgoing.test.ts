import net from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Notice } from '../../../src/concerns/notices.ts';
import { createNotices } from '../../../src/concerns/notices.ts';
import { partsOf } from '../../../src/concerns/parts.ts';
import { createPeople } from '../../../src/school/people.ts';
import { openHouse, readerRoles, schoolOf } from '../../support/concerns/house.ts';
import { openWorld, sender, type World } from '../../support/concerns/world.ts';

/** Nothing goes out because somebody sent a concern; and what goes out at its times is the same with five as with none. */

let world: World;
let connections: unknown[];

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

beforeEach(() => {
  connections = [];
  const connect = net.Socket.prototype.connect;
  vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (
    this: net.Socket,
    ...given: unknown[]
  ) {
    connections.push(given);
    return Reflect.apply(connect, this, given) as net.Socket;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** All that went out while something was done. */
async function wentOut(work: () => Promise<unknown>): Promise<string[]> {
  const before = world.sent.length;
  const calls = connections.length;
  await work();
  return [
    ...world.sent.slice(before).map(({ key }) => `a message: ${key}`),
    ...connections.slice(calls).map(() => 'a connection'),
  ];
}

test('sending, coming back and writing again cause no message and no connection', async () => {
  const out = await wentOut(async () => {
    const receipt = await world.send();
    await world.comeBack(receipt, 'More.');
  });
  expect(out).toEqual([]);
});

describe('planted, it is found', () => {
  test('a message', async () => {
    const [adapter] = world.composed.adapters;
    const card = { summary: 'New', elements: [] };
    expect(await wentOut(() => adapter!.send(sender.id, card, 'new concern'))).toEqual([
      'a message: new concern',
    ]);
  });

  test('a connection', async () => {
    const call = () => fetch('http://127.0.0.1:65001/').catch(() => {});
    expect(await wentOut(call)).toEqual(['a connection']);
  });
});

describe('the notices to readers', () => {
  /** All that goes out on two days, to the byte, with so many concerns sent on the first. */
  async function noticesWith(
    concerns: number,
    change: (notices: readonly Notice[], count: number) => readonly Notice[] = (notices) => notices,
  ): Promise<string> {
    const house = await openHouse({ readers: readerRoles, now: '2026-11-23T06:00:00Z' });
    house.people = createPeople(schoolOf(), [
      { platform: 'chat', people: [{ id: 'U1', name: 'Grace Holloway', email: 'head@hill.example' }] },
    ]);
    const { store, clock, school } = house;
    const notices = createNotices(partsOf({ store, clock, school, people: () => house.people }));
    const out: unknown[] = [];
    for (const time of ['2026-11-23T08:30:00Z', '2026-11-23T13:30:00Z', '2026-11-24T08:30:00Z']) {
      clock.moveTo(new Date(time));
      out.push(change(await notices.due(clock.now()), concerns));
      if (out.length === 1) for (let n = 0; n < concerns; n++) await house.send();
    }
    await house.close();
    return JSON.stringify(out);
  }

  test('are the same to the byte with five concerns as with none', async () => {
    const none = await noticesWith(0);
    expect(none.match(/Please look into the inbox/g)?.length).toBeGreaterThan(3);
    expect(await noticesWith(5)).toBe(none);
  });

  test('planted, it is found: a notice that says how many', async () => {
    const telling = (notices: readonly Notice[], count: number): readonly Notice[] =>
      notices.map((notice) => ({ ...notice, card: { ...notice.card, summary: `${count} new` } }));
    expect(await noticesWith(5, telling)).not.toBe(await noticesWith(0, telling));
  });
});
