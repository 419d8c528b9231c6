import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const referrals: Migration = {
  name: 'referrals',
  async up(schema) {
    await schema
      .createTable('referrals')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('asker_platform', 'text', (column) => column.notNull())
      .addColumn('asker_person', 'text', (column) => column.notNull())
      .addColumn('asker_name', 'text', (column) => column.notNull())
      .addColumn('role', 'text', (column) => column.notNull())
      .addColumn('receivers', 'text', (column) => column.notNull())
      .addColumn('question', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('created', 'text', (column) => column.notNull())
      .addColumn('answered', 'text')
      .addCheckConstraint('referrals_state', sql`state in ('waiting', 'answered')`)
      .execute();
    await schema
      .createTable('referral_messages')
      .addColumn('referral', 'text', (column) =>
        column.notNull().references('referrals.id').onDelete('cascade'),
      )
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('author_platform', 'text', (column) => column.notNull())
      .addColumn('author_person', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('created', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('referral_messages_key', ['referral', 'position'])
      .execute();
  },
};
