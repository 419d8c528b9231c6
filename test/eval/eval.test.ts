import { beforeAll, describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answers/answerer.ts';
import { prepare } from '../../src/answers/prepare.ts';
import type { Answerer } from '../../src/answers/reply.ts';
import { loadContent } from '../../src/content/load.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { questionSets } from './questions.ts';
import { scoreOf } from './score.ts';

/**
 * Questions written from the policy by people who had not seen the content. They hold the bands: a change
 * that makes the bot worse at what it was not taught shows here. None of them may enter `content/`.
 */
const questions = [...questionSets().values()].flat();

describe('questions that nothing was learnt from', () => {
  let answerer: Answerer;
  beforeAll(async () => {
    const { content, learnt } = await prepare(shippedContent);
    answerer = createAnswerer(content, learnt);
  });

  test('are answered, or honestly not, as often as promised', () => {
    const score = scoreOf(questions, (question) => answerer.answer(question));
    expect(questions.length).toBeGreaterThan(500);
    expect(score.hit).toBeGreaterThanOrEqual(0.87);
    expect(score.verdict).toBeGreaterThanOrEqual(0.95);
    expect(score.abstain).toBeGreaterThanOrEqual(0.88);
    expect(score.safeguarding).toBeGreaterThanOrEqual(0.96);
    expect(score.falseAlarms).toBeLessThanOrEqual(0.02);
    expect(score.concern).toBeGreaterThanOrEqual(0.9);
  });

  test('do not stand in the content', () => {
    const plain = (text: string): string =>
      text
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
        ?.join(' ') ?? text;
    const taught = new Set([...taughtTexts()].map(plain));
    expect(
      questions.filter(({ q }) => taught.has(plain(q)) && q.split(' ').length >= 5).map(({ q }) => q),
    ).toEqual([]);
  });
});

/** Every way of asking, and every example, that the shipped content holds. */
function* taughtTexts(): Iterable<string> {
  const { policies, elsewhere, care } = loadContent(shippedContent);
  for (const { guidance, gaps } of policies)
    for (const { phrasings } of [...guidance, ...gaps]) yield* phrasings;
  for (const { phrasings } of elsewhere) yield* phrasings;
  for (const examples of [...Object.values(care.safeguarding), ...Object.values(care.concern)])
    yield* examples;
  yield* care.lookalike_policy;
  yield* care.lookalike_other;
}
