import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Questions that reached nobody can be withdrawn, and those that were dealt with lose their words. */
export const noWordsWithoutNeed: Migration = {
  name: 'no-words-without-need',
  async up(schema, db) {
    await schema.alterTable('referrals').addColumn('withdrawn', 'text').execute();
    await sql`update gaps set question = '' where status <> 'open'`.execute(db);
  },
};
