import { afterEach, describe, expect, test } from 'vitest';
import { type Connected, connected } from '../../support/slack/connected.ts';
import { signed } from '../../support/slack/deliver.ts';
import { tokens } from '../../support/slack/fake-slack.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function started(): Promise<Connected> {
  const connection = await connected({ mode: 'http' });
  open.push(connection);
  return connection;
}

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const needle = 'zqneedleinahaystack';

async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  const response = await fetch(url, { method: 'POST', body, headers });
  await response.arrayBuffer();
  return response.status;
}

describe('a request', () => {
  test.each<[string, string, (body: string) => Record<string, string>]>([
    ['without a signature', 'is not signed', () => json],
    ['with another secret', 'is not signed', (body) => ({ ...json, ...signed(body, 'another') })],
    ['that was changed', 'is not signed', (body) => ({ ...json, ...signed(`${body} `, tokens.secret) })],
    [
      'of six minutes ago',
      'another time',
      (body) => ({ ...json, ...signed(body, tokens.secret, Math.floor(Date.now() / 1_000) - 360) }),
    ],
    [
      'of no time',
      'is not signed',
      (body) => ({ ...json, ...signed(body, tokens.secret), 'x-slack-request-timestamp': 'x' }),
    ],
  ])('%s is refused, and that is said once', async (_, words, headers) => {
    const { url, aisha, bot, log } = await started();
    const body = JSON.stringify(aisha.message(needle).payload);
    for (let n = 0; n < 3; n++) expect(await post(url, body, headers(body))).toBe(401);
    expect(bot.requests).toEqual([]);
    expect(log).toEqual([expect.stringContaining(words)]);
    expect(log.join()).not.toContain(needle);
  });

  test('for each reason it is refused for, that is said once', async () => {
    const { url, aisha, log } = await started();
    const body = JSON.stringify(aisha.message(needle).payload);
    const long = Math.floor(Date.now() / 1_000) - 360;
    for (const headers of [json, { ...json, ...signed(body, tokens.secret, long) }, json])
      expect(await post(url, body, headers)).toBe(401);
    expect(log).toEqual([expect.stringContaining('is not signed'), expect.stringContaining('another time')]);
  });

  test.each([
    [5_000_000, true],
    [5_000_000, false],
  ])('of %d bytes is refused, announced: %s', async (size, announced) => {
    const { url, bot } = await started();
    const body = JSON.stringify({ text: needle.repeat(Math.ceil(size / needle.length)) });
    const sent = announced ? { body } : { body: new Blob([body]).stream(), duplex: 'half' as const };
    const status = await fetch(url, {
      method: 'POST',
      headers: { ...json, ...signed(body, tokens.secret) },
      ...sent,
    }).then(
      (response) => response.status,
      // The line may be cut before all was sent.
      () => 413,
    );
    expect(status).toBe(413);
    expect(bot.requests).toEqual([]);
  });

  test.each([
    ['null', json],
    ['[]', json],
    ['"x"', json],
    ['', json],
    ['{', json],
    ['{"event":null}', json],
    ['{"event":{"type":5}}', json],
    ['{"type":"view_submission"}', json],
    ['payload=null', form],
    ['payload=%22x%22', form],
    ['payload=%7B', form],
    ['payload=%7B%22type%22%3A%22view_submission%22%7D', form],
    ['payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%5D%7D', form],
  ])(
    'that is signed but holds %j does no harm',
    async (body, type) => {
      const { url, slack, aisha, bot, log } = await started();
      const status = await post(url, body, { ...type, ...signed(body, tokens.secret) });
      expect(status === 200 || (status >= 400 && status <= 500)).toBe(true);
      expect(bot.requests).toEqual([]);
      await slack.deliver(aisha.message('Still there?'));
      expect(bot.requests).toHaveLength(1);
      expect(log.join()).not.toContain(body || 'nothing');
    },
    20_000,
  );

  test('that Slack sends to see whether the address is right is answered', async () => {
    const { url } = await started();
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { ...json, ...signed(body, tokens.secret) },
    });
    expect(await response.json()).toEqual({ challenge: 'abc' });
    expect(await post(url, 'ssl_check=1', form)).toBe(200);
  });

  test.each(['GET', 'PUT'])('by %s is none', async (method) => {
    const { url } = await started();
    const response = await fetch(url, { method });
    expect(response.status).toBeGreaterThanOrEqual(400);
  });

  test('after the end is to be sent again later', async () => {
    const { url, adapter, aisha } = await started();
    await adapter.stop();
    const body = JSON.stringify(aisha.message('Too late').payload);
    expect(await post(url, body, { ...json, ...signed(body, tokens.secret) })).toBe(503);
  });
});
