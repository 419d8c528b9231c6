import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteOf } from '../../src/content/content.ts';
import { parsePolicy, splitFrontMatter } from '../../src/content/markdown.ts';

const parse = (markdown: string) => parsePolicy('p', splitFrontMatter(markdown).body);

describe('a policy in Markdown', () => {
  test('paragraphs and items are clauses with the ids that stand there, or made from section and position', () => {
    const { title, sections, clauses } = parse(
      '# Phones\n\n## At work {#work}\n\nKeep it away. {#work.away}\n\nSilent, please.\n\n## At work\n\n- one\n',
    );
    expect(title).toBe('Phones');
    expect(sections.map(({ id }) => id)).toEqual(['work', 'at-work']);
    expect(clauses.map(({ id, text, line }) => [id, text, line])).toEqual([
      ['work.away', 'Keep it away.', 5],
      ['work.2', 'Silent, please.', 7],
      ['at-work.1', 'one', 11],
    ]);
  });

  test('a paragraph that ends in a colon leads in the list after it, an item that of the list inside it', () => {
    const { clauses } = parse(
      '## S\n\nStaff must:\n\n- lock\n- send nothing that is:\n  - rude\n  - *false*\n\nNo colon\n\n- free\n',
    );
    const [must, lock, nothing, rude, wrong, , free] = clauses;
    expect(quoteOf(rude!)).toBe('Staff must: … send nothing that is: … rude');
    expect(quoteOf(lock!)).toBe('Staff must: … lock');
    expect(quoteOf(must!)).toBe('Staff must: … lock … send nothing that is: … rude … false');
    expect(quoteOf(nothing!)).toBe('Staff must: … send nothing that is: … rude … false');
    expect(wrong!.text).toBe('false');
    expect(free!.leadIn).toBeUndefined();
  });

  test('headings within headings are kept, outermost first, without the policy’s own title', () => {
    const { clauses, sections } = parse(
      '# T\n\n## E-mail\n\n### Forbidden\n\n- chain letters\n\n## Web\n\n### Forbidden\n\n- games\n',
    );
    expect(clauses.map(({ headings }) => headings)).toEqual([
      ['E-mail', 'Forbidden'],
      ['Web', 'Forbidden'],
    ]);
    expect(sections.map(({ id }) => id)).toEqual(['e-mail.forbidden', 'web.forbidden']);
  });

  test('front matter is taken off and lines stay those of the file', () => {
    const markdown = '---\nid: x\ntitle: Y\n---\n\n# T\n\nFirst.\n';
    expect(splitFrontMatter(markdown).frontMatter).toBe('id: x\ntitle: Y');
    expect(parse(markdown).clauses[0]).toMatchObject({ text: 'First.', line: 8 });
  });

  test('comments are no text, and text without a heading is a section of its own', () => {
    const { clauses } = parse('<!-- source -->\n\nJust this.\n');
    expect(clauses.map(({ text }) => text)).toEqual(['Just this.']);
  });

  test('any text is some policy: no crash, no empty clause, unique made ids within a section', () => {
    const lines = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom('# a', '## b', '- x', '  - y', '1. z', '> q', 'so:', '', '---', '{#}', '{#a}'),
      ),
    );
    fc.assert(
      fc.property(lines, (texts) => {
        const { clauses, sections } = parse(texts.join('\n'));
        for (const clause of clauses) {
          expect(clause.text).not.toBe('');
          expect(quoteOf(clause)).toContain(clause.text);
        }
        expect(sections.flatMap((section) => section.clauses)).toHaveLength(clauses.length);
      }),
    );
  });
});
