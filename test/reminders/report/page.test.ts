import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportPage } from '../../../src/reminders/report/page.ts';
import type { Report, ReportRow } from '../../../src/reminders/report/report.ts';
import { campaignOf, whitefield } from '../../support/reminders/scenario.ts';

const row = (name: string, more: Partial<ReportRow> = {}): ReportRow => ({
  person: `${name}-id`,
  name,
  roles: ['teacher'],
  policy: 'phones',
  title: 'Phones',
  version: '1',
  state: 'never',
  words: 'Never acknowledged',
  colour: 'red',
  overdue: false,
  due: '2026-12-11',
  ...more,
});
const signature = { number: 5, version: '1', on: '2026-11-05', how: 'chat', attempts: 2 } as const;
const paper = {
  number: 6,
  version: '1',
  on: '2026-11-06',
  how: 'paper',
  recorded: { by: 'Susan Lark', on: '2026-11-09', reason: 'no account' },
} as const;
const green = { state: 'acknowledged', words: 'Acknowledged', colour: 'green' } as const;

function reportOf(rows: readonly ReportRow[], more: Partial<Report> = {}): Report {
  return {
    school: 'Hill School',
    example: false,
    asAt: '2026-11-23',
    madeOn: '2026-11-23',
    head: { position: 12, hash: 'ab'.repeat(32) },
    campaigns: [campaignOf()],
    rows,
    notAsked: [],
    revoked: [],
    ...more,
  };
}

const pageOf = (report: Report) => reportPage(report, whitefield.roles);

/** What a reader reads, without marks and repeated spaces. */
const textOf = (page: string) =>
  page
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the page to print', () => {
  test('says in words how many of each role stand how', async () => {
    const text = textOf(
      await pageOf(
        reportOf([
          row('Ann', { ...green, signature }),
          row('Bo', { ...green, signature: paper, roles: ['teacher', 'dsl'] }),
          row('Cy', { state: 'older_version', words: 'Acknowledged an older version', colour: 'amber' }),
          row('Dee', { overdue: true }),
          row('Eve', { awayUntil: '2027-01-04' }),
          row('Flo', { left: '2026-11-01', words: 'Left before acknowledging' }),
        ]),
      ),
    );
    const counts =
      '2 of 5 acknowledged (1 on paper) · 1 in an earlier year, or an older version · 2 never · 1 overdue · 1 away';
    expect(text).toContain(`Everybody ${counts}`);
    expect(text).toContain(`Teacher ${counts}`);
    expect(text).toContain('Designated safeguarding lead 1 of 1 acknowledged (1 on paper)');
  });

  test('lists each person with state, due date and signature in words', async () => {
    const page = await pageOf(
      reportOf([
        row('Ann', { ...green, signature, email: 'ann@hill.example' }),
        row('Bo', { ...green, signature: paper }),
        row('Eve', { awayUntil: '2027-01-04' }),
        row('Dee', { overdue: true, vanished: '2026-11-20' }),
        row('Cy', {
          colour: 'amber',
          words: 'Acknowledged an older version',
          signature: { ...signature, version: '0' },
        }),
      ]),
    );
    const text = textOf(page);
    expect(text).toContain(
      'Ann teacher · ann@hill.example ✔ Acknowledged 11 December 2026 5 November 2026 in the chat · 2 attempts · number 5',
    );
    expect(text).toContain(
      'Bo teacher · Bo-id ✔ Acknowledged 11 December 2026 6 November 2026 on paper · number 6',
    );
    expect(text).toContain('Eve teacher · Eve-id ✖ Never acknowledged Away until 4 January 2027');
    expect(text).toContain(
      'Dee teacher · Dee-id ✖ Never acknowledged Overdue On no chat since 20 November 2026',
    );
    expect(text).toContain('an older text, version 0 · 2 attempts');
    expect(text).toMatch(
      /Signatures on paper .* Bo Phones 6 November 2026 9 November 2026 by Susan Lark: no account/,
    );
    expect(text).toContain(`The chain now has 12 events, and the last one is: 12:${'ab'.repeat(32)}`);
  });

  test('shows what else was signed, and what was revoked', async () => {
    const other = { person: 'U9', name: 'Gil', policy: 'phones', title: 'Phones', signature };
    const text = textOf(
      await pageOf(
        reportOf([], {
          notAsked: [other],
          revoked: [{ ...other, revoked: { on: '2026-11-20', by: 'Susan', reason: 'wrong person' } }],
        }),
      ),
    );
    expect(text).toMatch(
      /people who are not asked now .* Gil Phones, version 1 5 November 2026, in the chat, number 5/,
    );
    expect(text).toContain('Revoked on 20 November 2026 by Susan: wrong person');
    expect(text).toContain('Nobody is asked to acknowledge it.');
  });

  test('says where it looks ahead, where the school is made up, and where nothing is asked', async () => {
    const ahead = reportOf([], { asAt: '2026-12-20', example: true, campaigns: [] });
    const text = textOf(await pageOf(ahead));
    expect(text).toContain('as at the end of 20 December 2026 . Made on 23 November 2026: it looks ahead');
    expect(text).toContain('made-up example');
    expect(text).toContain('No policy asks to be acknowledged.');
  });

  test('runs nothing, and asks nothing of any other place', async () => {
    const page = await pageOf(reportOf([row('Ann', { ...green, signature })]));
    expect(page).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
    expect(page).not.toMatch(
      /<(script|link|img|iframe|form|a|object)\b|\b(?:src|href|on\w+)=|@import|url\(|https?:/i,
    );
    expect(page).toContain("default-src 'none'");
  });

  test('whatever names and reasons hold stays text', async () => {
    const marks = (page: string) => page.match(/[<>]/g)?.length;
    const make = (text: string) =>
      pageOf(
        reportOf([row(text, { ...green, email: text, signature: paper, roles: [text], title: text })], {
          school: text,
          campaigns: [campaignOf({ title: text })],
          revoked: [
            {
              person: text,
              name: text,
              policy: 'phones',
              title: text,
              signature: { ...paper, recorded: { by: text, on: '2026-11-09', reason: text } },
              revoked: { on: '2026-11-20', by: text, reason: text },
            },
          ],
        }),
      );
    const expected = marks(await make('x'));
    const text = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' style='",
        '&lt;b&gt;',
        '</style>',
      ),
    );
    await fc.assert(
      fc.asyncProperty(text, async (any) => {
        const page = await make(any);
        expect(marks(page)).toBe(expected);
        expect(page).not.toMatch(/=("[^"<>]*)<|<script|<img/);
      }),
    );
  });
});
