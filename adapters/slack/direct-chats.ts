import type { webApi } from '@slack/bolt';
import { Bounded } from '../../src/chat/bounded.ts';
import type { AdapterMemory } from '../../src/chat/mod.ts';
import type { Called, Calls } from './calls.ts';

/**
 * Which direct chat is whose. It is opened when the bot has something to send, and kept then; that somebody
 * has written to the bot leaves nothing behind.
 */
export class DirectChats {
  readonly #memory: AdapterMemory;
  readonly #calls: Calls;
  readonly #known = new Bounded<string>(10_000);

  constructor(memory: AdapterMemory, calls: Calls) {
    this.#memory = memory;
    this.#calls = calls;
  }

  /** The id of a chat that was opened before. */
  async known(person: string): Promise<string | undefined> {
    const known = this.#known.get(person) ?? (await this.#remembered(person));
    if (known !== undefined) this.#known.set(person, known);
    return known;
  }

  /** Opens the chat, whether or not it is known. */
  async open(person: string, client: webApi.WebClient): Promise<Called<string>> {
    const called = await this.#calls.once(() => client.conversations.open({ users: person }));
    if (called.kind !== 'done') return called;
    const id = called.result.channel?.id;
    if (id === undefined) return { kind: 'lost' };
    this.#known.set(person, id);
    await this.#memory.set(keyOf(person), id).catch(() => {});
    return { kind: 'done', result: id };
  }

  /** A store that fails is no reason not to send: the chat is opened once more. */
  #remembered(person: string): Promise<string | undefined> {
    return this.#memory.get(keyOf(person)).catch(() => undefined);
  }

  /** For something that somebody waits for. */
  async insist(person: string): Promise<Called<string>> {
    const known = await this.known(person);
    if (known !== undefined) return { kind: 'done', result: known };
    return this.#calls.retrying(() => this.open(person, this.#calls.live));
  }
}

const keyOf = (person: string): string => `direct chat of ${person}`;
