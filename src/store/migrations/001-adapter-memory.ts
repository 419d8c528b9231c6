import type { Migration } from './migration.ts';

export const adapterMemory: Migration = {
  name: 'adapter-memory',
  async up(schema) {
    await schema
      .createTable('adapter_memory')
      .addColumn('adapter', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('adapter_memory_key', ['adapter', 'key'])
      .execute();
  },
};
