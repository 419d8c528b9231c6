import type { Dialect, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

export type EngineName = 'sqlite' | 'postgres';

/** What differs between SQLite and PostgreSQL. All the rest of the store is written once. */
export interface Engine {
  /** For what a migration must say in the engine's own words. */
  readonly name: EngineName;
  readonly dialect: Dialect;
  /** Where the data lie, as messages name it; without a password. */
  readonly place: string;
  /** A database's error as a StoreError; any other error as it is. */
  explain(error: unknown): unknown;
  /** Runs work in a transaction that can read first and write later, and rolls back where it throws. */
  transaction<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T>;
  /** Where transactions run side by side: makes others that call this wait for the end of this one. */
  lock?(transaction: Database): Promise<void>;
  /** What is to be done while the database is still open. */
  beforeClose?(db: Database): Promise<void>;
}
