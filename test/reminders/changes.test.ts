import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../src/content/markdown.ts';
import { changesBetween, type KeptClause } from '../../src/reminders/changes.ts';

const clauses = (markdown: string): readonly KeptClause[] =>
  parsePolicy('phones', `## Use\n\n${markdown}`).clauses;
/** `+` added, `~` changed, `-` removed. */
const changes = (before: string, after: string): string[] => {
  const { added, changed, removed } = changesBetween(clauses(before), clauses(after));
  return [
    ...added.map(({ text }) => `+ ${text}`),
    ...changed.map((pair) => `~ ${pair.before.text} > ${pair.after.text}`),
    ...removed.map(({ text }) => `- ${text}`),
  ];
};

describe('what changed since somebody signed', () => {
  test('nothing in the same text, however its lines are broken', () => {
    expect(changes('Keep phones\naway.', 'Keep  phones away.')).toEqual([]);
  });

  test('a clause with an id of its own is known by it, whatever became of its words and place', () => {
    expect(
      changes('One. {#use.one}\n\nTwo. {#use.two}', 'Quite another. {#use.two}\n\nOne. {#use.one}'),
    ).toEqual(['~ Two. > Quite another.']);
  });

  test('one that is new, and one that is gone', () => {
    expect(changes('One. {#use.one}\n\nTwo. {#use.two}', 'Two. {#use.two}\n\nThree. {#use.three}')).toEqual([
      '+ Three.',
      '- One.',
    ]);
  });

  const rules =
    'Phones stay in the office.\n\nStaff use a school phone.\n\nVisitors leave phones at the desk.';

  test('without ids, a clause more at the top changes no other', () => {
    expect(changes(rules, `Read this first.\n\n${rules}`)).toEqual(['+ Read this first.']);
  });

  test('without ids, a clause with a few other words is the same one changed, also further down', () => {
    expect(
      changes(rules, `Read this first.\n\n${rules.replace('a school phone', 'the school’s phone')}`),
    ).toEqual(['+ Read this first.', '~ Staff use a school phone. > Staff use the school’s phone.']);
  });

  test('without ids, another clause in its place is another clause', () => {
    expect(changes(rules, rules.replace('Staff use a school phone', 'Lunch is at noon'))).toEqual([
      '+ Lunch is at noon.',
      '- Staff use a school phone.',
    ]);
  });

  test('ids that a school puts in later change nothing', () => {
    expect(changes('Keep phones away.', 'Keep phones away. {#use.away}')).toEqual([]);
  });

  test('the same words twice are two clauses', () => {
    expect(changes('Ask.\n\nAsk.', 'Ask.')).toEqual(['- Ask.']);
    expect(changes('Ask.', 'Ask.\n\nAsk.')).toEqual(['+ Ask.']);
  });
});

const anyClause: fc.Arbitrary<KeptClause> = fc
  .record({
    section: fc.constantFrom('use', 'loss'),
    name: fc.constantFrom('1', '2', '3', 'away', 'desk'),
    text: fc.array(fc.constantFrom('phones', 'stay', 'away', 'at', 'home'), { minLength: 1, maxLength: 4 }),
  })
  .map(({ section, name, text }) => ({ id: `${section}.${name}`, section, text: text.join(' ') }));
const anyVersion = fc.array(anyClause, { maxLength: 8 });

test('each clause of either version is accounted for once, and equal versions differ in nothing', () => {
  fc.assert(
    fc.property(anyVersion, anyVersion, (before, after) => {
      const { added, changed, removed } = changesBetween(before, after);
      const kept = after.length - added.length - changed.length;
      expect(kept).toBeGreaterThanOrEqual(0);
      expect(before.length - removed.length - changed.length).toBe(kept);
      for (const pair of changed) expect(pair.before.text).not.toBe(pair.after.text);
      // What is gone for good from the words is named, and so is what is new in them.
      const words = (version: readonly KeptClause[]) => new Set(version.map(({ text }) => text));
      for (const { text } of after)
        if (!words(before).has(text))
          expect([...added, ...changed.map((pair) => pair.after)].map((each) => each.text)).toContain(text);
      for (const { text } of before)
        if (!words(after).has(text))
          expect([...removed, ...changed.map((pair) => pair.before)].map((each) => each.text)).toContain(
            text,
          );
      expect(changesBetween(after, after)).toEqual({ added: [], changed: [], removed: [] });
    }),
  );
});

test('two versions of the longest policy are compared in good time', () => {
  const version = (word: string): KeptClause[] =>
    Array.from({ length: 10_000 }, (_, nth) => ({
      id: `use.${nth + 1}`,
      section: 'use',
      text:
        nth % 3 === 0 ? 'The same words.' : `Rule ${nth} is ${word} and this is all there is to say of it.`,
    }));
  const began = performance.now();
  const { changed } = changesBetween(version('old'), version('new').slice(7));
  expect(changed.length).toBeGreaterThan(5_000);
  expect(performance.now() - began).toBeLessThan(20_000);
});
