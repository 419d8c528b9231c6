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

  test('a paragraph before a list leads it in, an item the list inside it', () => {
    const { clauses } = parse(
      '## S\n\nStaff must:\n\n- lock\n- send nothing that is:\n  - rude\n  - *false*\n\nAll said.\n\n- free\n',
    );
    const [must, lock, nothing, rude, wrong, , free] = clauses;
    expect(quoteOf(rude!)).toBe('Staff must: … send nothing that is: … rude');
    expect(quoteOf(lock!)).toBe('Staff must: … lock');
    expect(quoteOf(must!)).toBe('Staff must: … lock … send nothing that is: … rude … false');
    expect(quoteOf(nothing!)).toBe('Staff must: … send nothing that is: … rude … false');
    expect(wrong!.text).toBe('false');
    expect(free!.leadIn).toBeUndefined();
  });

  test.each([
    ['Staff must not', true],
    ['Staff must not {#s.must-not}', true],
    ['**Staff must not**', true],
    ['Staff must not;', true],
    ['Staff must not (see below)', true],
    ['Staff must not', true, '<!-- from the handbook -->\n\n'],
    ['Staff must not', true, '<div>\n\n'],
    ['Staff are careful.', false],
    ['Staff are careful! {#s.careful}', false],
    ['May staff phone?', false],
    ['They said “be careful.”', false],
    ['(Staff are careful.)', false],
    ['Staff must not', false, '## Phones\n\n'],
    ['Staff must not', false, 'They are careful.\n\n'],
  ])('%s: a lead-in without a colon? %s', (paragraph, leads, between = '') => {
    const { clauses } = parse(`## S\n\n${paragraph}\n\n${between}- use phones\n`);
    expect(clauses.at(-1)!.leadIn?.text).toBe(leads ? clauses[0]!.text : undefined);
  });

  test('an item without a colon leads in the list inside it', () => {
    const { clauses } = parse('Staff must not\n\n- send\n  - rude jokes\n- phone\n');
    expect(clauses.map(quoteOf).slice(2)).toEqual([
      'Staff must not … send … rude jokes',
      'Staff must not … phone',
    ]);
  });

  test('a line break is a space, however it is written', () => {
    const { clauses } = parse('No candles  \nand two\\\nthree<br>four<br/>five\nsix.\n');
    expect(clauses.map(({ text }) => text)).toEqual(['No candles and two three four five six.']);
  });

  test('the words of HTML stay, with its line and what to do', () => {
    const { clauses, doubts } = parse(
      '<!-- one\n\ntwo -->\n\n<div class="a>b">\n<p>Keep <b>ph</b>ones away &amp; off.</p><p>Always</p>\n</div>\n\n' +
        'In <u>class</u>, ask <name of the head>.<!-- hm -->\n\n<script>\nalert(1)\n</script>\n\nStaff must not\n\n<ul><li>smoke</li></ul>\n',
    );
    expect(clauses.map(({ text, line }) => [text, line])).toEqual([
      ['Keep phones away & off.', 5],
      ['Always', 5],
      ['In class, ask <name of the head>.', 9],
      ['Staff must not', 15],
      ['smoke', 17],
    ]);
    expect(quoteOf(clauses[4]!)).toBe('Staff must not … smoke');
    expect(doubts.map(({ line }) => line)).toEqual([5, 9, 11, 17]);
    expect(doubts[0]).toMatchObject({ what: expect.stringContaining('HTML (<div class="a>)') });
  });

  test('text before the first title is in a section without a name, and the title is the first real one', () => {
    const { title, sections } = parse('Draft.\n\n#\n\nNothing.\n\n# Phones\n\nKeep them away.\n');
    expect(title).toBe('Phones');
    expect(sections.map((section) => [section.title, section.headings])).toEqual([
      ['', []],
      ['', []],
      ['Phones', []],
    ]);
    expect(parse('Only text.\n').title).toBeUndefined();
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
        fc.constantFrom(
          ...['# a', '#', '## b', '- x', '  - y', '1. z', '> q', 'so:', '', '---', '{#}', '{#a}'],
          ...['<div>', '<b>x</b>', '<!--', '-->', '| a | b |', '|---|', 'x  ', 'y\\'],
        ),
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
