/** `npm run -s screenshots`: takes the README's pictures anew, of the bot as it is. They land in `docs/`. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from './support/chromium.ts';
import { answerChecks } from './support/web/acknowledge.ts';
import { type OpenPreview, openPreview } from './support/web/preview.ts';

const folder = join(import.meta.dirname, '../docs');
const acknowledging = ['a.malik', 'b.carrow', 'p.raman', 'office', 'm.ashe', 'chair'];

async function pageAt(browser: Browser, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: 'light' });
  return context.newPage();
}

async function takeAnswer(browser: Browser, { url }: OpenPreview): Promise<void> {
  const page = await pageAt(browser, 620, 740);
  await page.goto(`${url}/as/a.malik@whitefield.example`);
  await page.getByLabel('Your question').fill('can I friend a parent?');
  await page.keyboard.press('Enter');
  await page.getByText('Only if …').waitFor();
  await page.screenshot({ path: join(folder, 'answer.png') });
}

async function takeReport(browser: Browser, { url }: OpenPreview): Promise<void> {
  const page = await pageAt(browser, 620, 740);
  for (const name of acknowledging) {
    await page.goto(`${url}/as/${name}@whitefield.example`);
    await page.getByLabel('Your question').fill('status');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Read and acknowledge' }).last().click();
    await page.getByRole('button', { name: 'I have read and understood' }).last().click();
    await answerChecks(page);
  }
  await page.goto(`${url}/report?as=head@whitefield.example`);
  await page.screenshot({ path: join(folder, 'report.png') });
}

const [preview, browser] = await Promise.all([openPreview(), openChromium()]);
try {
  await takeAnswer(browser, preview);
  await takeReport(browser, preview);
} finally {
  await Promise.all([browser.close(), preview.close()]);
}
