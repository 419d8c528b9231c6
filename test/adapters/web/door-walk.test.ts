import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createPeople } from '../../../src/school/people.ts';
import { hasChromium, openChromium } from '../../support/chromium.ts';
import { begin, comeBack, enterInbox, putAway, send } from '../../support/web/concern-person.ts';
import { openWalk, textOf, type Walk, type WalkOptions } from '../../support/web/concern-walk.ts';

const concern = {
  about: 'A child’s welfare',
  kind: 'Something this policy forbids',
  text: 'A needle in Year 3.',
};

describe.skipIf(!hasChromium)('door B in Chromium', () => {
  let browser: Browser;
  let walk: Walk;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser?.close());
  afterEach(() => walk.close());

  const open = async (options: WalkOptions = {}): Promise<Walk> => {
    walk = await openWalk(browser, { readers: ['dsl', 'deputy-dsl'], ...options });
    return walk;
  };
  const stored = () => walk.site.house.store.run((db) => db.selectFrom('concern').selectAll().execute());

  test.each([
    ['phone', false],
    ['phone', true],
    ['desk', false],
  ] as const)('send, be read and answered, come back, write again (%s, dark: %s)', async (width, dark) => {
    const { page, site, look } = await open({ width, dark });
    await page.goto(`${site.url}/concern`);
    await page.getByLabel(concern.about).waitFor();
    expect(await textOf(page)).toMatch(/Call 999[\s\S]*We do not keep who you are/);
    await look();
    await page.getByRole('button', { name: 'Next: who reads it' }).click();
    expect(await textOf(page)).toContain('⚠ Please choose one.');
    await look();
    await page.getByLabel(concern.about).check();
    await page.getByRole('button', { name: 'Next: who reads it' }).click();
    await page.getByLabel('Your concern').waitFor();
    expect(await textOf(page)).toContain('• Priya Raman, designated safeguarding lead');
    expect(await textOf(page)).toContain('This is no referral.');
    await look();
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByText('⚠ Please write something before you send it.').waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    await page.getByLabel(concern.kind).check();
    await page.getByLabel('Your concern').fill(concern.text);
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByRole('heading', { name: 'Your code' }).waitFor();
    await look();
    const code = await page.locator('.code').innerText();
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]$/);
    await putAway(page, '0000-0000');
    expect(await textOf(page)).toContain('These are not its last four characters.');
    await putAway(page, code);
    await page.getByRole('heading', { name: 'That is all' }).waitFor();
    expect(await textOf(page)).not.toContain(code);
    await look();

    const file = readFileSync(site.house.store.file);
    for (const needle of [concern.text, code, code.replaceAll('-', ''), 'Priya Raman'])
      expect(file.includes(needle)).toBe(false);

    await enterInbox(page, site.url, 'Priya Raman', 'dsl marble kettle orbit seven');
    await page.getByRole('button', { name: concern.kind }).click();
    expect(await page.locator('.thread').innerText()).toContain(concern.text);
    await page.getByLabel('Your answer to the sender').fill('Thank you. Which day?');
    await page.getByRole('form', { name: 'Answer' }).getByRole('button').click();
    await page.getByText('Your answer has been sent.').waitFor();

    await comeBack(page, site.url, code.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('heading', { name: 'Your concern' }).waitFor();
    expect(await page.locator('.thread').innerText()).toMatch(
      /You, in the week of 23 November 2026[\s\S]*A needle[\s\S]*Priya Raman, designated safeguarding lead, in[\s\S]*Which day\?/,
    );
    await look();
    await page.getByLabel('Write to the readers').fill('It was Tuesday.');
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByRole('heading', { name: 'Sent' }).waitFor();
    await look();
    await page.getByRole('button', { name: 'Look at it again' }).click();
    await page.getByText('It was Tuesday.').waitFor();
  });

  test('hostile text stays text, for the sender and for the reader', async () => {
    const { page, site } = await open();
    const text = '<img src=x onerror="document.title=1"><script>alert(1)</script>\u202Eevil\u202C “&amp;”';
    const code = await send(page, site.url, { ...concern, text });
    await comeBack(page, site.url, code);
    const shown = '<img src=x onerror="document.title=1"><script>alert(1)</script>evil “&amp;”';
    expect(await page.locator('.thread blockquote').innerText()).toBe(shown);
    await enterInbox(page, site.url, 'Priya Raman', 'dsl marble kettle orbit seven');
    await page.getByRole('button', { name: concern.kind }).click();
    expect(await page.locator('.thread blockquote').innerText()).toBe(shown);
    expect(await page.locator('main img, main script').count()).toBe(0);
  });

  test('whoever is left out does not read it, and nobody left means that nothing is sent', async () => {
    const { page, site } = await open({ readers: ['headteacher', 'deputy-headteacher'] });
    await begin(page, site.url, { about: 'Staff, a volunteer', exclude: ['Martin Ashe'] });
    await page.getByLabel('Your concern').waitFor();
    expect(await textOf(page)).toContain('• Grace Holloway, headteacher');
    expect(await textOf(page)).not.toContain('Martin Ashe');
    await begin(page, site.url, { about: 'The chair of governors' });
    await page.getByRole('heading', { name: 'This can’t be sent here' }).waitFor();
    expect(await textOf(page)).toContain('0800 028 0285');
    await walk.look();
    expect(await stored()).toEqual([]);
  });

  test('where a reader changes meanwhile, the sender sees who reads it before anything is sent', async () => {
    const { page, site } = await open();
    await begin(page, site.url, { about: concern.about });
    await page.getByLabel('Your concern').fill(concern.text);
    const { school } = site.house;
    const stays = school.people.map((person) =>
      person.name === 'Priya Raman' ? { ...person, roles: ['teacher'] } : person,
    );
    site.house.people = createPeople({ ...school, people: stays }, []);
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByText('Who reads it has changed since. Nothing has been sent yet.').waitFor();
    expect(await stored()).toEqual([]);
    expect(await textOf(page)).not.toContain('Priya Raman');
    expect(await page.getByLabel('Your concern').inputValue()).toBe(concern.text);
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByRole('heading', { name: 'Your code' }).waitFor();
    expect(await stored()).toHaveLength(1);
    await putAway(page, await page.locator('.code').innerText());
    await page.getByRole('heading', { name: 'That is all' }).waitFor();
  });

  test('an answer that got lost is asked for again: one concern, with a code that opens it', async () => {
    const { page, site } = await open();
    await begin(page, site.url, { about: concern.about });
    await page.getByLabel('Your concern').fill(concern.text);
    await page.route('**/call/submit', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByText('The server can’t be reached. Nothing is lost here').waitFor();
    await walk.look();
    await page.unroute('**/call/submit');
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await page.getByRole('heading', { name: 'Your code' }).waitFor();
    expect(await stored()).toHaveLength(1);
    const code = await page.locator('.code').innerText();
    await putAway(page, code);
    await comeBack(page, site.url, code);
    await page.getByText(concern.text).waitFor();
    walk.troubles.splice(0);
  });

  test('a code that opens nothing is said to, and so is a typing mistake', async () => {
    const { page, site } = await open();
    await comeBack(page, site.url, '0000-0000-0000-0000-0');
    await page.getByText('No concern opens with this code.').waitFor();
    await walk.look();
  });

  test('a school with no reader yet takes nothing, and shows who else helps', async () => {
    const { page, site } = await open({ readers: [] });
    await page.goto(`${site.url}/concern`);
    await page.getByText('0800 028 0285').waitFor();
    expect(await page.getByRole('button', { name: 'Next' }).count()).toBe(0);
    await walk.look();
  });

  test('by keyboard alone', async () => {
    const { page, site } = await open();
    await page.goto(`${site.url}/concern`);
    await page.getByLabel(concern.about).waitFor();
    /** Presses Tab until something of that name has the keyboard. */
    const reach = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(
          'document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent',
        );
        if (String(at).includes(name)) return;
      }
      throw new Error(`The keyboard does not reach "${name}".`);
    };
    await reach(concern.about);
    await page.keyboard.press('Space');
    await reach('Next: who reads it');
    await page.keyboard.press('Enter');
    await page.getByLabel('Your concern').waitFor();
    // The new screen's heading has the keyboard, so that a screen reader begins there.
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await reach('Your concern');
    await page.keyboard.type(concern.text);
    await reach('Seal and send');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your code' }).waitFor();
    const code = await page.locator('.code').innerText();
    await reach('Type its last four');
    await page.keyboard.type(code.slice(-6));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'That is all' }).waitFor();
  });

  test('without JavaScript it says that it can’t seal', async () => {
    const { site } = await open();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.url}/concern`);
    expect(await page.locator('noscript').innerText()).toMatch(/999[\s\S]*needs JavaScript/);
    await context.close();
    await walk.page.goto(site.url);
  });
});
