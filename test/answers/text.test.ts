import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { READ_AT_MOST, stemOf, wordsOf } from '../../src/answers/text.ts';

describe('a message as words', () => {
  test.each([
    ['Can I FRIEND a pupil’s mum?', ['can', 'i', 'friend', 'a', "pupil's", 'mum']],
    ['café – naïve', ['cafe', 'naive']],
    ['pu\u200Bpil \u202Eabc\u202C', ['pupil', 'abc']],
    ['see https://x.example/a?b=c and me@school.example', ['see', 'webaddress', 'and', 'mailaddress']],
    ['👍 ??? \u0000', []],
    ['ｆｕｌｌ ｗｉｄｔｈ', ['full', 'width']],
  ])('%j', (message, words) => {
    expect(wordsOf(message)).toEqual(words);
  });

  test('the forms of a word have one stem', () => {
    expect(new Set(['post', 'posts', 'posting', 'posted'].map(stemOf)).size).toBe(1);
  });

  test('any text gives words of letters and digits, and only the beginning of a very long one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of wordsOf(text)) expect(word).toMatch(/^[\p{L}\p{N}]+(?:'\p{L}+)*$/u);
      }),
    );
    expect(wordsOf('a '.repeat(READ_AT_MOST))).toHaveLength(READ_AT_MOST / 2);
  });
});
