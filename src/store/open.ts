import { Kysely } from 'kysely';
import type { Clock } from '../school/clock.ts';
import type { Database, Engine } from './engine.ts';
import { migrate } from './migrate.ts';
import { sqliteEngine } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { storableText } from './text.ts';

/** The open database. What is done with it stands in the modules named after the tables. */
export interface Store {
  /** Where the data lie, for people to read; without a password. */
  readonly place: string;
  /** Runs queries. @throws StoreError for whatever the database refuses. */
  run<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** The same, all or nothing. Inside, use only the `db` that is handed in. */
  transaction<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /**
   * The same, one at a time: whoever else calls this on the same database, in this process or another, waits
   * for the end of it.
   */
  exclusive<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** Brings everything to disk and closes. A second call does nothing. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Folder of `bot.db`; made where it is missing. */
  readonly dataDir: string;
  /** PostgreSQL instead of the file in `dataDir`. */
  readonly databaseUrl?: string;
  readonly clock: Clock;
}

/** Opens the store and brings its tables up to date. @throws StoreError, with nothing left open */
export async function openStore({ dataDir, databaseUrl, clock }: StoreOptions): Promise<Store> {
  if (!databaseUrl) return startStore(() => sqliteEngine(dataDir), clock);
  // Only who uses PostgreSQL pays for its driver.
  const { postgresEngine } = await import('./postgres.ts');
  return startStore(() => postgresEngine(databaseUrl), clock);
}

/** Opens the store on any engine. @throws StoreError, with nothing left open */
export async function startStore(openEngine: () => Engine, clock: Clock): Promise<Store> {
  const engine = openEngine();
  const db = new Kysely<Tables>({ dialect: engine.dialect, plugins: [storableText] });
  const explained = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw engine.explain(error);
    }
  };
  try {
    await explained(migrate(engine, db, clock));
  } catch (error) {
    await db.destroy();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = async () => {
    try {
      await engine.beforeClose?.(db);
    } finally {
      await db.destroy();
    }
  };
  return {
    place: engine.place,
    run: (work) => explained(work(db)),
    transaction: (work) => explained(engine.transaction(db, work)),
    exclusive: (work) =>
      explained(
        engine.transaction(db, async (transaction) => {
          await engine.lock?.(transaction);
          return work(transaction);
        }),
      ),
    close() {
      closing ??= explained(close());
      return closing;
    },
  };
}
