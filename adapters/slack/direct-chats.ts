import type { webApi } from '@slack/bolt';
import { Bounded } from '../../src/chat/bounded.ts';
import type { AdapterMemory } from '../../src/chat/mod.ts';
import type { Called, Calls } from './calls.ts';

/**
 * Which direct chat is whose. What is opened for many messages is kept, since Slack opens only so many a minute;
 * that somebody has written to the bot leaves nothing behind but while it runs.
 */
export class DirectChats {
  readonly #memory: AdapterMemory;
  readonly #calls: Calls;
  /** As Slack said last. */
  readonly #seen = new Bounded<string>(10_000);

  constructor(memory: AdapterMemory, calls: Calls) {
    this.#memory = memory;
    this.#calls = calls;
  }

  /** Somebody does something in their direct chat. */
  see(person: string, id: string): void {
    this.#seen.set(person, id);
  }

  /** The id of a chat that was opened before, perhaps long ago. */
  async known(person: string): Promise<string | undefined> {
    // A store that fails is no reason not to send: the chat is opened once more.
    return this.#seen.get(person) ?? (await this.#memory.get(keyOf(person)).catch(() => undefined));
  }

  /** Opens the chat, whether or not it is known. */
  async open(person: string, client: webApi.WebClient): Promise<Called<string>> {
    const called = await this.#calls.once(() => client.conversations.open({ users: person }));
    if (called.kind !== 'done') return called;
    const id = called.result.channel?.id;
    if (id === undefined) return { kind: 'lost' };
    this.#seen.set(person, id);
    const kept = await this.#memory.get(keyOf(person)).catch(() => id);
    if (kept !== id) await this.#memory.set(keyOf(person), id).catch(() => {});
    return { kind: 'done', result: id };
  }

  /** For something that somebody waits for `longest` milliseconds: the chat as it is now, where Slack can be asked. */
  async current(person: string, longest?: number): Promise<Called<string>> {
    const called = await this.#calls.retrying(
      () => this.open(person, this.#calls.live),
      longest === undefined ? {} : { longest },
    );
    const known = called.kind === 'limited' || called.kind === 'lost' ? await this.known(person) : undefined;
    return known === undefined ? called : { kind: 'done', result: known };
  }

  /** The chat that somebody is using, for an answer. */
  async insist(person: string): Promise<Called<string>> {
    const seen = this.#seen.get(person);
    return seen === undefined ? this.current(person) : { kind: 'done', result: seen };
  }
}

const keyOf = (person: string): string => `direct chat of ${person}`;
