import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { englishWords, Spelling } from '../../src/answers/spelling.ts';

const english = englishWords();
const spelling = new Spelling(
  new Map([
    ['phone', 50],
    ['school', 50],
    ['facebook', 40],
    ['governor', 20],
    ['disciplinary', 20],
    ['classdojo', 3],
    ['confidential', 20],
    ['govenror', 1],
  ]),
  english,
);

describe('slips', () => {
  test.each([
    ['fone', 'phone'],
    ['skool', 'school'],
    ['facebok', 'facebook'],
    ['govenor', 'governor'],
    ['disiplinary', 'disciplinary'],
    ['confedential', 'confidential'],
  ])('%s is read as %s', (typed, read) => {
    expect(spelling.correct(typed)).toBe(read);
  });

  test.each(['phones', 'formula', 'classdojo', 'fon', 'x1y2z3', 'zzzzzzzz', 'pone', 'instagram'])(
    '%s is left as it is',
    (word) => {
      expect(spelling.correct(word)).toBe(word);
    },
  );

  test('what is read is the word as typed or one of the content', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,30}$/), (word) => {
        const read = spelling.correct(word);
        expect(
          read === word ||
            ['phone', 'school', 'facebook', 'governor', 'disciplinary', 'classdojo', 'confidential'].includes(
              read,
            ),
        ).toBe(true);
      }),
    );
  });
});
