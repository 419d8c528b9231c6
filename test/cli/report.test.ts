import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import { command as people } from '../../src/cli/people.ts';
import { command } from '../../src/cli/report.ts';
import { runCommand } from '../../src/cli/shell.ts';
import { readCsv } from '../../src/school/csv.ts';
import { digestOfText } from '../../src/store/policy-versions.ts';
import { temporaryFolder } from '../support/content.ts';
import { platformOf } from '../support/platform.ts';
import { hillPrimaryAsking } from '../support/reminders/content.ts';
import { fakeShell } from '../support/shell.ts';

let shell: ReturnType<typeof fakeShell>;

beforeEach(() => {
  shell = fakeShell(hillPrimaryAsking());
});

async function run(...given: readonly string[]) {
  const [out, errors] = [shell.written(), shell.complaints()];
  const code = await runCommand(command, given, shell);
  return { code, out: shell.written().slice(out.length), errors: shell.complaints().slice(errors.length) };
}

const signPaper = () =>
  runCommand(
    people,
    [
      'paper',
      'aisha@hill.example',
      'phones',
      '--signed',
      '2026-11-10',
      '--reason',
      'no phone',
      '--by',
      'Susan',
    ],
    shell,
  );

describe('report', () => {
  test('says how it is used', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') });
    for (const given of [
      [],
      ['--format', 'pdf'],
      ['--format', 'constructor'],
      ['everything', '--format', 'csv'],
      ['--format', 'csv', '--head', 'x'],
      ['verify', '--format', 'csv'],
      ['verify', 'x'],
    ])
      expect(await run(...given)).toMatchObject({ code: 2, errors: expect.stringContaining('Usage:') });
    expect(await run('--format', 'csv', '--at', 'yesterday')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('--at "yesterday" is not a time.'),
    });
  });

  test('comes as JSON, CSV and HTML, with the code of the record', async () => {
    await signPaper();
    const json = await run('--format', 'json');
    const document = JSON.parse(json.out);
    expect(document.rows.map(({ name, state, how }: Record<string, unknown>) => [name, state, how])).toEqual([
      ['Aisha Malik', 'acknowledged', 'paper'],
      ['Grace Holloway', 'never', null],
      ['Priya Raman', 'never', null],
    ]);
    expect(json.errors).toMatch(/^As at \d{4}-\d\d-\d\d\. Code of the record: 1:[0-9a-f]{64}\n$/);
    expect(document.chain).toEqual({ events: 1, head: json.errors.slice(-65, -1) });
    const csv = await run('--format', 'csv');
    expect(readCsv(csv.out).records.map(({ values }) => values[1])).toEqual([
      'name',
      'Aisha Malik',
      'Grace Holloway',
      'Priya Raman',
    ]);
    const html = await run('--format', 'html');
    expect(html.out).toMatch(
      /^<!doctype html>[\s\S]*1 of 3 acknowledged \(1 on paper\) · 2 never[\s\S]*<\/html>\n$/,
    );
  });

  test('stands as at the end of any day', async () => {
    await signPaper();
    const stateOn = async (day: string) =>
      JSON.parse((await run('--format', 'json', '--at', day)).out).rows[0].state;
    expect(await stateOn('2026-11-09')).toBe('never');
    expect(await stateOn('2026-11-10')).toBe('acknowledged');
    expect(await stateOn('2026-11-01')).toBe('not_open');
    expect(await stateOn('2027-09-01')).toBe('earlier_year');
  });

  test('asks the platforms who there is; where one can’t say, it is told and the exit code is 1', async () => {
    const { factory, calls } = platformOf({ people: [{ id: 'U7', name: 'Kit' }] });
    const silent: typeof factory = {
      name: 'silent',
      create: () => ({
        ...platformOf({ name: 'silent' }).factory.create(undefined as never),
        // biome-ignore lint/correctness/useYield: a platform that fails at once
        async *people() {
          throw new Error('no network');
        },
      }),
    };
    const rows = (out: string) => JSON.parse(out).rows.map(({ name }: { name: string }) => name);
    shell = { ...shell, platforms: async () => [factory] };
    const whole = await run('--format', 'json');
    expect(whole.code).toBe(0);
    expect(rows(whole.out)).toContain('Kit');
    expect(calls).toEqual(['stop']);
    shell = { ...shell, platforms: async () => [factory, silent] };
    const partly = await run('--format', 'json');
    expect(partly.code).toBe(1);
    expect(rows(partly.out)).toContain('Kit');
    expect(partly.errors).toContain('The people of silent can’t be listed now');
  });

  test('does not lose sight of somebody whom the platform lists no more; the office gives them a last day', async () => {
    const kit = { id: 'U7', name: 'Kit' };
    const ola = { id: 'U8', name: 'Ola' };
    const rowOfKit = async (listed: readonly (typeof kit)[]) => {
      shell = { ...shell, platforms: async () => [platformOf({ people: listed }).factory] };
      const { rows } = JSON.parse((await run('--format', 'json')).out);
      return rows.find(({ name }: { name: string }) => name === 'Kit');
    };
    expect(await rowOfKit([kit, ola])).toMatchObject({ state: 'never', on_no_chat_since: null });
    expect(await rowOfKit([ola])).toMatchObject({
      state: 'never',
      on_no_chat_since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    const file = join(temporaryFolder(), 'people.csv');
    writeFileSync(
      file,
      'id,email,name,role,start,leave,away_until\nU7,,Kit,teacher,2026-11-03,2026-11-20,\n',
    );
    await runCommand(people, ['import', file], shell);
    expect(await rowOfKit([ola])).toMatchObject({
      state: 'left',
      left: '2026-11-20',
      on_no_chat_since: null,
    });
  });
});

describe('report verify', () => {
  test('tells a whole record, and one that is shorter than an earlier report', async () => {
    const empty = await run('verify');
    expect(empty).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^The record is whole\. Code: 0:0{64}\n$/),
    });
    await signPaper();
    const { out } = await run('verify');
    const code = out.trim().split(' ').at(-1)!;
    expect(await run('verify', '--head', code)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing of that report is gone.'),
    });
    expect(await run('verify', '--head', `2:${'a'.repeat(64)}`)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^The record is NOT whole\. Event 2 is missing/),
    });
    expect(await run('verify', '--head', `1:${'a'.repeat(64)}`)).toMatchObject({ code: 1 });
    expect(await run('verify', '--head', 'a')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is not the code of a report'),
    });
  });

  test.each([
    [
      'a kept text that was changed',
      `update policy_versions set clauses = replace(clauses, 'staffroom', 'pocket')`,
      'The text kept of version 2 of phones was changed after it was kept.',
    ],
    [
      'a kept text that is gone',
      'delete from policy_versions',
      'The text kept of version 2 of phones is gone, though event 1 is about it.',
    ],
    [
      'words that belong to no event',
      `insert into acknowledgement_details (position, salt, name) values (7, 'x', 'Eve')`,
      'Event 7 is not in the chain, yet something is kept for it.',
    ],
  ])('names %s', async (_, statement, words) => {
    await signPaper();
    expect((await run('verify')).code).toBe(0);
    const database = new Sqlite(join(shell.environment.DATA_DIR!, 'bot.db'));
    database.pragma('foreign_keys = off');
    database.exec(statement);
    database.close();
    expect(await run('verify')).toMatchObject({
      code: 1,
      out: expect.stringContaining(`The record is NOT whole. ${words}`),
    });
  });

  test('names a kept text that another was put in the place of, with a digest that fits', async () => {
    await signPaper();
    const database = new Sqlite(join(shell.environment.DATA_DIR!, 'bot.db'));
    const row = database.prepare('select * from policy_versions').get() as Parameters<typeof digestOfText>[0];
    const change = 'minor';
    const digest = digestOfText({ ...row, change });
    database.prepare('update policy_versions set change = ?, kept_sha256 = ?').run(change, digest);
    database.close();
    expect((await run('verify')).out).toContain(
      'NOT whole. The text kept of version 2 of phones is another, though event 1 is about it.',
    );
  });
});
