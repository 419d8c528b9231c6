import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Bounded } from '../../src/chat/bounded.ts';
import type { AdapterLog } from '../../src/chat/mod.ts';
import { type Activity, activitySchema, tenantsOf } from './activity.ts';
import { isReachable } from './address.ts';
import { KeysAwayError, type SigningKeys } from './keys.ts';
import { checkToken } from './token.ts';

/** Who may send, and how that is known. Nobody has to prove it where there is no registration. */
export interface Gate {
  readonly registration:
    | {
        readonly appId: string;
        /** Only people of this school; whoever where undefined. */
        readonly tenantId: string | undefined;
        readonly issuer: string;
        readonly keys: SigningKeys;
      }
    | undefined;
  /** Whether the platform is a stand-in on this machine. */
  readonly local: boolean;
  readonly log: AdapterLog;
  /** Milliseconds. */
  readonly now: () => number;
}

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** Teams' own limit for what it sends is far below. */
const mostBytes = 1024 * 1024;

/**
 * Receives what Teams sends. Only what is proved to come from Teams, and from this school, gets to `handle`;
 * the log says of anything else why it was refused, and nothing of what it held.
 */
export function endpoint(gate: Gate, handle: (activity: Activity) => Promise<Answer>): RequestListener {
  const said = new Bounded<true>(100, { lifetime: 3_600_000, now: gate.now });
  // Whoever is refused may send a thousand times more: once an hour is enough to know.
  const sayOnce = (why: string): void => {
    if (said.get(why)) return;
    said.set(why, true);
    gate.log.warn(`a request to /api/messages was refused: ${why}`);
  };
  return (request, response) => {
    receive(gate, request, handle, sayOnce)
      .catch((): Answer => {
        gate.log.error('a request from Teams failed');
        return { status: 500 };
      })
      .then((answer) => send(request, response, answer));
  };
}

async function receive(
  gate: Gate,
  request: IncomingMessage,
  handle: (activity: Activity) => Promise<Answer>,
  sayOnce: (why: string) => void,
): Promise<Answer> {
  if (request.method !== 'POST') return { status: 405 };
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return { status: 415 };
  const refuse = (status: number, why: string): Answer => {
    sayOnce(why);
    return { status };
  };
  const { registration, local } = gate;
  let serviceUrl: string | undefined;
  if (registration) {
    const expected = {
      audience: registration.appId,
      issuer: registration.issuer,
      now: Math.floor(gate.now() / 1_000),
    };
    try {
      const checked = await checkToken(request.headers.authorization, expected, (id) =>
        registration.keys.find(id),
      );
      if (checked.kind === 'refused') return refuse(401, checked.why);
      serviceUrl = checked.serviceUrl;
    } catch (error) {
      if (!(error instanceof KeysAwayError)) throw error;
      return refuse(503, `Microsoft’s keys can’t be had to check it with: ${error.message}`);
    }
  }
  const body = await readBody(request);
  if (body === undefined) return refuse(413, 'it is too large');
  const activity = activitySchema.safeParse(parseJson(body));
  if (!activity.success) return refuse(400, 'it is not what Teams sends');
  const fault = strangeIn(activity.data, gate, serviceUrl);
  if (fault !== undefined) return refuse(401, fault);
  if (!isReachable(activity.data.serviceUrl, local))
    return refuse(
      400,
      local ? 'its answers would go to another machine' : 'its answers would not go over HTTPS',
    );
  return handle(activity.data);
}

/** The rules that the token alone can't tell: it is of Teams, from where the token says, and of this school. */
function strangeIn(
  activity: Activity,
  { registration }: Gate,
  serviceUrl: string | undefined,
): string | undefined {
  if (!registration) return undefined;
  if (activity.channelId !== 'msteams') return 'it is from another channel than Teams';
  if (serviceUrl !== activity.serviceUrl) return 'its token is for another service address';
  const { tenantId } = registration;
  if (tenantId === undefined) return undefined;
  const tenants = tenantsOf(activity).map((tenant) => tenant.toLowerCase());
  const own = tenants.length > 0 && tenants.every((tenant) => tenant === tenantId.toLowerCase());
  return own ? undefined : 'its sender is of another tenant than MicrosoftAppTenantId';
}

/** Undefined where it is too large; what is left of it is not read. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  // What was not read may still be on its way: the connection is of no use then.
  if (!request.complete) response.setHeader('Connection', 'close');
  if (status === 405) response.setHeader('Allow', 'POST');
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
