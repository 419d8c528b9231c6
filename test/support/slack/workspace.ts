import type { types } from '@slack/bolt';
import { asMarkup, type Read, readBlocks } from './reading.ts';

/** A member of the workspace, as `users.list` shows one. */
export interface FakeMember {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly [more: string]: unknown;
}

export interface FakeGroup {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly users: readonly string[];
}

/** A message in a chat. */
export interface FakeMessage {
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string | undefined;
  readonly user: string;
  readonly ephemeralFor?: string;
  text: string;
  blocks: types.KnownBlock[];
  readonly metadata?: { readonly event_type: string; readonly event_payload: Record<string, unknown> };
}

/** A modal that is open. */
export interface FakeView {
  readonly id: string;
  readonly owner: string;
  hash: string;
  view: types.ModalView;
  readonly root: string;
  readonly previous: string | null;
}

/** One surface that somebody looks at. */
export type Surface =
  | { readonly kind: 'message'; readonly message: FakeMessage }
  | { readonly kind: 'modal'; readonly view: FakeView }
  | { readonly kind: 'home'; readonly view: types.HomeView }
  /** A modal was closed. */
  | { readonly kind: 'closed' };

export const botUser = 'U0BOT';
export const team = 'T0SCHOOL';

/** What a workspace holds: people, chats, messages, modals, home tabs. Nothing here speaks a protocol. */
export class Workspace {
  readonly members: FakeMember[];
  readonly groups: readonly FakeGroup[];
  readonly channels = new Map<string, Set<string>>();
  readonly messages: FakeMessage[] = [];
  readonly homes = new Map<string, types.HomeView>();
  /** Modals that lie on each other, by whose they are. */
  readonly modals = new Map<string, FakeView[]>();
  /** What changed before somebody's eyes, in order. */
  readonly seen: { readonly user: string; readonly surface: Surface }[] = [];
  /** Everything that Slack was given to show. */
  readonly shown: unknown[] = [];
  /** The texts that stand for messages where blocks can't be shown. */
  readonly notifications: string[] = [];
  #counter = 0;

  constructor(members: readonly FakeMember[], groups: readonly FakeGroup[] = []) {
    this.members = [...members];
    this.groups = groups;
  }

  next(prefix: string): string {
    this.#counter++;
    return `${prefix}${String(this.#counter).padStart(6, '0')}`;
  }

  /** A time that never repeats. */
  ts(): string {
    this.#counter++;
    return `1764000000.${String(this.#counter).padStart(6, '0')}`;
  }

  directChat(user: string): string {
    return `D${user.slice(1)}`;
  }

  ownerOf(channel: string): string | undefined {
    return this.members.find(({ id }) => this.directChat(id) === channel)?.id;
  }

  /** Everybody who sees what is said in a chat; undefined where there is no such chat. */
  readersOf(channel: string): readonly string[] | undefined {
    const owner = this.ownerOf(channel);
    if (owner !== undefined) return [owner];
    const members = this.channels.get(channel);
    return members && [...members];
  }

  post(message: FakeMessage): void {
    this.messages.push(message);
    this.show(message, message.user === botUser ? this.#lookersOn(message) : []);
  }

  /** Tells whoever looks on that a message is new or other. */
  show(message: FakeMessage, users: readonly string[] = this.#lookersOn(message)): void {
    if (message.user === botUser) {
      this.shown.push(message.blocks.length > 0 ? message.blocks : { text: message.text });
      this.notifications.push(message.text);
    }
    for (const user of users) this.seen.push({ user, surface: { kind: 'message', message } });
  }

  #lookersOn({ ephemeralFor, channel }: FakeMessage): readonly string[] {
    return ephemeralFor === undefined ? (this.readersOf(channel) ?? []) : [ephemeralFor];
  }

  find(channel: string, ts: string): FakeMessage | undefined {
    return this.messages.find((message) => message.channel === channel && message.ts === ts);
  }

  push(owner: string, view: types.ModalView, onTop: boolean): FakeView {
    const stack = onTop ? [...(this.modals.get(owner) ?? [])] : [];
    const id = this.next('V');
    const opened: FakeView = {
      id,
      owner,
      hash: this.next('h'),
      view,
      root: stack[0]?.id ?? id,
      previous: stack.at(-1)?.id ?? null,
    };
    this.modals.set(owner, [...stack, opened]);
    this.shown.push(view);
    this.seen.push({ user: owner, surface: { kind: 'modal', view: opened } });
    return opened;
  }

  change(view: FakeView, content: types.ModalView): void {
    view.view = content;
    view.hash = this.next('h');
    this.shown.push(content);
    this.seen.push({ user: view.owner, surface: { kind: 'modal', view } });
  }

  findView(id: string): FakeView | undefined {
    return [...this.modals.values()].flat().find((view) => view.id === id);
  }

  close(owner: string, all: boolean): void {
    const stack = this.modals.get(owner) ?? [];
    this.modals.set(owner, all ? [] : stack.slice(0, -1));
    const below = this.modals.get(owner)?.at(-1);
    this.seen.push({ user: owner, surface: below ? { kind: 'modal', view: below } : { kind: 'closed' } });
  }

  publish(user: string, view: types.HomeView): void {
    this.homes.set(user, view);
    this.shown.push(view);
    this.seen.push({ user, surface: { kind: 'home', view } });
  }

  /** All that was ever shown, as Slack would take it for its markup. */
  everything(): string {
    return this.shown.map(asMarkup).join('\n');
  }
}

export function readSurface(surface: Surface): Read {
  switch (surface.kind) {
    case 'message': {
      const { blocks, text } = surface.message;
      return blocks.length > 0 ? readBlocks(blocks) : { text, buttons: [] };
    }
    case 'modal': {
      const { title, blocks } = surface.view.view;
      const read = readBlocks(blocks);
      return { ...read, text: `${title.text}\n${read.text}` };
    }
    case 'home':
      return readBlocks(surface.view.blocks);
    case 'closed':
      return { text: '', buttons: [] };
  }
}
