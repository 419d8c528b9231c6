import { type Head, type Verified, verifyChain } from './chain.ts';
import type { Database } from './engine.ts';
import type { Store } from './open.ts';
import { digestOfText } from './policy-versions.ts';

export type VerifiedRecord =
  | Verified
  /** A text that was kept does not fit; `problem` reads on from "The text kept of version 2 of phones ". */
  | {
      readonly kind: 'broken text';
      readonly policy: string;
      readonly version: string;
      readonly problem: string;
    };

/**
 * Makes sure that the whole record is what it was: the chain of events, what each says, and the texts that people
 * acknowledged. Names the first that does not fit.
 * @param reported the head of an earlier report
 */
export async function verifyRecord(store: Store, reported?: Head): Promise<VerifiedRecord> {
  const chain = await verifyChain(store, reported);
  if (chain.kind === 'broken') return chain;
  const stray = await store.run(firstStray);
  if (stray !== undefined)
    return { kind: 'broken', position: stray, problem: 'is not in the chain, yet something is kept for it' };
  return (await store.run(firstChangedText)) ?? (await store.run(firstOtherText)) ?? chain;
}

/** What is said of a person without an event that says so. */
async function firstStray(db: Database): Promise<number | undefined> {
  const row = await db
    .selectFrom('acknowledgement_details as said')
    .leftJoin('acknowledgement_events as event', 'event.position', 'said.position')
    .select('said.position')
    .where('event.position', 'is', null)
    .orderBy('said.position')
    .limit(1)
    .executeTakeFirst();
  return row?.position;
}

/** A text that is another than when it was kept. */
async function firstChangedText(db: Database): Promise<VerifiedRecord | undefined> {
  const rows = await db
    .selectFrom('policy_versions')
    .selectAll()
    .orderBy('policy')
    .orderBy('position')
    .execute();
  const changed = rows.find((row) => row.kept_sha256 !== digestOfText(row));
  if (!changed) return undefined;
  const { policy, version } = changed;
  return { kind: 'broken text', policy, version, problem: 'was changed after it was kept' };
}

/** A text that was put in the place of the one that somebody acknowledged, or is gone. */
async function firstOtherText(db: Database): Promise<VerifiedRecord | undefined> {
  const row = await db
    .selectFrom('acknowledgement_details as said')
    .leftJoin('policy_versions as text', (join) =>
      join
        .onRef('text.policy', '=', 'said.policy')
        .onRef('text.version', '=', 'said.version')
        .onRef('text.sha256', '=', 'said.sha256'),
    )
    .select(['said.position', 'said.policy', 'said.version', 'text.kept_sha256'])
    .where('said.kept_sha256', 'is not', null)
    .where((where) =>
      where.or([
        where('text.kept_sha256', 'is', null),
        where('text.kept_sha256', '<>', where.ref('said.kept_sha256')),
      ]),
    )
    .orderBy('said.position')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { position, policy, version, kept_sha256: there } = row;
  return {
    kind: 'broken text',
    policy: policy ?? '',
    version: version ?? '',
    problem: `${there === null ? 'is gone' : 'is another'}, though event ${position} is about it`,
  };
}
