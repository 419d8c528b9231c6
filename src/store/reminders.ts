import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import type { MessageRef } from '../chat/request.ts';
import type { Day } from '../school/calendar.ts';
import type { PersonKey } from '../school/people.ts';
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
    const rows = batch.map(({ key, person, kind, rung, day, items }) => ({
      key,
      person: person.id,
      email: person.email ?? null,
      kind,
      rung,
      day,
      items: JSON.stringify(items.map(({ policy, version, due }) => ({ policy, version, due }))),
      state: 'waiting' as const,
      tries: 0,
      maybe_gone: 0,
      not_before: notBefore,
    }));
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
 */
export async function claimReminder(
  store: Store,
  key: string,
  { worker, now, until }: Lease,
  today: Day,
): Promise<{ readonly tries: number; readonly again: boolean } | undefined> {
  const claimed = await store.run((db) =>
    db
      .updateTable('reminders')
      .set((row) => ({
        state: 'sending',
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
              .whereRef('other.day', '=', 'reminders.day')
              .whereRef('other.person', '=', 'reminders.person')
              .whereRef('other.kind', '=', 'reminders.kind')
              .whereRef('other.key', '<>', 'reminders.key')
              .where((of) =>
                of.or([
                  of('other.state', '=', 'sent'),
                  of.and([
                    of('other.state', '=', 'sending'),
                    of('other.lease_until', '>', now.toISOString()),
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
  return change(store, key, worker, { lease_until: until.toISOString() });
}

/** What became of a message that was claimed. */
export type Settlement =
  /** The platform has it; `items` is what it spoke of in the end. */
  | {
      readonly kind: 'sent';
      readonly at: Date;
      readonly platform: string;
      readonly message: MessageRef;
      readonly items: readonly ReminderItem[];
    }
  /** Nothing is owed any more. */
  | { readonly kind: 'dropped'; readonly at: Date }
  /** Not sent, and can't be for now. */
  | { readonly kind: 'blocked'; readonly at: Date; readonly reason: string; readonly retryOn: Day }
  /** To be tried again, by the machine's own time; `maybeGone`: this try may have reached the platform. */
  | {
      readonly kind: 'again';
      readonly notBefore: Date;
      readonly maybeGone: boolean;
      readonly reason: string;
    };

/** Writes down what became of a message. False where another worker has it now, and nothing was written. */
export function settleReminder(
  store: Store,
  key: string,
  worker: string,
  settlement: Settlement,
): Promise<boolean> {
  const free = { lease_by: null, lease_until: null };
  switch (settlement.kind) {
    case 'sent':
      return change(store, key, worker, {
        ...free,
        state: 'sent',
        settled: settlement.at.toISOString(),
        platform: settlement.platform,
        message: settlement.message,
        items: JSON.stringify(settlement.items.map(({ policy, version, due }) => ({ policy, version, due }))),
        reason: null,
      });
    case 'dropped':
      return change(store, key, worker, { ...free, state: 'dropped', settled: settlement.at.toISOString() });
    case 'blocked':
      return change(store, key, worker, {
        ...free,
        state: 'blocked',
        settled: settlement.at.toISOString(),
        reason: settlement.reason,
        retry_on: settlement.retryOn,
      });
    case 'again':
      return change(store, key, worker, {
        ...free,
        state: 'waiting',
        not_before: settlement.notBefore.toISOString(),
        reason: settlement.reason,
        ...(settlement.maybeGone && { maybe_gone: 1 }),
      });
  }
}

async function change(store: Store, key: string, worker: string, values: Partial<Row>): Promise<boolean> {
  const result = await store.run((db) =>
    db
      .updateTable('reminders')
      .set(values)
      .where('key', '=', key)
      .where('state', '=', 'sending')
      .where('lease_by', '=', worker)
      .executeTakeFirst(),
  );
  return result.numUpdatedRows > 0n;
}

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
