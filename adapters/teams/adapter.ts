import { AdapterError } from '../../src/chat/adapter-error.ts';
import type {
  Adapter,
  AdapterFactory,
  AdapterPorts,
  Bot,
  Card,
  MessageRef,
  Outcome,
  PlatformPerson,
  SendOptions,
} from '../../src/chat/mod.ts';
import type { Activity } from './activity.ts';
import { Cloud, type Credentials, microsoft, noCredentials, passwordCredentials } from './cloud.ts';
import { Connection } from './connect.ts';
import { anonymousForm, slowAtDoor, throughDoor } from './door.ts';
import { type Answer, endpoint } from './endpoint.ts';
import { faultInWords } from './faults.ts';
import { SigningKeys } from './keys.ts';
import { KnownPeople } from './people.ts';
import { renderMessage } from './render.ts';
import { Roster } from './roster.ts';
import { Sender } from './send.ts';
import { slowAnswer } from './slow.ts';
import { Turns } from './turns.ts';

export interface TeamsOptions {
  /** Undefined where the bot is tried out without one: nobody has to prove who they are then. */
  readonly app:
    | { readonly id: string; readonly password: string | undefined; readonly tenantId: string | undefined }
    | undefined;
  /** Whether Teams is a stand-in on this machine: no login at Microsoft, and nothing goes to another machine. */
  readonly local: boolean;
  /** Microsoft's own where undefined. */
  readonly openIdMetadataUrl: string | undefined;
  readonly loginUrl: string | undefined;
  readonly tokenIssuer: string | undefined;
}

/** What a test stands in for. */
export interface Means {
  readonly credentials?: Credentials;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** How long Teams is kept waiting for the answer to a message and to an invoke, in milliseconds. */
  readonly patience?: { readonly message: number; readonly invoke: number };
}

const name = 'teams';
const address = '/api/messages';

/** Microsoft Teams as a chat platform: it calls the bot over HTTPS, and the bot calls it. */
export function createTeams(options: TeamsOptions, means: Means = {}): AdapterFactory {
  return { name, create: (ports) => new TeamsAdapter(options, ports, means) };
}

class TeamsAdapter implements Adapter {
  readonly name = name;
  readonly #options: TeamsOptions;
  readonly #ports: AdapterPorts;
  readonly #now: () => number;
  readonly #patience: NonNullable<Means['patience']>;
  readonly #cloud: Cloud;
  readonly #keys: SigningKeys;
  readonly #roster: Roster;
  readonly #sender: Sender;
  readonly #connection: Connection;
  readonly #underWay = new Set<Promise<unknown>>();
  #state: 'new' | 'running' | 'stopped' = 'new';

  constructor(options: TeamsOptions, ports: AdapterPorts, means: Means) {
    const { app, local } = options;
    const { log, memory, peopleChanged } = ports;
    const { now = Date.now, wait = sleep } = means;
    this.#options = options;
    this.#ports = ports;
    this.#now = now;
    this.#patience = means.patience ?? { message: 10_000, invoke: 4_000 };
    const tenantId = app?.tenantId ?? '';
    const openIdMetadataUrl = options.openIdMetadataUrl ?? microsoft.openIdMetadata;
    this.#cloud = new Cloud({
      appId: app?.id ?? '',
      credentials: means.credentials ?? credentialsFor(options),
      loginUrl: authorityOf(options.loginUrl ?? microsoft.login, tenantId),
      openIdMetadataUrl,
      tokenIssuer: this.#issuer,
    });
    this.#keys = new SigningKeys(openIdMetadataUrl, now);
    const people = new KnownPeople(memory, now);
    const parts = { cloud: this.#cloud, people, log, now, wait, tenantId, local };
    this.#roster = new Roster({ ...parts, peopleChanged });
    this.#sender = new Sender(parts);
    this.#connection = new Connection(log, {
      login: local ? undefined : () => this.#cloud.logIn(),
      keys: app ? () => this.#keys.load() : undefined,
    });
  }

  async start(bot: Bot): Promise<void> {
    const { app, local } = this.#options;
    const { routes, log } = this.#ports;
    if (!app && !local)
      throw new AdapterError(
        'Teams has no MicrosoftAppId. Set it, or TEAMS_LOCAL=1 to try the bot out without one.',
      );
    const turns = new Turns({ bot, sender: this.#sender, roster: this.#roster });
    const registration = app && {
      appId: app.id,
      tenantId: app.tenantId,
      issuer: this.#issuer,
      keys: this.#keys,
    };
    const gate = { registration, local, log, now: this.#now };
    routes.add(
      address,
      endpoint(gate, (activity) => this.#receive(bot, turns, activity)),
    );
    if (local)
      log.warn(
        'TEAMS_LOCAL=1: the bot talks to a stand-in for Teams on this machine only, and believes what it says. Never use this for a school.',
      );
    await this.#connection.open();
    this.#state = 'running';
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#connection.close();
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  ready(): boolean {
    return this.#state === 'running' && this.#connection.isOpen;
  }

  async send(person: string, card: Card, key: string, options?: SendOptions): Promise<Outcome> {
    if (this.#state === 'stopped') return this.#later();
    return this.#while(this.#sender.send(person, renderMessage(card), key, options));
  }

  async update(message: MessageRef, card: Card): Promise<Outcome> {
    if (this.#state === 'stopped') return this.#later();
    return this.#while(this.#sender.update(message, renderMessage(card)));
  }

  people(): AsyncIterable<PlatformPerson> {
    return this.#roster.list();
  }

  get #issuer(): string {
    return this.#options.tokenIssuer ?? microsoft.tokenIssuer;
  }

  /** One thing that Teams sent, from whom it says. */
  async #receive(bot: Bot, turns: Turns, activity: Activity): Promise<Answer> {
    if (this.#state !== 'running') return { status: 503 };
    const anonymous = anonymousForm(activity);
    if (anonymous) {
      const through = this.#while(throughDoor(bot, anonymous));
      return { status: 200, body: await within(this.#patience.invoke, through, slowAtDoor) };
    }
    const invoked = activity.type === 'invoke';
    const turn = this.#cloud
      .turn(asReceived(activity), (context) => turns.run(context, activity))
      .then(
        (answer): Answer => ({ status: answer?.status ?? 200, body: answer?.body }),
        (fault: unknown): Answer => {
          this.#ports.log.error(`a request from Teams failed: ${faultInWords(fault)}`);
          return { status: 500 };
        },
      );
    const late: Answer = { status: 200, ...(invoked && { body: slowAnswer(activity) }) };
    return within(invoked ? this.#patience.invoke : this.#patience.message, this.#while(turn), late);
  }

  /** Stopping waits for what is under way. */
  #while<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work);
    const done = (): boolean => this.#underWay.delete(work);
    work.then(done, done);
    return work;
  }

  #later(): Outcome {
    return { kind: 'wait', until: new Date(this.#now() + 60_000) };
  }
}

/** botbuilder's shape of an activity, with nothing in it but what was read and checked. */
const asReceived = (activity: Activity): Parameters<Cloud['turn']>[0] =>
  activity as unknown as Parameters<Cloud['turn']>[0];

function credentialsFor({ app, local }: TeamsOptions): Credentials {
  if (local || !app?.password || !app.tenantId) return noCredentials();
  return passwordCredentials({ id: app.id, password: app.password, tenantId: app.tenantId });
}

/** Where the bot logs in: at the school's own tenant, unless the address names one. */
function authorityOf(loginUrl: string, tenantId: string): string {
  const { pathname } = new URL(loginUrl);
  return pathname === '/' ? new URL(`/${tenantId}`, loginUrl).href : loginUrl;
}

/** What work comes to, or something else where it takes longer; the work goes on. */
async function within<Result>(milliseconds: number, work: Promise<Result>, late: Result): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Result>((resolve) => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
