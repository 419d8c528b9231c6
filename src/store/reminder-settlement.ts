import type { MessageRef } from '../chat/request.ts';
import type { Day } from '../school/calendar.ts';
import type { Database } from './engine.ts';
import type { Store } from './open.ts';
import { changeClaimed, itemsOf, type QueuedReminder, type ReminderItem, rowOf } from './reminders.ts';

/** What became of a message that was claimed. */
export type Settlement =
  /**
   * The platform has it; `items` is what it spoke of in the end, `carried` other messages that went as parts of
   * it: all is written down, or nothing is.
   */
  | {
      readonly kind: 'sent';
      readonly at: Date;
      readonly platform: string;
      readonly message: MessageRef;
      readonly items: readonly ReminderItem[];
      readonly carried?: readonly QueuedReminder[];
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
  const settle = (values: Changes): Promise<boolean> =>
    store.run((db) => changeClaimed(db, key, worker, { ...free, ...values }));
  switch (settlement.kind) {
    case 'sent': {
      const { at, platform, message, items, carried = [] } = settlement;
      const arrived = { state: 'sent' as const, settled: at.toISOString(), platform, message, reason: null };
      const values = { ...arrived, items: itemsOf(items) };
      if (carried.length === 0) return settle(values);
      return store.transaction(async (db) => {
        if (!(await changeClaimed(db, key, worker, { ...free, ...values }))) return false;
        for (const each of carried) await arriveWith(db, each, { ...free, ...arrived }, at);
        return true;
      });
    }
    case 'dropped':
      return settle({ state: 'dropped', settled: settlement.at.toISOString() });
    case 'blocked':
      return settle({
        state: 'blocked',
        settled: settlement.at.toISOString(),
        reason: settlement.reason,
        retry_on: settlement.retryOn,
      });
    case 'again':
      return settle({
        state: 'waiting',
        not_before: settlement.notBefore.toISOString(),
        reason: settlement.reason,
        ...(settlement.maybeGone && { maybe_gone: 1 }),
      });
  }
}

type Changes = Parameters<typeof changeClaimed>[3];

const free: Changes = { lease_by: null, lease_until: null };

/** A message that went as a part of another, whether it was in the queue before or not. */
async function arriveWith(db: Database, carried: QueuedReminder, values: Changes, at: Date): Promise<void> {
  await db
    .insertInto('reminders')
    .values({ ...rowOf(carried, at), ...values })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ ...values, day: carried.day })
        .where('reminders.state', '<>', 'sent'),
    )
    .execute();
}
