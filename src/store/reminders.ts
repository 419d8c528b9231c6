import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import type { Day } from '../school/calendar.ts';
import type { PersonKey } from '../school/people.ts';
import type { Database } from './engine.ts';
import type { Store } from './open.ts';
import type { Tables } from './tables.ts';
import { storable } from './text.ts';

type Row = Selectable<Tables['reminders']>;

/** One policy that a message speaks of. */
export interface ReminderItem {
  readonly policy: string;
  readonly version: string;
  readonly due: Day;
}

/** A message that is to go out once. */
export interface QueuedReminder {
  /** The same for the same message, whoever works it out. */
  readonly key: string;
  readonly person: PersonKey;
  /** Somebody gets one message of a kind a day. */
  readonly kind: string;
  /** Why it goes out, in one word. */
  readonly rung: string;
  /** In the person's own time zone. */
  readonly day: Day;
  readonly items: readonly ReminderItem[];
}

/** How far a message is that has not come to its end. Instants are the machine's own. */
export interface OpenReminder {
  readonly key: string;
  readonly state: 'waiting' | 'sending' | 'blocked';
  /** When somebody may claim it. */
  readonly free: Date;
  /** The same for one that is blocked. */
  readonly retryOn?: Day;
}

/** Rows that are written or asked for in one statement; PostgreSQL takes no more than 65,535 values. */
const BATCH = 2_000;

/**
 * Puts messages into the queue. One that is there already stays as it is; one that was dropped waits again.
 * `now` is the machine's own time.
 */
export async function queueReminders(
  store: Store,
  reminders: Iterable<QueuedReminder>,
  now: Date,
): Promise<void> {
  const notBefore = now.toISOString();
  for (const batch of batches(reminders)) {
    const rows = batch.map((each) => rowOf(each, now));
    await store.run((db) =>
      db
        .insertInto('reminders')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({ state: 'waiting', not_before: notBefore, settled: null })
            .where('reminders.state', '=', 'dropped'),
        )
        .execute(),
    );
    // SQLite works without a pause; others want their turn between two batches.
    await nextTurn();
  }
}

/** Those of some messages that have not come to their end, in no order. */
export async function openReminders(store: Store, keys: Iterable<string>): Promise<readonly OpenReminder[]> {
  const open: OpenReminder[] = [];
  for (const batch of batches(keys)) {
    const rows = await store.run((db) =>
      db
        .selectFrom('reminders')
        .select(['key', 'state', 'not_before', 'lease_until', 'retry_on'])
        .where('key', 'in', batch.map(storable))
        .where('state', 'in', ['waiting', 'sending', 'blocked'])
        .execute(),
    );
    for (const { key, state, not_before, lease_until, retry_on } of rows)
      if (state === 'waiting' || state === 'sending' || state === 'blocked')
        open.push({
          key,
          state,
          free: new Date((state === 'sending' && lease_until) || not_before),
          ...(state === 'blocked' && retry_on !== null && { retryOn: retry_on }),
        });
    await nextTurn();
  }
  return open;
}

/** Who works on a message, and until when nobody else may. Times are the machine's own. */
export interface Lease {
  readonly worker: string;
  readonly now: Date;
  readonly until: Date;
}

/**
 * Takes a message for one worker. Nothing where it is not free: somebody else has it, it has come to its end,
 * it is to wait, or this person is getting or has got another one of its kind on that day, which somebody who
 * saw other facts worked out. `again`: it may have gone before.
 * @param givesWayOn the day on which it goes, in the person's own time zone, where it may wait for another: then
 * it is free only where no message of any kind is getting there that day, or may have got there, and no reminder
 * of that day is still to go
 */
export async function claimReminder(
  store: Store,
  key: string,
  { worker, now, until }: Lease,
  today: Day,
  givesWayOn?: Day,
): Promise<{ readonly tries: number; readonly again: boolean } | undefined> {
  const claimed = await store.run((db) =>
    db
      .updateTable('reminders')
      .set((row) => ({
        state: 'sending',
        // One that waited is kept under the day on which it goes.
        ...(givesWayOn !== undefined && { day: givesWayOn }),
        lease_by: worker,
        lease_until: until.toISOString(),
        tries: row('tries', '+', 1),
        // Whoever had it before came to no end: the platform may have it.
        maybe_gone: row.case().when('state', '=', 'sending').then(1).else(row.ref('maybe_gone')).end(),
      }))
      .where('key', '=', key)
      .where((row) =>
        row.or([
          row.and([row('state', '=', 'waiting'), row('not_before', '<=', now.toISOString())]),
          row.and([row('state', '=', 'sending'), row('lease_until', '<=', now.toISOString())]),
          row.and([row('state', '=', 'blocked'), row('retry_on', '<=', today)]),
        ]),
      )
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('reminders as other')
              .select('other.key')
              .whereRef('other.person', '=', 'reminders.person')
              .whereRef('other.key', '<>', 'reminders.key')
              .where((of) =>
                givesWayOn === undefined
                  ? of.and([
                      of('other.day', '=', of.ref('reminders.day')),
                      of('other.kind', '=', of.ref('reminders.kind')),
                      of.or([
                        of('other.state', '=', 'sent'),
                        of.and([
                          of('other.state', '=', 'sending'),
                          of('other.lease_until', '>', now.toISOString()),
                        ]),
                      ]),
                    ])
                  : of.and([
                      of('other.day', '=', givesWayOn),
                      of.or([
                        of('other.state', 'in', ['sent', 'sending']),
                        of.and([
                          of('other.state', '=', 'waiting'),
                          of.or([of('other.kind', '=', 'reminder'), of('other.maybe_gone', '=', 1)]),
                        ]),
                      ]),
                    ]),
              ),
          ),
        ),
      )
      .returning(['tries', 'maybe_gone'])
      .executeTakeFirst(),
  );
  return claimed && { tries: claimed.tries, again: claimed.maybe_gone === 1 };
}

/** Keeps a message for the worker that has it. False where another has it now. */
export function renewLease(store: Store, key: string, { worker, until }: Lease): Promise<boolean> {
  return store.run((db) => changeClaimed(db, key, worker, { lease_until: until.toISOString() }));
}

/** Changes a message for the worker that has it. False where another has it now, and nothing was written. */
export async function changeClaimed(
  db: Database,
  key: string,
  worker: string,
  values: Partial<Row>,
): Promise<boolean> {
  const result = await db
    .updateTable('reminders')
    .set(values)
    .where('key', '=', key)
    .where('state', '=', 'sending')
    .where('lease_by', '=', worker)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** JSON, as a row has it. */
export const itemsOf = (items: readonly ReminderItem[]): string =>
  JSON.stringify(items.map(({ policy, version, due }) => ({ policy, version, due })));

/** A message as it is put into the queue. */
export const rowOf = ({ key, person, kind, rung, day, items }: QueuedReminder, notBefore: Date) => ({
  key,
  person: person.id,
  email: person.email ?? null,
  kind,
  rung,
  day,
  items: itemsOf(items),
  state: 'waiting' as const,
  tries: 0,
  maybe_gone: 0,
  not_before: notBefore.toISOString(),
});

function* batches<T>(all: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
