import { spawn } from 'node:child_process';
import type { Environment } from '../config.ts';

/** Shows an address in a browser; false where that did not work. Never rejects. */
export type Browser = (url: string) => Promise<boolean>;

/** How long an opener may take before it counts as one that stays open with the browser, in milliseconds. */
const patience = 2_000;

/** The browser of whoever sits at this machine; nothing where there can be none. */
export function findBrowser(
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): Browser | undefined {
  const opener = openerOf(environment, platform);
  return opener && ((url) => open(opener, url, environment));
}

type Opener = readonly [program: string, ...given: string[]];

function openerOf(
  { BROWSER, DISPLAY, WAYLAND_DISPLAY }: Environment,
  platform: NodeJS.Platform,
): Opener | undefined {
  // Widely understood as: leave my browser alone.
  if (BROWSER === 'none') return undefined;
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  // Without a screen it would open a browser in the very terminal that the bot talks in.
  return DISPLAY || WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}

function open([program, ...given]: Opener, url: string, environment: Environment): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, [...given, url], {
      stdio: 'ignore',
      detached: true,
      env: { ...environment },
    });
    const settle = setTimeout(() => resolve(true), patience);
    const end = (opened: boolean): void => {
      clearTimeout(settle);
      resolve(opened);
    };
    child.on('error', () => end(false));
    child.on('exit', (code) => end(code === 0));
    child.unref();
  });
}
