import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ConcernService, createConcernService } from '../src/concern-service.ts';
import type { Notice } from '../src/concerns/notices.ts';
import { createLogger } from '../src/log.ts';
import { createPeople } from '../src/school/people.ts';
import { type House, openHouse, schoolOf } from './support/concerns/house.ts';

let house: House;
let service: ConcernService;
let delivered: Notice[];
let log: string;

beforeEach(async () => {
  house = await openHouse({ readers: ['headteacher', 'deputy-headteacher'], now: '2026-11-23T08:00:00Z' });
  house.people = createPeople(schoolOf(), [
    { platform: 'chat', people: [{ id: 'U1', name: 'Grace Holloway', email: 'head@hill.example' }] },
  ]);
  delivered = [];
  log = '';
  service = createConcernService({
    store: house.store,
    publicUrl: 'https://hill.example',
    school: house.school,
    clock: house.clock,
    people: () => house.people,
    deliver: async (notice) => delivered.push(notice),
    logger: createLogger('info', {
      write(line) {
        log += line;
      },
    }),
  });
});

afterEach(() => service.stop());

test('does the night’s work and sends the notices, each at its time', async () => {
  const night = vi.spyOn(house.store, 'vacuum');
  await service.tick();
  expect(night).toHaveBeenCalledTimes(1);
  expect(delivered).toEqual([]);
  house.clock.moveTo(new Date('2026-11-23T08:30:00Z'));
  await service.tick();
  expect(delivered.map(({ to }) => to)).toEqual([{ platform: 'chat', person: 'U1' }]);
  expect(JSON.stringify(delivered)).toContain('https://hill.example/inbox');
});

test('sends the notices though the night failed, and says once what failed', async () => {
  vi.spyOn(house.store, 'vacuum').mockRejectedValueOnce(new Error('a secret that must not be logged'));
  house.clock.moveTo(new Date('2026-11-23T08:30:00Z'));
  await service.tick();
  expect(delivered).toHaveLength(1);
  expect(log).toContain('the upkeep of concerns failed');
  expect(log).not.toContain('secret');
});

test('never does either twice at once', async () => {
  const night = vi.spyOn(house.store, 'vacuum');
  await Promise.all([service.tick(), service.tick(), service.tick()]);
  expect(night).toHaveBeenCalledTimes(1);
});

test('points to door B, and only where it can be reached', () => {
  expect(service.turns.notice().doorB).toBe('https://hill.example/concern');
});

test('leaves no timer behind', async () => {
  vi.useFakeTimers();
  try {
    service.start();
    service.start();
    expect(vi.getTimerCount()).toBe(1);
    await service.stop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
