import type { Insertable } from 'kysely';
import * as z from 'zod';
import { digestOf } from './digest.ts';
import type { Database } from './engine.ts';
import { StoreError } from './error.ts';
import type { Store } from './open.ts';
import type { Tables } from './tables.ts';
import { storable } from './text.ts';

const keptClauses = z
  .array(
    z.strictObject({
      id: z.string(),
      section: z.string(),
      headings: z.array(z.string()).readonly(),
      text: z.string(),
    }),
  )
  .readonly();

const askingSchema = z.strictObject({
  audience: z.array(z.string()).readonly(),
  opens: z.string(),
  due: z.string(),
  joinersWithinWorkingDays: z.number(),
});

/** Whom a text was put before, and when: as its front matter said then. */
export type Asking = Readonly<z.infer<typeof askingSchema>>;

/** A clause as it stood in one version. */
export type KeptClause = z.infer<typeof keptClauses>[number];

export interface PolicyVersion {
  readonly policy: string;
  readonly version: string;
  /** Of policy.md, hexadecimal: a text that was edited without a new version has another. */
  readonly sha256: string;
  readonly title: string;
  /** Against the version before. */
  readonly change: 'material' | 'minor';
}

/** Keeps a text that people are asked to acknowledge, in the order in which texts come; one that is there already stays as it is. */
export async function recordPolicyVersion(
  store: Store,
  text: PolicyVersion & { readonly clauses: readonly KeptClause[]; readonly asking: Asking },
  at: Date,
): Promise<void> {
  const { policy, version, sha256, title, change, clauses } = text;
  const { audience, opens, due, joinersWithinWorkingDays } = text.asking;
  const known = (db: Database) =>
    db
      .selectFrom('policy_versions')
      .select('position')
      .where('policy', '=', policy)
      .where('version', '=', version)
      .where('sha256', '=', sha256)
      .executeTakeFirst();
  // Nearly every start finds it there, and need not wait for anybody.
  if (await store.run(known)) return;
  await store.exclusive(async (db) => {
    if (await known(db)) return;
    const last = await db
      .selectFrom('policy_versions')
      .select((row) => row.fn.max('position').as('position'))
      .where('policy', '=', policy)
      .executeTakeFirst();
    const kept = clauses.map(({ id, section, headings, text: words }) => ({
      id,
      section,
      headings,
      text: words,
    }));
    const row = {
      policy: storable(policy),
      position: (last?.position ?? 0) + 1,
      version: storable(version),
      sha256,
      title: storable(title),
      change,
      clauses: JSON.stringify(kept),
      asking: JSON.stringify({ audience, opens, due, joinersWithinWorkingDays }),
      recorded: at.toISOString(),
    };
    await db
      .insertInto('policy_versions')
      .values({ ...row, kept_sha256: digestOfText(row) })
      .execute();
  });
}

/** What `kept_sha256` is, as long as nobody has changed the row. */
export function digestOfText(row: Omit<Insertable<Tables['policy_versions']>, 'kept_sha256'>): string {
  const { policy, position, version, sha256, title, change, clauses, asking, recorded } = row;
  return digestOf({ policy, position, version, sha256, title, change, clauses, asking, recorded });
}

/**
 * Every version of every policy, each once: policies by id, versions in the order in which they came first.
 * Where the text of a version was edited, its latest text, title and change.
 */
export async function listPolicyVersions(store: Store): Promise<readonly PolicyVersion[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('policy_versions')
      .select(['policy', 'version', 'sha256', 'title', 'change'])
      .orderBy('policy')
      .orderBy('position')
      .execute(),
  );
  // A map keeps the place of a name that is set again.
  return [...new Map(rows.map((row) => [JSON.stringify([row.policy, row.version]), row])).values()];
}

/** A text that people were asked to acknowledge, and how. */
export interface AskedText extends PolicyVersion {
  readonly asking: Asking;
}

/** All that were asked for by an instant, in the order in which they came. @throws StoreError where a row can't be read */
export async function textsAskedBy(store: Store, at: Date): Promise<readonly AskedText[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('policy_versions')
      .select(['policy', 'version', 'sha256', 'title', 'change', 'asking'])
      .where('recorded', '<=', at.toISOString())
      .orderBy('policy')
      .orderBy('position')
      .execute(),
  );
  return rows.map(({ asking, ...row }) => ({ ...row, asking: parsed(askingSchema, asking, row, store) }));
}

/** When a version was first kept; nothing where it was not. */
export async function firstKept(
  store: Store,
  { policy, version }: Pick<PolicyVersion, 'policy' | 'version'>,
): Promise<Date | undefined> {
  const row = await store.run((db) =>
    db
      .selectFrom('policy_versions')
      .select((own) => own.fn.min('recorded').as('recorded'))
      .where('policy', '=', policy)
      .where('version', '=', version)
      .executeTakeFirst(),
  );
  return row?.recorded ? new Date(row.recorded) : undefined;
}

/** The clauses of exactly the text that somebody was shown, in its order. @throws StoreError where the row can't be read */
export async function clausesOf(
  store: Store,
  { policy, version, sha256 }: Pick<PolicyVersion, 'policy' | 'version' | 'sha256'>,
): Promise<readonly KeptClause[] | undefined> {
  const row = await store.run((db) =>
    db
      .selectFrom('policy_versions')
      .select('clauses')
      .where('policy', '=', policy)
      .where('version', '=', version)
      .where('sha256', '=', sha256)
      .executeTakeFirst(),
  );
  return row && parsed(keptClauses, row.clauses, { policy, version }, store);
}

function parsed<T>(
  schema: z.ZodType<T>,
  json: string,
  { policy, version }: Pick<PolicyVersion, 'policy' | 'version'>,
  { place }: Store,
): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    throw new StoreError(
      `Version "${version}" of the policy "${policy}" in ${place} can't be read. Put back the last backup.`,
    );
  }
}
