import type { Clock } from '../school/clock.ts';
import type { Database, Engine } from './engine.ts';
import { StoreError } from './error.ts';
import { migrations } from './migrations/mod.ts';

/**
 * Brings the tables up to date: runs the migrations that this database has not seen, all in one
 * transaction, one process at a time. @throws StoreError where a newer bot has been here; nothing is
 * changed then.
 */
export async function migrate(engine: Engine, db: Database, clock: Clock): Promise<void> {
  await engine.transaction(db, async (transaction) => {
    await engine.lock?.(transaction);
    const reached = await versionOf(transaction);
    if (reached > migrations.length)
      throw new StoreError(
        `The data in ${engine.place} were written by a newer version of the bot (tables ${reached}; this one ` +
          `knows up to ${migrations.length}). Nothing was changed. Update the bot, or use the data of an older backup.`,
      );
    for (const [index, { name, up }] of migrations.entries()) {
      const version = index + 1;
      if (version <= reached) continue;
      await up(transaction.schema, transaction, engine.name);
      const applied = clock.now().toISOString();
      await transaction.insertInto('schema_version').values({ version, name, applied }).execute();
    }
  });
}

/** The last migration that has run; 0 for an empty database, which gets its table of versions here. */
async function versionOf(db: Database): Promise<number> {
  await db.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied', 'text', (column) => column.notNull())
    .execute();
  const rows = await db.selectFrom('schema_version').select('version').execute();
  return Math.max(0, ...rows.map((row) => row.version));
}
