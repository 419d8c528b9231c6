import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** One step forward. Once it has been released it is never edited: a change is a new step. */
type Step = (db: Kysely<Tables>) => Promise<void>;

/** Every step in order. The version of a file is how many have run; it stands in the file's header. */
export const migrations: readonly Step[] = [tables];

/** Rows lie in the order of their random keys, not in the order in which they came. */
const shuffledRows = sql`strict, without rowid`;

async function tables({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('concern')
    .addColumn('id', 'blob', (column) => column.primaryKey())
    .addColumn('lookup', 'blob', (column) => column.notNull().unique())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('week', 'text', (column) => column.notNull())
    .addColumn('purge_week', 'text', (column) => column.notNull())
    .addColumn('public_key', 'blob', (column) => column.notNull())
    .addColumn('sealed_key', 'blob', (column) => column.notNull())
    .modifyEnd(shuffledRows)
    .execute();
  await schema
    .createTable('grant')
    .addColumn('id', 'blob', (column) => column.primaryKey())
    .addColumn('concern', 'blob', (column) => column.notNull().references('concern.id').onDelete('cascade'))
    .addColumn('sealed_key', 'blob', (column) => column.notNull())
    .modifyEnd(shuffledRows)
    .execute();
  await schema
    .createTable('message')
    .addColumn('id', 'blob', (column) => column.primaryKey())
    .addColumn('concern', 'blob', (column) => column.notNull().references('concern.id').onDelete('cascade'))
    .addColumn('ciphertext', 'blob', (column) => column.notNull())
    .modifyEnd(shuffledRows)
    .execute();
  for (const table of ['grant', 'message'] as const)
    await schema.createIndex(`${table}_concern`).on(table).column('concern').execute();
  await schema
    .createTable('handler')
    .addColumn('id', 'blob', (column) => column.primaryKey())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('public_key', 'blob', (column) => column.notNull())
    .addColumn('sealed_by_passphrase', 'blob', (column) => column.notNull())
    .addColumn('sealed_by_recovery', 'blob', (column) => column.notNull())
    .addColumn('verifier', 'blob', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .modifyEnd(shuffledRows)
    .execute();
  await schema
    .createTable('enrolment')
    .addColumn('token_hash', 'blob', (column) => column.primaryKey())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .modifyEnd(shuffledRows)
    .execute();
  await schema
    .createTable('handler_log')
    .addColumn('id', 'blob', (column) => column.primaryKey())
    .addColumn('handler', 'blob', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('concern', 'blob')
    .addColumn('day', 'text', (column) => column.notNull())
    .modifyEnd(shuffledRows)
    .execute();
  await schema
    .createTable('term_count')
    .addColumn('term', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('term_count_key', ['term', 'kind'])
    .modifyEnd(shuffledRows)
    .execute();
}
