import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Issuer, issuerName, type SigningPair } from './issuer.ts';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly aadObjectId: string;
  readonly tenantId?: string;
  readonly userRole?: string;
}

export interface Conversation {
  readonly id: string;
  readonly type: 'personal' | 'groupChat' | 'channel';
  readonly members: string[];
  /** Messages of the bot by their ids, in order, as they are now. */
  readonly messages: Map<string, Posted>;
}

/** A message of the bot. */
export interface Posted {
  readonly text?: string;
  readonly summary?: string;
  readonly attachments?: readonly { readonly contentType: string; readonly content: unknown }[];
  readonly replyToId?: string;
}

/** One call of the bot. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

/** What a call is answered with in place of the right thing. `hang up` breaks the connection, `late` after doing it. */
export type Fault =
  | { readonly status: number; readonly code?: string; readonly retryAfter?: number }
  | 'hang up'
  | 'late';

export const appId = '11111111-aaaa-4aaa-8aaa-111111111111';
export const tenantId = '22222222-bbbb-4bbb-8bbb-222222222222';

const mostBytes = 100 * 1024;

/** A small Teams: the part of its service that bots call, over real HTTP, and the keys that it signs with. */
export class FakeTeams {
  readonly issuer = new Issuer();
  readonly members = new Map<string, Member>();
  readonly conversations = new Map<string, Conversation>();
  readonly calls: Call[] = [];
  /** Every body that the bot ever sent, as it came. */
  readonly wire: string[] = [];
  /** The keys that the service says it signs with. */
  keys: readonly SigningPair[];
  /** Looked at before each call; what it returns is done in place of the right thing. */
  fault: (call: Call) => Fault | undefined = () => undefined;
  readonly #server: Server;
  #count = 0;

  private constructor() {
    this.keys = [this.issuer.pair];
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async open(): Promise<FakeTeams> {
    const teams = new FakeTeams();
    await new Promise<void>((resolve) => {
      teams.#server.listen(0, '127.0.0.1', resolve);
    });
    return teams;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get serviceUrl(): string {
    return `${this.url}/uk/`;
  }

  get openIdMetadataUrl(): string {
    return `${this.url}/openid`;
  }

  /** How the adapter is told to find its way here. */
  get options() {
    return {
      app: { id: appId, password: 'secret', tenantId },
      local: false,
      openIdMetadataUrl: this.openIdMetadataUrl,
      loginUrl: undefined,
      tokenIssuer: issuerName,
    } as const;
  }

  member(name: string, email?: string, own: Partial<Member> = {}): Member {
    const member: Member = {
      id: `29:${name.toLowerCase().replaceAll(' ', '-')}`,
      name,
      aadObjectId: randomUUID(),
      tenantId,
      userRole: 'user',
      ...(email !== undefined && { email }),
      ...own,
    };
    this.members.set(member.id, member);
    return member;
  }

  conversation(id: string, type: Conversation['type'], members: readonly string[]): Conversation {
    const made = { id, type, members: [...members], messages: new Map<string, Posted>() };
    this.conversations.set(id, made);
    return made;
  }

  /** All messages of the bot in a conversation and its threads, as they are now, oldest first. */
  messages(conversation: string): Posted[] {
    return [...this.conversations.values()]
      .filter(({ id }) => id === conversation || id.startsWith(`${conversation};`))
      .flatMap(({ messages }) => [...messages.values()]);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString('utf8');
    const address = new URL(request.url ?? '/', this.url);
    const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}): void => {
      response
        .writeHead(status, { 'Content-Type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    };
    if (address.pathname === '/openid')
      return answer(200, { issuer: issuerName, jwks_uri: `${this.url}/keys` });
    if (address.pathname === '/keys') return answer(200, { keys: this.keys.map(({ jwk }) => jwk) });

    const path = decodeURIComponent(address.pathname).replace(/^\/uk/, '');
    const body: unknown = raw === '' ? undefined : JSON.parse(raw);
    const call: Call = {
      method: request.method ?? '',
      path,
      body,
      authorization: request.headers.authorization,
    };
    this.calls.push(call);
    this.wire.push(raw);
    const fault = this.fault(call);
    if (fault === 'hang up') return void response.destroy();
    if (fault !== undefined && fault !== 'late') {
      const { status, code = 'Fault', retryAfter } = fault;
      const headers = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
      return answer(status, { error: { code, message: 'injected' } }, headers);
    }
    if (raw.length > mostBytes) return answer(413, { error: { code: 'MessageSizeTooBig' } });
    const [status, result] = this.#do(call, address.searchParams);
    if (fault === 'late') return void response.destroy();
    answer(status, result);
  }

  #do({ method, path, body }: Call, query: URLSearchParams): [number, unknown] {
    if (method === 'POST' && path === '/v3/conversations') return this.#openChat(body);
    const [, id = '', rest = ''] = /^\/v3\/conversations\/([^/]+)\/(.*)$/.exec(path) ?? [];
    const conversation = this.conversations.get(id) ?? this.#thread(id);
    if (!conversation) return [403, { error: { code: 'BotNotInConversationRoster' } }];
    const [kind, message = ''] = rest.split('/');
    if (kind === 'activities') {
      const posted = body as Posted;
      if (method === 'PUT') {
        if (!conversation.messages.has(message))
          return [404, { error: { code: 'ActivityNotFoundInConversation' } }];
        conversation.messages.set(message, posted);
        return [200, { id: message }];
      }
      const own = String(1_700_000_000_000 + ++this.#count);
      conversation.messages.set(own, posted);
      return [201, { id: own }];
    }
    if (kind === 'pagedmembers') {
      const size = Number(query.get('pageSize') ?? 200);
      const from = Number(query.get('continuationToken') ?? 0);
      const more = from + size < conversation.members.length;
      return [
        200,
        {
          members: conversation.members.slice(from, from + size).map((each) => this.#account(each)),
          ...(more && { continuationToken: String(from + size) }),
        },
      ];
    }
    if (kind === 'members' && conversation.members.includes(message)) return [200, this.#account(message)];
    return [404, { error: { code: 'NotFound' } }];
  }

  #openChat(body: unknown): [number, unknown] {
    const { members } = body as { readonly members: readonly { readonly id: string }[] };
    const person = members[0]?.id ?? '';
    if (!this.members.has(person)) return [403, { error: { code: 'ForbiddenOperationException' } }];
    const id = `a:${person}`;
    if (!this.conversations.has(id)) this.conversation(id, 'personal', [person]);
    return [201, { id }];
  }

  /** A thread is a conversation of its own within its channel. */
  #thread(id: string): Conversation | undefined {
    const [channel = ''] = id.split(';');
    const parent = id.includes(';') ? this.conversations.get(channel) : undefined;
    return parent && this.conversation(id, parent.type, parent.members);
  }

  #account(id: string): unknown {
    const { email, ...member } = this.members.get(id)!;
    return { ...member, objectId: member.aadObjectId, email, userPrincipalName: email };
  }
}
