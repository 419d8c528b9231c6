import { utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Clock } from '../../school/clock.ts';
import { StoreError } from '../../store/error.ts';
import { explainSqlite, immediateTransaction, openSqliteFile } from '../../store/sqlite-file.ts';
import { weekStart } from '../weeks.ts';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** The open `concerns.db`. After whatever is done with it, the times of the file and its folder say only the week. */
export interface ConcernStore {
  readonly file: string;
  /** @throws StoreError for whatever the database refuses */
  run<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** The same, all or nothing. Inside, use only the `db` that is handed in. */
  transaction<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** Writes the file anew, in the order of the keys, so that it does not tell in which order things came. */
  vacuum(): Promise<void>;
  /** Rewrites the file's first page and changes nothing: so that a write says nothing. */
  rewrite(): Promise<void>;
  /** A copy in a file that must not exist yet, in the order of the keys. */
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens `concerns.db` in a folder, making both where they are missing. @throws StoreError, with nothing left open */
export const openConcernStore = (dataDir: string, clock: Clock): Promise<ConcernStore> =>
  openConcernFile(join(dataDir, 'concerns.db'), clock);

/** @throws StoreError, with nothing left open */
export async function openConcernFile(file: string, clock: Clock): Promise<ConcernStore> {
  const database = openSqliteFile(file, prepare);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  const settle = (): void => setTimes(file, clock);

  async function settled<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explainSqlite(error, file);
    } finally {
      settle();
    }
  }
  const store: ConcernStore = {
    file,
    run: (work) => settled(() => work(db)),
    transaction: (work) => settled(() => immediateTransaction(db, work)),
    vacuum: () => store.run(async (open) => void (await sql`vacuum`.execute(open))),
    rewrite: () =>
      store.run(
        async (open) =>
          void (await sql`pragma user_version = ${sql.raw(String(migrations.length))}`.execute(open)),
      ),
    async copyTo(copy) {
      await store.run(async (open) => void (await sql`vacuum into ${copy}`.execute(open)));
    },
    async close() {
      await settled(() => db.destroy());
    },
  };
  try {
    await migrate(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** To be done on every connection: none of these is kept in the file. */
function prepare(database: Sqlite.Database): void {
  // A log beside the file would hold on to what was deleted.
  database.pragma('journal_mode = delete');
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  database.pragma('secure_delete = on');
  database.pragma('temp_store = memory');
}

/** Sets the times of a file and its folder back to the start of the week. */
export function setTimes(file: string, clock: Clock): void {
  const start = weekStart(clock.now());
  for (const path of [file, dirname(file)]) {
    try {
      utimesSync(path, start, start);
    } catch {
      // Another account's folder, or a file that was taken away: the work itself has been done or has failed.
    }
  }
}

async function migrate(store: ConcernStore): Promise<void> {
  await store.transaction(async (db) => {
    const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
    const reached = rows[0]?.user_version ?? 0;
    if (reached > migrations.length)
      throw new StoreError(
        `The concerns in ${store.file} were written by a newer version of the bot. Nothing was changed. Update the bot.`,
      );
    for (const step of migrations.slice(reached)) await step(db);
    if (reached < migrations.length)
      await sql`pragma user_version = ${sql.raw(String(migrations.length))}`.execute(db);
  });
}
