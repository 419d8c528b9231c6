import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runCommand } from '../../src/cli/shell.ts';
import { command } from '../../src/cli/start.ts';
import type { Environment } from '../../src/config.ts';
import { hillPrimary } from '../support/content.ts';
import { fakeShell } from '../support/shell.ts';

/** The bot as `npm start` runs it, until `work` is done. */
async function running(settings: Environment, work: (url: string, dataDir: string) => Promise<void>) {
  const given = fakeShell(hillPrimary);
  const shell = { ...given, environment: { ...given.environment, ...settings } };
  const stopped = runCommand(command, [], shell);
  await vi.waitFor(() => expect(shell.written()).toContain('Health:'), 20_000);
  const url = /(http:\S+)\/healthz/.exec(shell.written())![1]!;
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 20_000);
  try {
    await work(url, shell.environment.DATA_DIR!);
  } finally {
    shell.stop();
    expect(await stopped).toBe(0);
  }
}

const list = async (url: string): Promise<unknown> => {
  const response = await fetch(`${url}/inbox/call/list`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: '{}',
  });
  return response.json();
};

test('door B and the inbox lie at the bot’s own address, with readers that somebody has enrolled', async () => {
  await running({ PREVIEW: '0' }, async (url, dataDir) => {
    for (const path of ['/concern', '/inbox']) {
      const page = await (await fetch(url + path)).text();
      expect(page).toContain('Hill Primary');
      expect(page).not.toMatch(/Back to the preview|<template/);
    }
    expect(await list(url)).toEqual({ readers: [] });
    expect(existsSync(join(dataDir, 'concerns.db'))).toBe(true);
  });
});

test('the preview has its own, on its own data', async () => {
  await running({}, async (url, dataDir) => {
    for (const path of ['/concern', '/inbox'])
      expect(await (await fetch(url + path)).text()).toContain('Back to the preview');
    expect(existsSync(join(dataDir, 'preview', 'concerns.db'))).toBe(true);
    expect(existsSync(join(dataDir, 'concerns.db'))).toBe(false);
  });
});
