import { createSlack } from '../../../adapters/slack/adapter.ts';
import { realTime, type Time } from '../../../adapters/slack/options.ts';
import type {
  Adapter,
  AdapterPorts,
  AnonymousForm,
  Bot,
  Card,
  Request,
  Response,
} from '../../../src/chat/mod.ts';
import { openServer, RouteTable } from '../../../src/server.ts';
import { adapterPorts } from '../ports.ts';
import { FakeSlack, type FakeSlackOptions, tokens } from './fake-slack.ts';
import { Person } from './person.ts';

export type Mode = 'socket' | 'http';

export const members = [
  { id: 'U0GRACE', name: 'Grace Holloway', email: 'head@hill.example' },
  { id: 'U0AISHA', name: 'Aisha Malik', email: 'aisha@hill.example' },
];

export const says = (text: string): Card => ({ summary: text, elements: [{ kind: 'text', text }] });

/** A bot that does what a test says, and keeps what it was asked. */
class ScriptedBot implements Bot {
  readonly requests: Request[] = [];
  readonly forms: AnonymousForm[] = [];
  /** What it answers; where nothing is said, with the words it was asked. */
  answer: (request: Request) => Promise<Response> | Response = (request) => ({
    kind: 'card',
    audience: request.origin.place === 'command' ? 'asker' : 'place',
    card: says(request.kind === 'question' ? `You said: ${request.text}` : request.kind),
  });
  answerAnonymously: (form: AnonymousForm) => Promise<Response> | Response = () => ({ kind: 'nothing' });

  async handle(request: Request): Promise<Response> {
    this.requests.push(request);
    return this.answer(request);
  }

  async anonymous(form: AnonymousForm): Promise<Response> {
    this.forms.push(form);
    return this.answerAnonymously(form);
  }
}

export interface ConnectOptions extends FakeSlackOptions {
  readonly mode?: Mode;
  readonly time?: Time;
  readonly bot?: Bot;
  readonly ports?: Partial<AdapterPorts>;
  readonly slack?: FakeSlack;
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
}

/** An adapter and the fake Slack that it talks to. */
export interface Connected {
  readonly slack: FakeSlack;
  readonly adapter: Adapter;
  readonly bot: ScriptedBot;
  /** Grace and Aisha at their Slacks. */
  readonly grace: Person;
  readonly aisha: Person;
  /** All lines of the log, with their level. */
  readonly log: readonly string[];
  /** Where Slack's requests go, in HTTP mode. */
  readonly url: string;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Not started yet. */
export async function connectTo(options: ConnectOptions = {}): Promise<Connected> {
  const slack = options.slack ?? (await FakeSlack.start({ members, ...options }));
  const routes = new RouteTable();
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: () => true, routes });
  slack.eventsUrl = `${server.url}/slack/events`;
  const bot = new ScriptedBot();
  const log: string[] = [];
  const write = (level: string) => (message: string) => void log.push(`${level}: ${message}`);
  const adapter = createSlack(
    {
      botToken: options.botToken ?? tokens.bot,
      connection:
        options.mode === 'http'
          ? { mode: 'http', signingSecret: options.signingSecret ?? tokens.secret }
          : { mode: 'socket', appToken: options.appToken ?? tokens.app },
      apiUrl: slack.apiUrl,
    },
    options.time ?? realTime,
  ).create(
    adapterPorts({
      routes,
      log: { info: write('info'), warn: write('warn'), error: write('error') },
      ...options.ports,
    }),
  );
  return {
    slack,
    adapter,
    bot,
    grace: new Person(slack, 'U0GRACE'),
    aisha: new Person(slack, 'U0AISHA'),
    log,
    url: slack.eventsUrl,
    start: () => adapter.start(options.bot ?? bot),
    async close() {
      await adapter.stop();
      await server.close();
      await slack.close();
    },
  };
}

/** Started. */
export async function connected(options: ConnectOptions = {}): Promise<Connected> {
  const connection = await connectTo(options);
  await connection.start();
  return connection;
}

/** Milliseconds that pass ten times as fast, so that a test need not wait as long as people do. */
export function fastTime(): Time {
  const start = Date.now();
  const now = () => start + (Date.now() - start) * 10;
  return { now, wait: (milliseconds, cut) => realTime.wait(milliseconds / 10, cut) };
}

/** A clock that a test moves; waits end when it has been moved far enough. */
export class FakeTime implements Time {
  #now = Date.parse('2026-11-23T09:00:00Z');
  #waits: { readonly until: number; readonly end: () => void }[] = [];
  /** How long was waited for, in the order of asking. */
  readonly asked: number[] = [];

  readonly now = (): number => this.#now;

  readonly wait = (milliseconds: number, cut?: AbortSignal): Promise<void> => {
    this.asked.push(milliseconds);
    return new Promise((resolve) => {
      if (milliseconds <= 0 || cut?.aborted) return resolve();
      this.#waits.push({ until: this.#now + milliseconds, end: resolve });
      cut?.addEventListener('abort', () => resolve(), { once: true });
    });
  };

  move(milliseconds: number): void {
    this.#now += milliseconds;
    const due = this.#waits.filter(({ until }) => until <= this.#now);
    this.#waits = this.#waits.filter(({ until }) => until > this.#now);
    for (const { end } of due) end();
  }
}
