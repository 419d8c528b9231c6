import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { command } from '../../src/cli/people.ts';
import { command as report } from '../../src/cli/report.ts';
import { runCommand } from '../../src/cli/shell.ts';
import { systemClock } from '../../src/school/clock.ts';
import { listAcknowledgements } from '../../src/store/acknowledgements.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { listPeople } from '../../src/store/people.ts';
import { clausesOf } from '../../src/store/policy-versions.ts';
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

const header = 'id,email,name,role,start,leave,away_until\n';

function csv(text: string): string {
  const file = join(temporaryFolder(), 'people.csv');
  writeFileSync(file, text);
  return file;
}

async function inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir: shell.environment.DATA_DIR!, clock: systemClock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const listed = () => inStore(listPeople);

describe('people', () => {
  test('says how it is used', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') });
    for (const given of [
      [],
      ['dance'],
      ['import'],
      ['import', 'a', 'b'],
      ['list', 'x'],
      ['remove'],
      ['paper', 'x', 'phones'],
      ['paper', 'x', 'phones', '--signed', '2026-11-20', '--reason', 'y'],
      ['list', '--by', 'me'],
      ['revoke', '1', '--by', 'me', '--reason', 'y', '--signed', '2026-11-20'],
      ['--loud'],
    ])
      expect(await run(...given)).toMatchObject({ code: 2, errors: expect.stringContaining('Usage:') });
  });
});

describe('people import', () => {
  test('adds and updates, and counts', async () => {
    const file = csv(
      `${header}U1,aisha@hill.example,Aisha,teacher,2026-09-01,,\n,bo@hill.example,Bo,teacher;dsl,,,\n`,
    );
    expect(await run('import', file)).toEqual({
      code: 0,
      out: '2 added, 0 updated, 0 unchanged. A bot that is running knows within the hour.\n',
      errors: '',
    });
    const later = csv(`${header},BO@hill.example,Bo,teacher,,2026-12-18,\nU1,,Aisha,teacher,2026-09-01,,\n`);
    expect((await run('import', later)).out).toContain('0 added, 1 updated, 1 unchanged.');
    expect(await listed()).toEqual([
      { id: 'U1', email: 'aisha@hill.example', name: 'Aisha', roles: ['teacher'], start: '2026-09-01' },
      { email: 'bo@hill.example', name: 'Bo', roles: ['teacher'], leave: '2026-12-18' },
    ]);
  });

  test('imports nobody where one line is wrong, and says which and what to do', async () => {
    const file = csv(`${header}U1,,Ann,teacher,,,\nU2,,Bo,wizard,01/09/2026,,\n`);
    const { code, out, errors } = await run('import', file);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(errors.split('\n')).toEqual([
      `${file}:3: role: "wizard" is not one of the roles in school.yaml. Use headteacher, dsl, teacher; or add it to school.yaml.`,
      `${file}:3: start: "01/09/2026" is not written as year-month-day. Write 2026-09-01 if you mean 1 September 2026.`,
      `Nobody was imported: there are 2 faults in ${file}.`,
      '',
    ]);
    expect(await listed()).toEqual([]);
  });

  test('imports nobody where somebody on the list has the same e-mail', async () => {
    await run(
      'import',
      csv(`${header}U1,ann@hill.example,Ann,teacher,,,\nU2,bo@hill.example,Bo,teacher,,,\n`),
    );
    const { code, errors } = await run(
      'import',
      csv(`${header}U3,,Cy,teacher,,,\nU2,ann@hill.example,Bo,teacher,,,\n`),
    );
    expect(code).toBe(1);
    expect(errors).toMatch(
      /:3: email: "ann@hill\.example" is Ann's on the list\. .*\nNobody was imported: there is 1 fault/,
    );
    expect((await listed()).map(({ name }) => name)).toEqual(['Ann', 'Bo']);
  });

  test('says so where the file can’t be read', async () => {
    expect(await run('import', '/nowhere/people.csv')).toMatchObject({
      code: 1,
      errors: 'There is no file /nowhere/people.csv. Check its name, and the folder that you are in.\n',
    });
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'people.csv'));
    expect(await run('import', join(folder, 'people.csv'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is a folder'),
    });
  });

  test('prints nothing that could harm a terminal', async () => {
    const { errors } = await run('import', csv(`${header}U1,,Ann,"te\u001b[2Jacher",,,\n`));
    expect(errors).not.toContain('\u001b');
  });
});

describe('people list and remove', () => {
  test('show the office’s list and school.yaml, and take somebody off the first', async () => {
    await run('import', csv(`${header}U1,,Zoë Lark,teacher,2026-09-01,2027-07-21,2027-01-04\n`));
    const { out } = await run('list');
    expect(out.split('\n')).toEqual([
      'Aisha Malik (aisha@hill.example) · teacher · from school.yaml',
      'Grace Holloway (head@hill.example) · headteacher · from school.yaml',
      'Priya Raman (dsl@hill.example) · designated safeguarding lead · from school.yaml',
      'Zoë Lark (U1) · teacher · first day 1 September 2026 · last day 21 July 2027 · away until 4 January 2027 · from the office’s list',
      '',
    ]);
    const lines = (await run('list', '--json')).out.trim().split('\n');
    expect(JSON.parse(lines[3]!)).toEqual({
      id: 'U1',
      email: '',
      name: 'Zoë Lark',
      role: 'teacher',
      start: '2026-09-01',
      leave: '2027-07-21',
      away_until: '2027-01-04',
      from: 'list',
    });
    expect(await run('remove', 'U1')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Zoë Lark is taken off'),
    });
    expect(await run('remove', 'U1')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('Nobody on the'),
    });
    expect(await run('remove', 'aisha@hill.example')).toMatchObject({ code: 1 });
  });
});

describe('people paper and revoke', () => {
  const details = ['--signed', '2026-11-20', '--reason', 'no account', '--by', 'Susan Lark'] as const;

  test('put a signature on record once, with who and why', async () => {
    expect(await run('paper', 'AISHA@hill.example', 'phones', ...details)).toEqual({
      code: 0,
      out: expect.stringContaining(
        'On record as number 1: Aisha Malik signed on paper on 20 November 2026: Phone Policy, version 2. Keep the paper.\n',
      ),
      errors: '',
    });
    expect((await run('paper', 'aisha@hill.example', 'phones', ...details)).out).toMatch(
      /^It is on record already, as number 1/,
    );
    const [kept, ...more] = await inStore(listAcknowledgements);
    expect(more).toEqual([]);
    expect(kept).toMatchObject({
      how: 'paper',
      person: { id: 'aisha@hill.example', name: 'Aisha Malik', email: 'aisha@hill.example' },
      policy: 'phones',
      version: '2',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      signedOn: '2026-11-20',
      recordedBy: 'Susan Lark',
      reason: 'no account',
    });
  });

  test('find somebody whom only a platform knows', async () => {
    const { factory } = platformOf({ people: [{ id: 'U7', name: 'Kit', email: 'kit@hill.example' }] });
    const own = { ...shell, platforms: async () => [factory] };
    expect(await runCommand(command, ['paper', 'U7', 'phones', ...details], own)).toBe(0);
    expect((await inStore(listAcknowledgements))[0]?.person).toEqual({
      id: 'U7',
      name: 'Kit',
      email: 'kit@hill.example',
    });
  });

  test.each([
    [['nobody@hill.example', 'phones', ...details], 'Nobody has the id or e-mail nobody@hill.example'],
    [
      ['aisha@hill.example', 'cars', ...details],
      'No policy "cars" asks to be acknowledged. Those that do: phones.',
    ],
    [
      ['aisha@hill.example', 'phones', ...details, '--version', '1'],
      'version "1" of "phones". Use one of: 2.',
    ],
    [
      ['aisha@hill.example', 'phones', ...details, '--signed', '20/11/2026'],
      '--signed "20/11/2026" is not a day',
    ],
    [['aisha@hill.example', 'phones', ...details, '--signed', '2126-11-20'], 'is still to come'],
    [
      ['aisha@hill.example', 'phones', ...details, '--signed', '2025-11-20'],
      'lies before version "2" of "phones", which there has been since 2026-11-02. Check the year.',
    ],
  ])('refuse %j', async (given, why) => {
    expect(await run('paper', ...given)).toMatchObject({ code: 1, errors: expect.stringContaining(why) });
    expect(await inStore(listAcknowledgements)).toEqual([]);
  });

  test('a day before the version was approved is refused, and one of an earlier school year is told', async () => {
    shell = fakeShell(hillPrimaryAsking('reviewed: 2024-06\n'));
    const signedOn = (day: string) =>
      run('paper', 'aisha@hill.example', 'phones', ...details, '--signed', day);
    expect(await signedOn('2024-05-31')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('since 2024-06-01. Check the year.'),
    });
    expect(await signedOn('2024-06-01')).toMatchObject({
      code: 0,
      out: expect.stringContaining('That was in the school year 2023/24, so it does not count for this one.'),
    });
  });

  test('keep the text that was signed, as a bot that runs does', async () => {
    const content = hillPrimaryAsking();
    shell = fakeShell(content);
    await run('paper', 'aisha@hill.example', 'phones', ...details);
    const [signed] = await inStore(listAcknowledgements);
    const clauses = await inStore((store) => clausesOf(store, signed!));
    expect(clauses?.map(({ id }) => id)).toContain('work.staffroom');

    const file = join(content, 'phones', 'policy.md');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('version: "2"', 'version: "3"\nchange: minor'));
    await runCommand(report, ['--format', 'json', '--at', '2026-11-21'], shell);
    const { rows } = JSON.parse(shell.written().slice(shell.written().indexOf('{')));
    expect(rows.find(({ name }: { name: string }) => name === 'Aisha Malik')).toMatchObject({
      state: 'acknowledged',
      colour: 'green',
    });
  });

  test('count for one person, also after somebody else was given the e-mail', async () => {
    const import_ = (lines: string) => run('import', csv(`${header}${lines}`));
    await import_('U1,ann@hill.example,Ann,teacher,,,\nU2,bo@hill.example,Bo,teacher,,,\n');
    await run('paper', 'U1', 'phones', ...details);
    await import_('U1,ann.new@hill.example,Ann,teacher,,,\nU2,ann@hill.example,Bo,teacher,,,\n');
    await runCommand(report, ['--format', 'json', '--at', '2026-11-21'], shell);
    const { rows } = JSON.parse(shell.written().slice(shell.written().indexOf('{')));
    const states = Object.fromEntries(
      rows.map(({ name, state }: { name: string; state: string }) => [name, state]),
    );
    expect(states).toMatchObject({ Ann: 'acknowledged', Bo: 'never' });
    expect((await run('paper', 'U2', 'phones', ...details)).out).toContain('On record as number 2: Bo');
  });

  test('make an acknowledgement count no more, once', async () => {
    await run('paper', 'aisha@hill.example', 'phones', ...details);
    const why = ['--reason', 'wrong person', '--by', 'Susan Lark'] as const;
    expect(await run('revoke', '1', ...why)).toMatchObject({
      code: 0,
      out: 'Number 1 counts no more: Aisha Malik has not acknowledged it any more. It stays on record, with the reason.\n',
    });
    expect((await run('revoke', '1', ...why)).out).toContain('was revoked before');
    expect(await run('revoke', '2', ...why)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('no acknowledgement'),
    });
    expect(await run('revoke', 'x', ...why)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is not the number'),
    });
    expect((await inStore(listAcknowledgements))[0]).toMatchObject({
      revokedBy: 'Susan Lark',
      revokedBecause: 'wrong person',
    });
    // What was revoked does not stand in the way of the right one.
    expect((await run('paper', 'aisha@hill.example', 'phones', ...details)).out).toContain(
      'On record as number 3',
    );
  });
});
