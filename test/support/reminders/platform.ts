import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Seeded } from '../../bench/seeded.ts';

/** How often a platform does not do what it is asked at once, 0 to 1 each. */
export interface Faults {
  /** 429: not taken. */
  readonly full: number;
  /** 5xx: not taken. */
  readonly broken: number;
  /** 5xx, though it was taken. */
  readonly brokenAfter: number;
  /** Taken, and answered when the client has given up. */
  readonly late: number;
}

export const calm: Faults = { full: 0, broken: 0, brokenAfter: 0, late: 0 };
export const stormy: Faults = { full: 0.04, broken: 0.03, brokenAfter: 0.03, late: 0.01 };

/** After so many milliseconds a client has given up; more than a busy machine takes over one request. */
export const CLIENT_PATIENCE = 400;
const RETRY_AFTER = 15;

/** A chat platform that only takes messages, over HTTP, and writes down each that arrives. */
export interface FakePlatform {
  readonly url: string;
  /** Keys in the order in which they arrived, each as often as it arrived. */
  readonly arrived: readonly string[];
  /** Keys that it took without a proper answer. */
  readonly unanswered: ReadonlySet<string>;
  /** Resolves once so many have arrived. */
  reached(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function openPlatform(chance: Seeded, faults: Faults): Promise<FakePlatform> {
  const arrived: string[] = [];
  const unanswered = new Set<string>();
  const watchers = new Set<() => void>();

  function take(key: string): void {
    arrived.push(key);
    for (const watch of watchers) watch();
  }

  function receive(key: string, response: ServerResponse): void {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    let draw = chance.next();
    const happens = (share: number): boolean => {
      draw -= share;
      return draw < 0;
    };
    if (happens(faults.full)) answer(429, { retryAfter: RETRY_AFTER });
    else if (happens(faults.broken)) answer(503, {});
    else if (happens(faults.brokenAfter)) {
      unanswered.add(key);
      take(key);
      answer(502, {});
    } else if (happens(faults.late)) {
      unanswered.add(key);
      take(key);
      setTimeout(() => answer(200, { message: key }), CLIENT_PATIENCE * 1.5);
    } else {
      take(key);
      answer(200, { message: key });
    }
  }

  const server = createServer(async (request, response) => {
    try {
      const { key } = (await json(request)) as { key: string };
      if (request.url === '/send') receive(key, response);
      else response.end(JSON.stringify({ found: arrived.includes(key) }));
    } catch {
      // A client that was killed in the middle of a request.
      response.destroy();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrived,
    unanswered,
    reached: (count) =>
      new Promise((resolve) => {
        const watch = () => {
          if (arrived.length < count) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
