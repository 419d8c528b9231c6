import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether there is a browser to test in. Where CI says that there has to be one, its absence fails the tests. */
export const hasChromium = existsSync(path) || process.env.CI_NEEDS_CHROMIUM === '1';
if (!hasChromium)
  console.warn(`SKIPPED: there is no Chromium at ${path}. Set CHROMIUM_PATH to try the pages in a browser.`);

/** A real browser without a window. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });

export const widths = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } } as const;

/** What a page did that it should not have. */
export interface Watched {
  readonly page: Page;
  /** Errors, warnings of the content security policy, failed requests. */
  readonly troubles: string[];
  /** Addresses that were asked for, each once. */
  readonly asked: Set<string>;
}

/** A page whose every request and complaint is put down. */
export async function watchedPage(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage();
  const troubles: string[] = [];
  const asked = new Set<string>();
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    // What the server refuses is told to the person, and by the browser to nobody but the console.
    if (['error', 'warning'].includes(message.type()) && !/status of 4/.test(message.text()))
      troubles.push(message.text());
  });
  page.on('request', (request) => asked.add(request.url()));
  return { page, troubles, asked };
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe-core has against a page as it is now. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  // Run in the page's own world by the browser itself, so that the page's policy stays as it is.
  await page.evaluate(await readAxe());
  const violations = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  )) as readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

let source: Promise<string> | undefined;
async function readAxe(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  source ??= readFile(axe, 'utf8');
  return source;
}
