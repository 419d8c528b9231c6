import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionsIn } from '../../src/answers/questions.ts';

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
