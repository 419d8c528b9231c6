import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { RefusedError, UnreachedError } from './faults.ts';

/** What botbuilder's clients are made with. */
type ClientOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type HttpClient = NonNullable<ClientOptions['httpClient']>;

const patience = 15_000;
/** Seconds; a longer `Retry-After` is as good as that. */
const longestRetryAfter = 3_600;

/** Connections are kept for so long that the platform has not let go of them yet. */
const kept = { keepAlive: true, timeout: 4_000 };
const insecure = new http.Agent(kept);
const secure = new https.Agent(kept);

/**
 * Sends one call for botbuilder, once. botbuilder tries a refused call again by itself, up to four times and
 * without a word, which can send a message twice and holds up who waits: it does so only where an answer or an
 * error of its own kind comes back, so every fault here is one of ours.
 */
export const httpClient: HttpClient = {
  async sendRequest(request) {
    const { url, method, body } = request;
    const response = await call(url, {
      method,
      headers: request.headers.toJson(),
      body: body === undefined ? undefined : String(body),
    });
    const { status, text } = response;
    if (status >= 300) throw new RefusedError(status, wordOf(text), retryAfterOf(response.headers));
    const headers = request.headers.clone();
    for (const name of headers.headerNames()) headers.remove(name);
    for (const [name, value] of Object.entries(response.headers))
      if (value !== undefined) headers.set(name, String(value));
    return { request, status, headers, bodyAsText: text };
  },
};

interface Called {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** @throws UnreachedError */
function call(
  url: string,
  sent: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string | undefined;
  },
): Promise<Called> {
  const { method, headers, body } = sent;
  const isSecure = url.startsWith('https:');
  const { promise, resolve, reject } = Promise.withResolvers<Called>();
  const request = (isSecure ? https : http).request(url, {
    method,
    headers: {
      ...headers,
      // What comes back is small, and read as it is.
      'accept-encoding': 'identity',
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    },
    agent: isSecure ? secure : insecure,
  });
  const timer = setTimeout(() => request.destroy(new UnreachedError(true, 'no answer in time')), patience);
  const fail = (error: Error): void => {
    clearTimeout(timer);
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    reject(error instanceof UnreachedError ? error : new UnreachedError(!neverArrived.has(code), code));
  };
  request.on('error', fail);
  request.on('response', (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', fail);
    response.on('end', () => {
      clearTimeout(timer);
      const text = Buffer.concat(chunks).toString('utf8');
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
  });
  request.end(body);
  return promise;
}

/** Faults that come before a call is on its way. */
const neverArrived = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** `{"error":{"code":"…"}}` */
function wordOf(body: string): string {
  const [, code = ''] = /"code"\s*:\s*"([\w.-]{1,80})"/.exec(body) ?? [];
  return code;
}

function retryAfterOf(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? undefined : Math.min(longestRetryAfter, Math.max(0, seconds)) * 1_000;
}
