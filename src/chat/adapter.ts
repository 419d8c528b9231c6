import type { RequestListener } from 'node:http';
import type { Card } from './card.ts';
import type { ConcernPages } from './concern-pages.ts';
import type { AnonymousForm, MessageRef, Request, Response } from './request.ts';

/**
 * What an adapter calls. Neither method throws, whatever was typed, pressed or filled in: a fault of the bot
 * is logged (without any text of the request) and comes back as a card that says so.
 */
export interface Bot {
  handle(request: Request): Promise<Response>;
  anonymous(form: AnonymousForm): Promise<Response>;
}

/**
 * What became of a message. `sent`: the platform has it · `wait`: not sent, try again at or after `until`
 * · `blocked`: this person can't be reached (left, uninstalled, deactivated) · `unknown`: it may have gone.
 */
export type Outcome =
  | { readonly kind: 'sent'; readonly message: MessageRef }
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface SendOptions {
  /** An earlier message in the same direct chat that this one belongs under, on a platform that has threads. */
  readonly under?: MessageRef;
  /** One of many: it may wait, and must hold up nothing that somebody is waiting for. */
  readonly bulk?: true;
  /** It may have gone before, in an earlier life of the process: to be looked for first where that can be told. */
  readonly again?: true;
}

/** A person as the platform lists them. */
export interface PlatformPerson {
  /** The platform's id. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** An IANA zone such as `Europe/London`, where the platform knows it. */
  readonly timeZone?: string;
  /** Names of the platform's groups this person is in, for roles. */
  readonly groups?: readonly string[];
}

/** One chat platform. Started by main with a bot; stopped cleanly with nothing lost. */
export interface Adapter {
  /** Short and stable, such as `console`: it is stored beside ids that belong to the platform. */
  readonly name: string;
  start(bot: Bot): Promise<void>;
  /** Receives nothing more, and waits for what is under way. */
  stop(): Promise<void>;
  /** True once requests are being received. */
  ready(): boolean;
  /**
   * Sends a card to a person's direct chat. `key` is the same for a retry of the same message, so that an
   * adapter that can tell does not send it twice. Never throws for a platform's refusal.
   */
  send(person: string, card: Card, key: string, options?: SendOptions): Promise<Outcome>;
  /** Changes a card that was sent. */
  update(message: MessageRef, card: Card): Promise<Outcome>;
  /**
   * Everybody who can be messaged, or could be had they not removed the app; guests and bots left out. Asked for before `start`, where an adapter
   * that can't tell yet throws and is asked again once it has started; then every hour or so.
   */
  people(): AsyncIterable<PlatformPerson>;
}

/** What an adapter may keep between starts: ids of direct chats, conversation references. Implemented by the store. */
export interface AdapterMemory {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Where an adapter says what whoever runs the bot must know. No text of a message, no name, no token goes in. */
export interface AdapterLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** The bot's one web server, for adapters that are called over HTTP. */
export interface Routes {
  /** Hands every request to `path`, and below it, to the listener: body unread, path whole. */
  add(path: string, listener: RequestListener): void;
}

/** What an adapter is handed when the bot is composed. */
export interface AdapterPorts {
  readonly memory: AdapterMemory;
  /** The people that the school's own settings name, for an adapter that has no list of its own. */
  readonly people: readonly PlatformPerson[];
  readonly routes: Routes;
  readonly log: AdapterLog;
  /** Says that `people` would list others now; resolves once the bot knows them. Never throws. */
  readonly peopleChanged: () => Promise<void>;
  /** For an adapter that serves web pages; left out where there are no anonymous concerns. */
  readonly concerns?: ConcernPages;
}

/** Makes an adapter for one composed bot. */
export interface AdapterFactory {
  /** The adapter's name; what it remembers is kept under it. */
  readonly name: string;
  /** The adapter does nothing before its `start`, but for listing its people where it can. */
  create(ports: AdapterPorts): Adapter;
}
