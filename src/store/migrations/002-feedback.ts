import type { Migration } from './migration.ts';

export const feedback: Migration = {
  name: 'feedback',
  async up(schema) {
    await schema
      .createTable('feedback')
      .addColumn('policy', 'text', (column) => column.notNull())
      .addColumn('entry', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('helpful', 'integer', (column) => column.notNull())
      .addColumn('unhelpful', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('feedback_key', ['policy', 'entry', 'version'])
      .execute();
  },
};
