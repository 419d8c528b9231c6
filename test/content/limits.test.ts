import { describe, expect, test } from 'vitest';
import { beyondLimits } from '../../src/content/limits.ts';
import { loadContent } from '../../src/content/load.ts';
import { parsePolicy } from '../../src/content/markdown.ts';
import { contentOf } from '../support/policies.ts';

const nested = (levels: number, indent = '  '): string =>
  Array.from({ length: levels }, (_, n) => `${indent.repeat(n)}- x\n`).join('');

describe('the limits of a policy', () => {
  test('5,000 clauses under equal headings are read in good time, each with an id of its own', () => {
    const start = performance.now();
    const { clauses, sections } = parsePolicy('p', '## Equal\n\nText.\n\n'.repeat(4999));
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(clauses).toHaveLength(4999);
    expect(new Set(sections.map(({ id }) => id)).size).toBe(4999);
    expect(sections.at(-1)!.id).toBe('equal-4999');
  });

  test.each([
    ['more headings than anyone reads', '# A\n'.repeat(900_000), /policy\.md:10001: .* more than 10000/],
    [
      'a list nested too deep',
      nested(1500, '\t'),
      /policy\.md:9: .* more than 8 levels deep\. Make it flatter/,
    ],
    ['the same on one line', `${'- '.repeat(900_000)}x`, /policy\.md:1: .* more than 8 levels deep/],
    ['the same between lines of text', nested(9).replaceAll('x\n', 'x\ny\n'), /policy\.md:17: .* 8 levels/],
    ['quotes within quotes', `${'>'.repeat(900_000)}x`, /policy\.md:1: .* more than 8 levels deep/],
    ['a file that is too large', 'word '.repeat(1_000_000), /policy\.md: .* larger than 4 MB\. Keep only/],
  ])('%s: a fault, and soon', (_, markdown, fault) => {
    const folder = contentOf({ phones: markdown });
    const start = performance.now();
    expect(() => loadContent(folder)).toThrow(fault);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test.each([
    ['eight levels', nested(8)],
    ['many lists, one after another', `${nested(5)}\nText.\n\n`.repeat(5)],
    ['numbers', '1. a\n   - b\n     1) c\n\n2015. d\n'],
    ['rules', `${'- '.repeat(40)}\n\n${'* '.repeat(40)}\n\n---\n`],
    ['a hyphen in text', 'so\n- and\n  so - - - - - - - - - - on\n'],
  ])('%s: within them', (_, markdown) => {
    expect(beyondLimits(markdown)).toBeUndefined();
  });
});
