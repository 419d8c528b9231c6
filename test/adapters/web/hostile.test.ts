import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Adapter, Card, Response as Reply } from '../../../src/chat/mod.ts';
import { type FakeBot, fakeBot, ports } from '../../support/web/bot.ts';
import { type Client, openClient } from '../../support/web/client.ts';
import { readPage } from '../../support/web/page.ts';
import { type Served, serveWeb } from '../../support/web/served.ts';

const aisha = '/as/aisha%40hill.example';

let served: Served;
let adapter: Adapter;
let bot: FakeBot;
let client: Client;
let token: string;
let reply: Reply = { kind: 'nothing' };

beforeAll(async () => {
  served = await serveWeb();
  adapter = served.factory.create(ports);
  bot = fakeBot(() => reply);
  await adapter.start(bot);
  client = openClient(served.url);
  token = readPage(await (await client.get(aisha)).text()).forms[0]!.hidden.token!;
});

afterAll(async () => {
  await adapter.stop();
  await served.close();
});

const post = async (path: string, values: Readonly<Record<string, string>>): Promise<string> =>
  (await client.post(`${aisha}${path}`, new URLSearchParams({ token, ...values }))).text();

/** Text that means something to a page, among text that means nothing. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onfocus='alert(1)",
        '</textarea><b>',
        '</title>',
        '<!--',
        ']]>',
        '&lt;',
        '&#x3c;',
        '{{7*7}}',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of another language
        '${7*7}',
        'javascript:alert(1)',
        '\u202Egnp.exe',
        '\u0000',
        '\u001B[2J',
        '\r\ndata: x\r\n\r\n',
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(' '));

/** Every tag with its attributes' names, so that what a text has added to the page shows. */
const skeleton = (html: string): string[] =>
  [...html.matchAll(/<(\/?[a-zA-Z!][^\s>]*)([^>]*)>/g)].map(([, tag, attributes = '']) =>
    [
      tag,
      ...attributes
        .replace(/="[^"]*"/g, '')
        .trim()
        .split(/\s+/),
    ].join(' '),
  );

const cardOf = (text: string): Card => ({
  summary: text,
  elements: [
    { kind: 'heading', text },
    { kind: 'text', text, tone: 'warning' },
    { kind: 'quote', text, source: text },
    { kind: 'fields', fields: [{ label: text, value: text }] },
    { kind: 'link', label: text, url: text },
    { kind: 'progress', label: text, done: 1, total: 2 },
    { kind: 'buttons', buttons: [{ action: text, value: text, label: text }] },
  ],
});

test('whatever a card says adds no tag and no attribute to the page', async () => {
  reply = { kind: 'card', audience: 'place', card: cardOf('x') };
  const plain = skeleton(await post('/say', { text: 'x' }));
  expect(plain).toContain('blockquote ');
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (text, typed) => {
      reply = { kind: 'card', audience: 'place', card: cardOf(text) };
      expect(skeleton(await post('/say', { text: typed }))).toEqual(plain);
    }),
    { numRuns: 150 },
  );
});

test('whatever a form says, and is filled with, stays text, and comes back as it was typed', async () => {
  const formOf = (text: string): Reply => ({
    kind: 'form',
    form: {
      id: 'f',
      title: text,
      intro: cardOf(text).elements,
      inputs: [
        { kind: 'text', name: 'one', label: text, initial: text },
        { kind: 'text', name: 'long', label: text, initial: text, multiline: true },
        { kind: 'choice', name: 'pick', label: text, options: [{ value: text, label: text }] },
      ],
      submitLabel: text,
      state: text,
    },
  });
  reply = formOf('x');
  const plain = skeleton(await post('/press', { press: '["a","b"]' }));
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (text, typed) => {
      reply = formOf(text);
      const opened = await post('/press', { press: '["a","b"]' });
      expect(skeleton(opened)).toEqual(plain);
      const sealed = readPage(opened).forms.find(({ hidden }) => 'open-form' in hidden)!.hidden['open-form']!;
      reply = { kind: 'invalid', errors: { one: text } };
      const again = await post('/form', { 'open-form': sealed, one: typed, long: typed, pick: text });
      const { kind, ...sent } = bot.requests.at(-1)!;
      expect({ kind, ...sent }).toMatchObject({
        kind: 'form',
        state: text.toWellFormed(),
        values: { one: typed.toWellFormed(), long: typed.toWellFormed() },
      });
      expect(skeleton(again).filter((tag) => /script|img|^b$|onerror|onfocus/.test(tag))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('a stream stays a stream, whatever is sent', async () => {
  const page = await (await client.get(aisha)).text();
  const [, path = ''] = /hx-sse:connect="([^"]+)"/.exec(page) ?? [];
  const stop = new AbortController();
  const response = await fetch(served.url + path.replaceAll('&amp;', '&'), { signal: stop.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  let count = 0;
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      count++;
      await adapter.send('aisha@hill.example', cardOf(text), `key ${count}`);
      while (heard.split('\n\n').length <= count) heard += (await reader.read()).value ?? '';
      const lines = heard.split('\n').filter((line) => line !== '');
      expect(lines.every((line) => /^(id: \d+$|data: )/.test(line))).toBe(true);
      expect(heard.split('\n\n')).toHaveLength(count + 1);
    }),
    { numRuns: 100 },
  );
  stop.abort();
});

test('any address at all is a page or a refusal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.webPath(), fc.string({ unit: 'binary' })), { maxLength: 3 }),
      async (parts) => {
        const path = `/${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`;
        expect([200, 403, 404]).toContain((await client.get(path)).status);
        expect((await client.get(`/time?as=${path}`)).status).toBe(200);
      },
    ),
    { numRuns: 60 },
  );
});
