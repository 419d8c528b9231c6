import { createSecretKey, type KeyObject } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type App, HTTPModuleFunctions, type ReceiverEvent } from '@slack/bolt';
import type { Troubles } from './troubles.ts';
import { verify } from './verify.ts';

/** Where Slack sends everything to. */
export const eventsPath = '/slack/events';

/** Bytes. What Slack sends is much smaller. */
const bodyLimit = 1_000_000;
const formType = 'application/x-www-form-urlencoded';
/** Slack waits no longer for an acknowledgement, milliseconds. */
const acknowledgeWithin = 3_000;

interface Parts {
  readonly signingSecret: string;
  readonly troubles: Troubles;
  /** Milliseconds. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

type Body = ReceiverEvent['body'];

/**
 * Receives Slack's requests over HTTP, for the app: each is checked for its size, its age and its signature
 * before it is read. The library's own receiver wants a server of its own, checks in three times the time, and
 * falls over JSON that is no object.
 */
export class Http {
  readonly #secret: KeyObject;
  readonly #troubles: Troubles;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  #app: App | undefined;

  constructor({ signingSecret, troubles, now, onError }: Parts) {
    this.#secret = createSecretKey(signingSecret, 'utf8');
    this.#troubles = troubles;
    this.#now = now;
    this.#onError = onError;
  }

  open(app: App): void {
    this.#app = app;
  }

  /** What comes from now on is to be sent again later, which Slack does with events. */
  close(): void {
    this.#app = undefined;
  }

  readonly listener: RequestListener = (request, response) => {
    this.#receive(request, response).catch((error: unknown) => {
      if (HTTPModuleFunctions.isRawBodyError(error))
        return refuse(response, error.statusCode === 413 ? 413 : 400);
      this.#onError(error);
      refuse(response, 500);
    });
  };

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const app = this.#app;
    const { headers, method } = request;
    if (!app) return refuse(response, 503);
    if (method !== 'POST') return refuse(response, 405);
    if (Number(headers['content-length'] ?? 0) > bodyLimit) return refuse(response, 413);
    const { rawBody } = await HTTPModuleFunctions.bufferIncomingMessage(request, bodyLimit);
    const form = headers['content-type'] === formType ? new URLSearchParams(rawBody.toString()) : undefined;
    // Slack sees every so often whether the certificate is good: that is not signed, and does nothing.
    if (form?.get('ssl_check') === '1') return answer(response, '');
    const verified = verify(this.#secret, headers, rawBody, this.#now());
    if (verified !== 'signed') {
      this.#troubles.meet(verified === 'stale' ? 'stale' : 'refused', refusals[verified]);
      return refuse(response, 401);
    }
    this.#troubles.over('refused');
    this.#troubles.over('stale');
    const body =
      form && !form.has('payload') ? Object.fromEntries(form) : parse(form?.get('payload') ?? rawBody);
    if (!body) return refuse(response, 400);
    // Asked once, when the address is put into the app's settings.
    if (body.type === 'url_verification') return answer(response, { challenge: body.challenge });
    await app.processEvent({
      body,
      ack: async (acknowledgement) => answer(response, acknowledgement),
      ...retryOf(headers),
    });
    if (!response.headersSent) setTimeout(() => refuse(response, 400), acknowledgeWithin).unref();
  }
}

const refusals = {
  stale: `A request to ${eventsPath} was refused: it says that it was sent at another time than now. Should it be Slack’s, see that this computer’s clock is right.`,
  unsigned: `A request to ${eventsPath} was refused: it is not signed with SLACK_SIGNING_SECRET. Should it be Slack’s, copy the “Signing Secret” again from “Basic Information” on your app’s page.`,
} as const;

/** What is not an object is none of Slack's. */
function parse(text: string | Buffer): Body | undefined {
  try {
    const body: unknown = JSON.parse(text.toString());
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function retryOf(headers: IncomingMessage['headers']): Pick<ReceiverEvent, 'retryNum'> {
  const times = headers['x-slack-retry-num'];
  return times === undefined ? {} : { retryNum: Number(times) };
}

/** Once: what was answered stays answered. */
function answer(response: ServerResponse, body: unknown): void {
  if (response.headersSent) return;
  const isText = body === undefined || body === '' || typeof body === 'string';
  const text = isText ? (body ?? '') : JSON.stringify(body);
  response.writeHead(200, {
    'content-type': isText ? 'text/plain' : 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** What is left of the request is not read, so its connection can't be used again. */
function refuse(response: ServerResponse, status: 400 | 401 | 405 | 413 | 500 | 503): void {
  if (response.headersSent) return;
  response.writeHead(status, { connection: 'close', ...(status === 503 && { 'retry-after': '30' }) }).end();
}
