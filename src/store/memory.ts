import type { AdapterMemory } from '../chat/adapter.ts';
import type { Store } from './open.ts';

/** What one adapter remembers; adapters do not see each other's. */
export function adapterMemory(store: Store, adapter: string): AdapterMemory {
  return {
    async get(key) {
      const row = await store.run((db) =>
        db
          .selectFrom('adapter_memory')
          .select('value')
          .where('adapter', '=', adapter)
          .where('key', '=', key)
          .executeTakeFirst(),
      );
      return row?.value;
    },
    async set(key, value) {
      await store.run((db) =>
        db
          .insertInto('adapter_memory')
          .values({ adapter, key, value })
          .onConflict((conflict) => conflict.columns(['adapter', 'key']).doUpdateSet({ value }))
          .execute(),
      );
    },
    async delete(key) {
      await store.run((db) =>
        db.deleteFrom('adapter_memory').where('adapter', '=', adapter).where('key', '=', key).execute(),
      );
    },
  };
}
