import { hasLeft, keysOf } from '../school/people.ts';
import type { Parts } from './parts.ts';
import { nameOf, titleOf } from './routing.ts';
import type { ReaderName } from './sealing/message.ts';
import { CHALLENGE_BYTES } from './sealing/sizes.ts';
import { sealing } from './sealing-loader.ts';
import { type Session, Sessions } from './sessions.ts';
import { allHandlers, findHandler, logHandler, type StoredHandler } from './store/handlers.ts';

export interface LoggedIn {
  readonly kind: 'session';
  readonly session: string;
  /** To show access to a thread with. */
  readonly sessionKey: Uint8Array;
  /** The reader's secret key, sealed to the passphrase; or to the recovery key, where that was used. */
  readonly sealedKey: Uint8Array;
}

/** `refused`: not the right answer, whyever · `busy`: too many try at once, to be tried again in a while. */
export type Refusal = { readonly kind: 'refused' } | { readonly kind: 'busy' };

/** A question that only the reader's own secret key opens, and that key, sealed to the recovery key. */
interface RecoveryQuestion {
  readonly kind: 'question';
  readonly ticket: string;
  readonly sealedQuestion: Uint8Array;
  readonly sealedKey: Uint8Array;
}

/** How a reader comes in. */
export interface Logins {
  /** Who can log in: what the page shows before anybody has. */
  list(): Promise<readonly ReaderName[]>;
  /** A question to sign, under a ticket that is used once within two minutes. */
  challenge(reader: Uint8Array): Promise<{ readonly ticket: string; readonly challenge: Uint8Array }>;
  login(ticket: string, signature: Uint8Array): Promise<LoggedIn | Refusal>;
  /** The same for whoever has the recovery key. */
  recovery(reader: Uint8Array): Promise<RecoveryQuestion | Refusal>;
  recover(ticket: string, answer: Uint8Array): Promise<LoggedIn | Refusal>;
  logout(session: string): void;
}

/** Somebody who has logged in, and may still read. */
interface SignedIn {
  readonly session: Session;
  readonly handler: StoredHandler;
}

/** The same with what the rest of the inbox needs to know who calls. */
export interface OwnLogins extends Logins {
  signedIn(session: string): Promise<SignedIn | undefined>;
  forget(): void;
}

export function createLogins({ store, clock, school, people, gates, today }: Parts): OwnLogins {
  const sessions = new Sessions(() => clock.now().getTime());
  const find = (key: string) => people().all.find((person) => keysOf(person).includes(key));

  /** Whether the school's list of people names this reader still, and they have not left. */
  function belongs({ person: key }: StoredHandler): boolean {
    const person = find(key);
    return person !== undefined && !hasLeft(person, today());
  }

  async function enter(handler: StoredHandler, sealedKey: Uint8Array): Promise<LoggedIn> {
    const { newThread } = await sealing();
    const keys = newThread();
    const session = sessions.open({ handler: handler.id, keys });
    return { kind: 'session', session, sessionKey: keys.publicKey, sealedKey };
  }

  /** The reader who was asked under a ticket, where their answer is right. */
  async function answered(
    ticket: string,
    isRight: (challenge: Uint8Array, handler: StoredHandler) => boolean,
  ): Promise<{ readonly kind: 'right'; readonly handler: StoredHandler } | Refusal> {
    // Right or wrong, it takes its turn: what the gate remembers must not tell who knew.
    if (!(await gates.logins.pass())) return busy;
    const asked = sessions.asked(ticket);
    const handler = asked && (await findHandler(store, asked.handler));
    const right = handler && belongs(handler) && isRight(asked.challenge, handler);
    return right ? { kind: 'right', handler } : refused;
  }

  return {
    async signedIn(name) {
      const session = sessions.find(name);
      const handler = session && (await findHandler(store, session.handler));
      return session && handler && belongs(handler) ? { session, handler } : undefined;
    },
    async list() {
      const { toText } = await sealing();
      const handlers = await allHandlers(store);
      return handlers
        .filter((handler) => handler.state === 'active' && belongs(handler))
        .map(({ id, role, person }) => ({
          id: toText(id),
          title: titleOf(school, role),
          name: nameOf(people(), person),
        }));
    },
    async challenge(id) {
      const { randomBytes } = await sealing();
      const challenge = randomBytes(CHALLENGE_BYTES);
      const handler = await findHandler(store, id);
      // Somebody who is not there gets a question, too; no answer to it is right.
      return { ticket: handler ? sessions.ask(handler, challenge) : '', challenge };
    },
    async login(ticket, signature) {
      const { checkChallenge } = await sealing();
      const found = await answered(ticket, (challenge, { verifier }) =>
        checkChallenge(challenge, signature, verifier),
      );
      return found.kind === 'right' ? enter(found.handler, found.handler.sealed_by_passphrase) : found;
    },
    async recovery(id) {
      if (!(await gates.logins.pass())) return busy;
      const { randomBytes, sealChallenge } = await sealing();
      const handler = await findHandler(store, id);
      if (!handler) return refused;
      const challenge = randomBytes(CHALLENGE_BYTES);
      return {
        kind: 'question',
        ticket: sessions.ask(handler, challenge),
        sealedQuestion: sealChallenge(challenge, handler.public_key),
        sealedKey: handler.sealed_by_recovery,
      };
    },
    async recover(ticket, answer) {
      const { sameBytes } = await sealing();
      const found = await answered(ticket, (challenge) => sameBytes(challenge, answer));
      if (found.kind !== 'right') return found;
      const { id, sealed_by_recovery: sealedKey } = found.handler;
      await logHandler(store, { handler: id, action: 'recovered', concern: null, day: today() });
      return enter(found.handler, sealedKey);
    },
    logout: (session) => sessions.close(session),
    forget: () => sessions.forget(),
  };
}

const refused = { kind: 'refused' } as const;
const busy = { kind: 'busy' } as const;
