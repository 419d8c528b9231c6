import type { Page } from 'playwright-core';

/** Somebody at door B, in a real browser. */

export interface Concern {
  /** As the page words it. */
  readonly about: string;
  readonly exclude?: readonly string[];
  readonly kind?: string;
  readonly text: string;
}

/** From the first screen to the room to write in. */
export async function begin(
  page: Page,
  url: string,
  { about, exclude = [] }: Omit<Concern, 'text'>,
): Promise<void> {
  await page.goto(`${url}/concern`);
  await page.getByLabel(about).check();
  for (const name of exclude) await page.getByLabel(name).check();
  await page.getByRole('button', { name: 'Next: who reads it' }).click();
}

/** Sends a concern, and writes the code down. Returns the code. */
export async function send(page: Page, url: string, concern: Concern): Promise<string> {
  await begin(page, url, concern);
  if (concern.kind !== undefined) await page.getByLabel(concern.kind).check();
  await page.getByLabel('Your concern').fill(concern.text);
  await page.getByRole('button', { name: 'Seal and send' }).click();
  await page.getByRole('heading', { name: 'Your code' }).waitFor();
  const code = await page.locator('.code').innerText();
  await putAway(page, code);
  await page.getByRole('heading', { name: 'That is all' }).waitFor();
  return code;
}

/** Types the last four characters of a code that is shown once. */
export async function putAway(page: Page, code: string): Promise<void> {
  await page.getByLabel('Type its last four characters').fill(code.slice(-6));
  await page.getByRole('button', { name: 'I have written it down' }).click();
}

/** Comes back with a code. */
export async function comeBack(page: Page, url: string, code: string): Promise<void> {
  await page.goto(`${url}/concern`);
  await page.getByRole('button', { name: 'I have a code' }).click();
  await page.getByLabel('Your code').fill(code);
  await page.getByRole('button', { name: 'Open' }).click();
}

/** Fills in the login of the inbox, whoever is shown there. */
export async function logIn(page: Page, reader: string, passphrase: string): Promise<void> {
  // A concern that is still on the screen has readers to choose from, too.
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  await page.getByLabel(reader).check();
  await page.getByLabel('Passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Logs into the inbox, up to its list. */
export async function enterInbox(page: Page, url: string, reader: string, passphrase: string): Promise<void> {
  await page.goto(`${url}/inbox`);
  await logIn(page, reader, passphrase);
  await page.getByRole('heading', { name: 'Inbox', exact: true }).waitFor();
}
