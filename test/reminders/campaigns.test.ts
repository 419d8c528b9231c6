import { describe, expect, test, vi } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import {
  campaignsOf,
  periodOf,
  rolesAsked,
  versionOf,
  versionsThatCount,
} from '../../src/reminders/campaigns.ts';
import type { KnownVersion } from '../../src/reminders/obligation.ts';
import { phonesAnd } from '../support/policies.ts';
import { days, whitefield } from '../support/reminders/scenario.ts';

// Every school's content is read beside the shipped one, which is long.
vi.mock('../../src/content/shipped.ts', async () => ({
  shippedContent: (await import('../support/content.ts')).hillPrimary,
}));

const policy = (front: string): string =>
  `---\n${front}\n---\n\n# Phones\n\n## Use\n\nKeep phones away. {#use.away}\n`;

describe('what the policies ask', () => {
  test('is read from their front matter, the policy’s own audience where none is named', () => {
    const content = loadContent(
      phonesAnd({
        'phones/policy.md': policy(
          'version: "7"\nchange: minor\naudience: [staff]\nacknowledgement: { opens: 2026-11-02, due: 2026-12-11 }',
        ),
        'silent/policy.md': policy('title: Silent'),
      }),
    );
    expect(campaignsOf(content)).toEqual([
      {
        policy: 'phones',
        title: 'Phones',
        version: '7',
        sha256: content.policies[0]!.sha256,
        change: 'minor',
        audience: ['staff'],
        opens: '2026-11-02',
        due: '2026-12-11',
        joinersWithinWorkingDays: 10,
        checkQuestions: [],
      },
    ]);
  });

  test('a policy without a version has another one for each text, whatever stands above the text', () => {
    const versionWith = (front: string, more = '') =>
      versionOf(loadContent(phonesAnd({ 'phones/policy.md': policy(front) + more })).policies[0]!);
    const usual = versionWith('title: Phones');
    expect(usual).toMatch(/^text [0-9a-f]{8}$/);
    expect(versionWith('title: Telephones')).toBe(usual);
    expect(versionWith('title: Phones', '\nAlways.\n')).not.toBe(usual);
    expect(versionWith('version: 3')).toBe('3');
  });

  test('of whom: a group that roles belong to, a role, or everybody', () => {
    const asked = (...audience: string[]) => rolesAsked({ audience }, whitefield.roles);
    expect(asked('governor')).toEqual(new Set(['chair-of-governors', 'vice-chair-of-governors', 'governor']));
    expect(asked('teacher', 'contractor')).toEqual(new Set(['teacher', 'contractor']));
    expect(asked('nobody')).toEqual(new Set());
    expect(asked()).toBeUndefined();
  });
});

describe('a campaign in one school year', () => {
  const usual = { opens: '2026-11-02', due: '2026-12-11' };
  const first = { year: '2026/27', yearBegins: '2026-09-01', ...usual };

  test.each([
    ['its first year', usual, '2026-11-24', first],
    ['before it opens', usual, '2026-03-01', first],
    ['the last day of its first year', usual, '2027-08-31', first],
    [
      'the year after',
      usual,
      '2027-09-01',
      { year: '2027/28', yearBegins: '2027-09-01', opens: '2027-09-01', due: '2027-12-11' },
    ],
    [
      'due in spring',
      { opens: '2027-01-11', due: '2027-03-01' },
      '2028-08-31',
      { year: '2027/28', yearBegins: '2027-09-01', opens: '2027-09-01', due: '2028-03-01' },
    ],
    [
      'due in August',
      { opens: '2027-01-11', due: '2027-08-31' },
      '2027-09-01',
      { year: '2027/28', yearBegins: '2027-09-01', opens: '2027-09-01', due: '2028-08-31' },
    ],
    [
      'due on 29 February, in a year that has none',
      { opens: '2027-09-06', due: '2028-02-29' },
      '2028-10-01',
      { year: '2028/29', yearBegins: '2028-09-01', opens: '2028-09-01', due: '2029-02-28' },
    ],
    [
      'due on 29 February, in the next year that has one',
      { opens: '2027-09-06', due: '2028-02-29' },
      '2031-09-01',
      { year: '2031/32', yearBegins: '2031-09-01', opens: '2031-09-01', due: '2032-02-29' },
    ],
    [
      'due in the school year after the one in which it opens',
      { opens: '2027-07-01', due: '2027-09-30' },
      '2027-10-01',
      { year: '2027/28', yearBegins: '2027-09-01', opens: '2027-09-01', due: '2027-09-30' },
    ],
  ])('%s', (_, campaign, day, expected) => {
    expect(periodOf(campaign, day, days)).toEqual(expected);
  });
});

describe('versions whose acknowledgement counts', () => {
  const known = (...versions: [version: string, change: 'material' | 'minor'][]): KnownVersion[] =>
    versions.map(([version, change]) => ({ policy: 'phones', version, change }));
  const of = (version: string, change: 'material' | 'minor', before: readonly KnownVersion[]) => [
    ...versionsThatCount({ policy: 'phones', version, change }, before),
  ];

  test('a material one counts alone', () => {
    expect(of('2', 'material', known(['1', 'material']))).toEqual(['2']);
  });

  test('a minor one keeps those before it, back to the last material one', () => {
    const before = known(['1', 'material'], ['2', 'material'], ['3', 'minor'], ['4', 'minor']);
    expect(of('5', 'minor', before)).toEqual(['5', '4', '3', '2']);
    expect(of('4', 'minor', before)).toEqual(['4', '3', '2']);
    expect(of('5', 'material', before)).toEqual(['5']);
  });

  test('what the policy says now of its own change wins over what was kept', () => {
    expect(of('2', 'minor', known(['1', 'material'], ['2', 'material']))).toEqual(['2', '1']);
  });

  test('a school that goes back to an earlier version is asked for that one', () => {
    expect(of('1', 'material', known(['1', 'material'], ['2', 'minor']))).toEqual(['1']);
  });

  test('other policies’ versions are no concern', () => {
    expect(of('2', 'minor', [{ policy: 'safety', version: '1', change: 'minor' }])).toEqual(['2']);
  });
});
