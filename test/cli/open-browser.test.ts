import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { findBrowser } from '../../src/cli/open-browser.ts';
import { temporaryFolder } from '../support/content.ts';

const address = 'http://127.0.0.1:3000/';

describe.skipIf(process.platform !== 'linux')('opening a browser', () => {
  /** A program of this name that writes down what it was given. */
  function pathWith(program: string, code: number): { PATH: string; given: string } {
    const folder = temporaryFolder();
    const given = join(folder, 'given');
    writeFileSync(join(folder, program), `#!/bin/sh\necho "$@" > ${given}\nexit ${code}\n`);
    chmodSync(join(folder, program), 0o755);
    return { PATH: `${folder}:${process.env.PATH}`, given };
  }

  test.each([
    ['linux', 'xdg-open', address],
    ['darwin', 'open', address],
    ['win32', 'rundll32', `url.dll,FileProtocolHandler ${address}`],
  ] as const)('on %s goes through %s', async (platform, program, expected) => {
    const { PATH, given } = pathWith(program, 0);
    const open = findBrowser({ PATH, DISPLAY: ':0' }, platform)!;
    expect(await open(address)).toBe(true);
    await vi.waitFor(() => expect(readFileSync(given, 'utf8')).toBe(`${expected}\n`));
  });

  test('is honest where the program fails or is not there', async () => {
    const { PATH } = pathWith('xdg-open', 3);
    expect(await findBrowser({ PATH, DISPLAY: ':0' }, 'linux')!(address)).toBe(false);
    expect(await findBrowser({ PATH: temporaryFolder(), DISPLAY: ':0' }, 'linux')!(address)).toBe(false);
  });
});

test('there is none without a screen, nor where somebody said so', () => {
  expect(findBrowser({}, 'linux')).toBeUndefined();
  expect(findBrowser({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBeDefined();
  expect(findBrowser({ BROWSER: 'none' }, 'darwin')).toBeUndefined();
});
