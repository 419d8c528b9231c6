import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { command } from '../../src/cli/content.ts';
import { runCommand } from '../../src/cli/shell.ts';
import { loadContent } from '../../src/content/load.ts';
import { createReferrals, type Referrals } from '../../src/referrals/referrals.ts';
import { systemClock } from '../../src/school/clock.ts';
import { createPeople } from '../../src/school/people.ts';
import { openStore } from '../../src/store/open.ts';
import { copyOfHillPrimary } from '../support/content.ts';
import { fakeShell } from '../support/shell.ts';

let content: string;
let shell: ReturnType<typeof fakeShell>;

beforeEach(() => {
  content = copyOfHillPrimary();
  shell = fakeShell(content);
});

async function run(...given: readonly string[]) {
  const [out, errors] = [shell.written(), shell.complaints()];
  const code = await runCommand(command, given, shell);
  return { code, out: shell.written().slice(out.length), errors: shell.complaints().slice(errors.length) };
}

/** What a bot on the same data folder has done. */
async function before(work: (referrals: Referrals) => Promise<unknown>): Promise<void> {
  const store = await openStore({ dataDir: shell.environment.DATA_DIR!, clock: systemClock });
  const { school } = loadContent(content);
  await work(createReferrals({ store, clock: systemClock, school, people: () => createPeople(school, []) }));
  await store.close();
}

const guidance = (): string => readFileSync(join(content, 'phones', 'guidance.yaml'), 'utf8');

/** The id at the beginning of the only gap listed. */
async function listedGap(): Promise<string> {
  const { out } = await run('gaps');
  return /^([0-9a-f]+): /.exec(out)?.[1] ?? out;
}

describe('content', () => {
  test('says how it is used', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') });
    for (const given of [
      [],
      ['dance'],
      ['teach'],
      ['teach', 'one'],
      ['gaps', 'x'],
      ['check', 'a', 'b'],
      ['--loud'],
    ])
      expect(await run(...given)).toMatchObject({ code: 2, errors: expect.stringContaining('Usage:') });
  });
});

describe('content check', () => {
  test('says so where all is in order', async () => {
    expect(await run('check')).toEqual({
      code: 0,
      out: expect.stringContaining('is in order: 1 policy, 33 clauses, 3 entries of guidance.'),
      errors: '',
    });
    expect(await run('check', content)).toMatchObject({ code: 0 });
  });

  test('lists each fault with its file, line and what to do', async () => {
    writeFileSync(
      join(content, 'phones', 'guidance.yaml'),
      guidance().replace('[work.pupils]', '[work.pupil]'),
    );
    const { code, out } = await run('check');
    expect(code).toBe(1);
    expect(out).toMatch(
      /guidance\.yaml:7: There is no clause "work\.pupil" .* Did you mean "work\.pupils"\?\n/,
    );
    expect(out).toMatch(/\n\d+ faults in .*\.\n$/);
  });

  test('says so where there is no folder', async () => {
    expect(await run('check', '/nowhere')).toMatchObject({
      code: 1,
      out: expect.stringContaining('There is no such folder'),
    });
  });
});

describe('content gaps, teach and dismiss', () => {
  const report = (question: string) =>
    before((referrals) => referrals.reportGap(question, { policy: 'phones', entry: 'work.pupils' }));

  test('list what was reported, with nothing that could harm a terminal', async () => {
    expect((await run('gaps')).out).toBe('Nobody has reported a question.\n');
    await report('May I\u001B[2J text a parent?');
    await report('May I\u001B[2J text a parent?');
    const { code, out } = await run('gaps');
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /^[0-9a-f]{10}: “May I␛\[2J text a parent\?” Reported 2 times, last on \d{4}-\d\d-\d\d\. It came nearest to work\.pupils of phones\. $/,
    );
  });

  test('turn a gap into a phrasing, and change nothing else in the file', async () => {
    await report('is it ok if I ring\nyear 6 about the trip');
    const was = guidance();
    const { code, out } = await run('teach', await listedGap(), 'call-pupil');
    expect(out).toContain('guidance.yaml: "call-pupil" now has this phrasing too.');
    expect(code).toBe(0);
    expect(guidance()).toBe(
      was.replace(
        '      - "call a pupil"\n',
        '      - "call a pupil"\n      - is it ok if I ring year 6 about the trip\n',
      ),
    );
    expect((await run('gaps')).out).toBe('Nobody has reported a question.\n');
  });

  test('put the file back where the check then finds a fault, and keep the gap', async () => {
    await report('phone STORAGE?');
    const was = guidance();
    const gap = await listedGap();
    const { code, errors } = await run('teach', gap, 'call-pupil');
    expect(code).toBe(1);
    expect(errors).toMatch(/is claimed by .*\n.*guidance\.yaml is as it was: nothing was added\.\n$/);
    expect(guidance()).toBe(was);
    expect(await listedGap()).toBe(gap);
  });

  test('say so where there is no such gap or entry', async () => {
    expect(await run('teach', 'nope', 'call-pupil')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no question nope'),
    });
    await report('what of it?');
    expect(await run('teach', await listedGap(), 'nope')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('has an entry "nope"'),
    });
    expect(await run('dismiss', 'nope')).toMatchObject({ code: 1 });
  });

  test('take a gap off the list', async () => {
    await report('what of it?');
    expect(await run('dismiss', await listedGap())).toMatchObject({ code: 0 });
    expect((await run('gaps')).out).toBe('Nobody has reported a question.\n');
  });
});

test('content feedback lists what helped least first', async () => {
  expect((await run('feedback')).out).toBe('Nobody has judged an answer.\n');
  await before(async (referrals) => {
    await referrals.helpful({ policy: 'phones', entry: 'staffroom', version: '2' });
    await referrals.unhelpful({ policy: 'phones', entry: 'call-pupil' });
  });
  expect((await run('feedback')).out).toBe(
    'call-pupil of phones: not helpful 1 time, helpful 0 times\n' +
      'staffroom of phones, version 2: not helpful 0 times, helpful 1 time\n',
  );
});
