import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { webApi } from '@slack/bolt';

/** What is sent in one request. */
interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal;
  /** Milliseconds without a word from the other side. */
  readonly timeout?: number;
}

/** What comes back; the names of headers are in small letters. */
interface Received {
  readonly status: number;
  readonly statusText: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** One request by Node's own HTTP client, which takes half the time of its `fetch`. Redirects are not followed. */
function exchange(url: URL, { method, headers, body, signal, timeout }: Sent): Promise<Received> {
  const { promise, resolve, reject } = Promise.withResolvers<Received>();
  const request: ClientRequest = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method,
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    ...(signal && { signal }),
    ...(timeout !== undefined && { timeout }),
  });
  request.once('timeout', () => request.destroy(new Error('Nothing came back in time')));
  request.once('error', reject);
  request.once('response', (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.once('error', reject);
    response.once('end', () => resolve(receivedOf(response, Buffer.concat(parts))));
  });
  request.end(body);
  return promise;
}

function receivedOf(
  { statusCode: status = 0, statusMessage: statusText = '', headers: given }: IncomingMessage,
  body: Buffer,
): Received {
  const headers = new Map(Object.entries(given).map(([name, value]) => [name, String(value)]));
  // Slack's client takes a 429 that does not say for how long for an error of its own.
  if (status === 429 && !/^\d+$/.test(headers.get('retry-after') ?? '')) headers.set('retry-after', '1');
  return { status, statusText, headers, body };
}

/** What Slack's client calls Slack with. */
export const fetchFast: webApi.FetchFunction = async (url, init = {}) => {
  const { method = 'GET', headers = {}, body = '', signal } = init as Partial<Sent>;
  const received = await exchange(new URL(url), { method, headers, body, ...(signal && { signal }) });
  const { status, statusText } = received;
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText,
    url: String(url),
    headers: {
      get: (name) => received.headers.get(name.toLowerCase()) ?? null,
      entries: () => received.headers.entries(),
    },
    text: async () => received.body.toString(),
    json: async (): Promise<unknown> => JSON.parse(received.body.toString()),
    arrayBuffer: async () => new Uint8Array(received.body).buffer,
  };
};

/**
 * Sends JSON to Slack, and returns what it answers. For what is posted: Slack's client would take three times as
 * long over the blocks of a message, since it writes them out once more for a log that nobody keeps.
 * @throws what Slack's client throws
 */
export async function sendJson(
  url: URL,
  message: object,
  { token, timeout }: { readonly token?: string; readonly timeout: number },
): Promise<string> {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  const sent: Sent = { method: 'POST', headers, body: JSON.stringify(message), timeout };
  const received = await exchange(url, sent).catch((error: unknown) => {
    throw new webApi.WebAPIRequestError(error instanceof Error ? error : new Error(String(error)));
  });
  const { status, statusText } = received;
  if (status === 429) throw new webApi.WebAPIRateLimitedError(Number(received.headers.get('retry-after')));
  if (status !== 200)
    throw new webApi.WebAPIHTTPError(status, statusText, Object.fromEntries(received.headers));
  return received.body.toString();
}
