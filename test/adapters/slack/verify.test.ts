import { createSecretKey } from 'node:crypto';
import { isValidSlackRequest } from '@slack/bolt';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verify } from '../../../adapters/slack/verify.ts';
import { signed } from '../../support/slack/deliver.ts';

const now = Date.parse('2026-11-23T09:00:00Z');
const seconds = now / 1_000;
const key = (secret: string) => createSecretKey(secret, 'utf8');

// Slack's own example, from the page that the rules are from.
test('takes the example of Slack’s documentation', () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
  const headers = {
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  };
  const secret = key('8f742231b10e8888abcd99yyyzzz85a5');
  expect(verify(secret, headers, Buffer.from(body), 1_531_420_618_000)).toBe('signed');
  expect(verify(secret, headers, Buffer.from(body), 1_531_420_618_000 + 301_000)).toBe('stale');
});

test('says what Slack’s library says of any body and secret', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(text, text, text, (body, secret, other) => {
      for (const by of [secret, other]) {
        const headers = signed(body, by, seconds);
        const library = isValidSlackRequest({
          signingSecret: secret,
          body,
          headers: {
            'x-slack-signature': headers['x-slack-signature']!,
            'x-slack-request-timestamp': seconds,
          },
          nowMilliseconds: now,
        });
        expect(verify(key(secret), headers, Buffer.from(body), now) === 'signed').toBe(library);
      }
    }),
  );
});

test.each([
  [{}],
  [{ 'x-slack-signature': 'v0=1' }],
  [{ 'x-slack-request-timestamp': String(seconds) }],
  [{ ...signed('x', 's', seconds), 'x-slack-signature': '' }],
  [{ ...signed('x', 's', seconds), 'x-slack-signature': 'v0=é'.padEnd(67, 'é') }],
  [{ ...signed('x', 's', seconds), 'x-slack-request-timestamp': 'NaN' }],
  [{ ...signed('x', 's', seconds), 'x-slack-request-timestamp': '' }],
  [{ ...signed('x', 's', seconds), 'x-slack-request-timestamp': `${seconds}`.repeat(9) }],
])('takes none of %j', (headers) => {
  expect(verify(key('s'), headers, Buffer.from('x'), now)).toBe('unsigned');
});

test.each([-300, 300])('takes what is %d seconds off, and nothing further off', (off) => {
  const at = (when: number) => verify(key('s'), signed('x', 's', when), Buffer.from('x'), now);
  expect(at(seconds + off)).toBe('signed');
  expect(at(seconds + off + Math.sign(off))).toBe('stale');
});
