import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWeb, type WebOptions } from '../../../adapters/web/adapter.ts';
import type { AdapterFactory } from '../../../src/chat/mod.ts';
import { RouteTable } from '../../../src/server.ts';

/** The preview on a real port, with a note of every byte of text that it sends. */
export interface Served {
  readonly factory: AdapterFactory;
  readonly url: string;
  /** All that went out so far, to all. */
  everything(): string;
  close(): Promise<void>;
}

const hill: ReturnType<WebOptions['school']> = {
  name: 'Hill Primary',
  example: true,
  roles: { headteacher: 'headteacher' },
  timeZone: 'Europe/London',
  dayBegins: '08:00',
};

export async function serveWeb(options: Partial<WebOptions> = {}): Promise<Served> {
  const routes = new RouteTable();
  let sent = '';
  const note = (response: ServerResponse): void => {
    for (const method of ['write', 'end'] as const) {
      const own = response[method].bind(response) as (...given: unknown[]) => never;
      response[method] = (...given: unknown[]) => {
        if (typeof given[0] === 'string' || given[0] instanceof Uint8Array) sent += String(given[0]);
        return own(...given);
      };
    }
  };
  const listen: RequestListener = (request, response) => {
    note(response);
    const listener = routes.find(request.url?.split('?')[0] ?? '/');
    if (listener) listener(request, response);
    else response.writeHead(404).end();
  };
  const server = createServer(listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const web = createWeb({
    base: '',
    pages: [{ label: 'Time', path: '/time' }],
    school: () => hill,
    clock: { now: () => new Date('2026-11-23T09:00:00Z'), moveTo() {} },
    tick: async () => {},
    report: async () => undefined,
    ...options,
  });
  return {
    factory: { name: web.name, create: (ports) => web.create({ ...ports, routes }) },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    everything: () => sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
