import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { AdapterFactory } from '../../src/chat/mod.ts';
import { runCommand } from '../../src/cli/shell.ts';
import { command } from '../../src/cli/start.ts';
import type { Environment } from '../../src/config.ts';
import { hillPrimary, temporaryFolder } from '../support/content.ts';
import { type FakeShell, fakeShell } from '../support/shell.ts';

const running: { readonly shell: FakeShell; readonly code: Promise<number> }[] = [];

afterEach(async () => {
  for (const { shell } of running) shell.stop();
  for (const { code } of running.splice(0)) expect(await code).toBe(0);
});

/** A platform on which nobody is. */
const platform: AdapterFactory = {
  name: 'slack',
  create: () => ({
    name: 'slack',
    start: async () => {},
    stop: async () => {},
    ready: () => true,
    send: async () => ({ kind: 'blocked', reason: 'nobody is here' }),
    update: async () => ({ kind: 'blocked', reason: 'nobody is here' }),
    people: async function* () {},
  }),
};

function shellWith(settings: Environment = {}, parts: Partial<FakeShell> = {}): FakeShell {
  const shell = fakeShell(hillPrimary);
  return { ...shell, ...parts, environment: { ...shell.environment, ...settings } };
}

/** Starts the bot, and resolves with the preview's address once it is ready. */
async function start(shell: FakeShell, given: readonly string[] = []): Promise<string> {
  running.push({ shell, code: runCommand(command, given, shell) });
  await vi.waitFor(() => expect(shell.written()).toContain('Health:'), 20_000);
  const health = /http:\S+healthz/.exec(shell.written())![0];
  // The first start enrols the example readers, which takes a while.
  await vi.waitFor(
    async () => expect((await fetch(health.replace('healthz', 'readyz'))).status).toBe(200),
    20_000,
  );
  return /Open in a browser: (\S+)\//.exec(shell.written())?.[1] ?? health.replace('/healthz', '');
}

async function stop(): Promise<void> {
  const { shell, code } = running.pop()!;
  shell.stop();
  expect(await code).toBe(0);
}

const refusalOf = async (shell: FakeShell, given: readonly string[] = []): Promise<string> => {
  expect(await runCommand(command, given, shell)).toBe(1);
  return shell.complaints();
};

/** What the page shows as its own day. */
async function dayOf(address: string): Promise<string> {
  return /<span class="now">(.*?), /.exec(await (await fetch(`${address}/`)).text())![1]!;
}

async function moveOn(address: string): Promise<void> {
  const token = /name="token" value="([^"]+)"/.exec(await (await fetch(`${address}/time`)).text())![1]!;
  const moved = await fetch(`${address}/time`, {
    method: 'POST',
    headers: { origin: new URL(address).origin },
    body: new URLSearchParams({ token, step: 'month' }),
  });
  expect(moved.status).toBe(200);
}

test('who travels through a month sees the notices that readers of concerns are sent in it', async () => {
  const address = await start(shellWith());
  await moveOn(address);
  const page = await (await fetch(`${address}/time`)).text();
  // Some twenty school days, or ten in December, with two notices on each.
  expect(page.match(/look into the inbox for concerns/g)?.length ?? 0).toBeGreaterThan(10);
});

test('without a platform the preview is at /, with data of its own, and says what to try', async () => {
  const shell = shellWith();
  const address = await start(shell);
  expect(shell.written()).toContain('What to try first');
  expect(await (await fetch(`${address}/`)).text()).toContain('Aisha Malik');
  const data = shell.environment.DATA_DIR!;
  expect(readFileSync(join(data, 'preview', 'EXAMPLE-DATA.txt'), 'utf8')).toContain('None of it is real');
  expect(existsSync(join(data, 'guidance.db'))).toBe(false);
});

test('its clock goes on where it was after a restart, and --fresh begins anew', async () => {
  const shell = shellWith();
  const first = await start(shell);
  const today = await dayOf(first);
  await moveOn(first);
  const moved = await dayOf(first);
  expect(moved).not.toBe(today);
  await stop();

  const again = shellWith(shell.environment);
  expect(await dayOf(await start(again))).toBe(moved);
  await stop();

  writeFileSync(join(shell.environment.DATA_DIR!, 'other'), 'mine');
  expect(await dayOf(await start(shellWith(shell.environment), ['--fresh']))).toBe(today);
  expect(readFileSync(join(shell.environment.DATA_DIR!, 'other'), 'utf8')).toBe('mine');
});

test('--fresh deletes no folder that the preview did not make', async () => {
  const shell = shellWith();
  const folder = join(shell.environment.DATA_DIR!, 'preview');
  mkdirSync(folder);
  writeFileSync(join(folder, 'holiday.jpg'), 'mine');
  expect(await refusalOf(shell, ['--fresh'])).toMatch(
    /preview is not a folder that the preview made.*Nothing was deleted/,
  );
  expect(readFileSync(join(folder, 'holiday.jpg'), 'utf8')).toBe('mine');
});

test('--fresh is refused where there is no preview', async () => {
  const shell = shellWith({ PREVIEW: '0' });
  expect(await refusalOf(shell, ['--fresh'])).toContain('there is none');
});

test.each(['0.0.0.0', '::', '192.0.2.7', 'school.example', '127.0.0.1.example'])(
  'it is never served on %s, which others can reach',
  async (HOST) => {
    expect(await refusalOf(shellWith({ HOST }))).toMatch(
      /^HOST is .* this machine alone\. Set HOST=127\.0\.0\.1/,
    );
    const beside = shellWith({ HOST, PREVIEW: '1' }, { platforms: async () => [platform] });
    expect(await refusalOf(beside)).toContain('PREVIEW=1 is set');
  },
);

test('beside a platform it is off', async () => {
  const shell = shellWith({ ALLOW_EXAMPLE_SCHOOL: '1' }, { platforms: async () => [platform] });
  const address = await start(shell);
  expect(shell.written()).not.toContain('Open in a browser');
  for (const path of ['/', '/preview', '/preview/']) expect((await fetch(address + path)).status).toBe(404);
  expect(existsSync(join(shell.environment.DATA_DIR!, 'preview'))).toBe(false);
});

test('with PREVIEW=1 it is a second bot under /preview, whose clock moves nothing else', async () => {
  const shell = shellWith({ ALLOW_EXAMPLE_SCHOOL: '1', PREVIEW: '1' }, { platforms: async () => [platform] });
  const address = await start(shell);
  expect(address).toMatch(/\/preview$/);
  expect((await fetch(address.replace('/preview', '/'))).status).toBe(404);
  const page = await (await fetch(`${address}/`)).text();
  const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) {
    expect(link).toMatch(/^\/preview(\/|$)/);
    expect((await fetch(new URL(link, address))).status).toBeLessThan(404);
  }
  await moveOn(address);
  const data = shell.environment.DATA_DIR!;
  expect(existsSync(join(data, 'preview', 'clock.json'))).toBe(true);
  expect(existsSync(join(data, 'clock.json'))).toBe(false);
});

test('a made-up school stops a platform from starting, with or without the preview', async () => {
  for (const PREVIEW of ['0', '1']) {
    const shell = shellWith({ PREVIEW }, { platforms: async () => [platform] });
    expect(await refusalOf(shell)).toContain('example: true');
  }
});

test('a browser is opened for somebody at a terminal, and where none can be, that is said', async () => {
  const opened: string[] = [];
  const atTerminal = (parts: Partial<FakeShell>): FakeShell => {
    const shell = shellWith({}, parts);
    Object.assign(shell.input, { isTTY: true });
    Object.assign(shell.output, { isTTY: true });
    return shell;
  };
  const open = async (url: string): Promise<boolean> => {
    opened.push(url);
    return true;
  };
  const address = await start(atTerminal({ browser: async () => open }));
  expect(opened).toEqual([`${address}/`]);
  const without = atTerminal({ browser: async () => undefined });
  await start(without);
  expect(without.written()).toContain('No browser can be opened from here.');
  const piped = shellWith({}, { browser: async () => open });
  await start(piped);
  expect(opened).toHaveLength(1);
  expect(piped.written()).not.toContain('No browser');
});

test('a folder for data that can’t be one is said in a line', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'preview'), 'a file');
  expect(await refusalOf(shellWith({ DATA_DIR: folder }))).toMatch(
    /is not a folder that the preview made.*\n$/,
  );
});
