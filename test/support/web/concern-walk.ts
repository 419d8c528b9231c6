import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityFaults, type Watched, watchedPage, widths } from '../chromium.ts';
import { type OpenSite, openConcernSite, type SiteOptions } from './concern-site.ts';

/** One site and one person's browser, for one test. */
export interface Walk extends Watched {
  readonly site: OpenSite;
  /** Looks at the page as it is now: nothing that axe-core finds, and nothing wider than the screen. */
  look(): Promise<void>;
  /** Holds what must be so of every walk, and closes all. */
  close(): Promise<void>;
}

export interface WalkOptions extends SiteOptions {
  readonly width?: keyof typeof widths;
  readonly dark?: boolean;
}

export async function openWalk(
  browser: Browser,
  { width = 'phone', dark, ...options }: WalkOptions,
): Promise<Walk> {
  const site = await openConcernSite(options);
  const context = await browser.newContext({
    viewport: widths[width],
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  });
  const watched = await watchedPage(context);
  const { page, troubles, asked } = watched;
  page.setDefaultTimeout(20_000);
  return {
    ...watched,
    site,
    async look() {
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    },
    async close() {
      const cookies = await context.cookies();
      // A page that was never opened has nothing to keep.
      if (page.url() === 'about:blank') await page.goto(site.url);
      const kept = await page.evaluate('JSON.stringify([localStorage.length, sessionStorage.length])');
      await context.close();
      await site.close();
      expect(troubles).toEqual([]);
      expect(site.faults).toEqual([]);
      expect(cookies).toEqual([]);
      expect(kept).toBe('[0,0]');
      for (const address of asked)
        if (!address.startsWith('blob:')) expect(new URL(address).origin).toBe(site.url);
    },
  };
}

/** What stands on the page, as a person reads it. */
export const textOf = (page: Page): Promise<string> => page.locator('main').innerText();
