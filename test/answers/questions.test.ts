import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionsIn, sentencesIn } from '../../src/answers/questions.ts';

describe('the questions of a message', () => {
  test.each([
    ['Can I post this?', ['Can I post this?']],
    ['My niece is here. Can we chat?', ['My niece is here. Can we chat?']],
    ['Who reviews it? And when?', ['Who reviews it?', 'And when?']],
    [
      'can i add parents and can i use my phone in class',
      ['can i add parents', 'can i use my phone in class'],
    ],
    [
      'Can I post it? It is only a selfie. Can I use the logo? It is ours.',
      ['Can I post it?', 'It is only a selfie. Can I use the logo? It is ours.'],
    ],
    ['facebook at work', ['facebook at work']],
  ])('%j', (message, questions) => {
    expect(questionsIn(message)).toEqual(questions);
  });

  test('there is always one, and none is made up', () => {
    fc.assert(
      fc.property(fc.string(), (message) => {
        const questions = questionsIn(message);
        expect(questions.length).toBeGreaterThan(0);
        for (const question of questions.join(' ').split(/\s+/)) expect(message).toContain(question);
      }),
    );
  });
});

describe('the sentences of a message', () => {
  test('a single one needs no looking at by itself', () => {
    expect(sentencesIn('Can I post this?')).toEqual([]);
  });

  test('of a very long message the first and the last are looked at, and what has no full stop in pieces', () => {
    const long = Array.from({ length: 500 }, (_, n) => `This is number ${n}.`).join(' ');
    const sentences = sentencesIn(long);
    expect(sentences).toHaveLength(40);
    expect([sentences[0], sentences.at(-1)]).toEqual(['This is number 0.', 'This is number 499.']);
    expect(sentencesIn('word '.repeat(1_000)).every((piece) => piece.length <= 400)).toBe(true);
  });
});
