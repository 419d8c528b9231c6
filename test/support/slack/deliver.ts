import { createHmac, randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';

/** What Slack sends to an app. */
export interface Delivered {
  readonly type: 'events_api' | 'interactive' | 'slash_commands';
  /** For an event, its whole envelope. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it was sent before. */
  readonly retry?: number;
}

/** How the app acknowledged it. */
export interface Acknowledged {
  /** False where it did not within three seconds, or refused it. */
  readonly ok: boolean;
  /** HTTP's; 200 over a socket. */
  readonly status: number;
  /** What was sent with it. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Milliseconds until then. */
  readonly took: number;
}

const longest = 3_000;

export async function deliverOverSocket(
  socket: WebSocket,
  { type, payload, retry }: Delivered,
): Promise<Acknowledged> {
  const id = randomUUID();
  const start = performance.now();
  const { promise, resolve } = Promise.withResolvers<Acknowledged>();
  const end = (acknowledged: Omit<Acknowledged, 'took'>) => {
    clearTimeout(timer);
    socket.off('message', hear);
    resolve({ ...acknowledged, took: performance.now() - start });
  };
  const hear = (data: { toString(): string }) => {
    const message = JSON.parse(data.toString()) as { envelope_id?: string; payload?: object };
    if (message.envelope_id === id) end({ ok: true, status: 200, body: { ...message.payload } });
  };
  const timer = setTimeout(() => end({ ok: false, status: 0, body: {} }), longest);
  socket.on('message', hear);
  socket.send(
    JSON.stringify({
      envelope_id: id,
      type,
      payload,
      accepts_response_payload: type !== 'events_api',
      ...(retry !== undefined && { retry_attempt: retry, retry_reason: 'timeout' }),
    }),
  );
  return promise;
}

export async function deliverOverHttp(
  url: string,
  secret: string,
  { type, payload, retry }: Delivered,
): Promise<Acknowledged> {
  const body =
    type === 'events_api'
      ? JSON.stringify(payload)
      : new URLSearchParams(
          type === 'interactive'
            ? { payload: JSON.stringify(payload) }
            : Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
        ).toString();
  const start = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      ...signed(body, secret),
      ...(retry !== undefined && {
        'x-slack-retry-num': String(retry),
        'x-slack-retry-reason': 'http_timeout',
      }),
    },
    body,
  });
  const text = await response.text();
  const took = performance.now() - start;
  return {
    ok: response.ok && took < longest,
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
    took,
  };
}

/** The headers by which an app knows that a request is Slack's. `at` is in seconds. */
export function signed(
  body: string,
  secret: string,
  at = Math.floor(Date.now() / 1_000),
): Record<string, string> {
  const hash = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${hash}` };
}
