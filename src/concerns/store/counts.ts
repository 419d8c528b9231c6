import type { ConcernStore } from './open.ts';

/** Every count as it is: not to be shown to anybody before `statistics.ts` has hidden what must be. */
export const allCounts = (
  store: ConcernStore,
): Promise<readonly { readonly term: string; readonly kind: string; readonly n: number }[]> =>
  store.run((db) => db.selectFrom('term_count').selectAll().orderBy('term').orderBy('kind').execute());
