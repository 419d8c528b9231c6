import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express from 'express';
import type { Routes } from './chat/mod.ts';
import { SettingsError } from './config.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0 takes any port that is free. */
  readonly port: number;
  /** Whether the bot can answer people. */
  readonly ready: () => boolean;
  readonly routes?: RouteTable;
  /** How long `close` waits for a client that asks nothing, in milliseconds; two seconds where left out. */
  readonly patience?: number;
  /** How long it waits for what was asked to be answered, in milliseconds; eight seconds where left out. */
  readonly answering?: number;
}

/** What the adapters serve; filled before and while the server runs. */
export class RouteTable implements Routes {
  readonly #listeners = new Map<string, RequestListener>();

  add(path: string, listener: RequestListener): void {
    this.#listeners.set(path === '/' ? '' : path, listener);
  }

  /** The listener of the longest path that a request's path is, or lies below. */
  find(path: string): RequestListener | undefined {
    for (let at = path.replace(/\/+$/, ''); ; at = at.slice(0, at.lastIndexOf('/'))) {
      const listener = this.#listeners.get(at);
      if (listener || at === '') return listener;
    }
  }
}

export interface OpenServer {
  /** Where it is reached on this machine, without a slash at the end. */
  readonly url: string;
  /**
   * Takes on nothing new. Closes idle connections at once, those that ask nothing after a while, and all others
   * once what they ask is answered, or patience with that has run out, too.
   */
  close(): Promise<void>;
}

/**
 * Opens the bot's web server: `GET /healthz` is 200 once the process serves, `GET /readyz` once the bot can
 * answer people, and 503 before, as whatever is not served yet. @throws SettingsError where it can't listen: another port or address is to be set
 */
export async function openServer({
  host,
  port,
  ready,
  routes = new RouteTable(),
  patience = 2_000,
  answering = 8_000,
}: ServerOptions): Promise<OpenServer> {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  app.get('/readyz', (_request, response) => {
    const isReady = ready();
    response
      .status(isReady ? 200 : 503)
      .type('text/plain')
      .send(isReady ? 'ready\n' : 'not ready\n');
  });
  app.use((request, response, next) => {
    const listener = routes.find(request.path);
    if (listener) listener(request, response);
    // It may be there in a moment: a platform that is told so sends again what it had to say.
    else if (!ready()) response.status(503).set('Retry-After', '5').type('text/plain').send('not ready\n');
    else next();
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(port, host, (error) =>
      error ? reject(explain(error, host, port)) : resolve(listening),
    );
  });
  const idle = watchIdle(server);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve, reject) => {
        const hurry = setTimeout(() => {
          for (const socket of idle()) socket.destroy();
        }, patience);
        const giveUp = setTimeout(() => server.closeAllConnections(), Math.max(patience, answering));
        // Closes idle connections, too; but one that has not sent anything yet does not count as idle.
        server.close((error) => {
          clearTimeout(hurry);
          clearTimeout(giveUp);
          if (error) reject(error);
          else resolve();
        });
      }),
  };
}

/** Gives the connections on which nobody waits for an answer; Node's own count leaves out those that never asked. */
function watchIdle(server: Server): () => readonly Socket[] {
  const asking = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    asking.set(socket, 0);
    socket.once('close', () => asking.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    const count = (by: number) => {
      const before = asking.get(socket);
      if (before !== undefined) asking.set(socket, before + by);
    };
    count(1);
    response.once('close', () => {
      count(-1);
      // One that is kept for another question would hold up the end.
      if (!server.listening) server.closeIdleConnections();
    });
  });
  return () => [...asking].filter(([, waiting]) => waiting === 0).map(([socket]) => socket);
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): SettingsError {
  const problems: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program. Stop that program, or set another port, such as PORT=${port + 1}.`,
    EACCES: `Port ${port} may not be used by this account. Set a port above 1023, such as PORT=3000.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST=127.0.0.1, or an address that it has.`,
    ENOTFOUND: `There is no address called ${host}. Set HOST=127.0.0.1, or an address of this machine.`,
  };
  return new SettingsError([
    problems[error.code ?? ''] ?? `The web server can’t listen on ${host}, port ${port} (${error.code}).`,
  ]);
}
