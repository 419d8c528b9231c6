import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Outcome, SendOptions } from '../../src/chat/mod.ts';
import {
  type DeliveryOptions,
  type DeliveryProgress,
  deliverReminders,
} from '../../src/reminders/delivery.ts';
import type { Notice } from '../../src/reminders/notice.ts';
import type { Timer } from '../../src/reminders/timer.ts';
import { manualClock } from '../../src/school/clock.ts';
import type { Person } from '../../src/school/people.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { failedReminders, sentReminders } from '../../src/store/reminder-outcomes.ts';
import { claimReminder, openReminders, queueReminders } from '../../src/store/reminders.ts';
import { temporaryFolder } from '../support/content.ts';

const clock = manualClock(new Date('2026-12-01T09:00:00Z'));
const day = '2026-12-01';

const person = (id: string, ...platforms: string[]): Person => ({
  id,
  accounts: platforms.map((platform) => ({ platform, person: id })),
  name: id,
  roles: ['teacher'],
  rolesFrom: 'school',
});
const notice = (who: Person): Notice => ({
  person: who,
  rung: 'digest',
  day,
  items: [{ policy: 'social', version: '2', due: '2026-12-11' }],
  key: `reminder:${who.id}:${day}`,
});
const notices = (...ids: string[]): Notice[] => ids.map((id) => notice(person(id, 'slack')));

async function open(): Promise<Store> {
  const store = await openStore({ dataDir: temporaryFolder(), clock });
  onTestFinished(() => store.close());
  return store;
}

/** A timer whose waits pass at once, and are written down. */
function quickTimer() {
  let now = Date.UTC(2026, 10, 23, 9);
  const waits: number[] = [];
  const timer: Timer = {
    now: () => new Date(now),
    async wait(milliseconds, signal) {
      // The limit on an answer: it runs beside a message, and is to be reached in real time only.
      if (milliseconds === 120_000) {
        await pause(60_000, undefined, { signal }).catch(() => {});
        return;
      }
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
  return { timer, waits, later: (milliseconds: number) => new Date(now + milliseconds) };
}

interface Attempt extends SendOptions {
  readonly to: string;
  readonly key: string;
}

/** What a platform answers to each attempt, in order by person; `sent` where nothing is left. */
function platform(answers: Readonly<Record<string, readonly (Outcome | Error | (() => Outcome))[]>> = {}) {
  const attempts: Attempt[] = [];
  const left = new Map(Object.entries(answers).map(([to, each]) => [to, [...each]]));
  const deliver: DeliveryOptions<Notice>['deliver'] = async ({ to, key }, options) => {
    attempts.push({ to: `${to.platform} ${to.person}`, key, ...options });
    const given = left.get(to.person)?.shift() ?? { kind: 'sent', message: `m-${to.person}` };
    const outcome = typeof given === 'function' ? given() : given;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  return { attempts, deliver };
}

const unknown: Outcome = { kind: 'unknown', reason: 'no answer' };
const blocked: Outcome = { kind: 'blocked', reason: 'deactivated' };

const render = ({ person: { name } }: Notice) => ({ summary: `For ${name}`, elements: [] });

async function run(
  store: Store,
  own: Partial<DeliveryOptions<Notice>> & Pick<DeliveryOptions<Notice>, 'deliver' | 'reminders'>,
): Promise<DeliveryProgress> {
  return deliverReminders({ store, clock, render, worker: 'a', timer: quickTimer().timer, ...own });
}

test('sends each message once, as one of many, and remembers what the platform calls it', async () => {
  const store = await open();
  const { attempts, deliver } = platform();
  const reminders = notices('U1', 'U2', 'U3');
  const progress: DeliveryProgress[] = [];
  const result = await run(store, { reminders, deliver, onProgress: (each) => progress.push(each) });
  expect(result).toEqual({ sent: 3, dropped: 0, blocked: 0, elsewhere: 0, waiting: 0, total: 3 });
  expect(progress.map(({ sent, waiting }) => `${sent} ${waiting}`)).toEqual(['0 3', '1 2', '2 1', '3 0']);
  expect(attempts.map(({ to }) => to).sort()).toEqual(['slack U1', 'slack U2', 'slack U3']);
  for (const { key, bulk, again } of attempts) expect([key, bulk, again]).toEqual([key, true, undefined]);
  expect(
    (await sentReminders(store, day)).map(({ person, message, platform: on, at }) => ({
      person,
      message,
      on,
      at,
    })),
  ).toEqual(
    ['U1', 'U2', 'U3'].map((id) => ({ person: { id }, message: `m-${id}`, on: 'slack', at: clock.now() })),
  );
  expect(await run(store, { reminders, deliver })).toMatchObject({ sent: 0, elsewhere: 3, waiting: 0 });
  expect(attempts).toHaveLength(3);
});

test('sends nothing where there is nothing to send', async () => {
  const { attempts, deliver } = platform();
  expect(await run(await open(), { reminders: [], deliver })).toMatchObject({ total: 0, waiting: 0 });
  expect(attempts).toEqual([]);
});

test('waits for a platform that is full, and leaves it alone meanwhile', async () => {
  const store = await open();
  const { timer, waits, later } = quickTimer();
  const { attempts, deliver } = platform({
    U1: [() => ({ kind: 'wait', until: later(30_000) }), () => ({ kind: 'wait', until: later(1_500) })],
    U2: [() => ({ kind: 'wait', until: later(30_000) })],
  });
  const result = await run(store, { reminders: notices('U1', 'U2'), deliver, timer });
  expect(result).toMatchObject({ sent: 2, waiting: 0 });
  // Whoever came first was told to wait: the other was not tried before that was over.
  expect(waits.slice(0, 1)).toEqual([30_000]);
  expect(attempts.every(({ again }) => again === undefined)).toBe(true);
  expect(attempts).toHaveLength(5);
});

test('writes to one platform while another is full', async () => {
  const store = await open();
  const { timer, later } = quickTimer();
  const { attempts, deliver } = platform({ U1: [() => ({ kind: 'wait', until: later(30_000) })] });
  const reminders = [notice(person('U1', 'slack')), notice(person('U2', 'teams'))];
  await run(store, { reminders, deliver, timer, worker: 'a' });
  expect(
    attempts
      .slice(0, 2)
      .map(({ to }) => to)
      .sort(),
  ).toEqual(['slack U1', 'teams U2']);
});

test('asks again for what may have gone, and says so to the adapter', async () => {
  const store = await open();
  const { timer, waits } = quickTimer();
  const { attempts, deliver } = platform({ U1: [unknown, new Error('secret'), unknown] });
  const onFault = vi.fn();
  const result = await run(store, { reminders: notices('U1'), deliver, timer, onFault });
  expect(result).toMatchObject({ sent: 1, waiting: 0 });
  expect(attempts.map(({ again }) => again)).toEqual([undefined, true, true, true]);
  expect(waits).toEqual([2_000, 4_000, 8_000]);
  expect(onFault).toHaveBeenCalledTimes(1);
  expect(await failedReminders(store, day)).toEqual([]);
});

test('does not run at a platform that is away: it waits longer each time, and leaves the rest for the next run', async () => {
  const store = await open();
  const { timer, waits } = quickTimer();
  const ids = Array.from({ length: 300 }, (_, n) => `U${n}`);
  const away = platform(Object.fromEntries(ids.map((id) => [id, Array.from({ length: 99 }, () => unknown)])));
  const result = await run(store, { reminders: notices(...ids), deliver: away.deliver, timer });
  expect(result).toMatchObject({ sent: 0, waiting: 300 });
  expect(away.attempts.length).toBeLessThan(12);
  expect(waits.slice(0, 6)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
  const back = platform();
  const next = quickTimer();
  await next.timer.wait(900_000, new AbortController().signal);
  const again = await run(store, { reminders: notices(...ids), deliver: back.deliver, timer: next.timer });
  expect(again).toMatchObject({ sent: 300, waiting: 0 });
  const tried = new Set(away.attempts.map(({ key }) => key));
  for (const { key, again: asked } of back.attempts) expect(asked === true).toBe(tried.has(key));
});

test('tells the office of people who can’t be reached, and tries them on another day', async () => {
  const store = await open();
  const { attempts, deliver } = platform({ U1: [blocked, blocked] });
  const reminders = [...notices('U1', 'U2'), notice(person('U3'))];
  expect(await run(store, { reminders, deliver })).toMatchObject({ sent: 1, blocked: 2, waiting: 0 });
  expect(await run(store, { reminders, deliver })).toMatchObject({ blocked: 2, elsewhere: 1 });
  expect(attempts.filter(({ to }) => to === 'slack U1')).toHaveLength(1);
  const failed = await failedReminders(store, day);
  expect(failed.map(({ person: { id }, reason, retryOn }) => [id, reason, retryOn])).toEqual([
    ['U1', 'deactivated', '2026-12-02'],
    ['U3', 'no account on a chat platform that is in use', '2026-12-02'],
  ]);
  const nextDay = manualClock(new Date('2026-12-02T09:00:00Z'));
  expect(await run(store, { reminders, deliver, clock: nextDay })).toMatchObject({
    blocked: 2,
    elsewhere: 1,
  });
  expect((await failedReminders(store, day)).map(({ retryOn }) => retryOn)).toEqual([
    '2026-12-04',
    '2026-12-04',
  ]);
  const nextWeek = manualClock(new Date('2026-12-09T09:00:00Z'));
  expect(await run(store, { reminders, deliver, clock: nextWeek })).toMatchObject({ sent: 1, blocked: 1 });
  expect(await failedReminders(store, day)).toHaveLength(1);
});

test('uses another account where the first can’t be reached', async () => {
  const store = await open();
  const attempts: string[] = [];
  const result = await run(store, {
    reminders: [notice(person('U1', 'slack', 'teams'))],
    deliver: async ({ to }) => {
      attempts.push(to.platform);
      return to.platform === 'slack' ? blocked : { kind: 'sent', message: 'm' };
    },
  });
  expect(result).toMatchObject({ sent: 1 });
  expect(attempts).toEqual(['slack', 'teams']);
  expect((await sentReminders(store, day)).map(({ platform: on }) => on)).toEqual(['teams']);
});

test('drops what is not owed any more, and sends what is left of the rest', async () => {
  const store = await open();
  const { attempts, deliver } = platform();
  const two = { policy: 'phones', version: '1', due: '2026-12-18' };
  const reminders = notices('U1', 'U2').map((each) => ({ ...each, items: [...each.items, two] }));
  const drawn: Notice[] = [];
  const result = await run(store, {
    reminders,
    deliver,
    stillOwed: async (each) => (each.person.id === 'U1' ? undefined : { ...each, items: [two] }),
    render: (each) => {
      drawn.push(each);
      return render(each);
    },
  });
  expect(result).toMatchObject({ sent: 1, dropped: 1, waiting: 0 });
  expect(attempts.map(({ to }) => to)).toEqual(['slack U2']);
  expect(drawn.map(({ items }) => items)).toEqual([[two]]);
  expect((await sentReminders(store, day)).map(({ items }) => items)).toEqual([[two]]);
  expect(await run(store, { reminders, deliver })).toMatchObject({ sent: 1, elsewhere: 1 });
});

test('one message that can’t be written holds up no other', async () => {
  const store = await open();
  const { deliver } = platform();
  const onFault = vi.fn();
  const result = await run(store, {
    reminders: notices('U1', 'U2', 'U3'),
    deliver,
    onFault,
    pace: { patience: 10_000 },
    render(each) {
      if (each.person.id === 'U2') throw new Error('a fault');
      return render(each);
    },
  });
  expect(result).toMatchObject({ sent: 2, waiting: 1 });
  expect(onFault).toHaveBeenCalled();
  expect(await failedReminders(store, day)).toMatchObject([{ problem: 'late', person: { id: 'U2' } }]);
});

test('a platform that never answers holds up no other message', async () => {
  const store = await open();
  let hung = 0;
  const result = await deliverReminders({
    store,
    clock,
    render,
    reminders: notices('U1', 'U2'),
    pace: { answerWithin: 40, backOff: () => 1 },
    deliver: ({ to }) => {
      if (to.person === 'U1' && hung++ === 0) return new Promise(() => {});
      return Promise.resolve({ kind: 'sent', message: 'm' });
    },
  });
  expect(result).toMatchObject({ sent: 2 });
  expect(hung).toBe(2);
});

test('told to stop, it brings the message in flight to its end and begins no other', async () => {
  const store = await open();
  const stop = new AbortController();
  const { attempts, deliver } = platform();
  const result = await run(store, {
    reminders: notices('U1', 'U2', 'U3'),
    signal: stop.signal,
    async deliver(delivery, options) {
      stop.abort();
      await pause(20);
      return deliver(delivery, options);
    },
  });
  expect(result).toMatchObject({ sent: 1, waiting: 2 });
  expect(attempts).toHaveLength(1);
  expect(await sentReminders(store, day)).toHaveLength(1);
  const open_ = await openReminders(
    store,
    notices('U1', 'U2', 'U3').map(({ key }) => key),
  );
  expect(open_.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
});

test('told to stop while it waits, it stops at once', async () => {
  const store = await open();
  const stop = new AbortController();
  const deliver = async (): Promise<Outcome> => {
    setTimeout(() => stop.abort(), 20);
    return { kind: 'wait', until: new Date(Date.now() + 60_000) };
  };
  const started = performance.now();
  await deliverReminders({ store, clock, render, reminders: notices('U1'), signal: stop.signal, deliver });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('takes up what a process left that died, once its lease is over, and says that it may have gone', async () => {
  const store = await open();
  const { timer } = quickTimer();
  const reminders = notices('U1', 'U2');
  await queueReminders(
    store,
    reminders.map((each) => ({ ...each, kind: 'reminder' })),
    timer.now(),
  );
  const until = new Date(timer.now().getTime() + 20_000);
  await claimReminder(store, reminders[0]!.key, { worker: 'dead', now: timer.now(), until }, day);
  const { attempts, deliver } = platform();
  expect(await run(store, { reminders, deliver, timer })).toMatchObject({ sent: 2, elsewhere: 0 });
  expect(timer.now().getTime()).toBeGreaterThanOrEqual(until.getTime());
  expect(attempts.map(({ to, again }) => [to, again])).toEqual([
    ['slack U2', undefined],
    ['slack U1', true],
  ]);
});

test('a lease lasts as long as its message is under way', async () => {
  const store = await open();
  const reminders = notices('U1');
  const slow = platform();
  const other = platform();
  const first = deliverReminders({
    store,
    clock,
    render,
    reminders,
    pace: { lease: 80 },
    async deliver(delivery, options) {
      await pause(400);
      return slow.deliver(delivery, options);
    },
  });
  await pause(20);
  const second = deliverReminders({
    store,
    clock,
    render,
    reminders,
    pace: { lease: 80 },
    deliver: other.deliver,
  });
  expect(await first).toMatchObject({ sent: 1 });
  expect(await second).toMatchObject({ sent: 0, elsewhere: 1 });
  expect(other.attempts).toEqual([]);
});

test('several at once share the messages, and send none twice', async () => {
  const store = await open();
  const ids = Array.from({ length: 60 }, (_, n) => `U${n}`);
  const { attempts, deliver } = platform();
  const slowly: typeof deliver = async (delivery, options) => {
    await pause(1);
    return deliver(delivery, options);
  };
  const results = await Promise.all(
    ['a', 'b', 'c'].map((worker) =>
      deliverReminders({ store, clock, render, worker, reminders: notices(...ids), deliver: slowly }),
    ),
  );
  expect(attempts.map(({ to }) => to).sort()).toEqual(ids.map((id) => `slack ${id}`).sort());
  expect(results.reduce((sum, { sent }) => sum + sent, 0)).toBe(60);
  for (const { sent } of results) expect(sent).toBeGreaterThan(0);
});

test('what was sent is written down also where the store fails for a moment', async () => {
  const store = await open();
  let failures = 0;
  const flaky: Store = {
    ...store,
    run(work) {
      if (failures > 0 && failures-- > 0)
        return store.run(() => Promise.reject(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' })));
      return store.run(work);
    },
  };
  const { attempts, deliver } = platform();
  const result = await run(flaky, {
    reminders: notices('U1'),
    async deliver(delivery, options) {
      failures = 3;
      return deliver(delivery, options);
    },
  });
  expect(result).toMatchObject({ sent: 1 });
  expect(attempts).toHaveLength(1);
  expect(await sentReminders(store, day)).toHaveLength(1);
});

test('a store that stays broken ends the run: nothing more is sent that could not be written down', async () => {
  const store = await open();
  let broken = false;
  const breaking: Store = {
    ...store,
    run: (work) =>
      store.run((db) =>
        broken ? Promise.reject(Object.assign(new Error('full'), { code: 'SQLITE_FULL' })) : work(db),
      ),
  };
  const { attempts, deliver } = platform();
  const failing = run(breaking, {
    reminders: notices('U1', 'U2'),
    async deliver(delivery, options) {
      broken = true;
      return deliver(delivery, options);
    },
  });
  await expect(failing).rejects.toMatchObject({ name: 'StoreError' });
  expect(attempts).toHaveLength(1);
});
