import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { policyCard, sectionCard, sectionValue } from '../../src/answers/policy-card.ts';
import { action, type Card } from '../../src/chat/mod.ts';
import type { Content } from '../../src/content/content.ts';
import { loadContent } from '../../src/content/load.ts';
import { hillPrimary } from '../support/content.ts';

const today = '2026-11-23';
let content: Content;
beforeAll(() => {
  content = loadContent(hillPrimary);
});

const buttonsOf = (card: Card) =>
  card.elements.flatMap((each) => (each.kind === 'buttons' ? each.buttons : []));
const textsOf = (card: Card) => card.elements.flatMap((each) => (each.kind === 'text' ? each.text : []));

test('a section is shown whole over its pages: every clause once, to the letter', () => {
  for (const section of content.policies[0]!.sections) {
    const clauses: string[] = [];
    for (let value: string | undefined = `phones ${section.id} 1`; value !== undefined; ) {
      const card: Card = sectionCard(content, today, value)!;
      clauses.push(...textsOf(card).filter((text) => /^\d+\. /.test(text)));
      value = buttonsOf(card).find(({ label }) => label === 'More')?.value;
    }
    expect(clauses).toEqual(section.clauses.map(({ position, text }) => `${position}. ${text}`));
  }
});

test('a cited clause is marked, in words, on the page of the section where it stands', () => {
  const [policy] = content.policies;
  for (const { id, clauses } of policy!.sections)
    for (const [index, clause] of clauses.entries()) {
      const cited = { policy: 'phones', clause: clause.id };
      const other = { policy: 'phones', clause: clauses.at(index - 1)!.id };
      const value = sectionValue(content, cited, [other, { policy: 'another', clause: clauses[0]!.id }])!;
      expect(value.split(' ').slice(0, 2)).toEqual(['phones', id]);
      const { elements } = sectionCard(content, today, value)!;
      expect(elements).toContainEqual({
        kind: 'quote',
        text: `${clause.position}. ${clause.text}`,
        source: 'The answer goes by this clause',
      });
      const marked = elements.filter(({ kind }) => kind === 'quote').length;
      expect(marked).toBeLessThanOrEqual(other.clause === clause.id ? 1 : 2);
    }
  expect(sectionValue(content, { policy: 'phones', clause: 'no such clause' })).toBeUndefined();
});

test('several policies are listed first, twelve to a page', () => {
  const [policy] = content.policies;
  const many = Array.from({ length: 30 }, (_, index) => ({
    ...policy!,
    id: `p${index}`,
    title: `Policy ${index}`,
  }));
  const all = { ...content, policies: many };
  const first = policyCard(all, today);
  expect(buttonsOf(first).map(({ label }) => label)).toEqual([
    ...many.slice(0, 12).map(({ title }) => title),
    'More',
  ]);
  const last = policyCard(all, today, '- 3');
  expect(buttonsOf(last).at(-1)).toMatchObject({ label: 'Back', value: '- 2' });
  const one = policyCard(all, today, buttonsOf(last)[0]!.value);
  expect(one.summary).toBe('Policy 24, version 2');
  expect(buttonsOf(one).at(-1)).toMatchObject({ label: 'All policies', action: action.policy });
});

test('any value at all leads to a card or to nothing', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('phones', 'work', 'long', '-', '2', '99', '-5', 'NaN'));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), (words) => {
      const value = words.join(' ');
      expect(policyCard(content, today, value).elements.length).toBeGreaterThan(0);
      const section = sectionCard(content, today, value);
      if (section) expect(textsOf(section).length).toBeGreaterThan(0);
    }),
  );
});
