import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { weekInWords as browserWeek } from '../../../adapters/web/assets/browser/weeks.ts';
import { weekInWords, weekOf } from '../../../src/concerns/weeks.ts';
import { type OpenSite, openConcernSite } from '../../support/web/concern-site.ts';

/** A call as the page's own script makes it. */
const asked = (site: OpenSite, call: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${site.url}/concern/call/${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.url, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('door B over HTTP', () => {
  let site: OpenSite;
  beforeAll(async () => {
    site = await openConcernSite({
      readers: ['headteacher', 'deputy-headteacher'],
      publicUrl: 'https://guidance.hill.example/bot',
    });
  });
  afterAll(() => site.close());
  afterEach(() => expect(site.faults).toEqual([]));

  test.each([
    ['/concern', 200],
    ['/concern/door/main.js', 200],
    ['/concern/browser/stretcher.js', 200],
    ['/concern/style.css', 200],
    ['/concern/nothing', 404],
    ['/concern/call/form', 405],
  ])('%s is served with a policy that lets nothing else in, and kept nowhere', async (path, status) => {
    const response = await fetch(site.url + path);
    expect(response.status).toBe(status);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "worker-src 'self'",
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('the page names nothing but its own files, and says what to do without JavaScript', async () => {
    const page = await (await fetch(`${site.url}/concern`)).text();
    const addresses = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) expect(address).toMatch(/^(concern\/[\w./-]+|tel:999)$/);
    expect(page).not.toMatch(/<style|style=|<script(?! type="module" src=)|\son\w+=/);
    expect(page).toMatch(/<noscript>[\s\S]*999[\s\S]*JavaScript[\s\S]*<\/noscript>/);
  });

  test('every script that the page imports is there, and is JavaScript', async () => {
    const waiting = ['/concern/door/main.js', '/concern/browser/stretcher.js'];
    const seen = new Set<string>();
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const response = await fetch(site.url + path);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/javascript; charset=utf-8',
      ]);
      const text = await response.text();
      expect(text).not.toMatch(/from '[^.]/);
      for (const [, next = ''] of text.matchAll(/\bfrom\s*['"]([^'"]+)['"]/g))
        waiting.push(new URL(next, site.url + path).pathname);
    }
    expect([...seen]).toContain('/concern/sealing/sealing.js');
    expect([...seen]).toContain('/concern/sealing/libsodium.js');
  });

  test.each(['br', 'gzip', 'identity'])('a script comes whole as %s', async (encoding) => {
    const response = await fetch(`${site.url}/concern/chat/harmless.js`, {
      headers: { 'accept-encoding': encoding },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
    expect(await response.text()).toContain('export function harmless');
  });

  test.each([
    '/concern/../package.json',
    '/concern/%2e%2e/package.json',
    '/concern//etc/passwd',
    '/concern/door/main.ts',
    '/concern/__proto__',
    '/concern/%00',
  ])('%s is no page', async (path) => {
    expect((await fetch(site.url + path)).status).toBe(404);
  });

  test('with a slash at the end it leads to the page itself, wherever it lies', async () => {
    const response = await fetch(`${site.url}/concern/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '../concern']);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused', async (method) => {
    const page = await fetch(`${site.url}/concern`, { method });
    expect([page.status, page.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const call = await fetch(`${site.url}/concern/call/form`, { method });
    expect([call.status, call.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no page at all', { origin: '' }],
    ['a page that hides where it is', { origin: 'null' }],
    ['a page on another port', { origin: 'http://127.0.0.1:1' }],
    ['another site that claims this origin', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ])('a call from %s is refused', async (_, headers) => {
    const response = await asked(site, 'form', {}, headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: expect.stringContaining('another page') });
  });

  test('a call that came through the address people know is taken', async () => {
    const response = await asked(site, 'form', {}, { origin: 'https://guidance.hill.example' });
    expect(response.status).toBe(200);
  });

  test('what is too long, of another kind or no JSON is refused, and does no harm', async () => {
    expect((await asked(site, 'submit', 'x'.repeat(5 * 1024 * 1024))).status).toBe(413);
    expect((await asked(site, 'submit', 'a=b', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await asked(site, 'submit', '{"kind":')).status).toBe(400);
    expect((await asked(site, 'submit', {})).status).toBe(400);
    expect((await asked(site, 'form', {})).status).toBe(200);
  });

  test.each(['', 'nothing', '__proto__', 'constructor', 'form/', 'toString'])(
    'there is no call "%s"',
    async (name) => {
      expect((await asked(site, name, {})).status).toBe(404);
    },
  );

  test('whatever comes as a call is answered with words for a person', async () => {
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record({
        about: fc.oneof(fc.constantFrom('adult', 'child'), fc.string()),
        exclude: fc.oneof(fc.array(fc.string()), fc.string()),
        kind: fc.string(),
        lookup: fc.base64String(),
        message: fc.base64String(),
        grants: fc.array(fc.base64String()),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('form', 'readers', 'submit', 'open', 'reply'),
        body,
        async (call, given) => {
          const response = await asked(site, call, given);
          const answer = (await response.json()) as { error?: unknown };
          expect([200, 400, 403]).toContain(response.status);
          if (response.status !== 200) expect(answer).toEqual({ error: expect.any(String) });
        },
      ),
      { numRuns: 150 },
    );
    expect(await site.house.store.run((db) => db.selectFrom('concern').selectAll().execute())).toEqual([]);
  });
});

describe('for this machine alone', () => {
  let site: OpenSite;
  beforeEach(async () => {
    site = await openConcernSite({ base: '/preview', local: true });
  });
  afterEach(() => site.close());

  test('it lies below its base, and leads back', async () => {
    expect((await fetch(`${site.url}/concern`)).status).toBe(404);
    const page = await fetch(`${site.url}/preview/concern`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<a href="./">Back to the preview</a>');
    expect((await fetch(`${site.url}/preview/concern/door/main.js`)).status).toBe(200);
  });

  test('a name that points here from elsewhere is refused', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) =>
      request(`${site.url}/preview/concern`, { headers: { host: 'evil.example' } }, (response) =>
        resolve(response.resume().statusCode),
      ).end(),
    );
    expect(status).toBe(403);
  });
});

test('the browser words a week as the server does, in every week of thirty years', () => {
  for (let day = Date.UTC(2015, 0, 1); day < Date.UTC(2045, 0, 1); day += 7 * 86_400_000) {
    const week = weekOf(new Date(day).toISOString().slice(0, 10));
    expect(browserWeek(week)).toBe(weekInWords(week));
  }
  expect(browserWeek('<b>2026</b>')).toBe('<b>2026</b>');
});
