import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** The queue of messages that go out by themselves, and the presses of "remind me tomorrow". */
export const reminders: Migration = {
  name: 'reminders',
  async up(schema) {
    await schema
      .createTable('reminders')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('email', 'text')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('rung', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('items', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('maybe_gone', 'integer', (column) => column.notNull())
      .addColumn('not_before', 'text', (column) => column.notNull())
      .addColumn('lease_by', 'text')
      .addColumn('lease_until', 'text')
      .addColumn('retry_on', 'text')
      .addColumn('settled', 'text')
      .addColumn('platform', 'text')
      .addColumn('message', 'text')
      .addColumn('reason', 'text')
      .addCheckConstraint(
        'reminders_state',
        sql`state in ('waiting', 'sending', 'sent', 'blocked', 'dropped')`,
      )
      .execute();
    await schema.createIndex('reminders_day').on('reminders').columns(['day', 'person']).execute();
    await schema
      .createTable('snoozes')
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('email', 'text')
      .addColumn('policy', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('year', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('snoozes_key', ['person', 'policy', 'version', 'year', 'day'])
      .execute();
  },
};
