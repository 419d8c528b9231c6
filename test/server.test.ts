import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { SettingsError } from '../src/config.ts';
import { type OpenServer, openServer, RouteTable } from '../src/server.ts';

const open: OpenServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(
  ready = () => true,
  host = '127.0.0.1',
  port = 0,
  patience = 600_000,
): Promise<OpenServer> {
  const server = await openServer({ host, port, ready, patience });
  open.push(server);
  return server;
}

test('is healthy at once, and ready once the bot is', async () => {
  let isReady = false;
  const { url } = await start(() => isReady);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/api/messages`, { method: 'POST' })).status).toBe(503);
  isReady = true;
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const nothing = await fetch(`${url}/nothing`);
  expect(nothing.status).toBe(404);
  expect(nothing.headers.get('x-powered-by')).toBeNull();
});

test('says in one line that a port is taken, and what to do', async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  await expect(start(() => true, '127.0.0.1', port)).rejects.toThrow(
    new SettingsError([
      `Port ${port} on 127.0.0.1 is in use by another program. Stop that program, or set another port, such as PORT=${port + 1}.`,
    ]),
  );
});

test('says so where the address is not this machine’s', async () => {
  await expect(start(() => true, '192.0.2.1')).rejects.toThrow(
    '192.0.2.1 is not an address of this machine.',
  );
});

test('shows an address of the newer kind in brackets', async () => {
  const { url } = await start(() => true, '::1');
  expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
});

test('closes a connection that is kept open after its answer at once', async () => {
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: () => true, patience: 600_000 });
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  const closed = once(socket, 'close');
  await server.close();
  await closed;
});

test('gives up on a client that holds a connection and sends nothing', async () => {
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: () => true, patience: 20 });
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  await fetch(`${server.url}/healthz`);
  await server.close();
  if (!socket.closed) await once(socket, 'close');
});

test('answers what it took on, however little patience it has with those who ask nothing', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const routes = new RouteTable();
  routes.add('/slow', async (_request, response) => {
    asked.resolve();
    await answer.promise;
    response.end('done');
  });
  const options = { host: '127.0.0.1', port: 0, ready: () => true, routes };
  const server = await openServer({ ...options, patience: 20, answering: 600_000 });
  const slow = fetch(`${server.url}/slow`);
  await asked.promise;
  const idle = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
  await once(idle, 'connect');
  const idleClosed = once(idle, 'close');
  const closed = server.close();
  // By then its patience has run out.
  await idleClosed;
  answer.resolve();
  expect(await (await slow).text()).toBe('done');
  // The connection is not kept for another question.
  await closed;
});

test('gives up on an answer that never ends', async () => {
  const routes = new RouteTable();
  routes.add('/endless', (_request, response) => {
    response.flushHeaders();
  });
  const options = { host: '127.0.0.1', port: 0, ready: () => true, routes };
  const server = await openServer({ ...options, patience: 10, answering: 50 });
  const response = await fetch(`${server.url}/endless`);
  await server.close();
  await expect(response.text()).rejects.toThrow();
});
