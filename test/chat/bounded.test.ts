import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bounded } from '../../src/chat/bounded.ts';

test('forgets an entry when its time is up, whether asked for or not', () => {
  let now = 0;
  const map = new Bounded<string>(10, { lifetime: 100, now: () => now });
  map.set('a', 'one');
  now = 60;
  map.set('b', 'two');
  now = 99;
  expect(map.get('a')).toBe('one');
  now = 100;
  expect(map.get('a')).toBeUndefined();
  expect(map.get('b')).toBe('two');
  now = 160;
  map.forget();
  expect(map.size).toBe(0);
});

test('setting again renews, deleting removes', () => {
  let now = 0;
  const map = new Bounded<number>(10, { lifetime: 100, now: () => now });
  map.set('a', 1);
  now = 90;
  map.set('a', 2);
  now = 120;
  expect(map.get('a')).toBe(2);
  map.delete('a');
  expect(map.get('a')).toBeUndefined();
});

test('never holds more than it may, and keeps the newest', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 2 })), fc.integer({ min: 1, max: 5 }), (keys, most) => {
      const map = new Bounded<number>(most);
      for (const [index, key] of keys.entries()) {
        map.set(key, index);
        expect(map.size).toBeLessThanOrEqual(most);
        expect(map.get(key)).toBe(index);
      }
    }),
  );
});
