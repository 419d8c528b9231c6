import type { Store } from './open.ts';

/** What was judged: a guidance entry, or the clause where no entry answered. */
export interface EntryRef {
  readonly policy: string;
  readonly entry: string;
  /** The policy's version, where it has one. */
  readonly version?: string;
}

export interface Feedback extends EntryRef {
  readonly helpful: number;
  readonly unhelpful: number;
}

/** Counts one press. */
export async function countFeedback(
  store: Store,
  { policy, entry, version = '' }: EntryRef,
  judgement: 'helpful' | 'unhelpful',
): Promise<void> {
  const counts = { helpful: 0, unhelpful: 0, [judgement]: 1 };
  await store.run((db) =>
    db
      .insertInto('feedback')
      .values({ policy, entry, version, ...counts })
      .onConflict((conflict) =>
        conflict
          .columns(['policy', 'entry', 'version'])
          .doUpdateSet((row) => ({ [judgement]: row(`feedback.${judgement}`, '+', 1) })),
      )
      .execute(),
  );
}

/** Every count, by policy, entry and version. */
export async function listFeedback(store: Store): Promise<readonly Feedback[]> {
  const rows = await store.run((db) =>
    db.selectFrom('feedback').selectAll().orderBy('policy').orderBy('entry').orderBy('version').execute(),
  );
  return rows.map(({ version, ...row }) => ({ ...row, ...(version !== '' && { version }) }));
}
