import { randomBytes } from 'node:crypto';
import type { Insertable, Selectable } from 'kysely';
import { digestOf } from './digest.ts';
import type { Database } from './engine.ts';
import type { Store } from './open.ts';
import type { AcknowledgementDetailsTable, AcknowledgementEventsTable } from './tables.ts';
import { storable } from './text.ts';

/** Where a chain stands: printed with a report, it shows later whether the chain was cut or rewritten. */
export interface Head {
  /** How many events there are. */
  readonly position: number;
  /** Of the last event, hexadecimal; 64 zeros where there is none. */
  readonly hash: string;
}

export type Verified =
  | { readonly kind: 'whole'; readonly head: Head }
  /** `position` is the first event that does not fit; `problem` reads on from "Event 7 ". */
  | { readonly kind: 'broken'; readonly position: number; readonly problem: string };

type Event = Selectable<AcknowledgementEventsTable>;
type Details = Partial<Omit<Insertable<AcknowledgementDetailsTable>, 'position' | 'salt'>>;

const beginning: Head = { position: 0, hash: '0'.repeat(64) };

/** Events that are read at once. */
const PAGE = 1_000;

/**
 * Adds one event at the end, and what it says of a person. To be called in `store.exclusive` alone: two that
 * append at once would fork the chain.
 */
export async function appendEvent(
  db: Database,
  event: Pick<Event, 'kind' | 'at' | 'about'>,
  details?: Details,
): Promise<number> {
  const { position: last, hash: previous } = await readHead(db);
  const position = last + 1;
  const row = details && { ...kept(details), position, salt: randomBytes(16).toString('hex') };
  const said = { ...event, position, details: row ? digestOf({ ...row }) : '', previous };
  await db
    .insertInto('acknowledgement_events')
    .values({ ...said, hash: hashOf(said) })
    .execute();
  if (row) await db.insertInto('acknowledgement_details').values(row).execute();
  return position;
}

/** The last event. */
async function readHead(db: Database): Promise<Head> {
  const last = await db
    .selectFrom('acknowledgement_events')
    .select(['position', 'hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? beginning;
}

export function headOf(store: Store): Promise<Head> {
  return store.run(readHead);
}

/**
 * Reads the whole chain and makes sure that every event follows on from the one before and says what it said
 * when it was written. With the head of an earlier report also that nothing of what was there then is gone.
 */
export async function verifyChain(store: Store, reported: Head = beginning): Promise<Verified> {
  let head = beginning;
  for (;;) {
    const page = await store.run((db) => readPage(db, head.position));
    for (const row of page) {
      const problem = problemOf(row, head) ?? contradiction(row.event, reported);
      if (problem !== undefined) return { kind: 'broken', position: head.position + 1, problem };
      head = { position: row.event.position, hash: row.event.hash };
    }
    if (page.length < PAGE) break;
  }
  if (head.position < reported.position)
    return {
      kind: 'broken',
      position: head.position + 1,
      problem: `is missing: the report showed ${reported.position} events, and there are ${head.position}`,
    };
  return { kind: 'whole', head };
}

/** One event as it stands, with what it says and whether that was erased. */
interface Row {
  readonly event: Event;
  readonly details: Selectable<AcknowledgementDetailsTable> | undefined;
  readonly erased: boolean;
}

/** In one query, so that what is added or erased meanwhile can't look like a fault. */
async function readPage(db: Database, after: number): Promise<readonly Row[]> {
  const rows = await db
    .selectFrom('acknowledgement_events as event')
    .leftJoin('acknowledgement_details as said', 'said.position', 'event.position')
    .selectAll('said')
    .select((row) => [
      'event.position as event_position',
      'event.kind',
      'event.at',
      'event.about',
      'event.details',
      'event.previous',
      'event.hash',
      row
        .selectFrom('acknowledgement_events as later')
        .select('later.position')
        .whereRef('later.about', '=', 'event.position')
        .where('later.kind', '=', 'erased')
        .limit(1)
        .as('erased'),
    ])
    .where('event.position', '>', after)
    .orderBy('event.position')
    .limit(PAGE)
    .execute();
  return rows.map(({ event_position, kind, at, about, details, previous, hash, erased, ...said }) => ({
    event: { position: event_position, kind, at, about, details, previous, hash },
    details: isThere(said) ? said : undefined,
    erased: erased !== null,
  }));
}

/** Whether the joined row is one, or the nulls that stand for none. */
function isThere(
  said: {
    [Column in keyof Selectable<AcknowledgementDetailsTable>]:
      | Selectable<AcknowledgementDetailsTable>[Column]
      | null;
  },
): said is Selectable<AcknowledgementDetailsTable> {
  return said.position !== null;
}

function problemOf({ event, details, erased }: Row, before: Head): string | undefined {
  if (event.position !== before.position + 1) return `is missing: the next one is ${event.position}`;
  if (event.previous !== before.hash) return 'does not follow on from the one before';
  if (event.hash !== hashOf(event)) return 'was changed after it was written';
  if (details) {
    if (digestOf({ ...details }) !== event.details)
      return 'names other people or policies than when it was written';
  } else if (event.details !== '' && !erased) return 'has lost what it says, though nobody erased it';
  return undefined;
}

function contradiction({ position, hash }: Event, reported: Head): string | undefined {
  return position === reported.position && hash !== reported.hash
    ? 'is another than the one in the report'
    : undefined;
}

function hashOf({ position, kind, at, about, details, previous }: Omit<Event, 'hash'>): string {
  return digestOf({ position, kind, at, about, details, previous });
}

/** As the store keeps it: a text that a database would change by a character would not fit its own hash. */
function kept(details: Details): Details {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'string' ? storable(value) : value,
    ]),
  );
}
