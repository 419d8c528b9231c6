import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { SqliteDialect, sql } from 'kysely';
import type { Engine } from './engine.ts';
import { explainSqlite, immediateTransaction, openSqliteFile } from './sqlite-file.ts';

/**
 * Opens `bot.db` in a folder, making both where they are missing; only the account that runs the bot can
 * read the file, unless another account owns it. @throws StoreError
 */
export function sqliteEngine(dataDir: string): Engine {
  const file = join(dataDir, 'bot.db');
  const database = openSqliteFile(file, prepare);
  return {
    name: 'sqlite',
    dialect: new SqliteDialect({ database }),
    place: file,
    explain: (error) => explainSqlite(error, file),
    transaction: immediateTransaction,
    async beforeClose(db) {
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
    },
  };
}

function prepare(database: Sqlite.Database): void {
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = full');
  database.pragma('foreign_keys = on');
  // What is taken out of a table is overwritten, and does not stay in the file to be found.
  database.pragma('secure_delete = on');
}
