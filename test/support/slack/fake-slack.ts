import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Arguments, createApi, Refusal, Triggers } from './api.ts';
import { type Acknowledged, type Delivered, deliverOverHttp, deliverOverSocket } from './deliver.ts';
import { Faults, faulty } from './faults.ts';
import { botUser, type FakeGroup, type FakeMember, Workspace } from './workspace.ts';

export const tokens = {
  bot: 'xoxb-fake-bot-token',
  app: 'xapp-fake-app-token',
  secret: 'fake-signing-secret',
};

/** A call that the bot made. */
export interface Call {
  readonly method: string;
  readonly args: Arguments;
  /** Milliseconds. */
  readonly at: number;
  /** As it came over the wire. */
  readonly raw: string;
}

export interface FakeSlackOptions {
  readonly members?: readonly FakeMember[];
  /** Without any, the app may not see user groups. */
  readonly groups?: readonly FakeGroup[];
  /** Members on a page of `users.list`. */
  readonly pageSize?: number;
  /** What the bot's token is good for; Slack does not say where left out. */
  readonly scopes?: readonly string[];
}

const noOne: readonly FakeMember[] = [];

/**
 * A small Slack: its Web API and its sockets over the real protocols, one workspace behind them. Events go over
 * the bot's socket where it has one, and else signed to `eventsUrl`.
 */
export class FakeSlack {
  readonly workspace: Workspace;
  readonly calls: Call[] = [];
  readonly faults = new Faults();
  readonly triggers = new Triggers();
  /** Blocks and views that Slack would refuse, and did. */
  readonly badBlocks: string[] = [];
  /** Where the bot listens for signed requests. */
  eventsUrl = '';
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #options: FakeSlackOptions;
  readonly #api: ReturnType<typeof createApi>;
  /** What replies through an address may still do, by the address. */
  readonly #replies = new Map<
    string,
    { readonly channel: string; readonly user: string; ts?: string; left: number }
  >();
  /** Whether the socket is answered at all. */
  greets = true;

  private constructor(options: FakeSlackOptions, server: Server) {
    this.#options = options;
    this.#server = server;
    this.workspace = new Workspace(options.members ?? noOne, options.groups);
    this.#api = createApi({
      workspace: this.workspace,
      triggers: this.triggers,
      pageSize: options.pageSize ?? 200,
      groups: options.groups !== undefined,
      socketUrl: () => `${this.url.replace('http', 'ws')}/socket`,
      onBadBlocks: (faults) => this.badBlocks.push(...faults),
    });
    server.on('request', (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    server.on('upgrade', (request, socket, head) => {
      this.#sockets.handleUpgrade(request, socket, head, (client) => {
        // Many deliveries wait at once for their acknowledgement.
        client.setMaxListeners(0).on('error', () => {});
        if (this.greets) client.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
      });
    });
  }

  /** At a port that was free, or at one where another was before. */
  static async start(options: FakeSlackOptions = {}, port = 0): Promise<FakeSlack> {
    const server = createServer();
    const fake = new FakeSlack(options, server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get apiUrl(): string {
    return `${this.url}/api/`;
  }

  /** Connections that are open. */
  get sockets(): readonly WebSocket[] {
    return [...this.#sockets.clients].filter(({ readyState, OPEN }) => readyState === OPEN);
  }

  callsOf(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Sends the bot something, and resolves with how it was acknowledged. */
  deliver(delivered: Delivered): Promise<Acknowledged> {
    const socket = this.sockets.at(-1);
    return socket
      ? deliverOverSocket(socket, delivered)
      : deliverOverHttp(this.eventsUrl, tokens.secret, delivered);
  }

  /** An address for replies to what somebody did in a chat. */
  responseUrl(channel: string, user: string, ts?: string): string {
    const path = this.workspace.next('/respond/R');
    this.#replies.set(path, { channel, user, left: 5, ...(ts !== undefined && { ts }) });
    return `${this.url}${path}`;
  }

  /** Cuts every connection without a word, as a lost network does. */
  dropSockets(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  /** What Slack sends before it ends a connection itself. */
  askToReconnect(): void {
    for (const socket of this.sockets)
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
  }

  async close(): Promise<void> {
    this.dropSockets();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyOf(request);
    const path = request.url ?? '';
    if (path.startsWith('/respond/')) return this.#reply(path, raw, response);
    const method = path.replace(/^\/api\//, '');
    const args = argumentsIn(raw);
    this.calls.push({ method, args, at: performance.now(), raw });
    const fault = this.faults.next(method);
    const work = async () => this.#answer(method, args, request.headers.authorization ?? '');
    if (fault) return faulty(fault, response, work);
    const scopes = this.#options.scopes;
    response
      .writeHead(200, {
        'content-type': 'application/json',
        ...(scopes && { 'x-oauth-scopes': scopes.join(',') }),
      })
      .end(JSON.stringify(await work()));
  }

  #answer(method: string, args: Arguments, authorization: string): unknown {
    const wanted = method === 'apps.connections.open' ? tokens.app : tokens.bot;
    if (authorization !== `Bearer ${wanted}`) return { ok: false, error: 'invalid_auth' };
    const work = this.#api[method];
    if (!work) return { ok: false, error: 'unknown_method' };
    try {
      return { ok: true, ...work(args) };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: error.code };
      throw error;
    }
  }

  #reply(path: string, raw: string, response: ServerResponse): void {
    const message = JSON.parse(raw) as Arguments;
    this.calls.push({ method: 'response_url', args: message, at: performance.now(), raw });
    const fault = this.faults.next('response_url');
    if (fault) return void faulty(fault, response, async () => {});
    const reply = this.#replies.get(path);
    if (!reply || reply.left === 0) {
      response.writeHead(404).end('used_url');
      return;
    }
    reply.left--;
    const { channel, user, ts } = reply;
    const content = { text: String(message.text), blocks: (message.blocks ?? []) as [] };
    const old = ts === undefined ? undefined : this.workspace.find(channel, ts);
    if (message.replace_original === true && old) {
      Object.assign(old, content);
      this.workspace.show(old);
    } else
      this.workspace.post({
        channel,
        ts: this.workspace.ts(),
        user: botUser,
        ...(message.response_type !== 'in_channel' && { ephemeralFor: user }),
        ...content,
      });
    response.end('ok');
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Slack takes JSON as well, and forms whose values are JSON where they are no text. */
function argumentsIn(raw: string): Arguments {
  if (raw.startsWith('{')) return JSON.parse(raw) as Arguments;
  const entries = [...new URLSearchParams(raw)].map(([name, value]) => [
    name,
    structured.has(name) ? (JSON.parse(value) as unknown) : value,
  ]);
  return Object.fromEntries(entries);
}

const structured = new Set(['blocks', 'metadata', 'view']);
