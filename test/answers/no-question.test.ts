import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answers/answerer.ts';
import { learn } from '../../src/answers/learn.ts';
import type { Answerer } from '../../src/answers/reply.ts';
import { loadContent } from '../../src/content/load.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { temporaryFolder } from '../support/content.ts';

/** Topics that are no matter of a school's. */
const chat = ['weather-news-sport', 'general-knowledge', 'jokes-stories'];

describe('what is typed and is no question', () => {
  let answerer: Answerer;
  let examples: readonly string[];
  beforeAll(() => {
    const directory = temporaryFolder();
    cpSync(shippedContent, directory, { recursive: true });
    const path = join(directory, 'elsewhere.yaml');
    const marked = readFileSync(path, 'utf8')
      .replaceAll('\n  small_talk: true', '')
      .replace(
        new RegExp(`(- id: (?:${chat.join('|')})\n  topic: .*\n  where: .*\n)`, 'g'),
        '$1  small_talk: true\n',
      );
    writeFileSync(path, marked);
    const content = loadContent(directory);
    expect(content.elsewhere.filter(({ small_talk }) => small_talk)).toHaveLength(chat.length);
    answerer = createAnswerer(content, learn(content));
    examples = content.policies.flatMap(({ guidance }) => guidance.map(({ question }) => question));
  });

  test.each([
    'asdkjh qwe',
    'zxcv qwer',
    '12345 67890',
    'the weather is nice today',
    'it is raining again',
    'what time is it',
    'who won the football last night',
  ])('%j was not understood as a question, with some to press', (message) => {
    const reply = answerer.answer(message);
    expect(reply).toMatchObject({ kind: 'help', plain: expect.stringContaining('did not understand') });
    expect(reply.suggestions.length).toBeGreaterThan(0);
    expect(examples).toEqual(expect.arrayContaining([...reply.suggestions]));
  });

  test.each(['hello', 'thanks', 'ok', '', '👍'])('%j has questions to press', (message) => {
    const reply = answerer.answer(message);
    expect(reply.kind).toBe('help');
    expect(reply.suggestions.length).toBeGreaterThan(0);
  });

  test.each([
    'when is pay day',
    'payslip missing',
    'is there a creche',
    'zxcv qwer?',
    'the boiler is broken',
    'need a new lanyard',
    'jury service',
    'do we have a policy on vaping',
    'what time is the staff meeting',
    'what does the policy say about cheese',
  ])('%j is one that the policy does not answer', (message) => {
    expect(answerer.answer(message).kind).toBe('none');
  });
});
