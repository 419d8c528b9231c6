import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/open.ts';
import {
  failedReminders,
  reachedFrom,
  restingReminders,
  sentReminders,
} from '../../src/store/reminder-outcomes.ts';
import { type Settlement, settleReminder } from '../../src/store/reminder-settlement.ts';
import {
  claimReminder,
  openReminders,
  type QueuedReminder,
  queueReminders,
  renewLease,
} from '../../src/store/reminders.ts';
import { engines } from './engines.ts';

const day = '2026-12-01';
const instant = (second: number) => new Date(Date.UTC(2026, 11, 1, 9, 0, second));
const lease = (worker: string, second: number) => ({
  worker,
  now: instant(second),
  until: instant(second + 20),
});
const items = [{ policy: 'social', version: '2', due: '2026-12-11' }];
const message = (person: string, own: Partial<QueuedReminder> = {}): QueuedReminder => ({
  key: `${person} ${own.day ?? day}`,
  person: { id: person, email: `${person}@hill.example` },
  kind: 'reminder',
  rung: 'digest',
  day,
  items,
  ...own,
});
const sent: Settlement = {
  kind: 'sent',
  at: instant(1),
  platform: 'slack',
  message: 'D1 1.1',
  items,
};
const blocked: Settlement = {
  kind: 'blocked',
  at: instant(1),
  reason: 'deactivated',
  retryOn: '2026-12-02',
};
const again = (second: number, maybeGone = false): Settlement => ({
  kind: 'again',
  notBefore: instant(second),
  maybeGone,
  reason: 'busy',
});

describe.each(engines)('the queue on $name', (engine) => {
  const open = async () => (await engine.home()).open();
  const claim = (store: Store, key: string, worker: string, second: number, today = day) =>
    claimReminder(store, key, lease(worker, second), today);

  test('holds a message once, however often it is put in', async () => {
    const store = await open();
    await queueReminders(store, [message('U1'), message('U2')], instant(0));
    await queueReminders(store, [message('U1', { rung: 'overdue' }), message('U3')], instant(9));
    const found = await openReminders(store, ['U1 2026-12-01', 'U3 2026-12-01', 'unknown']);
    expect(found.toSorted((one, other) => (one.key < other.key ? -1 : 1))).toEqual([
      { key: 'U1 2026-12-01', state: 'waiting', free: instant(0) },
      { key: 'U3 2026-12-01', state: 'waiting', free: instant(9) },
    ]);
    await queueReminders(store, [], instant(0));
    expect(await openReminders(store, [])).toEqual([]);
  });

  test('takes more messages than fit into one statement', async () => {
    const store = await open();
    const many = Array.from({ length: 5_001 }, (_, n) => message(`U${n}`));
    await queueReminders(store, many, instant(0));
    expect(
      await openReminders(
        store,
        many.map(({ key }) => key),
      ),
    ).toHaveLength(5_001);
  });

  test('gives way, where a message may wait, to any other of that day that is to go, is going or has gone', async () => {
    const store = await open();
    const tomorrow = '2026-12-02';
    const notice = (person: string, key: string): QueuedReminder =>
      message(person, { key, kind: key.slice(0, -3), items: [] });
    const claimIt = (key: string, on = day) => claimReminder(store, key, lease('a', 1), day, on);
    const all = [message('U1'), notice('U1', 'list U1'), notice('U2', 'list U2'), notice('U2', 'review U2')];
    await queueReminders(store, all, instant(0));
    expect(await claimIt('list U1')).toBeUndefined();
    await claim(store, 'U1 2026-12-01', 'a', 1);
    expect(await claimIt('list U1')).toBeUndefined();
    await settleReminder(store, 'U1 2026-12-01', 'a', sent);
    expect(await claimIt('list U1')).toBeUndefined();
    // It is another day.
    expect(await claimIt('list U1', tomorrow)).toBeDefined();
    // Two that may wait do not wait for each other; one that died on its way may have gone.
    expect(await claimIt('list U2')).toBeDefined();
    const late = lease('b', 900);
    expect(await claimReminder(store, 'review U2', late, day, day)).toBeUndefined();
    expect(await claimReminder(store, 'list U2', late, day, day)).toEqual({ tries: 2, again: true });
    await settleReminder(store, 'list U2', 'b', again(900, true));
    expect(await claimReminder(store, 'review U2', late, day, day)).toBeUndefined();
    expect(await restingReminders(store, ['list U1', 'list U2', 'unknown'], day)).toEqual(new Set());
    await claimIt('review U2', tomorrow);
    await settleReminder(store, 'review U2', 'a', blocked);
    const resting = async (on: string) => [
      ...(await restingReminders(store, ['review U2', 'U1 2026-12-01'], on)),
    ];
    expect((await resting(day)).sort()).toEqual(['U1 2026-12-01', 'review U2']);
    expect(await resting(tomorrow)).toEqual(['U1 2026-12-01']);
  });

  test('writes down with a message what went as a part of it, or neither', async () => {
    const store = await open();
    const part = (name: string) => message('U1', { key: name, kind: name, rung: name, items: [] });
    await queueReminders(store, [message('U1'), { ...part('list'), day: '2026-11-30' }], instant(0));
    await claim(store, 'U1 2026-12-01', 'a', 0);
    const both = { ...sent, carried: [part('list'), part('review')] };
    expect(await settleReminder(store, 'U1 2026-12-01', 'b', both)).toBe(false);
    expect(await reachedFrom(store, '2026-11-01')).toEqual([]);
    expect(await settleReminder(store, 'U1 2026-12-01', 'a', both)).toBe(true);
    const kept = { at: instant(1), platform: 'slack', message: 'D1 1.1' };
    for (const kind of ['list', 'review'])
      expect(await sentReminders(store, day, kind)).toEqual([{ ...part(kind), ...kept }]);
    expect(await reachedFrom(store, day)).toEqual(Array(3).fill({ person: message('U1').person, day }));
  });

  test('a failure is over once the same person was reached, under whichever id', async () => {
    const store = await open();
    const before = message('rosa@hill.example', { person: { id: 'rosa@hill.example' } });
    await queueReminders(store, [before, message('U1', { day: '2026-12-02' })], instant(0));
    await claim(store, before.key, 'a', 0);
    await settleReminder(store, before.key, 'a', blocked);
    const rosa = { id: 'U1', accounts: [], name: 'Rosa', roles: [], rolesFrom: 'list' } as const;
    const failed = async () => (await failedReminders(store, day, () => rosa)).map(({ problem }) => problem);
    expect(await failed()).toEqual(['blocked']);
    await claim(store, 'U1 2026-12-02', 'a', 1);
    await settleReminder(store, 'U1 2026-12-02', 'a', sent);
    expect(await failed()).toEqual([]);
    expect(await failedReminders(store, day)).toHaveLength(1);
  });

  test('gives a message to one worker, until the lease is over', async () => {
    const store = await open();
    await queueReminders(store, [message('U1')], instant(5));
    const key = 'U1 2026-12-01';
    expect(await claim(store, key, 'a', 4)).toBeUndefined();
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((worker) => claim(store, key, worker, 5)));
    expect(claims.filter(Boolean)).toEqual([{ tries: 1, again: false }]);
    const worker = ['a', 'b', 'c', 'd'][claims.findIndex(Boolean)]!;
    expect(await openReminders(store, [key])).toEqual([{ key, state: 'sending', free: instant(25) }]);
    expect(await renewLease(store, key, lease(worker, 15))).toBe(true);
    expect(await renewLease(store, key, lease('z', 15))).toBe(false);
    expect(await claim(store, key, 'z', 34)).toBeUndefined();
    expect(await claim(store, key, 'z', 35)).toEqual({ tries: 2, again: true });
    // The one that was late may write down nothing.
    expect(await settleReminder(store, key, worker, sent)).toBe(false);
    expect(await settleReminder(store, key, 'z', sent)).toBe(true);
    expect(await claim(store, key, 'z', 900)).toBeUndefined();
    expect(await sentReminders(store, day)).toEqual([
      { ...message('U1'), at: instant(1), platform: 'slack', message: 'D1 1.1' },
    ]);
  });

  test('remembers that a message may have gone until it has', async () => {
    const store = await open();
    await queueReminders(store, [message('U1')], instant(0));
    const key = 'U1 2026-12-01';
    await claim(store, key, 'a', 0);
    expect(await settleReminder(store, key, 'a', again(3))).toBe(true);
    expect(await claim(store, key, 'a', 2)).toBeUndefined();
    expect(await claim(store, key, 'a', 3)).toEqual({ tries: 2, again: false });
    await settleReminder(store, key, 'a', again(4, true));
    expect(await claim(store, key, 'a', 4)).toEqual({ tries: 3, again: true });
    await settleReminder(store, key, 'a', again(5));
    expect(await claim(store, key, 'b', 5)).toEqual({ tries: 4, again: true });
  });

  test('tries somebody who is blocked on the day that was set', async () => {
    const store = await open();
    await queueReminders(store, [message('U1')], instant(0));
    const key = 'U1 2026-12-01';
    await claim(store, key, 'a', 0);
    await settleReminder(store, key, 'a', blocked);
    expect(await openReminders(store, [key])).toEqual([
      { key, state: 'blocked', free: instant(0), retryOn: '2026-12-02' },
    ]);
    await queueReminders(store, [message('U1')], instant(9));
    expect(await claim(store, key, 'a', 90)).toBeUndefined();
    expect(await claim(store, key, 'a', 90, '2026-12-02')).toEqual({ tries: 2, again: false });
  });

  test('lets a message that was dropped wait again when it is owed again', async () => {
    const store = await open();
    await queueReminders(store, [message('U1')], instant(0));
    const key = 'U1 2026-12-01';
    await claim(store, key, 'a', 0);
    await settleReminder(store, key, 'a', { kind: 'dropped', at: instant(1) });
    expect(await claim(store, key, 'a', 90)).toBeUndefined();
    await queueReminders(store, [message('U1')], instant(9));
    expect(await claim(store, key, 'a', 9)).toEqual({ tries: 2, again: false });
  });

  test('gives nobody a second message of a kind on one day', async () => {
    const store = await open();
    const other = message('U1', { key: 'other facts', rung: 'overdue' });
    const otherKind = message('U1', { key: 'escalation', kind: 'escalation' });
    const otherDay = message('U1', { day: '2026-12-02' });
    await queueReminders(store, [message('U1'), other, otherKind, otherDay], instant(0));
    const key = 'U1 2026-12-01';
    await claim(store, key, 'a', 0);
    expect(await claim(store, other.key, 'b', 1)).toBeUndefined();
    for (const free of [otherKind, otherDay]) expect(await claim(store, free.key, 'b', 1)).toBeDefined();
    await settleReminder(store, key, 'a', sent);
    expect(await claim(store, other.key, 'b', 99)).toBeUndefined();
  });

  test('goes on with other facts where who had the first message has died', async () => {
    const store = await open();
    const other = message('U1', { key: 'other facts' });
    await queueReminders(store, [message('U1'), other], instant(0));
    await claim(store, 'U1 2026-12-01', 'a', 0);
    expect(await claim(store, other.key, 'b', 19)).toBeUndefined();
    expect(await claim(store, other.key, 'b', 20)).toBeDefined();
  });

  test('tells what went out of each kind, with what it spoke of in the end', async () => {
    const store = await open();
    const many = [
      message('U1', { day: '2026-11-02' }),
      message('U1'),
      message('U2', { items: [...items, { policy: 'phones', version: '1', due: '2026-12-18' }] }),
      message('U1', { key: 'e', kind: 'escalation', items: [] }),
    ];
    await queueReminders(store, many, instant(0));
    for (const { key } of many) {
      await claim(store, key, 'a', 0);
      await settleReminder(store, key, 'a', sent);
    }
    const keys = async (from: string, kind?: string) =>
      (await sentReminders(store, from, kind)).map((each) => `${each.key} ${each.items.length}`);
    expect(await keys('2026-11-01')).toEqual(['U1 2026-11-02 1', 'U1 2026-12-01 1', 'U2 2026-12-01 1']);
    expect(await keys('2026-11-03')).toEqual(['U1 2026-12-01 1', 'U2 2026-12-01 1']);
    expect(await keys('2026-11-03', 'escalation')).toEqual(['e 1']);
  });

  describe('what failed', () => {
    test('is listed for each person until something arrives', async () => {
      const store = await open();
      const try_ = async (queued: QueuedReminder, ...settlements: Settlement[]) => {
        await queueReminders(store, [queued], instant(0));
        for (const settlement of settlements) {
          await claim(store, queued.key, 'a', 50);
          await settleReminder(store, queued.key, 'a', settlement);
        }
      };
      await try_(message('left'), blocked);
      await try_(message('back'), blocked);
      await try_(message('back', { day: '2026-12-02' }), sent);
      await try_(message('gone'), sent);
      await try_(message('gone', { day: '2026-12-02' }), blocked);
      await try_(message('once'), again(1));
      await try_(message('late'), again(1), again(2), again(3));
      await try_(message('unsure'), again(1), again(2, true), again(3));
      const found = await failedReminders(store, day);
      expect(found.map(({ person, problem }) => `${person.id} ${problem}`).sort()).toEqual([
        'gone blocked',
        'late late',
        'left blocked',
        'unsure uncertain',
      ]);
      expect(found.find(({ person }) => person.id === 'left')).toEqual({
        ...message('left'),
        problem: 'blocked',
        reason: 'deactivated',
        tries: 1,
        retryOn: '2026-12-02',
      });
      expect((await failedReminders(store, '2026-12-02')).map(({ person }) => person.id)).toEqual(['gone']);
    });
  });

  test.each(['', '{}', '[{"policy":"a"}]'])(
    'items that read %j are refused by the row’s key',
    async (json) => {
      const store = await open();
      await queueReminders(store, [message('U1')], instant(0));
      await claim(store, 'U1 2026-12-01', 'a', 0);
      await settleReminder(store, 'U1 2026-12-01', 'a', sent);
      await store.run((db) => db.updateTable('reminders').set({ items: json }).execute());
      await expect(sentReminders(store, day)).rejects.toThrow(/reminder "U1 2026-12-01" .* can't be read/);
    },
  );
});
