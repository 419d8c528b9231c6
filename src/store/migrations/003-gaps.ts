import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const gaps: Migration = {
  name: 'gaps',
  async up(schema) {
    await schema
      .createTable('gaps')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('question_key', 'text', (column) => column.notNull().unique())
      .addColumn('question', 'text', (column) => column.notNull())
      .addColumn('policy', 'text', (column) => column.notNull())
      .addColumn('near', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('times', 'integer', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addCheckConstraint('gaps_status', sql`status in ('open', 'taught', 'dismissed')`)
      .execute();
  },
};
