import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runCommand } from '../../src/cli/shell.ts';
import { command } from '../../src/cli/start.ts';
import type { Environment } from '../../src/config.ts';
import { hillPrimary } from '../support/content.ts';
import { type FakeShell, fakeShell } from '../support/shell.ts';

const withSettings = (shell: FakeShell, settings: Environment): FakeShell => ({
  ...shell,
  environment: { ...shell.environment, ...settings },
});

test('runs until it is told to stop, says where it is and how to talk to it, and serves health', async () => {
  const shell = withSettings(fakeShell(hillPrimary), { PREVIEW: '0' });
  const running = runCommand(command, [], shell);
  await vi.waitFor(() => expect(shell.written()).toContain('Health:'), 20_000);
  expect(shell.written()).toContain('School: Hill Primary (a made-up example)\nPolicies: Phone Policy\n');
  expect(shell.written()).toContain('There is no terminal here to type in.');
  const url = /http:\S+healthz/.exec(shell.written())![0];
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(url.replace('healthz', ''))).status).toBe(404);
  await vi.waitFor(async () => expect((await fetch(url.replace('healthz', 'readyz'))).status).toBe(200));
  shell.stop();
  expect(await running).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

test('stops with one clear line where the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const shell = fakeShell(hillPrimary);
  const busy = withSettings(shell, { PORT: String(port) });
  const kept = join(shell.environment.DATA_DIR!, 'preview');
  mkdirSync(kept);
  // What is at work on that port may be at work on this very data.
  expect(await runCommand(command, ['--fresh'], busy)).toBe(1);
  expect(existsSync(kept)).toBe(true);
  expect(shell.complaints()).toMatch(
    new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use by another program\\..*\\n$`),
  );
  other.close();
});

test('does not start where another bot runs on the same data, says so in one line, and deletes nothing', async () => {
  const shell = fakeShell(hillPrimary);
  const running = runCommand(command, [], shell);
  await vi.waitFor(() => expect(shell.written()).toContain('Health:'), 20_000);
  for (const given of [[], ['--fresh']]) {
    const other = fakeShell(hillPrimary);
    const same = withSettings(other, { DATA_DIR: shell.environment.DATA_DIR });
    expect(await runCommand(command, given, same)).toBe(1);
    expect(other.complaints()).toMatch(/^Another bot is running on the data in [^\n]+\n$/);
    expect(other.written()).toBe('');
  }
  expect(existsSync(join(shell.environment.DATA_DIR!, 'preview', 'bot.db'))).toBe(true);
  shell.stop();
  expect(await running).toBe(0);
  // Once that one has stopped, its place is free.
  const next = withSettings(fakeShell(hillPrimary), { DATA_DIR: shell.environment.DATA_DIR, PREVIEW: '0' });
  const again = runCommand(command, [], next);
  await vi.waitFor(() => expect(next.written()).toContain('Health:'), 20_000);
  next.stop();
  expect(await again).toBe(0);
});

test('stops before anything else where a setting is wrong', async () => {
  const shell = fakeShell(hillPrimary);
  const wrong = { ...shell, environment: { ...shell.environment, PORT: 'x', LOG_LEVEL: 'y' } };
  expect(await runCommand(command, [], wrong)).toBe(1);
  expect(shell.complaints().trimEnd().split('\n')).toHaveLength(2);
  expect(shell.written()).toBe('');
});

test('says how it is used', async () => {
  const shell = fakeShell(hillPrimary);
  expect(await runCommand(command, ['--help'], shell)).toBe(0);
  expect(shell.written()).toContain('Usage: npm start');
  expect(await runCommand(command, ['now'], shell)).toBe(2);
  expect(await runCommand(command, ['--fast'], shell)).toBe(2);
});
