import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Milliseconds. */
const oldest = 5 * 60_000;
const version = 'v0';

/**
 * Whether a request is Slack's, by its own rules
 * (https://docs.slack.dev/authentication/verifying-requests-from-slack):
 *
 * 1. It says when it was sent, in seconds, and that is within five minutes of `now`: an older one may be one that
 *    somebody has written down and sends again (`stale`).
 * 2. Its signature is of the one version that there is.
 * 3. The signature is the HMAC, with SHA-256 and the app's signing secret, of that version, that time and the
 *    bytes of the body. It is compared in a time that does not tell how much of it is right (`unsigned`).
 *
 * Slack's library says the same, but takes three times as long.
 */
export function verify(
  secret: KeyObject,
  headers: IncomingHttpHeaders,
  body: Buffer,
  now: number,
): 'signed' | 'stale' | 'unsigned' {
  const { 'x-slack-request-timestamp': sent, 'x-slack-signature': signature } = headers;
  if (typeof sent !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(sent))
    return 'unsigned';
  if (Math.abs(now - Number(sent) * 1_000) > oldest) return 'stale';
  const right = Buffer.from(
    `${version}=${createHmac('sha256', secret).update(`${version}:${sent}:`).update(body).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right) ? 'signed' : 'unsigned';
}
