import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Origin, Request } from '../src/chat/mod.ts';
import { Deliveries } from '../src/deliveries.ts';

const hour = 3_600_000;
const question = (delivery: string | undefined, more: Partial<Origin> = {}): Request => ({
  kind: 'question',
  text: 'May I?',
  origin: {
    platform: 'slack',
    person: 'U1',
    conversation: 'D1',
    place: 'direct',
    ...(delivery !== undefined && { delivery }),
    ...more,
  },
});

test('a delivery is new once in an hour, and one without a name always', () => {
  let now = 0;
  const deliveries = new Deliveries(() => now);
  expect([1, 2].map(() => deliveries.isNew(question('a')))).toEqual([true, false]);
  expect([1, 2].map(() => deliveries.isNew(question(undefined)))).toEqual([true, true]);
  expect(deliveries.isNew(question('a', { platform: 'teams' }))).toBe(true);
  now = hour;
  expect(deliveries.isNew(question('a'))).toBe(true);
});

test('the next start knows of questions, however often it is started, and of nothing else that somebody did', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (names) => {
      const first = new Deliveries(() => 0);
      for (const name of names) first.isNew(question(name));
      first.isNew({ ...question('pressed'), kind: 'press', action: 'x', value: '' } as Request);
      first.isNew(question('commanded', { place: 'command' }));
      const second = new Deliveries(() => 0);
      second.recall(first.digests());
      const third = new Deliveries(() => 0);
      third.recall(second.digests());
      expect(names.map((name) => third.isNew(question(name)))).toEqual(names.map(() => false));
      expect(third.digests()).toHaveLength(names.length);
      for (const name of names.filter(({ length }) => length > 3))
        expect(third.digests().join()).not.toContain(name);
    }),
  );
});
