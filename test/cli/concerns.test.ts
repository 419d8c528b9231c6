import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { command } from '../../src/cli/concerns.ts';
import { runCommand } from '../../src/cli/shell.ts';
import { createConcerns } from '../../src/concerns/concerns.ts';
import { enrol, ready } from '../../src/concerns/sealing/mod.ts';
import { openConcernStore } from '../../src/concerns/store/open.ts';
import { loadContent } from '../../src/content/load.ts';
import { systemClock } from '../../src/school/clock.ts';
import { createPeople } from '../../src/school/people.ts';
import { quickStretch } from '../support/concerns/house.ts';
import { hillPrimary, temporaryFolder } from '../support/content.ts';
import { fakeShell } from '../support/shell.ts';

let shell: ReturnType<typeof fakeShell>;

beforeEach(async () => {
  await ready;
  shell = fakeShell(hillPrimary);
});

async function run(...given: readonly string[]) {
  const [out, errors] = [shell.written(), shell.complaints()];
  const code = await runCommand(command, given, shell);
  return { code, out: shell.written().slice(out.length), errors: shell.complaints().slice(errors.length) };
}

/** What the person does whom a link was given to. */
async function follow(link: string): Promise<string> {
  const store = await openConcernStore(shell.environment.DATA_DIR!, systemClock);
  const { school } = loadContent(hillPrimary);
  const people = createPeople(school, []);
  const concerns = createConcerns({ store, clock: systemClock, school, people: () => people });
  const { sealed } = await enrol('marble kettle orbit seven', quickStretch);
  expect(await concerns.enrolments.enrol(link.split('#enrol=')[1]!, sealed)).toBe(true);
  await store.close();
  return Buffer.from(sealed.id).toString('base64url');
}

test('says how it is used', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') });
  for (const given of [
    [],
    ['dance'],
    ['handlers'],
    ['handlers', 'dance'],
    ['handlers', 'add'],
    ['handlers', 'add', 'dsl', 'x', 'y'],
    ['handlers', 'list', 'x'],
    ['handlersadd', 'dsl'],
    ['backup', 'x', 'y'],
    ['statistics', 'x'],
    ['--loud'],
  ])
    expect(await run(...given), given.join(' ')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Usage:'),
    });
});

describe('handlers', () => {
  test('are added by a link for one person, which is in no log and no list', async () => {
    const { code, out } = await run('handlers', 'add', 'dsl');
    expect(code).toBe(0);
    const [link = ''] = out.split('\n');
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:0\/inbox#enrol=[\w-]{32}$/);
    expect(out).toContain('Priya Raman, your designated safeguarding lead, and nobody else');
    const stored = readFileSync(join(shell.environment.DATA_DIR!, 'concerns.db'));
    expect(stored.includes(link.split('=')[1]!)).toBe(false);
    await follow(link);
    const listed = await run('handlers', 'list');
    expect(listed.out).toContain('Priya Raman, designated safeguarding lead: reads concerns');
    expect(listed.out).toMatch(/One reader is too few/);
    expect(listed.out).toMatch(/The headteacher: nobody/);
  });

  test('with an address outside, are added there', async () => {
    shell = { ...shell, environment: { ...shell.environment, PUBLIC_URL: 'https://hill.example/' } };
    expect((await run('handlers', 'add', 'headteacher')).out).toMatch(
      /^https:\/\/hill\.example\/inbox#enrol=/,
    );
  });

  test.each([
    ['nobody', /no role "nobody"/],
    ['teacher', /No concern goes to the role "teacher"/],
  ])('are not added as %s', async (role, message) => {
    expect(await run('handlers', 'add', role)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(message),
    });
  });

  test('end, and say so', async () => {
    const id = await follow((await run('handlers', 'add', 'dsl')).out.split('\n')[0]!);
    expect(await run('handlers', 'remove', id)).toMatchObject({
      code: 0,
      out: expect.stringContaining('destroyed'),
    });
    expect(await run('handlers', 'remove', id)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('no reader'),
    });
    expect((await run('handlers', 'list')).out).toContain('reads no more');
  });

  test('nobody yet is said plainly', async () => {
    expect((await run('handlers', 'list')).out).toContain('Nobody reads concerns yet');
  });
});

describe('backup', () => {
  test('copies to a file that only the bot’s account can read, and never over another', async () => {
    const file = join(temporaryFolder(), 'copy.db');
    expect(await run('backup', file)).toMatchObject({ code: 0, out: expect.stringContaining(file) });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await run('backup', file)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is there already'),
    });
  });

  test('goes beside the weekly ones without a name', async () => {
    const { out } = await run('backup');
    const [file = ''] = out.split('\n');
    expect(file).toMatch(/backups\/by-hand-\d{4}-W\d{2}\.db$/);
    expect(existsSync(file)).toBe(true);
  });
});

test('statistics say when there are none', async () => {
  expect((await run('statistics')).out).toContain('No term with concerns is over yet');
  expect(await run('statistics', '--json')).toMatchObject({ code: 0, out: '' });
});
