import { randomBytes } from 'node:crypto';
import { Bounded } from '../chat/bounded.ts';
import type { ThreadKeys } from './sealing/thread.ts';
import type { StoredHandler } from './store/handlers.ts';

/** Somebody who has logged in, as long as the process runs and they do something every half hour. */
export interface Session {
  readonly handler: Uint8Array;
  /** Of this session alone, to show access to a thread with. */
  readonly keys: ThreadKeys;
}

/** What a login waits for. Used once, and gone after two minutes. */
interface Challenge {
  readonly handler: Uint8Array;
  readonly challenge: Uint8Array;
}

/** Kept in memory alone: whoever restarts the bot logs everybody out. */
export class Sessions {
  readonly #sessions: Bounded<Session>;
  readonly #challenges: Bounded<Challenge>;

  /** `now` gives milliseconds and never runs backwards. */
  constructor(now: () => number) {
    this.#sessions = new Bounded(200, { lifetime: 1_800_000, now });
    this.#challenges = new Bounded(1_000, { lifetime: 120_000, now });
  }

  /** Puts a question to somebody, under a ticket to answer it with. */
  ask({ id }: StoredHandler, challenge: Uint8Array): string {
    const ticket = token();
    this.#challenges.set(ticket, { handler: id, challenge });
    return ticket;
  }

  /** The question behind a ticket, which is used up. */
  asked(ticket: string): Challenge | undefined {
    const challenge = this.#challenges.get(ticket);
    this.#challenges.delete(ticket);
    return challenge;
  }

  open(session: Session): string {
    const name = token();
    this.#sessions.set(name, session);
    return name;
  }

  find(name: string): Session | undefined {
    const session = this.#sessions.get(name);
    // Set anew, so that its half hour begins again.
    if (session) this.#sessions.set(name, session);
    return session;
  }

  close(name: string): void {
    this.#sessions.delete(name);
  }

  forget(): void {
    this.#sessions.forget();
    this.#challenges.forget();
  }
}

const token = (): string => randomBytes(32).toString('base64url');
