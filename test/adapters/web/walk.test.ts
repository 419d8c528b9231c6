import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  accessibilityFaults,
  hasChromium,
  openChromium,
  type Watched,
  watchedPage,
  widths,
} from '../../support/chromium.ts';
import { answerChecks } from '../../support/web/acknowledge.ts';
import { enterInbox } from '../../support/web/concern-person.ts';
import { type OpenPreview, openPreview } from '../../support/web/preview.ts';

const aisha = '/as/a.malik%40whitefield.example';
const head = '/as/head%40whitefield.example';
const report = '/report?as=head@whitefield.example';

const unreachable = /ERR_INTERNET_DISCONNECTED|Failed to fetch|network error/i;

describe.skipIf(!hasChromium)('the preview, walked through in Chromium', () => {
  let preview: OpenPreview;
  let browser: Browser;
  let context: BrowserContext;
  let watched: Watched;
  let page: Page;

  beforeAll(async () => {
    [preview, browser] = await Promise.all([openPreview(), openChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await preview?.close();
  });

  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
    context = await browser.newContext({ viewport: widths.phone, ...options });
    watched = await watchedPage(context);
    page = watched.page;
    page.setDefaultTimeout(10_000);
    await page.goto(preview.url + path);
  }
  /** Whether the test that runs takes the network away: the browser says so when it likes. */
  let offline = false;

  afterEach(async () => {
    // Nothing from elsewhere, and nothing that the policy had to stop.
    const told = watched.troubles.filter((trouble) => !(offline && unreachable.test(trouble)));
    offline = false;
    expect(told).toEqual([]);
    for (const address of watched.asked) expect(new URL(address).origin).toBe(preview.url);
    await context.close();
  });

  const last = (): ReturnType<Page['locator']> => page.locator('#messages > article:not([hidden])').last();
  const press = (label: string): Promise<void> => page.getByRole('button', { name: label }).last().click();
  async function ask(question: string): Promise<void> {
    const before = await page.locator('#messages > article.own').count();
    await page.getByLabel('Your question').last().fill(question);
    await page.keyboard.press('Enter');
    await page.locator('#messages > article.own').nth(before).waitFor();
  }

  test('ask, follow up, read the section with the clause that was cited', async () => {
    await open('/');
    await page.getByRole('link', { name: /Aisha Malik/ }).click();
    await ask('can I friend a parent?');
    expect(await last().innerText()).toContain('Only if …');
    // The answer's beginning is in view, whole, with the question above it.
    for (const article of [last(), page.locator('#messages > article.own').last()]) {
      const box = (await article.boundingBox())!;
      expect(box.y).toBeGreaterThan(0);
      expect(box.y).toBeLessThan(widths.phone.height / 2);
    }
    await press('See the whole section');
    const marked = page.locator('figure', { hasText: 'The answer goes by this clause' });
    expect(await marked.innerText()).toMatch(
      /^4\. Staff members must not have any contact with pupils’? ?'? ?family/,
    );
    await ask('what about a former pupil?');
    expect(await last().innerText()).not.toContain('can I friend');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
  });

  test('is told of a reminder while it looks on, acknowledges, and the report shows it', async () => {
    await open(report, { viewport: widths.desk });
    expect(await page.locator('body').innerText()).toContain('0 of 10 acknowledged');
    await page.goto(preview.url + aisha);
    const other = await context.newPage();
    await other.goto(`${preview.url}/time?as=a.malik@whitefield.example`);
    await other.getByLabel('Or to a day and time').fill('2026-12-01T09:00');
    await other.getByRole('button', { name: 'Move the time' }).click();
    expect(await other.getByRole('status').innerText()).toMatch(
      /The time was moved\. \d+ messages were sent/,
    );
    expect(await other.locator('.sent').innerText()).toContain('Aisha Malik');
    await other.close();

    await page.getByRole('button', { name: 'Read and acknowledge' }).last().click();
    await press('I have read and understood');
    const form = page.locator('#z-form');
    await form.getByRole('button').first().waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('z-form');
    const questions = await form.locator('fieldset').count();
    expect(questions).toBe(3);
    await answerChecks(page, async () => {
      expect(await accessibilityFaults(page)).toEqual([]);
    });
    await page.locator('#messages article', { hasText: 'Acknowledged' }).first().waitFor();

    await page.goto(preview.url + report);
    expect(await page.locator('body').innerText()).toContain('1 of 10 acknowledged');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a question goes to a person, and the answer comes while the page is open', async () => {
    await open(aisha);
    await ask('can I friend a parent?');
    await press('Ask a person');
    await page.locator('#z-form').getByLabel('Your question').fill('May I? <b>Really</b>');
    await page.locator('#z-form').getByRole('button', { name: 'Send' }).click();
    await page.locator('article', { hasText: 'waiting for an answer' }).first().waitFor();
    const other = await context.newPage();
    await other.goto(preview.url + head);
    expect(await other.locator('#messages').innerText()).toContain('<b>Really</b>');
    await other.getByRole('button', { name: 'Answer' }).last().click();
    await other.locator('#z-form textarea').fill('Better not.');
    await other.locator('#z-form').getByRole('button').last().click();
    await page.locator('article', { hasText: 'Better not.' }).first().waitFor();
    await other.close();
  });

  test('a concern goes in by the chat’s form, the safeguarding lead reads and answers it, the code brings that back', async () => {
    await open(aisha);
    const words = 'A needle in Year 3, and nobody knows who says so.';
    const form = page.locator('#z-form');
    await ask('concern');
    const posted: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/anonymous')) posted.push(decodeURIComponent(request.postData() ?? ''));
    });
    await press('Raise a concern');
    await form.getByLabel('A child’s welfare').check();
    expect(await accessibilityFaults(page)).toEqual([]);
    await form.getByRole('button', { name: 'Next: who reads it' }).click();
    await form.getByText('Priya Raman, designated safeguarding lead').waitFor();
    await form.getByLabel('Your concern').fill(words);
    await form.getByRole('button', { name: 'Send' }).click();
    const code = /(?:[0-9A-Z]{4}-){4}[0-9A-Z]/.exec(await form.getByText(/^\w{4}-/).innerText())![0];
    await form.getByLabel('Type its last four characters').fill(code.replaceAll('-', '').slice(-4));
    await form.getByRole('button').last().click();
    await form.getByText(code).waitFor({ state: 'detached' });
    // What went out names neither the person, nor the page that it was filled in on.
    expect(posted).toHaveLength(3);
    expect(posted.join('\n')).not.toMatch(/malik|[?&]page=|[?&]message=/);
    // The chat has kept nothing of it.
    await page.reload();
    expect(await page.content()).not.toContain('needle');
    expect(await page.content()).not.toContain(code);

    await enterInbox(page, preview.url, 'Priya Raman', 'made-up words of the designated safeguarding lead');
    await page.locator('main').getByRole('button', { name: 'Something else' }).click();
    expect(await page.locator('.thread').innerText()).toContain(words);
    await page.getByLabel('Your answer to the sender').fill('Thank you. Which day?');
    await page.getByRole('form', { name: 'Answer' }).getByRole('button').click();
    await page.getByText('Your answer has been sent.').waitFor();

    await page.goto(preview.url + aisha);
    await press('I have a code');
    await form.getByLabel('Your code').fill(code.toLowerCase());
    await form.getByRole('button').first().click();
    await form.getByText('Which day?').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('the keyboard alone is enough, and its place is kept', async () => {
    await open(aisha);
    await page.getByLabel('Your question').focus();
    await page.keyboard.type('can I post a photo of my class?');
    await page.keyboard.press('Enter');
    await page.locator('article.own', { hasText: 'photo' }).waitFor();
    await last().getByRole('button', { name: 'Helpful', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('article', { hasText: 'Thank you.' }).first().waitFor();
    // The button is gone with its card; the card that took its place has the keyboard now.
    expect(await page.evaluate('document.activeElement.tagName')).toBe('ARTICLE');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Ask a person');
  });

  test('works without a script, form and answer', async () => {
    await open(aisha, { javaScriptEnabled: false });
    await page.getByLabel('Your question').fill('can I friend a parent?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL(/#m\d+$/);
    expect(await last().innerText()).toContain('Only if …');
    await press('Ask a person');
    await page.locator('#z-form textarea').fill('May I, without a script?');
    await page.locator('#z-form').getByRole('button', { name: 'Send' }).click();
    expect(await page.locator('#messages').innerText()).toContain('May I, without a script?');
    await page.goto(`${preview.url}/time`);
    await page.getByRole('button', { name: 'One day on' }).click();
    expect(await page.getByRole('status').innerText()).toContain('The time was moved.');
  });

  test('says so when the bot can’t be reached', async () => {
    await open(aisha);
    offline = true;
    await context.setOffline(true);
    await page.getByLabel('Your question').fill('hello?');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('can’t be reached');
    await context.setOffline(false);
  });

  describe.each(Object.entries(widths))('on a %s', (_, viewport) => {
    test.each(['light', 'dark'] as const)(
      'every page has nothing that axe-core objects to: %s',
      async (colorScheme) => {
        await open('/', { viewport, colorScheme });
        for (const path of [
          '/',
          aisha,
          `${aisha}/home`,
          head,
          `${head}/home`,
          '/time',
          '/report',
          report,
          '/nowhere',
        ]) {
          await page.goto(preview.url + path);
          expect([path, await accessibilityFaults(page)]).toEqual([path, []]);
          expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
            path,
            viewport.width,
          ]);
        }
        await page.goto(preview.url + aisha);
        for (const question of [
          'can I friend a parent?',
          'policy',
          'status',
          'a child told me his dad hits him',
          'what is for lunch',
        ]) {
          await ask(question);
          expect([question, await accessibilityFaults(page)]).toEqual([question, []]);
        }
        await ask('can I friend a parent?');
        await press('Ask a person');
        await page.locator('#z-form textarea').waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
        watched.troubles.splice(
          0,
          watched.troubles.length,
          ...watched.troubles.filter((each) => !/ 40[34] /.test(each)),
        );
      },
    );
  });

  test('the first page is interactive within a second, with less than 100 KB over the wire', async () => {
    await open('/');
    await context.close();
    await open(aisha);
    const interactive = Number(
      await page.evaluate('performance.getEntriesByType("navigation")[0].domInteractive'),
    );
    const bytes = Number(
      await page.evaluate(
        '[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((sum, each) => sum + each.transferSize, 0)',
      ),
    );
    expect(interactive).toBeLessThan(1_000);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(100_000);
  });
});
