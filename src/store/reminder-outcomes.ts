import type { Selectable } from 'kysely';
import * as z from 'zod';
import type { MessageRef } from '../chat/request.ts';
import type { Day } from '../school/calendar.ts';
import type { PersonKey, Whose } from '../school/people.ts';
import type { Database } from './engine.ts';
import { StoreError } from './error.ts';
import type { Store } from './open.ts';
import type { QueuedReminder } from './reminders.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['reminders']>;

const reminderItems = z
  .array(z.strictObject({ policy: z.string(), version: z.string(), due: z.string() }))
  .readonly();

/** A message that a platform took. */
export interface SentReminder extends QueuedReminder {
  readonly at: Date;
  readonly platform: string;
  readonly message: MessageRef;
}

/** What went out of one kind from a day on, earliest first. @throws StoreError where a row can't be read */
export async function sentReminders(
  store: Store,
  from: Day,
  kind = 'reminder',
): Promise<readonly SentReminder[]> {
  const rows = await store.run((db) => selectFrom(db, from, ['sent']).where('kind', '=', kind).execute());
  return rows.map((row) => ({
    ...queuedOf(row, store.place),
    at: new Date(row.settled ?? ''),
    platform: row.platform ?? '',
    message: row.message ?? '',
  }));
}

/** A message that has not arrived, for the office to look into. */
export interface FailedReminder extends QueuedReminder {
  /** `blocked`: this person can't be reached · `uncertain`: it may have arrived · `late`: not sent so far, though tried. */
  readonly problem: 'blocked' | 'uncertain' | 'late';
  readonly reason: string;
  readonly tries: number;
  /** The day on which somebody who can't be reached is tried again. */
  readonly retryOn?: Day;
}

/** One failure that may pass by itself is nobody's business yet. */
const TRIES_BEFORE_LATE = 3;

/**
 * What failed from a day on, the latest of each person: a failure is over once a message of that day or a
 * later one has arrived, also where they were known by another id then.
 * @param whose finds the person again, whichever of their ids it was; by the id alone where left out
 * @throws StoreError where a row can't be read
 */
export async function failedReminders(
  store: Store,
  from: Day,
  whose: Whose = () => undefined,
): Promise<readonly FailedReminder[]> {
  const rows = await store.run((db) =>
    selectFrom(db, from, ['waiting', 'sending', 'blocked', 'sent']).execute(),
  );
  const ownerOf = (row: Row): string => whose(keyOf(row))?.id ?? row.person;
  const arrived = new Map<string, Day>();
  for (const row of rows) if (row.state === 'sent') arrived.set(ownerOf(row), row.day);
  const latest = new Map<string, FailedReminder>();
  for (const row of rows) {
    const isBlocked = row.state === 'blocked';
    const owner = ownerOf(row);
    if (row.day <= (arrived.get(owner) ?? '')) continue;
    if (!isBlocked && row.tries < TRIES_BEFORE_LATE) continue;
    latest.set(owner, {
      ...queuedOf(row, store.place),
      problem: isBlocked ? 'blocked' : row.maybe_gone === 1 ? 'uncertain' : 'late',
      reason: row.reason ?? '',
      tries: row.tries,
      ...(isBlocked && row.retry_on !== null && { retryOn: row.retry_on }),
    });
  }
  return [...latest.values()];
}

/** Who has got a message of any kind on which day, from a day on, in no order. */
export async function reachedFrom(
  store: Store,
  from: Day,
): Promise<readonly { readonly person: PersonKey; readonly day: Day }[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('reminders')
      .select(['person', 'email', 'day'])
      .where('day', '>=', from)
      .where('state', '=', 'sent')
      .execute(),
  );
  return rows.map((row) => ({ person: keyOf(row), day: row.day }));
}

/**
 * Which of some messages are not to go on a day: they have gone, or whoever they are for can't be reached and is
 * tried again on a later day. Few keys at a time.
 */
export async function restingReminders(
  store: Store,
  keys: readonly string[],
  today: Day,
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await store.run((db) =>
    db
      .selectFrom('reminders')
      .select(['key'])
      .where('key', 'in', keys)
      .where((row) =>
        row.or([
          row('state', '=', 'sent'),
          row.and([row('state', '=', 'blocked'), row('retry_on', '>', today)]),
        ]),
      )
      .execute(),
  );
  return new Set(rows.map(({ key }) => key));
}

const keyOf = ({ person, email }: Pick<Row, 'person' | 'email'>): PersonKey => ({
  id: person,
  ...(email !== null && { email }),
});

const selectFrom = (db: Database, from: Day, states: Row['state'][]) =>
  db
    .selectFrom('reminders')
    .selectAll()
    .where('day', '>=', from)
    .where('state', 'in', states)
    .orderBy('day')
    .orderBy('key');

function queuedOf(row: Row, place: string): QueuedReminder {
  const { key, kind, rung, day, items } = row;
  try {
    return {
      key,
      person: keyOf(row),
      kind,
      rung,
      day,
      items: reminderItems.parse(JSON.parse(items)),
    };
  } catch {
    throw new StoreError(`The reminder "${key}" in ${place} can't be read. Put back the last backup.`);
  }
}
