import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { enrolExampleReaders } from '../../../src/concerns/example-readers.ts';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import { type OpenSite, openConcernSite } from '../../support/web/concern-site.ts';

const asked = (site: OpenSite, call: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${site.url}/inbox/call/${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.url, ...headers },
    body: JSON.stringify(body),
  });

describe('the inbox over HTTP', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openConcernSite({ readers: ['headteacher'] });
  });
  afterAll(() => site.close());
  afterEach(() => expect(site.faults).toEqual([]));

  test('it is served as door B is: strict policy, no cookie, kept nowhere', async () => {
    const page = await fetch(`${site.url}/inbox`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(await page.text()).not.toMatch(/<template|<style|style=/);
  });

  test('a session comes in a header of its own, and from nowhere else', async () => {
    const { session } = await (await site.house.enrol('deputy-headteacher')).login();
    const body = { session };
    expect((await asked(site, 'readers', {}, { authorization: `Bearer ${session}` })).status).toBe(200);
    expect((await asked(site, 'readers', {}, { authorization: `bearer ${session}` })).status).toBe(401);
    expect((await asked(site, 'readers', {}, { cookie: `session=${session}` })).status).toBe(401);
    expect((await asked(site, 'readers', body)).status).toBe(401);
    expect((await asked(site, `readers?session=${session}`, {})).status).toBe(401);
    await asked(site, 'logout', {}, { authorization: `Bearer ${session}` });
    expect((await asked(site, 'readers', {}, { authorization: `Bearer ${session}` })).status).toBe(401);
  });

  test.each(['readers', 'concerns', 'leave'])('“%s” without a session is refused', async (call) => {
    const response = await asked(site, call, {});
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'You have been signed out. Please log in again.' });
  });

  test('another page’s call is refused, with a session too', async () => {
    const { session } = await (await site.house.enrol('dsl')).login();
    const headers = { authorization: `Bearer ${session}` };
    expect((await asked(site, 'readers', {}, { ...headers, origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await asked(site, 'readers', {}, { ...headers, 'sec-fetch-site': 'cross-site' })).status).toBe(
      403,
    );
  });

  test('the calls of door B are not here, nor these at door B', async () => {
    expect((await asked(site, 'submit', {})).status).toBe(404);
    const there = await fetch(`${site.url}/concern/call/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site.url },
      body: '{}',
    });
    expect(there.status).toBe(404);
  });
});

test('made-up readers are enrolled once, and what is shown opens their inboxes', async () => {
  await sealing.ready;
  const site = await openConcernSite({
    examples: ({ concerns, school }) => enrolExampleReaders(concerns, school),
  });
  const { concerns, school } = site.house;
  const examples = await enrolExampleReaders(concerns, school);
  expect(examples.map(({ title }) => title)).toEqual([
    'designated safeguarding lead',
    'deputy safeguarding lead',
    'headteacher',
    'deputy headteacher',
    'chair of governors',
    'vice-chair of governors',
  ]);
  const readers = await concerns.readers.list();
  expect(readers).toHaveLength(examples.length);
  const page = await (await fetch(`${site.url}/inbox`)).text();
  for (const { name, title, passphrase } of examples) {
    expect(sealing.passphraseFault(passphrase)).toBeUndefined();
    expect(page).toContain(`<dt>${name}, ${title}</dt>`);
    expect(page).toContain(`<code>${passphrase}</code>`);
  }
  expect(await (await fetch(`${site.url}/concern`)).text()).not.toContain('made-up words');
  await site.close();
});
