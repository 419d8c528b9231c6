import { describe, expect, test, vi } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { clausesWithoutGuidance } from '../../src/content/content.ts';
import { describeFault } from '../../src/content/fault.ts';
import { loadContent } from '../../src/content/load.ts';
import { contentOf, entryAnd, phonesAnd } from '../support/policies.ts';

// Every school's content is read beside the shipped one, which is long.
vi.mock('../../src/content/shipped.ts', async () => ({
  shippedContent: (await import('../support/content.ts')).hillPrimary,
}));

type Files = Record<string, string>;

const faultsOf = (directory: string): string => checkContent(directory).map(describeFault).join('\n');
const withPhrasings = (phrasings: string): Files => ({
  'phones/guidance.yaml': entryAnd('').replace('[where]', phrasings),
});
const care = (lists: Partial<Record<'concern' | 'small_talk', string>>): string =>
  `safeguarding: {}\nconcern: ${lists.concern ?? '{}'}\nlookalike_policy: [where]\nlookalike_other: []\nsmall_talk: ${lists.small_talk ?? '[]'}\n`;

describe('content that serves and is doubtful: reported by the check, and the bot starts', () => {
  test.each<[what: string, files: Files, fault: RegExp]>([
    [
      'a table',
      { 'phones/policy.md': '# P\n\n| Who | When |\n|-----|------|\n| all | now |\n' },
      /policy\.md:3: Here stands a table, .* Write it as a list/,
    ],
    [
      'a table without bars at its ends',
      { 'phones/policy.md': '# P\n\nText.\n\nWho | When\n--- | ---\nall | now\n' },
      /policy\.md:5: Here stands a table/,
    ],
    [
      'HTML',
      { 'phones/policy.md': '# P\n\n<p>Text.</p>\n' },
      /policy\.md:3: Here stands HTML \(<p>\), .* Write it as/,
    ],
    [
      'HTML in a line',
      { 'phones/policy.md': '# P\n\nSome\n<b>text</b>.\n' },
      /policy\.md:4: Here stands HTML \(<b>\)/,
    ],
    [
      'HTML in a heading',
      { 'phones/policy.md': '# <u>P</u>\n\nText.\n' },
      /policy\.md:1: Here stands HTML \(<u>\)/,
    ],
    [
      'a comment without an end',
      { 'phones/policy.md': '# P\n\nText.\n\n<!-- note\n\nMore text.\n' },
      /policy\.md:5: This comment is not closed: nothing after it is read\. Put --> at its end\./,
    ],
    [
      'front matter without an end',
      { 'phones/policy.md': '---\nid: phones\n\n# P\n\nText.\n' },
      /policy\.md:1: The lines at the top are not closed.* Put a line with ---/,
    ],
    [
      'an id with a space',
      { 'phones/policy.md': '# P\n\nText. {#bad id}\n' },
      /policy\.md:3: "\{#bad id\}" is no id here and is quoted as text\. An id stands at the very end/,
    ],
    [
      'an id in the middle',
      { 'phones/policy.md': '# P\n\nText. {#a} More.\n' },
      /policy\.md:3: "\{#a\}" is no id/,
    ],
    [
      'an empty id of a section',
      { 'phones/policy.md': '# P\n\n## U {#}\n\nText.\n' },
      /policy\.md:3: "\{#\}" is no id/,
    ],
    [
      'a section id given twice',
      { 'phones/policy.md': '# P\n\n## One {#s}\n\nText.\n\n## Two {#s}\n\nText. {#t}\n' },
      /policy\.md:7: The section id "s" is taken by a section above\. Give this section/,
    ],
    [
      'guidance without a policy',
      { 'exams/guidance.yaml': 'entries: []\n' },
      /exams: This folder holds guidance\.yaml and no policy\.md, so it is not read\./,
    ],
    [
      'guidance.yml without a policy',
      { 'exams/guidance.yml': '' },
      /exams: This folder holds guidance\.yml and/,
    ],
    [
      'a policy as text',
      { 'exams/policy.txt': 'Text.' },
      /exams: This folder holds policy\.txt and no policy\.md/,
    ],
    ['another ending', { 'exams/policy.markdown': 'Text.' }, /exams: This folder holds policy\.markdown and/],
    ['another case', { 'exams/Policy.MD': 'Text.' }, /exams: This folder holds Policy\.MD and/],
    [
      'guidance.yml',
      { 'phones/guidance.yml': '' },
      /guidance\.yml: This file is not read: its name is another\. Rename it guidance\.yaml\./,
    ],
    [
      'both',
      { 'phones/guidance.yml': '', 'phones/guidance.yaml': entryAnd('') },
      /guidance\.yml: This file is not read: .* Move what it holds to guidance\.yaml\./,
    ],
    ['school.yml', { 'school.yml': 'name: S\n' }, /school\.yml: This file is not read/],
    [
      'a concept id given twice',
      { 'vocabulary.yaml': 'concepts:\n  - {id: phone, words: [phone]}\n  - {id: phone, words: [mobile]}\n' },
      /vocabulary\.yaml:3: The id "phone" is taken by another concept, on line 2\./,
    ],
    [
      'a concept that does not exist',
      { 'vocabulary.yaml': 'concepts:\n  - id: mum\n    words:\n      - mum\n      - mother of <nosuch>\n' },
      /vocabulary\.yaml:5: "mother of <nosuch>" speaks of <nosuch>, and there is no concept "nosuch"\./,
    ],
    [
      'a topic given twice',
      { 'elsewhere.yaml': '[a, a]'.replace(/a/g, '{id: pay, topic: pay, where: Here., phrasings: [pay]}') },
      /elsewhere\.yaml:1: The id "pay" is taken by another topic, on line 1\./,
    ],
    [
      'a phrasing that another policy answers',
      {
        ...withPhrasings('[where]'),
        'elsewhere.yaml': '- {id: lost, topic: lost, where: Here., phrasings: [who, "Where?!"]}\n',
      },
      /elsewhere\.yaml:1: "Where\?!" is claimed by "away" of "phones" and by "lost" of elsewhere\.yaml\./,
    ],
    [
      'a phrasing that is a worry',
      { ...withPhrasings('[where]'), 'care.yaml': care({ concern: '{staff: [where]}' }) },
      /care\.yaml:2: "where" is claimed by "away" of "phones" and by "concern\.staff" of care\.yaml\./,
    ],
    [
      'a phrasing that is small talk',
      { ...withPhrasings('[hello]'), 'care.yaml': care({ small_talk: '["hello!", "🙏"]' }) },
      /^.*care\.yaml:5: "hello!" is claimed by "away" of "phones" and by "small_talk" of care\.yaml\. Keep it where it belongs and take it out of the other\.$/,
    ],
    [
      'a phrasing without words',
      withPhrasings('[away, "?!"]'),
      /guidance\.yaml:7: "\?!" under "away" of "phones" has no words\. Write it in words/,
    ],
    [
      'an entry id in two policies',
      {
        ...withPhrasings('[away]'),
        'laptops/policy.md': '# Laptops\n\n## Use\n\nKeep laptops away. {#use.away}\n',
        'laptops/guidance.yaml': entryAnd('').replace('Where?', 'Where is it?'),
      },
      /guidance\.yaml:2: The id "away" stands in two policies, "laptops" and "phones"\. Give one of them/,
    ],
    [
      'a phrasing in two policies',
      {
        ...withPhrasings('[where is it]'),
        'laptops/policy.md': '# Laptops\n\n## Use\n\nKeep laptops away. {#use.away}\n',
        'laptops/guidance.yaml': entryAnd('')
          .replace('Where?', 'Where is it?')
          .replace('id: away', 'id: put'),
      },
      /"where is it" is claimed by "put" of "laptops" and by "away" of "phones"\./,
    ],
  ])('%s', (_, files, fault) => {
    const directory = phonesAnd(files);
    expect(faultsOf(directory)).toMatch(fault);
    expect(loadContent(directory).policies.length).toBeGreaterThan(0);
  });

  test('what is in order stays so', () => {
    const files = {
      ...withPhrasings('[away]'),
      'care.yaml': care({ small_talk: '["🙏🙏"]' }),
      'vocabulary.yaml': 'concepts:\n  - {id: mum, words: [mum]}\n  - {id: nan, words: ["_ <mum>"]}\n',
      'photos/cat.jpg': '',
      'phones/policy.md':
        '<!-- from the handbook -->\n\n# P\n\nA | B, either <!-- or both -->. See <https://a.example>. {#use.away}\n\n---\n',
    };
    expect(faultsOf(phonesAnd(files))).toBe('');
  });
});

describe('a policy’s names', () => {
  test('text without a title goes by its folder', () => {
    const { policies } = loadContent(
      contentOf({ Phones: 'Text.\n', Trips: 'Draft.\n\n# School trips\n\nText.\n' }),
    );
    expect(policies.map(({ title }) => title)).toEqual(['Phones', 'School trips']);
  });

  test('a folder’s name becomes an id as a heading does, each its own', () => {
    const names = ['Head’s e-mail (2026)', '政策', '项目', 'phones', 'phones!'];
    const { policies } = loadContent(contentOf(Object.fromEntries(names.map((name) => [name, 'Text.\n']))));
    expect(Object.fromEntries(policies.map(({ title, id }) => [title, id]))).toEqual({
      'Head’s e-mail (2026)': 'heads-e-mail-2026',
      phones: 'phones',
      'phones!': 'phones-2',
      政策: 'policy',
      项目: 'policy-2',
    });
  });

  test('clauses without guidance are those that no entry cites and no gap is near', () => {
    const directory = phonesAnd({
      'phones/policy.md': '# P\n\nOne. {#a}\n\nTwo. {#use.away}\n\nThree. {#c}\n\nFour. {#d}\n',
      'phones/guidance.yaml': entryAnd(
        'gaps:\n  - {id: gap, question: When?, answer: Hm., near: [c], phrasings: [when]}\n',
      ),
    });
    const [policy] = loadContent(directory).policies;
    expect(clausesWithoutGuidance(policy!).map(({ id }) => id)).toEqual(['a', 'd']);
    expect(faultsOf(directory).match(/covers the clause ".+?"/g)).toEqual([
      'covers the clause "a"',
      'covers the clause "d"',
    ]);
  });
});
