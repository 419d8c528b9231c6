import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/chat/mod.ts';
import { command as people } from '../../src/cli/people.ts';
import { command } from '../../src/cli/remind.ts';
import { runCommand, type Shell } from '../../src/cli/shell.ts';
import { temporaryFolder } from '../support/content.ts';
import { platformOf } from '../support/platform.ts';
import { hillPrimaryAsking } from '../support/reminders/content.ts';
import { fakeShell } from '../support/shell.ts';

let shell: ReturnType<typeof fakeShell>;

beforeEach(() => {
  shell = fakeShell(hillPrimaryAsking());
});

async function run(given: readonly string[], own: Partial<Shell> = {}) {
  const [out, errors] = [shell.written(), shell.complaints()];
  const code = await runCommand(command, given, { ...shell, ...own });
  return { code, out: shell.written().slice(out.length), errors: shell.complaints().slice(errors.length) };
}

const dryRun = (at: string) => run(['--at', at, '--dry-run']);
const lines = ({ out }: { out: string }) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const digest = { rung: 'digest', items: [{ policy: 'phones', version: '2', due: '2026-12-11' }] };

/** As with Slack set; the school's people have accounts there, and the example may be used. */
function slack(outcome?: (person: string) => Outcome | Promise<Outcome>) {
  const accounts = ['head', 'dsl', 'aisha'].map((name) => ({
    id: `U-${name}`,
    name,
    email: `${name}@hill.example`,
  }));
  const platform = platformOf({
    people: accounts,
    ...(outcome && { outcome: ({ person }) => outcome(person) }),
  });
  const own = {
    platforms: async () => [platform.factory],
    environment: { ...shell.environment, ALLOW_EXAMPLE_SCHOOL: '1' },
  };
  return { ...platform, own };
}

describe('remind --dry-run', () => {
  test('prints one line of JSON a message, by person', async () => {
    const result = await dryRun('2026-12-01T09:00');
    expect(result).toMatchObject({ code: 0, errors: '' });
    expect(lines(result)).toEqual([
      { person: 'aisha@hill.example', ...digest },
      { person: 'dsl@hill.example', ...digest },
      { person: 'head@hill.example', ...digest },
    ]);
    expect(Object.keys(lines(result)[0])).toEqual(['person', 'rung', 'items']);
  });

  test.each([
    ['2026-12-04T09:00', 'week_before'],
    ['2026-12-10T16:29', 'day_before'],
    ['2026-12-11T08:00', 'due_day'],
    ['2026-12-18T09:00', 'overdue'],
  ])('at %s: %s', async (at, rung) => {
    expect(lines(await dryRun(at)).map((line) => line.rung)).toEqual([rung, rung, rung]);
  });

  test.each(['2026-12-05T09:00', '2026-12-01T07:59', '2026-12-01T16:30', '2026-10-30T09:00'])(
    'at %s nobody is written to',
    async (at) => {
      expect(await dryRun(at)).toEqual({
        code: 0,
        out: '',
        errors: 'Nobody is to be reminded at that time.\n',
      });
    },
  );

  test('knows the office’s list, its leavers, joiners and those away, and who has signed', async () => {
    const file = join(temporaryFolder(), 'people.csv');
    writeFileSync(
      file,
      'id,email,name,role,start,leave,away_until\n' +
        'U1,,Joiner,teacher,2026-12-01,,\nU2,,Later,teacher,2026-12-02,,\n' +
        'U3,,Leaver,teacher,,2026-11-30,\nU4,,Away,teacher,,,2026-12-02\n' +
        ',head@hill.example,Grace,headteacher,,2026-11-30,\n',
    );
    await runCommand(people, ['import', file], shell);
    const paper = ['--signed', '2026-11-10', '--reason', 'x', '--by', 'y'];
    await runCommand(people, ['paper', 'dsl@hill.example', 'phones', ...paper], shell);
    const due = lines(await dryRun('2026-12-01T09:00'));
    expect(due.map(({ person }) => person)).toEqual(['U1', 'aisha@hill.example']);
    // Ten working days from the start: no term dates, so every weekday counts.
    expect(due[0].items[0].due).toBe('2026-12-15');
  });

  test('sends nothing, and keeps nothing of it', async () => {
    const { sent, own } = slack();
    const first = await run(['--at', '2026-12-01T09:00', '--dry-run'], own);
    expect(lines(first).map(({ person }) => person)).toEqual(['U-aisha', 'U-dsl', 'U-head']);
    expect(await run(['--at', '2026-12-01T09:00', '--dry-run'], own)).toEqual(first);
    expect(sent).toEqual([]);
  });

  test('says how it is used, and what is wrong with a time', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') });
    expect(await run(['now'])).toMatchObject({ code: 2 });
    expect(await dryRun('2026-12-01')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('time of day'),
    });
    expect(await dryRun('soon')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('2026-12-01T09:00'),
    });
  });
});

describe('remind', () => {
  test('sends on the platforms that are set, without starting them, each message once', async () => {
    const { sent, calls, own } = slack();
    const result = await run(['--at', '2026-12-01T09:00'], own);
    expect(result).toEqual({ code: 0, out: '3 sent.\n', errors: '' });
    expect(sent.map(({ person }) => person).sort()).toEqual(['U-aisha', 'U-dsl', 'U-head']);
    expect(calls).toEqual(['stop']);
    expect((await run(['--at', '2026-12-01T09:05'], own)).out).toBe(
      'Nobody is to be reminded at that time.\n',
    );
    expect(sent).toHaveLength(3);
  });

  test('shows a bar on a terminal', async () => {
    const { own } = slack();
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    await run(['--at', '2026-12-01T09:00'], { ...own, errors: terminal });
    expect(terminal.read()?.toString()).toMatch(/\r█{30} 3 of 3 done\n$/);
  });

  test('names for the office whom it could not reach', async () => {
    const { own } = slack((person) =>
      person === 'U-aisha'
        ? { kind: 'blocked', reason: 'they left the workspace' }
        : { kind: 'sent', message: 'm' },
    );
    const { code, out, errors } = await run(['--at', '2026-12-01T09:00'], own);
    expect({ code, out }).toEqual({ code: 1, out: '2 sent, 1 can’t be reached.\n' });
    expect(errors).toBe('Not reached: Aisha Malik (they left the workspace)\n');
  });

  test('stops when it is told to, and carries on the next time', async () => {
    const platform = slack((): Outcome => {
      shell.stop();
      return { kind: 'sent', message: 'm' };
    });
    const { code, out, errors } = await run(['--at', '2026-12-01T09:00'], platform.own);
    expect({ code, out }).toEqual({ code: 1, out: '1 sent, 2 not sent so far.\n' });
    expect(errors).toContain('The same command carries on from here.');
    const rest = slack();
    expect((await run(['--at', '2026-12-01T09:00'], rest.own)).out).toBe('2 sent.\n');
    expect([...platform.sent, ...rest.sent].map(({ person }) => person).sort()).toEqual([
      'U-aisha',
      'U-dsl',
      'U-head',
    ]);
  });

  test('says so where no platform is set, and where the school is an example', async () => {
    expect(await run(['--at', '2026-12-01T09:00'])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('add --dry-run'),
    });
    const { own, sent } = slack();
    expect(await run([], { platforms: own.platforms })).toMatchObject({
      code: 1,
      errors: expect.stringContaining('ALLOW_EXAMPLE_SCHOOL=1'),
    });
    expect(sent).toEqual([]);
  });
});
