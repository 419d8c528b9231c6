import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pace } from '../../../adapters/slack/pace.ts';

test('lets go no more than so many in any stretch of time, and none later than it must', () => {
  const rate = fc.record({ most: fc.integer({ min: 1, max: 5 }), within: fc.integer({ min: 1, max: 100 }) });
  const gaps = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 });
  fc.assert(
    fc.property(rate, gaps, ({ most, within }, passing) => {
      let now = 0;
      const pace = new Pace({ most, within }, () => now);
      const gone: number[] = [];
      for (const gap of passing) {
        now += gap;
        const { delay } = pace;
        expect(pace.take(Number.POSITIVE_INFINITY)).toBe(delay);
        const before = gone.at(-most);
        expect(now + delay).toBe(before === undefined ? now : Math.max(now, before + within));
        gone.push(now + delay);
      }
    }),
  );
});

test('takes no place that comes too late', () => {
  const pace = new Pace({ most: 1, within: 100 }, () => 0);
  expect(pace.take(0)).toBe(0);
  expect(pace.take(99)).toBeUndefined();
  expect(pace.delay).toBe(100);
  expect(pace.take(100)).toBe(100);
});
