import type { Selectable } from 'kysely';
import type { Day } from '../../school/calendar.ts';
import { logAction } from './concerns.ts';
import type { ConcernStore } from './open.ts';
import type { HandlerAction, HandlerTable } from './tables.ts';

export type StoredHandler = Selectable<HandlerTable>;

/** What a reader's browser has sealed, as the store keeps it. */
export type HandlerKeys = Pick<
  HandlerTable,
  'public_key' | 'sealed_by_passphrase' | 'sealed_by_recovery' | 'verifier'
>;

/** Everybody who was ever enrolled, in the order of the random ids. */
export const allHandlers = (store: ConcernStore): Promise<readonly StoredHandler[]> =>
  store.run((db) => db.selectFrom('handler').selectAll().orderBy('id').execute());

/** Somebody who has the right to log in. */
export const findHandler = (store: ConcernStore, id: Uint8Array): Promise<StoredHandler | undefined> =>
  store.run((db) =>
    db
      .selectFrom('handler')
      .selectAll()
      .where('id', '=', id)
      .where('state', '=', 'active')
      .executeTakeFirst(),
  );

export interface Enrolment {
  readonly role: string;
  /** As in `handler`. */
  readonly person: string;
  readonly day: Day;
}

export async function addEnrolment(
  store: ConcernStore,
  tokenHash: Uint8Array,
  { role, person, day }: Enrolment,
): Promise<void> {
  await store.run((db) =>
    db.insertInto('enrolment').values({ token_hash: tokenHash, role, person, day }).execute(),
  );
}

export const findEnrolment = (
  store: ConcernStore,
  tokenHash: Uint8Array,
  since: Day,
): Promise<Enrolment | undefined> =>
  store.run((db) =>
    db
      .selectFrom('enrolment')
      .select(['role', 'person', 'day'])
      .where('token_hash', '=', tokenHash)
      .where('day', '>=', since)
      .executeTakeFirst(),
  );

export const dropEnrolments = async (store: ConcernStore, before: Day): Promise<void> => {
  await store.run((db) => db.deleteFrom('enrolment').where('day', '<', before).execute());
};

/** Uses up the token and enrols its reader; false where somebody has used it, or has the id. */
export async function enrolHandler(
  store: ConcernStore,
  tokenHash: Uint8Array,
  {
    id,
    keys,
    since,
    today,
  }: { readonly id: Uint8Array; readonly keys: HandlerKeys; readonly since: Day; readonly today: Day },
): Promise<boolean> {
  return store.transaction(async (db) => {
    const taken = await db.selectFrom('handler').select('id').where('id', '=', id).executeTakeFirst();
    if (taken) return false;
    const used = await db
      .deleteFrom('enrolment')
      .where('token_hash', '=', tokenHash)
      .where('day', '>=', since)
      .returning(['role', 'person'])
      .executeTakeFirst();
    if (!used) return false;
    await db
      .insertInto('handler')
      .values({ id, ...used, ...keys, state: 'active' })
      .execute();
    await logAction(db, { handler: id, action: 'enrolled', concern: null, day: today });
    return true;
  });
}

/** Puts new keys in the place of the old ones. */
export async function changeKeys(
  store: ConcernStore,
  id: Uint8Array,
  keys: Omit<HandlerKeys, 'public_key'>,
  log: { readonly action: HandlerAction; readonly day: Day },
): Promise<void> {
  await store.transaction(async (db) => {
    await db.updateTable('handler').set(keys).where('id', '=', id).execute();
    await logAction(db, { handler: id, concern: null, ...log });
  });
}

/** Ends a reader's time: their keys are destroyed, and what was sealed to them alone can't be opened any more. */
export async function endHandler(store: ConcernStore, id: Uint8Array, day: Day): Promise<boolean> {
  const nothing = new Uint8Array();
  return store.transaction(async (db) => {
    const ended = await db
      .updateTable('handler')
      .set({ state: 'left', sealed_by_passphrase: nothing, sealed_by_recovery: nothing, verifier: nothing })
      .where('id', '=', id)
      .where('state', '=', 'active')
      .returning('id')
      .executeTakeFirst();
    if (!ended) return false;
    await logAction(db, { handler: id, action: 'left', concern: null, day });
    return true;
  });
}

/** What readers did that is about no concern: for all readers to see. */
export const handlerLog = (
  store: ConcernStore,
): Promise<readonly { readonly handler: Uint8Array; readonly action: HandlerAction; readonly day: Day }[]> =>
  store.run((db) =>
    db
      .selectFrom('handler_log')
      .select(['handler', 'action', 'day'])
      .where('action', 'in', ['enrolled', 'keys', 'recovered', 'left'])
      .orderBy('day')
      .orderBy('id')
      .execute(),
  );

export async function logHandler(
  store: ConcernStore,
  entry: {
    readonly handler: Uint8Array;
    readonly action: HandlerAction;
    readonly concern: Uint8Array | null;
    readonly day: Day;
  },
): Promise<void> {
  await store.transaction((db) => logAction(db, entry));
}
