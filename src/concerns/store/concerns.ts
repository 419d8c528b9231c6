import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Week } from '../weeks.ts';
import type { ConcernStore, Database } from './open.ts';
import type { ConcernTable, HandlerAction, Status } from './tables.ts';

const newId = (): Uint8Array => randomBytes(16);

export type StoredConcern = Selectable<ConcernTable>;

/** A concern as it arrives: sealed, whoever sealed it. */
export interface SealedConcern {
  readonly lookup: Uint8Array;
  readonly publicKey: Uint8Array;
  /** The thread's secret key, sealed to the receipt. */
  readonly sealedKey: Uint8Array;
  readonly grants: readonly Uint8Array[];
  readonly message: Uint8Array;
}

/** Where a concern is counted. */
export interface Counted {
  readonly term: string;
  readonly kind: string;
}

/** Stores a concern whole, or nothing of it. */
export async function addConcern(
  store: ConcernStore,
  { lookup, publicKey, sealedKey, grants, message }: SealedConcern,
  { week, purgeWeek, term, kind }: Counted & { readonly week: Week; readonly purgeWeek: Week },
): Promise<void> {
  const id = newId();
  await store.transaction(async (db) => {
    await db
      .insertInto('concern')
      .values({
        id,
        lookup,
        status: 'received',
        week,
        purge_week: purgeWeek,
        public_key: publicKey,
        sealed_key: sealedKey,
      })
      .execute();
    await putGrants(db, id, grants);
    await db.insertInto('message').values({ id: newId(), concern: id, ciphertext: message }).execute();
    await db
      .insertInto('term_count')
      .values({ term, kind, n: 1 })
      .onConflict((conflict) =>
        conflict.columns(['term', 'kind']).doUpdateSet((row) => ({ n: row('term_count.n', '+', 1) })),
      )
      .execute();
  });
}

/** Takes the place of all grants that a concern had. */
async function putGrants(db: Database, concern: Uint8Array, grants: readonly Uint8Array[]): Promise<void> {
  await db.deleteFrom('grant').where('concern', '=', concern).execute();
  await db
    .insertInto('grant')
    .values(grants.map((sealed_key) => ({ id: newId(), concern, sealed_key })))
    .execute();
}

export const findByLookup = (store: ConcernStore, lookup: Uint8Array): Promise<StoredConcern | undefined> =>
  store.run((db) => db.selectFrom('concern').selectAll().where('lookup', '=', lookup).executeTakeFirst());

export const findById = (store: ConcernStore, id: Uint8Array): Promise<StoredConcern | undefined> =>
  store.run((db) => db.selectFrom('concern').selectAll().where('id', '=', id).executeTakeFirst());

export async function messagesOf(store: ConcernStore, concern: Uint8Array): Promise<readonly Uint8Array[]> {
  const rows = await store.run((db) =>
    db.selectFrom('message').select('ciphertext').where('concern', '=', concern).execute(),
  );
  return rows.map(({ ciphertext }) => ciphertext);
}

/** So many messages a thread has room for: a code that is out can't fill the disk. */
export const MESSAGES_LIMIT = 500;

/** Adds a message; false where the thread is gone or has no room for more. */
export async function addMessage(
  store: ConcernStore,
  concern: Uint8Array,
  ciphertext: Uint8Array,
): Promise<boolean> {
  return store.transaction(async (db) => {
    const there = await db.selectFrom('concern').select('id').where('id', '=', concern).executeTakeFirst();
    const { count } = await db
      .selectFrom('message')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('concern', '=', concern)
      .executeTakeFirstOrThrow();
    if (!there || count >= MESSAGES_LIMIT) return false;
    await db.insertInto('message').values({ id: newId(), concern, ciphertext }).execute();
    return true;
  });
}

/** Where every concern stands, and since which week. */
export const allStandings = (
  store: ConcernStore,
): Promise<readonly { readonly status: Status; readonly week: Week }[]> =>
  store.run((db) => db.selectFrom('concern').select(['status', 'week']).execute());

/** Every concern with its grants, in the order of the random ids. */
export async function allGrants(
  store: ConcernStore,
): Promise<readonly { readonly concern: Uint8Array; readonly grants: readonly Uint8Array[] }[]> {
  const rows = await store.run((db) =>
    db.selectFrom('grant').select(['concern', 'sealed_key']).orderBy('concern').execute(),
  );
  const byConcern = new Map<string, { concern: Uint8Array; grants: Uint8Array[] }>();
  for (const { concern, sealed_key } of rows) {
    const key = Buffer.from(concern).toString('hex');
    const known = byConcern.get(key);
    if (known) known.grants.push(sealed_key);
    else byConcern.set(key, { concern, grants: [sealed_key] });
  }
  return [...byConcern.values()];
}

/** What a reader does to a concern, all at once. */
export interface ConcernChange {
  readonly message?: Uint8Array;
  readonly status?: Status;
  readonly purgeWeek?: Week;
  readonly grants?: readonly Uint8Array[];
}

/** Does it, takes the concern on where nobody has yet, and writes down who did what on which day. */
export async function changeConcern(
  store: ConcernStore,
  concern: Uint8Array,
  { message, status, purgeWeek, grants }: ConcernChange,
  log: { readonly handler: Uint8Array; readonly actions: readonly HandlerAction[]; readonly day: string },
): Promise<void> {
  await store.transaction(async (db) => {
    if (message)
      await db.insertInto('message').values({ id: newId(), concern, ciphertext: message }).execute();
    if (status !== undefined || purgeWeek !== undefined)
      await db
        .updateTable('concern')
        .set({
          ...(status !== undefined && { status }),
          ...(purgeWeek !== undefined && { purge_week: purgeWeek }),
        })
        .where('id', '=', concern)
        .execute();
    // Whoever does something with a concern has taken it on: its sender no longer waits for a first sign.
    if (status === undefined)
      await db
        .updateTable('concern')
        .set({ status: 'acknowledged' })
        .where('id', '=', concern)
        .where('status', '=', 'received')
        .execute();
    if (grants) await putGrants(db, concern, grants);
    for (const action of log.actions) await logAction(db, { ...log, action, concern });
  });
}

/** Once a day each: how often somebody looked is nobody's business. */
export async function logAction(
  db: Database,
  entry: {
    readonly handler: Uint8Array;
    readonly action: HandlerAction;
    readonly concern: Uint8Array | null;
    readonly day: string;
  },
): Promise<void> {
  const { handler, action, concern, day } = entry;
  const known = await db
    .selectFrom('handler_log')
    .select('id')
    .where('handler', '=', handler)
    .where('action', '=', action)
    .where('concern', concern === null ? 'is' : '=', concern)
    .where('day', '=', day)
    .executeTakeFirst();
  if (!known)
    await db.insertInto('handler_log').values({ id: newId(), handler, action, concern, day }).execute();
}

/** What readers did with one concern. */
export const logOf = (
  store: ConcernStore,
  concern: Uint8Array,
): Promise<
  readonly { readonly handler: Uint8Array; readonly action: HandlerAction; readonly day: string }[]
> =>
  store.run((db) =>
    db
      .selectFrom('handler_log')
      .select(['handler', 'action', 'day'])
      .where('concern', '=', concern)
      .orderBy('day')
      .execute(),
  );
