import type { App, webApi } from '@slack/bolt';
import type { AdapterLog, Routes } from '../../src/chat/mod.ts';
import { createApp } from './app.ts';
import { backOff, createClient } from './calls.ts';
import { eventsPath, Http } from './http.ts';
import { type Identity, identify } from './identity.ts';
import type { SlackOptions, Time } from './options.ts';
import { Socket } from './socket.ts';
import type { Troubles } from './troubles.ts';

interface Parts {
  readonly options: SlackOptions;
  readonly time: Time;
  readonly troubles: Troubles;
  readonly routes: Routes;
  readonly log: AdapterLog;
  readonly onError: (error: unknown) => void;
  readonly onConnected: () => void;
}

const callTimeout = 10_000;

/** How Slack reaches the bot: over a connection that the bot keeps open, or over HTTP. */
export class Connection {
  readonly #parts: Parts;
  readonly #client: webApi.WebClient;
  readonly #stopping = new AbortController();
  #socket: Socket | undefined;
  #http: Http | undefined;
  #known = false;
  #waiting: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#client = createClient(parts.options.botToken, parts.options.apiUrl, {
      timeout: callTimeout,
      atOnce: 1,
    });
  }

  get ready(): boolean {
    if (!this.#known || this.#stopping.signal.aborted || this.#parts.troubles.has('token')) return false;
    return this.#socket ? this.#socket.connected : true;
  }

  /**
   * Connects. Where Slack is away it resolves all the same, and connects once Slack is there. `prepare` is called
   * before anything is received. @throws AdapterError where Slack does not accept the tokens
   */
  async start(prepare: (app: App, identity: Identity) => void): Promise<void> {
    const { options, routes, troubles, time, onError } = this.#parts;
    const { connection } = options;
    if (connection.mode === 'http') {
      this.#http = new Http({ signingSecret: connection.signingSecret, troubles, now: time.now, onError });
      routes.add(eventsPath, this.#http.listener);
    }
    const identity = await identify(this.#client);
    if (identity) return this.#open(identity, prepare);
    troubles.meet('away', 'Slack can’t be reached. Trying again until it can.');
    this.#waiting = this.#openLater(prepare);
  }

  /** Receives nothing new; `finish` is waited for while Slack can still be told of what has been received. */
  async stop(finish: () => Promise<void>): Promise<void> {
    this.#stopping.abort();
    this.#http?.close();
    await this.#waiting;
    await finish();
    await this.#socket?.stop();
  }

  /** The app was removed from the workspace. */
  removed(): void {
    this.#parts.troubles.meet(
      'token',
      'The Slack app was removed from the workspace, or its token taken back. Install the app again, put the new token into the settings, and start the bot again.',
      'error',
    );
  }

  async #open(identity: Identity, prepare: (app: App, identity: Identity) => void): Promise<void> {
    const { options, time, troubles, onError, onConnected } = this.#parts;
    const { connection, apiUrl } = options;
    const app = createApp(identity, onError);
    prepare(app, identity);
    if (connection.mode === 'socket') {
      this.#socket = new Socket({ app, appToken: connection.appToken, apiUrl, time, troubles });
      await this.#socket.start();
    } else {
      this.#http?.open(app);
      troubles.over('away', 'Slack can be reached again.');
    }
    this.#known = true;
    onConnected();
  }

  /** A token that turns out to be wrong now is logged, and asked about again: nobody reads an error at the start. */
  async #openLater(prepare: (app: App, identity: Identity) => void): Promise<void> {
    const { time, troubles } = this.#parts;
    const { signal } = this.#stopping;
    for (let attempt = 0; ; attempt++) {
      await time.wait(backOff(attempt), signal);
      if (signal.aborted) return;
      try {
        const identity = await identify(this.#client);
        if (identity) return await this.#open(identity, prepare);
      } catch (error) {
        troubles.meet(
          'token',
          error instanceof Error ? error.message : 'Slack does not accept the tokens.',
          'error',
        );
      }
    }
  }
}
