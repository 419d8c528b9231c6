import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut } from '../../src/chat/cut.ts';

test('leaves a short text alone and cuts a long one at a word', () => {
  expect(cut('one two three', 13)).toBe('one two three');
  expect(cut('one two three', 12)).toBe('one two…');
  expect(cut(`${'a'.repeat(50)} b`, 20)).toBe(`${'a'.repeat(19)}…`);
});

test('never gets longer, and never splits a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, most) => {
      const short = cut(text, most);
      expect(short.length).toBeLessThanOrEqual(Math.max(most, 1));
      expect(short.isWellFormed()).toBe(text.isWellFormed());
    }),
  );
});
