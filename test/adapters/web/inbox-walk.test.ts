import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { enrolExampleReaders } from '../../../src/concerns/example-readers.ts';
import { createPeople } from '../../../src/school/people.ts';
import { hasChromium, openChromium } from '../../support/chromium.ts';
import { comeBack, enterInbox, logIn, putAway } from '../../support/web/concern-person.ts';
import { openWalk, textOf, type Walk, type WalkOptions } from '../../support/web/concern-walk.ts';

const head = 'headteacher marble kettle orbit seven';
const deputy = 'deputy-headteacher marble kettle orbit seven';

describe.skipIf(!hasChromium)('the inbox in Chromium', () => {
  let browser: Browser;
  let walk: Walk;
  let page: Page;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser?.close());
  afterEach(() => walk.close());

  async function open(options: WalkOptions = {}): Promise<Walk> {
    walk = await openWalk(browser, { readers: ['headteacher', 'deputy-headteacher'], ...options });
    page = walk.page;
    return walk;
  }
  const enter = (reader = 'Grace Holloway', passphrase = head): Promise<void> =>
    enterInbox(page, walk.site.url, reader, passphrase);
  const openFirst = async (): Promise<void> => {
    await page.locator('.concerns .open').first().click();
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
  };
  const unfold = (name: string): Promise<void> => page.locator('summary', { hasText: name }).click();
  const go = (name: string): Promise<void> =>
    page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const said = async (words: string): Promise<void> => {
    await page.locator('[role=status]', { hasText: words }).waitFor();
  };
  const choosePassphrase = async (passphrase: string): Promise<string> => {
    await page.getByLabel('New passphrase').fill(passphrase);
    await page.getByLabel('The same once more').fill(passphrase);
    await press('Next: your recovery key');
    await page.getByRole('heading', { name: 'Your recovery key' }).waitFor();
    return page.locator('.code').innerText();
  };

  test.each([
    ['phone', false],
    ['desk', true],
  ] as const)('every page, looked at (%s, dark: %s)', async (width, dark) => {
    const { site, look } = await open({ width, dark });
    await page.goto(`${site.url}/inbox`);
    await page.getByLabel('Passphrase').waitFor();
    await look();
    await page.getByRole('button', { name: 'Log in' }).click();
    expect(await textOf(page)).toContain('⚠ Please choose who you are.');
    await logIn(page, 'Grace Holloway', 'this is not the right one');
    await page.getByText('⚠ This is not right.').waitFor();
    await look();
    await enter();
    expect(await textOf(page)).toContain('There is nothing here.');
    await site.house.send({ text: 'Shouting in Year 3.' });
    await site.house.send({ kind: 'bullying' });
    await press('Look for new ones');
    await said('This is up to date.');
    expect(await page.locator('.concerns li').count()).toBe(2);
    expect(await textOf(page)).toContain(
      'It is to be taken on by 30 November 2026. First to act: Grace Holloway.',
    );
    await look();
    await openFirst();
    for (const name of ['Pass it on', 'Copy', 'What readers did']) await unfold(name);
    await look();
    for (const name of ['Readers', 'Passphrase', 'Hand over']) {
      await go(name);
      await look();
    }
    await page.locator('main').getByRole('button', { name: 'Hand over' }).click();
    expect(await textOf(page)).toContain('⚠ Please choose one.');
    await look();
    await go('Log out');
    await press('I have lost my passphrase');
    await look();
  });

  test('somebody becomes a reader by a link that is used once, and that no server sees', async () => {
    const { site, look } = await open();
    const offer = await site.house.concerns.enrolments.offer('dsl');
    const token = offer.kind === 'offered' ? offer.token : '';
    await page.goto(`${site.url}/inbox#enrol=${token}`);
    await page.getByText('Are you Priya Raman, designated safeguarding lead?').waitFor();
    // Out of the address bar, and in no address that was asked for.
    expect(page.url()).toBe(`${site.url}/inbox`);
    for (const address of walk.asked)
      expect(new URL(address).pathname + new URL(address).search).not.toContain(token);
    await look();
    await page.getByLabel('New passphrase').fill('password');
    await press('Next: your recovery key');
    expect(await textOf(page)).toContain('⚠ Please take at least 16 characters');
    await page.getByLabel('New passphrase').fill('lantern puddle violin tractor');
    await page.getByLabel('The same once more').fill('lantern puddle violin tracto');
    await press('Next: your recovery key');
    expect(await textOf(page)).toContain('⚠ This is not the same.');
    await look();
    const key = await choosePassphrase('lantern puddle violin tractor');
    await look();
    // Nobody is a reader before the recovery key has been put away.
    expect(await site.house.concerns.readers.list()).toHaveLength(2);
    await putAway(page, key);
    await page.getByRole('heading', { name: 'You are a reader now' }).waitFor();
    await look();
    await press('Log in');
    await logIn(page, 'Priya Raman', 'lantern  puddle violin tractor ');
    await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
    // All readers are told.
    await enter();
    expect(await textOf(page)).toContain('Priya Raman, designated safeguarding lead (25 November 2026)');
    await page.goto(`${site.url}/concern`);
    await page.goto(`${site.url}/inbox#enrol=${token}`);
    await page.getByText('This link has been used, or is older than a week.').waitFor();
    await look();
  });

  test('the recovery key opens what the lost passphrase opened, once', async () => {
    const { site } = await open({ readers: ['deputy-headteacher'] });
    const { recoveryKey } = await site.house.enrol('headteacher');
    await site.house.send({ text: 'Only they can read this.' });
    await page.goto(`${site.url}/inbox`);
    await press('I have lost my passphrase');
    await page.getByLabel('Grace Holloway').check();
    await page.getByLabel('Recovery key').fill('0000');
    await press('Next: a new passphrase');
    await page.getByText('⚠ This is not your recovery key.').waitFor();
    await page.getByLabel('Recovery key').fill(recoveryKey.toLowerCase());
    await press('Next: a new passphrase');
    await page.getByRole('heading', { name: 'Choose a new passphrase' }).waitFor();
    await walk.look();
    await putAway(page, await choosePassphrase('lantern puddle violin tractor'));
    await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
    await openFirst();
    expect(await textOf(page)).toContain('Only they can read this.');
    await go('Log out');
    await logIn(page, 'Grace Holloway', head);
    await page.getByText('⚠ This is not right.').waitFor();
    await enter('Martin Ashe', deputy);
    await go('Readers');
    expect(await textOf(page)).toContain('Grace Holloway (headteacher) came in with the recovery key.');
  });

  test('a passphrase is changed by whoever knows the old one', async () => {
    await open();
    await enter();
    await go('Passphrase');
    await page.getByLabel('Passphrase until now').fill('not this one');
    await press('Next: your recovery key');
    await page.getByText('⚠ This is not your passphrase.').waitFor();
    await page.getByLabel('Passphrase until now').fill(head);
    await putAway(page, await choosePassphrase('lantern puddle violin tractor'));
    await page.getByText('⚠ Your passphrase has been changed. Please log in with the new one.').waitFor();
    await logIn(page, 'Grace Holloway', head);
    await page.getByText('⚠ This is not right.').waitFor();
    await logIn(page, 'Grace Holloway', 'lantern puddle violin tractor');
    await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
  });

  test('answer, take on, close with a reason: the sender reads it all', async () => {
    const { site } = await open();
    const code = await site.house.send();
    await enter();
    await openFirst();
    await page.getByLabel('Your answer to the sender').fill('Which day was it?');
    await page.getByRole('form', { name: 'Answer' }).getByRole('button').click();
    await said('Your answer has been sent.');
    await press('Change');
    await said('Changed to: Read, and taken on.');
    expect(await textOf(page)).toContain('The sender is to hear what came of it by 23 February 2027.');
    await page.getByLabel('Where it is now').selectOption('Closed');
    await press('Change');
    expect(await textOf(page)).toContain('⚠ Please tell the sender why you close it.');
    await page.getByLabel('What the sender is told with it').fill('We have spoken to them.');
    await press('Change');
    await said('Changed to: Closed.');
    await go('Inbox');
    expect(await textOf(page)).toContain('There is nothing here.');
    await page.getByLabel('Where it is').selectOption('Open and closed');
    expect(await page.locator('.concerns').innerText()).toContain('Closed · Sent');
    await comeBack(page, site.url, code);
    await page.getByText('Which day was it?').waitFor();
    expect(await page.locator('.thread').innerText()).toMatch(/Now: Closed\.\s+We have spoken to them\./);
  });

  test('what is late is said in words, comes first, and is the second reader’s after a while', async () => {
    const { site } = await open();
    await site.house.send({ text: 'The old one.' });
    site.house.clock.moveTo(new Date('2026-12-02T09:00:00Z'));
    await site.house.send({ kind: 'data', text: 'The new one.' });
    await enter();
    const items = page.locator('.concerns li');
    expect(await items.nth(0).innerText()).toContain(
      '⚠ Late. It was to be taken on by 30 November 2026. First to act: Grace Holloway.',
    );
    expect(await items.nth(1).innerText()).not.toContain('Late');
    await go('Log out');
    site.house.clock.moveTo(new Date('2026-12-04T09:00:00Z'));
    await enter('Martin Ashe', deputy);
    expect(await items.nth(0).innerText()).toContain('It is everybody’s to act now.');
    await walk.look();
  });

  test('passed on: whoever is added reads all, whoever is taken off nothing, and never whom it is about', async () => {
    const { site } = await open({ readers: ['headteacher', 'dsl', 'deputy-dsl', 'chair-of-governors'] });
    await site.house.send({ about: 'dsl', text: 'About the lead.' });
    await enter();
    await openFirst();
    await unfold('Pass it on');
    expect(await page.getByLabel('Priya Raman').isDisabled()).toBe(true);
    expect(await page.getByLabel('Martin Ashe').isDisabled()).toBe(true);
    await walk.look();
    for (const name of ['Grace Holloway', 'Helen Marsh']) await page.getByLabel(name).uncheck();
    await press('Change who reads it');
    await page.getByText('⚠ Somebody has to read this concern.').waitFor();
    await page.getByLabel('Helen Marsh').check();
    await press('Change who reads it');
    await said('It has been passed on. You can’t open it any more.');
    expect(await textOf(page)).toContain('There is nothing here.');
    await enter('Helen Marsh', 'chair-of-governors marble kettle orbit seven');
    await openFirst();
    expect(await textOf(page)).toContain('About the lead.');
    expect(await textOf(page)).toContain('From now on it is read by Helen Marsh (chair of governors).');
  });

  test('a copy is a file of plain text, and all readers see that it was made', async () => {
    const { site } = await open();
    await site.house.send({ text: 'Shouting\u202E in Year 3.' });
    await enter();
    await openFirst();
    await unfold('Copy, mute');
    const waiting = page.waitForEvent('download');
    await press('Make a copy');
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('concern.txt');
    const text = await readFile((await download.path())!, 'utf8');
    expect(text).toContain('The sender, in the week of 23 November 2026\n\nShouting in Year 3.');
    expect(text).toContain('This copy: made on 25 November 2026 by Grace Holloway (headteacher)');
    await said('The copy is among your downloads.');
    await enter('Martin Ashe', deputy);
    await openFirst();
    await unfold('What readers did');
    expect(await textOf(page)).toContain('25 November 2026: Grace Holloway made a copy.');
  });

  test('muted, it goes to the end and stays readable; kept longer, it says until when', async () => {
    const { site } = await open();
    await site.house.send({ kind: 'bullying' });
    await site.house.send({ kind: 'data' });
    await enter();
    await press('Bullying or harassment');
    await unfold('Copy, mute');
    await press('Mute');
    await said('It is muted.');
    await go('Inbox');
    expect(await page.locator('.concerns li').nth(1).innerText()).toMatch(/Bullying[\s\S]*Muted\./);
    await press('Bullying or harassment');
    await unfold('Copy, mute');
    await press('Take the mute off');
    await said('It is not muted any more.');
    site.house.clock.moveTo(new Date('2026-12-09T09:00:00Z'));
    await enter();
    await press('Bullying or harassment');
    await unfold('Copy, mute');
    await press('Keep it for another year');
    await said('It is kept for another year from now.');
    expect(await textOf(page)).toContain('until the end of the week of 29 November 2027');
  });

  test('somebody leaves: their place goes to a successor, then their keys', async () => {
    const { site } = await open({ readers: ['headteacher', 'deputy-headteacher', 'chair-of-governors'] });
    for (const text of ['One.', 'Two.']) await site.house.send({ text });
    await enter();
    await go('Hand over');
    expect(await textOf(page)).toContain('Concerns that you still read: 2.');
    await page.getByRole('group', { name: 'Whose place?' }).getByLabel('Grace Holloway').check();
    await page.getByRole('group', { name: 'Who takes it?' }).getByLabel('Helen Marsh').check();
    await page.locator('main').getByRole('button', { name: 'Hand over' }).click();
    await said('All of them have been handed over.');
    await press('Stop being a reader');
    expect(await textOf(page)).toContain('⚠ Please tick the box if you are sure.');
    await page.getByLabel('Yes, I stop being a reader').check();
    await press('Stop being a reader');
    await page.getByText('You are no reader any more.').waitFor();
    expect(await page.getByLabel('Grace Holloway').count()).toBe(0);
    await logIn(page, 'Helen Marsh', 'chair-of-governors marble kettle orbit seven');
    await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
    expect(await page.locator('.concerns li').count()).toBe(2);
    expect(await page.locator('.concerns').innerText()).toContain('First to act: Martin Ashe.');
    await go('Readers');
    expect(await page.locator('tr', { hasText: 'Grace Holloway' }).innerText()).toMatch(/left$/);
  });

  test('a colleague who has gone is replaced by one who is left', async () => {
    const { site } = await open();
    await site.house.send();
    const { school } = site.house;
    const stays = school.people.filter(({ name }) => name !== 'Martin Ashe');
    site.house.people = createPeople({ ...school, people: stays }, []);
    await enter();
    await openFirst();
    await unfold('Pass it on');
    expect(await textOf(page)).toMatch(/deputy headteacher: is not here at the moment/);
  });

  test('once the session has ended, the keys are gone and the login is back', async () => {
    const { site } = await open();
    await site.house.send();
    await enter();
    await openFirst();
    site.house.clock.moveTo(new Date('2026-11-25T11:30:00Z'));
    await page.getByLabel('Your answer to the sender').fill('Too late.');
    await page.getByRole('form', { name: 'Answer' }).getByRole('button').click();
    await page.getByText('⚠ You have been signed out. Please log in again.').waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await textOf(page)).not.toContain('Somebody shouts');
    await page.reload();
    await page.getByLabel('Passphrase').waitFor();
  });

  test('the browser’s way back leads through the inbox, and no address says what was looked at', async () => {
    const { site } = await open();
    await site.house.send();
    await enter();
    await openFirst();
    expect(page.url()).toBe(`${site.url}/inbox`);
    await go('Readers');
    await page.goBack();
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
  });

  test('a visitor of the preview is shown made-up readers to be', async () => {
    const { site, look } = await open({
      readers: [],
      local: true,
      base: '/preview',
      examples: ({ concerns, school }) => enrolExampleReaders(concerns, school),
    });
    await page.goto(`${site.url}/preview/inbox`);
    await page.getByText('made-up words of the headteacher').waitFor();
    await look();
    await logIn(page, 'Grace Holloway', 'made-up words of the headteacher');
    await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
    expect(await textOf(page)).not.toContain('made-up words');
    await page.getByRole('link', { name: 'Back to the preview' }).click();
    expect(page.url()).toBe(`${site.url}/preview/`);
  });
});
