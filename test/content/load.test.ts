import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { ContentError, describeFault } from '../../src/content/fault.ts';
import { loadContent } from '../../src/content/load.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { temporaryFolder } from '../support/content.ts';
import { entryAnd, phonesAnd } from '../support/policies.ts';

const faultsOf = (directory: string): string[] => checkContent(directory).map(describeFault);

describe('the shipped content', () => {
  const content = loadContent(shippedContent);
  const policy = content.policies[0]!;

  test('has no fault', () => {
    expect(faultsOf(shippedContent)).toEqual([]);
  });

  test('carries the policy word for word: this is the text that was checked against the original', () => {
    const text = policy.clauses.map((clause) => clause.text).join('\n');
    expect(policy.clauses).toHaveLength(106);
    expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe('0df9a7ae6769f557');
  });

  test('answers what it was asked to answer, each in many ways', () => {
    expect(policy.guidance.length).toBeGreaterThanOrEqual(70);
    for (const { id, phrasings } of policy.guidance) expect([id, phrasings.length >= 10]).toEqual([id, true]);
  });

  test('marks its people and numbers as examples', () => {
    expect(content.school.example).toBe(true);
  });
});

describe('a school’s own content', () => {
  test('a folder with policy.md alone is a policy; the shipped language serves it', () => {
    const content = loadContent(phonesAnd({}));
    expect(content.policies).toMatchObject([
      { id: 'phones', title: 'Phones', guidance: [], gaps: [], notes: [] },
    ]);
    expect(content.vocabulary.concepts.length).toBeGreaterThan(50);
    expect(content.care.safeguarding).not.toEqual({});
    expect(content.ordinary.length).toBeGreaterThan(1000);
  });

  test('a policy’s own folder is content too', () => {
    expect(loadContent(join(phonesAnd({}), 'phones')).policies).toHaveLength(1);
  });

  test.each<[what: string, files: Record<string, string | Uint8Array>, fault: RegExp]>([
    [
      'YAML that does not parse',
      { 'phones/guidance.yaml': 'entries:\n  - id: [\n' },
      /guidance\.yaml:[23]: This is not YAML: .+ Look at this line/,
    ],
    [
      'an unknown key',
      { 'phones/guidance.yaml': entryAnd('    colour: red\n') },
      /guidance\.yaml:8: "colour" is not a key that belongs here\. Check its spelling/,
    ],
    [
      'a missing key',
      { 'phones/guidance.yaml': 'entries:\n  - id: away\n' },
      /guidance\.yaml:2: "entries\.0\.question"/,
    ],
    [
      'a clause that does not exist',
      { 'phones/guidance.yaml': entryAnd('').replace('use.away', 'use.awya') },
      /guidance\.yaml:6: There is no clause "use\.awya" in .+policy\.md\. Did you mean "use\.away"\?/,
    ],
    [
      'a quote that is not in the clause',
      {
        'phones/guidance.yaml': entryAnd('').replace(
          '[use.away]',
          '[{clause: use.away, quote: Keep phones near.}]',
        ),
      },
      /guidance\.yaml:6: This quote does not stand in clause "use\.away"\. Copy the words/,
    ],
    [
      'a duplicate id',
      {
        'phones/guidance.yaml': entryAnd(entryAnd('').replace('entries:\n', '').replace('[where]', '[when]')),
      },
      /guidance\.yaml:8: The id "away" is taken by another entry\./,
    ],
    [
      'a duplicate clause id',
      { 'phones/policy.md': '# P\n\n## U\n\nOne. {#a}\n\nTwo. {#a}\n' },
      /policy\.md:7: The clause id "a" stands already on line 5\./,
    ],
    [
      'a phrasing that two entries claim',
      {
        'phones/guidance.yaml': entryAnd(
          entryAnd('')
            .replace('entries:\n', '')
            .replace('id: away', 'id: near')
            .replace('[where]', '["Where!"]'),
        ),
      },
      /guidance\.yaml:13: "Where!" is claimed by "away" of "phones" and by "near" of "phones"\./,
    ],
    [
      'a clause that no entry covers',
      {
        'phones/policy.md': '# P\n\n## Use\n\nKeep phones away. {#use.away}\n\nAlso this. {#use.also}\n',
        'phones/guidance.yaml': entryAnd(''),
      },
      /policy\.md:7: No entry of guidance\.yaml covers the clause "use\.also"\./,
    ],
    [
      'a date that does not exist',
      { 'phones/policy.md': '---\nreview_due: 2026-02-30\n---\n\n# P\n\nText.\n' },
      /policy\.md:2: "review_due": is not a date that exists/,
    ],
    [
      'a role that nobody has',
      {
        'phones/guidance.yaml': entryAnd('    ask: haedteacher\n'),
        'school.yaml': 'name: S\nroles:\n  headteacher:\n    title: headteacher\n',
      },
      /guidance\.yaml:8: There is no role "haedteacher" in school\.yaml\. Did you mean "headteacher"\?/,
    ],
    [
      'a slot value that the vocabulary lacks',
      { 'phones/guidance.yaml': entryAnd('    slots: {must: {who: [alien]}}\n') },
      /guidance\.yaml:8: "alien" is not a concept of the slot "who"/,
    ],
    [
      'a note on a clause that does not exist',
      { 'phones/notes.yaml': 'notes:\n  - kind: open\n    clauses: [use.gone]\n    note: Hm.\n' },
      /notes\.yaml:3: There is no clause "use\.gone"/,
    ],
    [
      'a file that is not UTF-8',
      { 'phones/guidance.yaml': Uint8Array.of(0xff, 0xfe, 0x00) },
      /guidance\.yaml: This file is not UTF-8 text\./,
    ],
    [
      'a policy without text',
      { 'phones/policy.md': '# Only a title\n' },
      /policy\.md: This policy has no text\./,
    ],
    [
      'two policies of one id',
      { 'a/policy.md': '---\nid: phones\n---\n\n# A\n\nText.\n' },
      /The policy id "phones" is taken by .+policy\.md\./,
    ],
  ])('%s is a fault with its place and what to do', (_, files, fault) => {
    expect(faultsOf(phonesAnd(files)).join('\n')).toMatch(fault);
  });

  test('faults that make content unusable stop it, all of them at once', () => {
    const directory = phonesAnd({
      'phones/guidance.yaml': 'entries: 3\n',
      'phones/notes.yaml': 'notes: 3\n',
    });
    expect(() => loadContent(directory)).toThrow(ContentError);
    expect(() => loadContent(directory)).toThrow(/guidance\.yaml:1.+\n.+notes\.yaml:1/);
  });

  test('a folder that is not there, or holds no policy, is said so', () => {
    expect(() => loadContent(join(temporaryFolder(), 'none'))).toThrow(/There is no such folder\./);
    expect(() => loadContent(temporaryFolder())).toThrow(/No policy stands in this folder\./);
  });
});
