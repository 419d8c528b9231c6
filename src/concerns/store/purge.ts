import type { Week } from '../weeks.ts';
import { findById } from './concerns.ts';
import type { ConcernStore } from './open.ts';

/** Ids of the concerns that are kept no longer than the week before this one. */
export async function dueForPurge(
  store: ConcernStore,
  week: Week,
): Promise<readonly { readonly id: Uint8Array; readonly unread: boolean }[]> {
  const rows = await store.run((db) =>
    db.selectFrom('concern').select(['id', 'status']).where('purge_week', '<', week).execute(),
  );
  return rows.map(({ id, status }) => ({ id, unread: status === 'received' }));
}

/**
 * Destroys concerns: their keys, then all that was sealed with them. Of what readers did with them, only that
 * they did something stays. The file is to be written anew afterwards.
 */
export async function destroy(store: ConcernStore, ids: readonly Uint8Array[]): Promise<void> {
  if (ids.length === 0) return;
  await store.transaction(async (db) => {
    for (const table of ['grant', 'message'] as const)
      await db.deleteFrom(table).where('concern', 'in', ids).execute();
    await db.deleteFrom('concern').where('id', 'in', ids).execute();
    await db.updateTable('handler_log').set({ concern: null }).where('concern', 'in', ids).execute();
  });
}

/** Keeps a concern until another week, as long as it is there. */
export async function keepUntil(store: ConcernStore, id: Uint8Array, purgeWeek: Week): Promise<void> {
  if (!(await findById(store, id))) return;
  await store.run((db) =>
    db.updateTable('concern').set({ purge_week: purgeWeek }).where('id', '=', id).execute(),
  );
}
