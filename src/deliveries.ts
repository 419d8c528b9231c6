import { createHash } from 'node:crypto';
import { Bounded } from './chat/bounded.ts';
import type { Request } from './chat/mod.ts';

const hour = 3_600_000;
const most = 20_000;

/** What was delivered in the last hour, so that what a platform delivers again is answered once. */
export class Deliveries {
  /** By platform and delivery; whether the next start is to know of it. */
  readonly #seen: Bounded<boolean>;
  /** Digests of what was delivered before this start. */
  readonly #before: Bounded<true>;

  constructor(now: () => number) {
    this.#seen = new Bounded(most, { lifetime: hour, now });
    this.#before = new Bounded(most, { lifetime: hour, now });
  }

  /** Takes a request on; false where it was taken on before. One whose delivery has no name is always new. */
  isNew({ kind, origin: { platform, delivery, place } }: Request): boolean {
    if (delivery === undefined) return true;
    const name = `${platform}\n${delivery}`;
    if (this.#seen.get(name) !== undefined) return false;
    if (this.#before.size > 0 && this.#before.get(digestOf(name))) return false;
    // A question stands in the chat for all who may read it there. That somebody pressed a button stands nowhere.
    this.#seen.set(name, kind === 'question' && place !== 'command');
    return true;
  }

  /** What the next start needs: digests, without a time, a person or a word. */
  digests(): string[] {
    const own = [...this.#seen.entries()].flatMap(([name, kept]) => (kept ? [digestOf(name)] : []));
    return [...[...this.#before.entries()].map(([digest]) => digest), ...own];
  }

  /** Takes what `digests` gave before the last stop, for an hour. */
  recall(digests: readonly string[]): void {
    for (const digest of digests) this.#before.set(digest, true);
  }

  /** Drops what is too old, also when nothing is delivered. */
  forget(): void {
    this.#seen.forget();
    this.#before.forget();
  }
}

const digestOf = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 22);
