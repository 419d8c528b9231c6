import { describe, expect, test, vi } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { describeFault } from '../../src/content/fault.ts';
import { loadContent } from '../../src/content/load.ts';
import { phonesAnd } from '../support/policies.ts';

// Every school's content is read beside the shipped one, which is long.
vi.mock('../../src/content/shipped.ts', async () => ({
  shippedContent: (await import('../support/content.ts')).hillPrimary,
}));

/** A policy in whose front matter line 2 is the version, line 3 the audience, and `lines` begin on line 4. */
const asking = (lines: string): string =>
  `---\nversion: "1"\naudience: [staff]\n${lines}\n---\n\n# Phones\n\n## Use\n\nKeep phones away. {#use.away}\n`;
const faultsOf = (policy: string, school = 'name: Hill School\n'): string =>
  checkContent(phonesAnd({ 'phones/policy.md': policy, 'school.yaml': school }))
    .map(describeFault)
    .join('\n');

const dates = 'acknowledgement:\n  opens: 2026-11-02\n  due: 2026-12-11';
const question = (more: string): string =>
  asking(`${dates}\n  check_questions:\n    - question: Where do phones go?\n      ${more}`);
const terms =
  'name: Hill School\nterms:\n  - { name: Autumn 2026, from: 2026-09-01, to: 2026-12-18 }\n  - { name: Spring 2027, from: 2027-01-04, to: 2027-03-25 }\n';

test('a wish for acknowledgement in order is not faulted', () => {
  const policy = asking(
    `${dates}\n  audience: [teacher, governor]\n  joiners_within_working_days: 5\n  check_questions:\n    - question: Where do phones go?\n      options: [Away, 3]\n      answer: 3\n      because: use.away`,
  );
  expect(faultsOf(policy, terms)).toBe('');
  const [read] = loadContent(phonesAnd({ 'phones/policy.md': policy })).policies;
  expect(read).toMatchObject({
    change: 'material',
    acknowledgement: {
      audience: ['teacher', 'governor'],
      opens: '2026-11-02',
      due: '2026-12-11',
      joiners_within_working_days: 5,
      check_questions: [
        { question: 'Where do phones go?', options: ['Away', '3'], answer: '3', because: 'use.away' },
      ],
    },
  });
});

test('a policy that asks for nothing is not faulted, whatever the terms and reminders', () => {
  expect(faultsOf(asking('title: Phones'), `${terms}reminders: { digest: false }\n`)).toBe('');
});

describe('faults: the content is not used', () => {
  test.each<[what: string, policy: string, fault: RegExp]>([
    [
      'due before it opens',
      asking('acknowledgement:\n  opens: 2026-11-02\n  due: 2026-11-01'),
      /policy\.md:6: "acknowledgement\.due": is before "opens" \(2026-11-02\); put in the last day/,
    ],
    [
      'a day that does not exist',
      asking('acknowledgement:\n  opens: 2026-11-31\n  due: 2026-12-11'),
      /policy\.md:5: "acknowledgement\.opens": is not a day that exists; write it as year-month-day/,
    ],
    [
      'no due date',
      asking('acknowledgement:\n  opens: 2026-11-02'),
      /policy\.md:4: "acknowledgement\.due": is missing; write it as year-month-day/,
    ],
    [
      'nothing below it',
      asking('acknowledgement: yes'),
      /policy\.md:4: "acknowledgement": must hold "opens" and "due", each on a line of its own/,
    ],
    [
      'a slip in a key',
      asking(`${dates}\n  opened: 2026-11-02`),
      /policy\.md:7: "opened" is not a key that belongs here\. Check its spelling/,
    ],
    [
      'half a day',
      asking(`${dates}\n  joiners_within_working_days: 2.5`),
      /policy\.md:7: .* must be a whole number of school days, such as 10/,
    ],
    [
      'another kind of change',
      asking(`change: big\n${dates}`),
      /policy\.md:4: "change": must be material \(everybody is asked .*\) or minor/,
    ],
    [
      'an audience of none',
      asking(`${dates}\n  audience: []`),
      /policy\.md:7: "acknowledgement\.audience": names nobody; name a group/,
    ],
    [
      'an answer that is no option',
      question('options: [Away, Here]\n      answer: away'),
      /policy\.md:10: .*answer": is none of the options; copy the right one, word for word/,
    ],
    [
      'one option',
      question('options: [Away]\n      answer: Away'),
      /policy\.md:9: .*options": needs at least two options/,
    ],
    [
      'an option twice',
      question('options:\n        - Away\n        - Away\n      answer: Away'),
      /policy\.md:11: .*options\.1": stands there twice; take one of them out/,
    ],
    [
      'an option that YAML reads as something else',
      question('options: [Away, true]\n      answer: Away'),
      /policy\.md:9: .*options\.1": must be a few words; put true, false .* in quotes/,
    ],
    [
      'an option that no phone shows',
      question(`options: [Away, ${'x'.repeat(76)}]\n      answer: Away`),
      /policy\.md:9: .*options\.1": has more than 75 characters; shorten it/,
    ],
    [
      'four questions',
      asking(
        `${dates}\n  check_questions: [${Array(4).fill('{ question: Where?, options: [Away, Here], answer: Away }').join(', ')}]`,
      ),
      /policy\.md:7: .*check_questions": has more than three questions/,
    ],
  ])('%s', (_, policy, fault) => {
    expect(faultsOf(policy)).toMatch(fault);
    expect(() => loadContent(phonesAnd({ 'phones/policy.md': policy }))).toThrow(fault);
  });
});

describe('doubts: reported by the check, and the bot starts', () => {
  const withDates = (opens: string, due: string): string =>
    asking(`acknowledgement:\n  opens: ${opens}\n  due: ${due}`);

  test.each<[what: string, policy: string, fault: RegExp, school?: string]>([
    [
      'no version',
      asking(dates).replace('version: "1"', 'title: Phones'),
      /policy\.md:4: .* it has no version: each change of its text.* Add a version: "2026-09"/,
    ],
    [
      'opens in the holidays',
      withDates('2026-12-21', '2027-01-29'),
      /policy\.md:5: "opens", 2026-12-21, lies in no term of school\.yaml, .* Choose a day in term/,
      terms,
    ],
    [
      'is due in the holidays',
      withDates('2026-11-02', '2026-12-31'),
      /policy\.md:6: "due", 2026-12-31, lies in no term of school\.yaml: the last reminder .* Choose a day/,
      terms,
    ],
    [
      'is due in another school year',
      withDates('2027-07-01', '2027-09-30'),
      /policy\.md:6: "due", 2027-09-30, lies in another school year than "opens", 2027-07-01: .* 1 September/,
    ],
    [
      'an audience that no role belongs to',
      asking(`${dates}\n  audience: [governors]`),
      /policy\.md:7: No role of school\.yaml belongs to the audience "governors", .* Did you mean "governor"\?/,
    ],
    [
      'an audience of the policy that no role belongs to',
      asking(dates).replace('[staff]', '[staff, volunteers]'),
      /policy\.md:3: No role .* audience "volunteers", .* Did you mean "volunteer"\?/,
    ],
    [
      'no audience at all',
      asking(dates).replace('audience: [staff]', 'title: Phones'),
      /policy\.md:4: Neither "acknowledgement" nor the policy names an audience, so everybody .* \[staff\]/,
    ],
    [
      'a clause that does not exist',
      question('options: [Away, Here]\n      answer: Away\n      because: use.awya'),
      /policy\.md:11: There is no clause "use\.awya" in .*policy\.md\. Did you mean "use\.away"\?/,
    ],
    [
      'reminders that are all left out',
      asking(dates),
      /policy\.md:4: .* "reminders" in school\.yaml leaves every reminder out\. Leave the digest on/,
      'name: Hill School\nreminders: { digest: false, week_before: false, day_before: false, due_day: false, overdue: false }\n',
    ],
  ])('%s', (_, policy, fault, school) => {
    const faults = faultsOf(policy, school);
    expect(faults).toMatch(fault);
    expect(faults.split('\n')).toHaveLength(1);
    expect(() => loadContent(phonesAnd({ 'phones/policy.md': policy }))).not.toThrow();
  });

  test('a day is in no holiday of a school year whose terms are not listed', () => {
    expect(faultsOf(withDates('2028-12-27', '2029-04-02'), terms)).toBe('');
  });
});
