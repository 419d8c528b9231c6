import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Adapter, Card } from '../../../src/chat/mod.ts';
import { fakeBot, ports, said } from '../../support/web/bot.ts';
import { type Client, openClient } from '../../support/web/client.ts';
import { type Served, serveWeb } from '../../support/web/served.ts';

const person = 'aisha@hill.example';
const own = `/as/${person}`;

let served: Served;
let adapter: Adapter;
let client: Client;

beforeEach(async () => {
  served = await serveWeb();
  adapter = served.factory.create(ports);
  await adapter.start(fakeBot((request) => said(request.kind === 'question' ? 'An answer' : 'Welcome')));
  client = openClient(served.url);
});
afterEach(async () => {
  await adapter.stop();
  await served.close();
});

const note = (text: string): Card => ({ summary: text, elements: [{ kind: 'text', text }] });

/** Somebody's page as a browser has it: what it shows, and what it hears. */
async function openPage(changed: (path: string) => string = (path) => path) {
  const html = await (await client.get(own)).text();
  const [, connect = ''] = /hx-sse:connect="([^"]+)"/.exec(html) ?? [];
  const [, token = ''] = /name="token" value="([^"]+)"/.exec(html) ?? [];
  const path = connect.replaceAll('&amp;', '&');
  const page = new URL(path, served.url).searchParams.get('page')!;
  const stop = new AbortController();
  const listen = async (headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(served.url + changed(path), { signal: stop.signal, headers });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    return {
      async until(words: string): Promise<string> {
        while (!heard.includes(words)) {
          const { value, done } = await reader.read();
          if (done) break;
          heard += value;
        }
        return heard;
      },
      leave: () => stop.abort(),
    };
  };
  const say = async (text: string): Promise<string> =>
    (await client.post(`${own}/say`, new URLSearchParams({ token, page, text }))).text();
  return { html, listen, say };
}

test('what is sent while a page is open comes to it, and to no page of others', async () => {
  const stream = await (await openPage()).listen();
  await adapter.send('head@hill.example', note('For the head'), '1');
  await adapter.send(person, note('For Aisha'), '2');
  expect(await stream.until('For Aisha')).not.toContain('For the head');
});

test('what answers a page’s own question does not come to it twice, but does to another page', async () => {
  const [one, other] = [await openPage(), await openPage()];
  const [heard, overheard] = [await one.listen(), await other.listen()];
  expect(await one.say('hello')).toContain('An answer');
  await adapter.send(person, note('Later'), '1');
  expect(await heard.until('Later')).not.toContain('An answer');
  expect(await overheard.until('Later')).toContain('An answer');
});

test('what came before the page listened, or while it was away, comes with it', async () => {
  const page = await openPage();
  await adapter.send(person, note('In between'), '1');
  const first = await page.listen();
  const heard = await first.until('In between');
  const id = /^id: (\d+)$/m.exec(heard)![1]!;
  await adapter.send(person, note('Another'), '2');
  const again = await (await page.listen({ 'last-event-id': id })).until('Another');
  expect(again).not.toContain('In between');
});

test('a changed card comes in the place of the old', async () => {
  const stream = await (await openPage()).listen();
  const sent = await adapter.send(person, note('Owed'), '1');
  await stream.until('Owed');
  if (sent.kind !== 'sent') throw new Error(sent.kind);
  await adapter.update(sent.message, note('Done'));
  const heard = await stream.until('Done');
  expect(heard.match(/<article id="m2"/g)).toHaveLength(2);
});

test('a page that was open through a restart is told to load again', async () => {
  const page = await openPage((path) => path.replace(/start=[^&]*/, 'start=before'));
  expect(await (await page.listen()).until('anything')).toContain('started anew');
});

test('a page that is closed is forgotten, and stopping ends those that are open', async () => {
  const [closed, open] = [await (await openPage()).listen(), await (await openPage()).listen()];
  closed.leave();
  await adapter.send(person, note('After'), '1');
  await open.until('After');
  await adapter.stop();
  // The stream has come to its end.
  expect(await open.until('never said')).toContain('After');
});

test('keeps the last two hundred messages, and lets the others go', async () => {
  for (let index = 1; index <= 250; index++)
    await adapter.send(person, note(`Message ${index}.`), String(index));
  const { html } = await openPage();
  expect(html).not.toContain('Message 50.');
  expect(html).toContain('Message 51.');
  expect(html).toContain('Message 250.');
});
