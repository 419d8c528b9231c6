import type { Day } from '../school/calendar.ts';
import { type Deadlines, deadlinesOf } from './deadlines.ts';
import { createLogins, type Logins } from './logins.ts';
import type { Parts } from './parts.ts';
import { nameOf, presentReaders, titleOf } from './routing.ts';
import type { ListedReader, SealedReader } from './sealing/reader.ts';
import { GRANT_BYTES, GRANTS, KEY_BYTES, MESSAGE_BYTES, SEALED_KEY_BYTES } from './sealing/sizes.ts';
import { sealing } from './sealing-loader.ts';
import {
  allGrants,
  changeConcern,
  findById,
  logOf,
  MESSAGES_LIMIT,
  messagesOf,
  type StoredConcern,
} from './store/concerns.ts';
import { allHandlers, changeKeys, endHandler, handlerLog, logHandler } from './store/handlers.ts';
import type { HandlerAction, Status } from './store/tables.ts';
import { keptAfterClosing, keptAYear, type Week } from './weeks.ts';

/** A reader as all readers see them, with whether they may log in. */
interface KnownReader extends ListedReader {
  readonly state: 'active' | 'left';
  /** Holds the role still, and is at the school. Where not, their concerns are to be handed over. */
  readonly present: boolean;
}

/** Something that a reader did, with the day. */
interface LoggedAction {
  /** Id of the reader, base64url. */
  readonly reader: string;
  readonly action: HandlerAction;
  readonly day: Day;
}

/** A concern as a reader's browser finds it. Whether it is theirs, only their key tells. */
interface GrantedConcern {
  readonly id: Uint8Array;
  readonly grants: readonly Uint8Array[];
}

/** The same, for a reader who has shown that they can open it. */
interface ReadableConcern {
  readonly kind: 'concern';
  readonly status: Status;
  readonly week: Week;
  readonly purgeWeek: Week;
  readonly deadlines: Deadlines;
  readonly messages: readonly Uint8Array[];
  readonly log: readonly LoggedAction[];
}

/** A concern, and what shows that this session's reader can open it: `proveAccess` makes it. */
export interface Access {
  readonly concern: Uint8Array;
  readonly proof: Uint8Array;
}

/** What a reader changes about a concern, in one go. */
export interface Change {
  /** Sealed to the thread. */
  readonly message?: Uint8Array;
  readonly status?: Status;
  /** Keeps it for another year from now. */
  readonly renew?: true;
  /** In place of all that there were: it is passed on, or somebody is taken off it. */
  readonly grants?: readonly Uint8Array[];
}

/** `signed_out`: there is no such session any more · `denied`: there is nothing like that for this reader. */
export type Denied = { readonly kind: 'signed_out' } | { readonly kind: 'denied' };
export type Done = { readonly kind: 'done' };

/**
 * What a reader's browser can do. The server moves sealed bytes: it has no key that opens one. Every promise
 * rejects with a StoreError where the store fails; nothing is changed then.
 */
export interface Readers extends Logins {
  /** Everybody who was ever enrolled, and what readers did that is about no concern: new readers show here. */
  readers(session: string): Promise<
    | {
        readonly kind: 'readers';
        readonly readers: readonly KnownReader[];
        readonly log: readonly LoggedAction[];
      }
    | Denied
  >;
  concerns(
    session: string,
  ): Promise<{ readonly kind: 'concerns'; readonly concerns: readonly GrantedConcern[] } | Denied>;
  read(session: string, access: Access): Promise<ReadableConcern | Denied>;
  /** Whatever is changed, the concern counts as taken on from then on. */
  change(session: string, access: Access, change: Change): Promise<Done | Denied>;
  /** Puts down that a reader has taken a copy out. */
  exported(session: string, access: Access): Promise<Done | Denied>;
  /** A new passphrase and recovery key for the same reader. */
  changeKeys(session: string, keys: Omit<SealedReader, 'id' | 'publicKey'>): Promise<Done | Denied>;
  /** Ends a reader's own time, once they have handed over: their key is destroyed. */
  leave(session: string): Promise<Done | Denied>;
  /** Forgets by itself what is too old now. */
  forget(): void;
}

export function createReaders(parts: Parts): Readers {
  const { store, school, people, today } = parts;
  const logins = createLogins(parts);
  const { signedIn } = logins;

  /** The concern, for a session whose reader has shown that they can open it. */
  async function granted(
    name: string,
    { concern: id, proof }: Access,
  ): Promise<
    { readonly kind: 'granted'; readonly concern: StoredConcern; readonly handler: Uint8Array } | Denied
  > {
    const signed = await signedIn(name);
    if (!signed) return signedOut;
    const { checkAccess } = await sealing();
    const concern = await findById(store, id);
    const { keys } = signed.session;
    if (!concern || !checkAccess(proof, concern.public_key, keys.secretKey, id)) return denied;
    return { kind: 'granted', concern, handler: signed.handler.id };
  }

  return {
    ...logins,

    async readers(session) {
      const { toText } = await sealing();
      if (!(await signedIn(session))) return signedOut;
      const handlers = await allHandlers(store);
      const present = presentReaders({ school, people: people(), day: today(), handlers });
      const readers = handlers.map(
        ({ id, role, person, public_key: publicKey, state }): KnownReader => ({
          id: toText(id),
          role,
          title: titleOf(school, role),
          person,
          name: nameOf(people(), person),
          publicKey,
          state,
          present: present.some((each) => toText(each.id) === toText(id)),
        }),
      );
      const log = await handlerLog(store);
      return { kind: 'readers', readers, log: log.map(logged(toText)) };
    },
    async concerns(session) {
      if (!(await signedIn(session))) return signedOut;
      const all = await allGrants(store);
      return { kind: 'concerns', concerns: all.map(({ concern: id, grants }) => ({ id, grants })) };
    },
    async read(session, access) {
      const found = await granted(session, access);
      if (found.kind !== 'granted') return found;
      const { toText } = await sealing();
      const { id, status, week, purge_week: purgeWeek } = found.concern;
      await logHandler(store, { handler: found.handler, action: 'read', concern: id, day: today() });
      const log = await logOf(store, id);
      return {
        kind: 'concern',
        status,
        week,
        purgeWeek,
        deadlines: deadlinesOf(status, week, today()),
        messages: await messagesOf(store, id),
        log: log.map(logged(toText)),
      };
    },
    async change(session, access, { message, status, renew, grants }) {
      const found = await granted(session, access);
      if (found.kind !== 'granted') return found;
      const { concern, handler } = found;
      const isWhole =
        (message === undefined || message.length === MESSAGE_BYTES) &&
        (grants === undefined ||
          (grants.length === GRANTS && grants.every(({ length }) => length === GRANT_BYTES)));
      if (!isWhole || (await messagesOf(store, concern.id)).length >= MESSAGES_LIMIT) return denied;
      const purgeWeek = keptAfter(concern, status, renew, today());
      const actions: readonly (HandlerAction | false)[] = [
        message !== undefined && status === undefined && grants === undefined && 'wrote',
        status !== undefined && 'status',
        renew === true && 'renewed',
        grants !== undefined && 'granted',
      ];
      await changeConcern(
        store,
        concern.id,
        {
          ...(message && { message }),
          ...(status !== undefined && { status }),
          ...(purgeWeek !== undefined && { purgeWeek }),
          ...(grants && { grants }),
        },
        { handler, actions: actions.filter((action) => action !== false), day: today() },
      );
      return done;
    },
    async exported(session, access) {
      const found = await granted(session, access);
      if (found.kind !== 'granted') return found;
      const { concern, handler } = found;
      await logHandler(store, { handler, action: 'exported', concern: concern.id, day: today() });
      return done;
    },
    async changeKeys(session, { sealedByPassphrase, sealedByRecovery, verifier }) {
      const signed = await signedIn(session);
      if (!signed) return signedOut;
      const sizes = [sealedByPassphrase.length, sealedByRecovery.length];
      if (verifier.length !== KEY_BYTES || sizes.some((size) => size !== SEALED_KEY_BYTES)) return denied;
      const keys = {
        sealed_by_passphrase: sealedByPassphrase,
        sealed_by_recovery: sealedByRecovery,
        verifier,
      };
      await changeKeys(store, signed.handler.id, keys, { action: 'keys', day: today() });
      return done;
    },
    async leave(session) {
      const signed = await signedIn(session);
      if (!signed) return signedOut;
      await endHandler(store, signed.handler.id, today());
      logins.logout(session);
      return done;
    },
  };
}

const signedOut = { kind: 'signed_out' } as const;
const denied = { kind: 'denied' } as const;
const done = { kind: 'done' } as const;

/** The last week of a concern after a change; undefined where the change does not move it. */
function keptAfter(
  concern: StoredConcern,
  status: Status | undefined,
  renew: true | undefined,
  today: Day,
): Week | undefined {
  const isClosed = (status ?? concern.status) === 'closed';
  if (isClosed)
    return status === 'closed' && concern.status !== 'closed' ? keptAfterClosing(today) : undefined;
  return renew || concern.status === 'closed' ? keptAYear(today) : undefined;
}

const logged =
  (toText: (bytes: Uint8Array) => string) =>
  ({ handler, action, day }: { handler: Uint8Array; action: HandlerAction; day: Day }): LoggedAction => ({
    reader: toText(handler),
    action,
    day,
  });
