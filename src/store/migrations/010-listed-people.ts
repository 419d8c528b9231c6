import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * The office's own list of people (either key may be missing, though not both, and none stands there twice), and
 * those whom only a platform knows.
 */
export const listedPeople: Migration = {
  name: 'listed-people',
  async up(schema) {
    await schema
      .createTable('listed_people')
      .addColumn('id', 'text', (column) => column.unique())
      .addColumn('email', 'text', (column) => column.unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('roles', 'text', (column) => column.notNull())
      .addColumn('start', 'text')
      .addColumn('leave', 'text')
      .addColumn('away_until', 'text')
      .addCheckConstraint('listed_people_key', sql`id is not null or email is not null`)
      .execute();
    await schema
      .createTable('platform_people')
      .addColumn('platform', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('email', 'text')
      .addColumn('roles', 'text', (column) => column.notNull())
      .addColumn('vanished', 'text')
      .addPrimaryKeyConstraint('platform_people_key', ['platform', 'person'])
      .execute();
  },
};
