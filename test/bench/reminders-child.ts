/**
 * One measurement in a process of its own: `node reminders-child.ts JOB`, with a job as JSON. Prints what it
 * took as one line of JSON.
 */
import { PGlite } from '@electric-sql/pglite';
import Sqlite from 'better-sqlite3';
import { PGliteDialect, sql } from 'kysely';
import { defaultSchool } from '../../src/content/schema/school.ts';
import { createSchoolDays } from '../../src/reminders/days.ts';
import { remindersAt } from '../../src/reminders/ladder.ts';
import { createLocalTime } from '../../src/reminders/local-time.ts';
import type { Acknowledgement, Campaign, Reminder } from '../../src/reminders/obligation.ts';
import { createObligations } from '../../src/reminders/obligations.ts';
import { createCalendar } from '../../src/school/calendar.ts';
import { systemClock } from '../../src/school/clock.ts';
import type { Person } from '../../src/school/people.ts';
import { whoseAmong } from '../../src/school/whose.ts';
import { openStore, type Store, startStore } from '../../src/store/open.ts';
import { postgresLike } from '../../src/store/postgres.ts';
import { queueReminders } from '../../src/store/reminders.ts';

export interface Job {
  readonly people: number;
  readonly policies: number;
  /** An empty folder. */
  readonly dataDir: string;
  readonly engine: 'SQLite' | 'PostgreSQL' | 'PGlite';
  /** Of a schema with nothing in it, for PostgreSQL. */
  readonly databaseUrl?: string;
}

/** Milliseconds, and megabytes beyond what the process held before. */
export interface Took {
  readonly computed: number;
  readonly queued: number;
  /** The same messages written straight into a table of two columns, in one transaction. */
  readonly bare: number;
  readonly memory: number;
}

const job = JSON.parse(process.argv[2] ?? '') as Job;

const school = defaultSchool;
const days = createSchoolDays(createCalendar(school));
const localTime = createLocalTime(school.time_zone);
/** A digest day on which nothing has gone so far. */
const now = new Date('2026-12-01T09:00:00Z');

const people: Person[] = Array.from({ length: job.people }, (_, n) => ({
  id: `U${n}`,
  accounts: [{ platform: 'slack', person: `U${n}` }],
  name: `Person ${n}`,
  email: `person.${n}@school.example`,
  roles: ['teacher'],
  rolesFrom: 'platform',
}));
const campaigns: Campaign[] = Array.from({ length: job.policies }, (_, n) => ({
  policy: `policy-${n}`,
  title: `Policy ${n}`,
  version: '2',
  sha256: 'ab'.repeat(32),
  change: 'material',
  audience: [],
  opens: '2026-11-02',
  due: '2026-12-11',
  joinersWithinWorkingDays: 10,
  checkQuestions: [],
}));
/** Of half the people, each of last year's version. */
const acknowledgements: Acknowledgement[] = people.flatMap((person, n) =>
  n % 2 === 0
    ? []
    : campaigns.map(({ policy }) => ({
        person: { id: person.id, email: `person.${n}@school.example` },
        policy,
        version: '1',
        sha256: 'cd'.repeat(32),
        at: new Date('2025-11-03T10:00:00Z'),
        how: 'chat',
      })),
);

async function open(): Promise<Store> {
  if (job.engine === 'PGlite') {
    const lite = await PGlite.create();
    return startStore(() => postgresLike(new PGliteDialect({ pglite: lite }), 'PGlite'), systemClock);
  }
  const { dataDir, databaseUrl } = job;
  return openStore({
    dataDir,
    clock: systemClock,
    ...(job.engine === 'PostgreSQL' && databaseUrl !== undefined && { databaseUrl }),
  });
}

async function writeBare(store: Store, reminders: readonly Reminder[]): Promise<void> {
  const rows = reminders.map(({ key, items }) => [key, JSON.stringify(items.map(({ policy }) => policy))]);
  if (job.engine === 'SQLite') {
    const database = new Sqlite(`${job.dataDir}/bare.db`);
    database.pragma('journal_mode = wal');
    database.exec('create table bare (key text primary key, items text not null)');
    const insert = database.prepare('insert into bare values (?, ?)');
    database.transaction(() => {
      for (const row of rows) insert.run(row);
    })();
    database.close();
    return;
  }
  await store.run((db) => sql`create table bare (key text primary key, items text not null)`.execute(db));
  const [keys, items] = [0, 1].map((column) => rows.map((row) => row[column]));
  await store.run((db) =>
    sql`insert into bare select * from unnest(${keys}::text[], ${items}::text[])`.execute(db),
  );
}

async function timed<T>(work: () => Promise<T> | T): Promise<{ took: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { took: performance.now() - start, result };
}

const store = await open();
const before = process.memoryUsage.rss();
const computed = await timed(() => {
  const versions = campaigns.flatMap(({ policy, change }) =>
    ['1', '2'].map((version) => ({ policy, version, change })),
  );
  const whose = whoseAmong(people);
  const asking = { school, days, localTime, campaigns, versions, acknowledgements, whose };
  const obligations = createObligations(asking);
  const parts = { school, days, localTime, obligations, sent: [], snoozes: [], whose };
  return [...remindersAt(now, people, parts)];
});
const reminders = computed.result;
const items = reminders.reduce((sum, reminder) => sum + reminder.items.length, 0);
if (items !== job.people * job.policies) throw new Error(`${items} person-policies are owed.`);
const queued = await timed(() =>
  queueReminders(
    store,
    reminders.map((reminder) => ({ ...reminder, kind: 'reminder' })),
    now,
  ),
);
// In kilobytes, at its highest.
const memory = process.resourceUsage().maxRSS / 1024 - before / 1024 / 1024;
const bare = await timed(() => writeBare(store, reminders));
await store.close();
const took: Took = { computed: computed.took, queued: queued.took, bare: bare.took, memory };
process.stdout.write(`${JSON.stringify(took)}\n`);
