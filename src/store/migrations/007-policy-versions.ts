import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Each text of a policy that anybody was asked to acknowledge, with its clauses. */
export const policyVersions: Migration = {
  name: 'policy-versions',
  async up(schema) {
    await schema
      .createTable('policy_versions')
      .addColumn('policy', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('change', 'text', (column) => column.notNull())
      .addColumn('clauses', 'text', (column) => column.notNull())
      .addColumn('asking', 'text', (column) => column.notNull())
      .addColumn('recorded', 'text', (column) => column.notNull())
      .addColumn('kept_sha256', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('policy_versions_key', ['policy', 'position'])
      .addUniqueConstraint('policy_versions_text', ['policy', 'version', 'sha256'])
      .addCheckConstraint('policy_versions_change', sql`change in ('material', 'minor')`)
      .execute();
  },
};
