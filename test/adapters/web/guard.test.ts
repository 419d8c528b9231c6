import { request as ask } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter } from '../../../src/chat/mod.ts';
import { type FakeBot, fakeBot, ports, said } from '../../support/web/bot.ts';
import { type Client, openClient } from '../../support/web/client.ts';
import { readPage } from '../../support/web/page.ts';
import { type Served, serveWeb } from '../../support/web/served.ts';

const aisha = '/as/aisha%40hill.example';
const form = {
  id: 'person',
  title: 'Ask',
  intro: [],
  inputs: [{ kind: 'text', name: 'person.text', label: 'Your question' }],
  submitLabel: 'Send',
} as const;

let served: Served;
let adapter: Adapter;
let bot: FakeBot;
let client: Client;
let token: string;

beforeAll(async () => {
  served = await serveWeb();
  adapter = served.factory.create(ports);
  bot = fakeBot((request) => (request.kind === 'press' ? { kind: 'form', form } : said('Hello')));
  await adapter.start(bot);
  client = openClient(served.url);
  token = readPage(await (await client.get(aisha)).text()).forms[0]!.hidden.token!;
});

afterAll(async () => {
  await adapter.stop();
  await served.close();
});

/** Sends a question with what a page would send along, but for these. */
async function say(
  headers: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>> = {},
  path = `${aisha}/say`,
): Promise<{ status: number; asked: boolean }> {
  const before = bot.requests.length;
  const { status } = await client.post(
    path,
    new URLSearchParams({ token, text: 'hello', ...values }),
    headers,
  );
  return { status, asked: bot.requests.length > before };
}

/** As a browser sends it whose address bar shows another name: fetch would not let us. */
function getAs(
  host: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(served.url);
    ask({ host: '127.0.0.1', port, path: '/', method, headers: { host, ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .on('error', reject)
      .end();
  });
}

test('a form of the page itself is taken', async () => {
  expect(await say({})).toEqual({ status: 200, asked: true });
  expect(await say({ 'sec-fetch-site': 'same-origin' })).toEqual({ status: 200, asked: true });
});

describe('what does not come from the page itself is refused, and never reaches the bot', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a page that hides where it comes from', { origin: 'null' }],
    ['this host over another protocol', { origin: 'https://127.0.0.1' }],
    ['another port of this host', { origin: 'http://127.0.0.1:1' }],
    ['another site, as the browser knows', { 'sec-fetch-site': 'cross-site' }],
    ['another subdomain, as the browser knows', { 'sec-fetch-site': 'same-site' }],
  ])('%s', async (_, headers) => {
    expect(await say(headers)).toEqual({ status: 403, asked: false });
  });

  test.each([
    ['no token', ''],
    ['a wrong token of the same length', 'x'.repeat(24)],
    ['a longer token', 'x'.repeat(2_000)],
  ])('%s', async (_, wrong) => {
    expect(await say({}, { token: wrong })).toEqual({ status: 403, asked: false });
  });

  test.each([
    '/as/nobody/say',
    '/as/constructor/say',
    '/as/__proto__/say',
    '/as/aisha%40hill.example%00/say',
  ])('somebody whom nobody knows: %s', async (path) => {
    expect(await say({}, {}, path)).toEqual({ status: 404, asked: false });
  });

  test('a form that the bot never showed', async () => {
    for (const sealed of [
      '',
      'x',
      `.${JSON.stringify(form)}`,
      JSON.stringify(form),
      `${'A'.repeat(43)}.${JSON.stringify(form)}`,
    ])
      for (const path of [`${aisha}/form`, '/anonymous'])
        expect(await say({}, { 'open-form': sealed, 'person.text': 'x' }, path)).toEqual({
          status: 403,
          asked: false,
        });
    expect(bot.anonymousForms).toEqual([]);
  });

  test('a form of the bot’s with one letter changed', async () => {
    const press = new URLSearchParams({ token, press: JSON.stringify(['a', 'b']) });
    const { forms } = readPage(await (await client.post(`${aisha}/press`, press)).text());
    const sealed = forms.find(({ hidden }) => 'open-form' in hidden)!.hidden['open-form']!;
    const path = `${aisha}/form`;
    expect(await say({}, { 'open-form': sealed.replace('"Ask"', '"Asl"') }, path)).toEqual({
      status: 403,
      asked: false,
    });
    expect(await say({}, { 'open-form': sealed, 'person.text': 'x' }, path)).toEqual({
      status: 200,
      asked: true,
    });
  });

  test.each(['', '[]', '["a"]', '[1,2]', '{"a":"b"}', 'null', 'x'])(
    'a button that is none: %s',
    async (press) => {
      expect(await say({}, { press }, `${aisha}/press`)).toEqual({ status: 400, asked: false });
    },
  );

  test('another kind of body, and one that is too long', async () => {
    expect((await say({ 'content-type': 'application/json' })).status).toBe(415);
    expect((await say({ 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(415);
    expect((await say({}, { text: 'x'.repeat(70_000) })).status).toBe(413);
  });
});

test('a name that points here from elsewhere is refused, and so is what a proxy hands on', async () => {
  const { port } = new URL(served.url);
  expect(await getAs(`127.0.0.1:${port}`)).toBe(200);
  expect(await getAs(`localhost:${port}`)).toBe(200);
  expect(await getAs(`[::1]:${port}`)).toBe(200);
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0',
  ])
    expect(await getAs(host)).toBe(403);
  for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
    expect(await getAs(`127.0.0.1:${port}`, { [header]: '203.0.113.7' })).toBe(403);
});

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])(
  '%s is no method of these pages',
  async (method) => {
    const { port } = new URL(served.url);
    expect(await getAs(`127.0.0.1:${port}`, {}, method)).toBe(405);
  },
);

test('every answer forbids scripts, frames and forms from elsewhere', async () => {
  for (const path of [
    '/',
    aisha,
    `${aisha}/home`,
    '/time',
    '/report',
    '/nowhere',
    '/as/nobody',
    '/as/%E0%A4%A',
  ]) {
    const { headers } = await client.get(path);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'$/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
  }
});

test('a refusal inside a page is a piece of it, and a whole page otherwise', async () => {
  const values = new URLSearchParams({ token: 'wrong', text: 'x' });
  expect(await (await client.post(`${aisha}/say`, values)).text()).toMatch(/^<article id="z-refused"/);
  const whole = await client.post(`${aisha}/say`, values, { 'hx-request': 'false' });
  expect(await whole.text()).toMatch(/^<!doctype html>/);
});
