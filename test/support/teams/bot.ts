import { createTeams, type Means } from '../../../adapters/teams/adapter.ts';
import type {
  Adapter,
  AdapterFactory,
  AdapterMemory,
  AnonymousForm,
  Bot,
  Card,
  Request,
  Response,
} from '../../../src/chat/mod.ts';
import { type OpenServer, openServer, RouteTable } from '../../../src/server.ts';
import { adapterPorts } from '../ports.ts';
import { testCredentials } from './credentials.ts';
import { Persona } from './persona.ts';
import { FakeTeams } from './service.ts';

/** The Teams adapter on a web server of its own. */
export interface Served {
  readonly factory: AdapterFactory;
  /** Where Teams sends to. */
  readonly url: string;
  close(): Promise<void>;
}

export async function serveTeams(
  teams: FakeTeams,
  means: Means = {},
  options: Partial<Parameters<typeof createTeams>[0]> = {},
): Promise<Served> {
  const routes = new RouteTable();
  const server: OpenServer = await openServer({
    host: '127.0.0.1',
    port: 0,
    ready: () => true,
    routes,
    patience: 100,
  });
  const { name, create } = createTeams(
    { ...teams.options, ...options },
    { credentials: testCredentials, ...means },
  );
  return {
    factory: { name, create: (ports) => create({ ...ports, routes }) },
    url: `${server.url}/api/messages`,
    close: () => server.close(),
  };
}

/** A bot that answers as a test says, and puts down what it was handed. */
interface ScriptedBot extends Bot {
  readonly requests: Request[];
  readonly anonymousForms: AnonymousForm[];
  /** What it answers; where left out it repeats what was asked. */
  answer: (request: Request) => Response | Promise<Response>;
  answerAnonymous: (form: AnonymousForm) => Response | Promise<Response>;
}

function scriptedBot(): ScriptedBot {
  const requests: Request[] = [];
  const anonymousForms: AnonymousForm[] = [];
  const bot: ScriptedBot = {
    requests,
    anonymousForms,
    answer: (request) => ({
      kind: 'card',
      card: saying(request.kind === 'question' ? request.text : request.kind),
      audience: 'place',
    }),
    answerAnonymous: () => ({ kind: 'page', title: 'Kept', card: saying('Your code is 1234.') }),
    async handle(request) {
      requests.push(request);
      return bot.answer(request);
    },
    async anonymous(form) {
      anonymousForms.push(form);
      return bot.answerAnonymous(form);
    },
  };
  return bot;
}

export const saying = (text: string): Card => ({ summary: text, elements: [{ kind: 'text', text }] });

/** The adapter between a fake Teams and a scripted bot. */
export interface Rig {
  readonly teams: FakeTeams;
  readonly bot: ScriptedBot;
  readonly adapter: Adapter;
  readonly url: string;
  /** Lines of the log, each with its level in front. */
  readonly log: string[];
  /** How long the adapter waited, each time, in milliseconds; no time passes for it otherwise. */
  readonly waits: number[];
  /** How often the adapter said that its people have changed. */
  readonly changes: () => number;
  persona(name: string, email?: string): Persona;
  /** The same adapter anew, with what it remembers. */
  again(): Adapter;
  close(): Promise<void>;
}

interface RigOptions {
  readonly means?: Means;
  readonly options?: Partial<Parameters<typeof createTeams>[0]>;
  /** Whether the adapter is started; it is where left out. */
  readonly start?: boolean;
  readonly memory?: AdapterMemory;
}

export async function openRig({
  means = {},
  options = {},
  start = true,
  memory,
}: RigOptions = {}): Promise<Rig> {
  const teams = await FakeTeams.open();
  const bot = scriptedBot();
  const log: string[] = [];
  const waits: number[] = [];
  let changes = 0;
  let now = Date.now();
  const served = await serveTeams(
    teams,
    {
      now: () => now,
      async wait(milliseconds) {
        waits.push(milliseconds);
        now += milliseconds;
      },
      ...means,
    },
    options,
  );
  const ports = adapterPorts({
    ...(memory && { memory }),
    log: {
      info: (line) => log.push(`info ${line}`),
      warn: (line) => log.push(`warn ${line}`),
      error: (line) => log.push(`error ${line}`),
    },
    async peopleChanged() {
      changes++;
    },
  });
  const adapter = served.factory.create(ports);
  if (start) await adapter.start(bot);
  return {
    teams,
    bot,
    adapter,
    url: served.url,
    log,
    waits,
    changes: () => changes,
    persona: (name, email) =>
      new Persona(
        teams,
        served.url,
        teams.members.get(`29:${name.toLowerCase()}`) ?? teams.member(name, email),
      ),
    again: () => served.factory.create(ports),
    async close() {
      await adapter.stop();
      await served.close();
      await teams.close();
    },
  };
}
