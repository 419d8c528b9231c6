import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What the head decided about asking for acknowledgements, one row a decision. */
export const campaigns: Migration = {
  name: 'campaigns',
  async up(schema) {
    await schema
      .createTable('campaign_decisions')
      .addColumn('policy', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('decision', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('campaign_decisions_key', ['policy', 'version', 'position'])
      .addCheckConstraint('campaign_decisions_decision', sql`decision in ('approved', 'paused', 'resumed')`)
      .execute();
  },
};
