import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { createAnswerer } from '../../src/answers/answerer.ts';
import { learn } from '../../src/answers/learn.ts';
import type { Answerer } from '../../src/answers/reply.ts';
import { loadContent } from '../../src/content/load.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { temporaryFolder } from '../support/content.ts';

const folder = fileURLToPath(new URL('../support/own-policies', import.meta.url));
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => basename(name, '.md'));
const questionsSchema = z.strictObject({
  /** Question, and part of the clause that answers it. */
  answered: z.array(z.tuple([z.string(), z.string()])),
  /** Near the policy's subject, and not in it. */
  unanswered: z.array(z.string()),
});
const questions = names.map((name) =>
  questionsSchema.parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8'))),
);

/**
 * Policies of a school's own beside the shipped one, which nobody wrote guidance for. The shipped topics say of
 * their subjects that no policy speaks of them.
 */
describe('policies of a school’s own beside the shipped one', () => {
  let answerer: Answerer;
  beforeAll(() => {
    const directory = temporaryFolder();
    cpSync(shippedContent, directory, { recursive: true });
    for (const name of names) {
      mkdirSync(join(directory, name));
      cpSync(join(folder, `${name}.md`), join(directory, name, 'policy.md'));
    }
    const content = loadContent(directory);
    answerer = createAnswerer(content, learn(content));
  });
  const quoted = (question: string): string | undefined => {
    const { kind, answers } = answerer.answer(question);
    return kind === 'answer' ? answers[0]?.citations[0]?.quote : undefined;
  };

  test.each([
    ['can I take a school tablet home?', 'Staff may take a school tablet home if the office agrees.'],
    ['may I take a tablet home?', 'Staff may take a school tablet home if the office agrees.'],
    ['must I sign the loan book?', 'Staff must sign the loan book every Friday.'],
    [
      'where do visitors sign in',
      'All visitors must report to the main reception and sign in on the screen.',
    ],
  ])('%s', (question, clause) => {
    expect(quoted(question)).toBe(clause);
  });

  test('a clause that covers nearly all of a question wins against topics and gaps', () => {
    const all = questions.flatMap(({ answered }) => answered);
    const missed = all.filter(([question, clause]) => !quoted(question)?.includes(clause));
    expect(all.length).toBe(90);
    expect(missed.length, missed.map(([question]) => question).join('\n')).toBeLessThanOrEqual(24);
  });

  test('a clause that shares a word or two with a question does not answer it', () => {
    const all = questions.flatMap(({ unanswered }) => unanswered);
    const answered = all.filter((question) => !['none', 'help'].includes(answerer.answer(question).kind));
    expect(all.length).toBe(60);
    expect(answered.length, answered.join('\n')).toBeLessThanOrEqual(10);
    for (const question of ['can I borrow the minibus', 'where do visitors park'])
      expect([question, answerer.answer(question).kind]).toEqual([question, 'none']);
  });

  test('what the shipped policy answers is still answered from it', () => {
    const reply = answerer.answer('can I friend a parent?');
    expect(reply.answers[0]?.entry).toBe('friend-parent');
    expect(quoted('can I use my phone in the classroom')).toContain('Personal phones');
  });

  test('a child at risk and a wish to report come first', () => {
    expect(answerer.answer('a boy told me on the trip that his dad hits him').kind).toBe('safeguarding');
    expect(answerer.answer('I want to report a colleague who steals school laptops').kind).toBe('concern');
  });
});
