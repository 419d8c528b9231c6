import { type App, SocketModeReceiver } from '@slack/bolt';
import { AdapterError } from '../../src/chat/adapter-error.ts';
import { backOff, clientOptions } from './calls.ts';
import { faultOf } from './faults.ts';
import { appTokenTrouble } from './identity.ts';
import type { Time } from './options.ts';
import { quiet } from './quiet.ts';
import type { Troubles } from './troubles.ts';

/** Slack greets a new connection at once; one that is not greeted is given up. */
const greetedWithin = 15_000;
/** A connection that held for less is one more failure in a row. */
const held = 5_000;
/** A token that is not good any more is not asked for every few seconds. */
const tokenPause = 60_000;
const closedWithin = 1_500;
const callTimeout = 10_000;

interface Parts {
  readonly app: App;
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly time: Time;
  readonly troubles: Troubles;
}

/**
 * Keeps one connection to Slack open. Each is a client of its own: the one of Slack's library that reconnects by
 * itself ends the process when Slack stays away for long, and waits for as long as it waits for a pong.
 */
export class Socket {
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  #connected: SocketModeReceiver['client'] | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get connected(): boolean {
    return this.#connected !== undefined;
  }

  /**
   * Connects, and from then on again and again. Where Slack is away, it resolves all the same.
   * @throws AdapterError where the token is not good
   */
  async start(): Promise<void> {
    const first = await this.#connect();
    if ('trouble' in first && first.trouble) throw new AdapterError(first.trouble);
    this.#running = this.#keep(first);
  }

  /** Receives nothing more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #keep(first: Connected | Failed): Promise<void> {
    const { time, troubles } = this.#parts;
    const { signal } = this.#stopping;
    let failures = 0;
    for (let attempt = first; !signal.aborted; attempt = await this.#connect()) {
      if ('closed' in attempt) {
        const since = time.now();
        await Promise.race([attempt.closed, aborted(signal)]);
        failures = time.now() - since < held ? failures + 1 : 0;
        await this.#disconnect(attempt);
      } else {
        failures++;
        if (attempt.trouble) troubles.meet('app token', attempt.trouble, 'error');
        else troubles.meet('away', 'Slack can’t be reached. Trying again until it can.');
      }
      // A connection that Slack has ended after a while is opened again at once.
      const pause = 'trouble' in attempt && attempt.trouble ? tokenPause : backOff(failures - 1);
      if (failures > 0) await time.wait(pause, signal);
    }
  }

  async #connect(): Promise<Connected | Failed> {
    const { app, appToken, apiUrl, time, troubles } = this.#parts;
    const receiver = new SocketModeReceiver({
      appToken,
      logger: quiet,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: clientOptions(apiUrl, callTimeout, 1) },
    });
    receiver.init(app);
    const { client } = receiver;
    const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    const greeting = new AbortController();
    try {
      const late = time.wait(greetedWithin, AbortSignal.any([greeting.signal, this.#stopping.signal]));
      const started = client.start();
      // One that is given up may still fail, or come.
      started.catch(() => {});
      const greeted = await Promise.race([started.then(() => true), late.then(() => false)]);
      if (!greeted) {
        client.disconnect().catch(() => {});
        started.then(() => client.disconnect()).catch(() => {});
        return {};
      }
    } catch (error) {
      client.disconnect().catch(() => {});
      const fault = faultOf(error);
      const trouble = appTokenTrouble(fault);
      return trouble === undefined ? {} : { trouble };
    } finally {
      greeting.abort();
    }
    this.#connected = client;
    troubles.over('away', 'Slack can be reached again.');
    troubles.over('app token', 'Slack accepts SLACK_APP_TOKEN again.');
    return { client, closed };
  }

  async #disconnect({ client }: Connected): Promise<void> {
    this.#connected = undefined;
    const patience = new AbortController();
    await Promise.race([
      client.disconnect().catch(() => {}),
      this.#parts.time.wait(closedWithin, patience.signal),
    ]);
    patience.abort();
  }
}

interface Connected {
  readonly client: SocketModeReceiver['client'];
  /** Resolves when the connection is gone. */
  readonly closed: Promise<void>;
}

interface Failed {
  /** Where it is not for Slack being away. */
  readonly trouble?: string;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
