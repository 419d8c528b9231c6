import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { signed } from '../support/slack/deliver.ts';
import { median, print, progress, quantile } from './figure.ts';
import { evaluationQuestions } from './questions.ts';
import type { SlackJob } from './slack-child.ts';

const program = fileURLToPath(new URL('slack-child.ts', import.meta.url));

const people = 40;
const atOnce = 16;
const eventsInRound = 1_500;
const rounds = 9;

interface Round {
  /** Events a second. */
  readonly rate: number;
  /** Milliseconds from each event to the call that answers it. */
  readonly times: readonly number[];
  /** Milliseconds of the processor for each event. */
  readonly work: number;
}

/** Signed events a second with answers, over HTTP, against a bare Bolt that repeats what it hears. */
export async function slackEvents(): Promise<void> {
  const slack = await Slack.open();
  const bots = await Promise.all((['bot', 'echo'] as const).map((kind) => openBot(kind, slack)));
  try {
    const measured = bots.map((): Round[] => []);
    for (let round = 0; round <= rounds; round++)
      for (const [index, bot] of bots.entries()) {
        const result = await talk(slack, bot, round);
        progress(
          `Slack, round ${round}, ${index === 0 ? 'the bot' : 'echo'}: ${Math.round(result.rate)} a second`,
        );
        // The first round is for warming up.
        if (round > 0) measured[index]!.push(result);
      }
    const [bot = [], echo = []] = measured;
    // Round by round, since a machine is not the same from one minute to the next.
    const shares = bot.map(({ rate: own }, round) => own / echo[round]!.rate);
    const of = (all: readonly Round[], what: 'rate' | 'work'): number =>
      median(all.map((round) => round[what]));
    const ninetyNine = (all: readonly Round[]): number =>
      quantile(
        all.flatMap(({ times }) => times),
        0.99,
      );
    print({
      name: 'Slack: signed events with answers',
      value: of(bot, 'rate'),
      unit: 'per second',
      vs: { 'bare Bolt echo': of(echo, 'rate') },
      note: `${median(shares).toFixed(2)} of the echo, ${atOnce} people at once, median of ${rounds} rounds`,
    });
    print({
      name: 'Slack: from event to reply call, slowest in a hundred',
      value: ninetyNine(bot),
      unit: 'ms',
      vs: { 'bare Bolt echo': ninetyNine(echo) },
      note: `${atOnce} people at once`,
    });
    print({
      name: 'Slack: processor time of an event with its answer',
      value: of(bot, 'work'),
      unit: 'ms',
      vs: { 'bare Bolt echo': of(echo, 'work') },
    });
  } finally {
    for (const { child } of bots) child.disconnect();
    slack.close();
  }
}

interface Bot {
  readonly url: string;
  readonly child: ChildProcess;
}

async function openBot(kind: SlackJob['kind'], { apiUrl }: Slack): Promise<Bot> {
  const job: SlackJob = { kind, apiUrl, botToken: 'xoxb-bench', signingSecret: secret };
  const child = fork(program, [JSON.stringify(job)]);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (address) => resolve(String(address)));
    child.once('exit', () => reject(new Error(`the ${kind} did not start`)));
  });
  return { url, child };
}

async function workOf({ child }: Bot): Promise<number> {
  const told = once(child, 'message') as Promise<[number]>;
  child.send('work');
  const [work] = await told;
  return work;
}

/** Everybody asks, waits for the answer, and asks again. */
async function talk(slack: Slack, bot: Bot, round: number): Promise<Round> {
  const questions = evaluationQuestions();
  const times: number[] = [];
  const before = await workOf(bot);
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let own = next++; own < eventsInRound; own = next++) {
        const question = questions[(round * eventsInRound + own) % questions.length] ?? 'may I?';
        const sent = performance.now();
        await slack.ask(bot.url, own % people, question);
        times.push(performance.now() - sent);
      }
    }),
  );
  const took = performance.now() - start;
  const work = ((await workOf(bot)) - before) / eventsInRound;
  return { rate: eventsInRound / (took / 1_000), times, work };
}

const secret = 'bench-signing-secret';

/** As little of Slack as a bot can do with, so that it is the bots that are measured. */
class Slack {
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });
  /** Who waits for an answer in which chat, in the order of asking. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #events = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Slack> {
    const server = createServer();
    const slack = new Slack(server);
    server.on('request', (incoming, response) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      incoming.on('end', () => {
        const method = incoming.url?.replace('/api/', '') ?? '';
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ ok: true, ...answers[method] }));
        if (method === 'chat.postMessage') slack.#hear(body);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return slack;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#agent.destroy();
  }

  /** Sends a signed event; resolves once it is acknowledged and its answer has been posted. */
  async ask(url: string, person: number, text: string): Promise<void> {
    const ts = `1764000000.${String(++this.#events).padStart(6, '0')}`;
    const channel = `D${person}`;
    const event = { type: 'message', channel_type: 'im', channel, user: `U${person}`, ts, text };
    const body = JSON.stringify({
      type: 'event_callback',
      team_id: 'T1',
      api_app_id: 'A1',
      event_id: `Ev${this.#events}`,
      event_time: 1_764_000_000,
      authorizations: [{ team_id: 'T1', user_id: 'U0BOT', is_bot: true }],
      event,
    });
    const answered = new Promise<void>((resolve) => {
      const queue = this.#waiting.get(channel) ?? [];
      this.#waiting.set(channel, [...queue, resolve]);
    });
    const headers = { 'content-type': 'application/json', ...signed(body, secret) };
    const acknowledged = new Promise<void>((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent: this.#agent, headers }, (response) => {
        response.resume().once('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`An event was answered with ${response.statusCode}`));
        });
      });
      sent.once('error', reject).end(body);
    });
    await Promise.all([acknowledged, answered]);
  }

  #hear(body: string): void {
    const channel = body.startsWith('{')
      ? (JSON.parse(body) as { channel: string }).channel
      : (new URLSearchParams(body).get('channel') ?? '');
    this.#waiting.get(channel)?.shift()?.();
  }
}

const answers: Readonly<Record<string, object>> = {
  'auth.test': { user_id: 'U0BOT', bot_id: 'B0BOT', team_id: 'T1' },
  'chat.postMessage': { channel: 'D1', ts: '1764000000.000001' },
  'users.list': { members: [] },
  'usergroups.list': { usergroups: [] },
};
