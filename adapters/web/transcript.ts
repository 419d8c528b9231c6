import type { Card, MessageRef } from '../../src/chat/mod.ts';

/** One thing that stands in somebody's chat. */
export interface Item {
  /** Counts up within the chat; what is shown later has a greater number. */
  readonly number: number;
  /** The chat's revision at which this was last changed. */
  readonly changed: number;
  readonly from: 'person' | 'bot';
  readonly content:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'card'; readonly card: Card };
}

/** Everything older is forgotten: this is for trying out. */
const most = 200;

/** One person's chat, in memory alone. */
export class Transcript {
  readonly #items: Item[] = [];
  readonly #watchers = new Set<() => void>();
  #number = 0;
  #revision = 0;

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  /** What has come or changed since a revision. */
  since(revision: number): readonly Item[] {
    return this.#items.filter(({ changed }) => changed > revision);
  }

  add(from: Item['from'], content: Item['content']): Item {
    const item = { number: ++this.#number, changed: ++this.#revision, from, content };
    this.#items.push(item);
    if (this.#items.length > most) this.#items.shift();
    this.#tell();
    return item;
  }

  /** Puts another card in the place of one; false where that one is not here any more. */
  change(number: number, card: Card): boolean {
    const index = this.#items.findIndex((item) => item.number === number && item.content.kind === 'card');
    const before = this.#items[index];
    if (!before) return false;
    this.#items[index] = { ...before, changed: ++this.#revision, content: { kind: 'card', card } };
    this.#tell();
    return true;
  }

  /** Calls back at every change; returns how to end that. */
  watch(onChange: () => void): () => void {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  #tell(): void {
    for (const onChange of this.#watchers) onChange();
  }
}

/** A message's name: whose chat, and which item. */
export function referenceOf(person: string, { number }: Item): MessageRef {
  return JSON.stringify([person, number]);
}

export function readReference(reference: MessageRef): { person: string; number: number } | undefined {
  try {
    const [person, number]: unknown[] = JSON.parse(reference);
    return typeof person === 'string' && typeof number === 'number' ? { person, number } : undefined;
  } catch {
    return undefined;
  }
}
