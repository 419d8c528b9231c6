import type { Selectable } from 'kysely';
import type { Day } from '../school/calendar.ts';
import type { PersonKey } from '../school/people.ts';
import { appendEvent } from './chain.ts';
import type { Database } from './engine.ts';
import type { Store } from './open.ts';
import type { AcknowledgementDetailsTable } from './tables.ts';

/** Who acknowledged, as they were known then. */
interface Signatory extends PersonKey {
  readonly name: string;
  /** The platform on which it was pressed. */
  readonly platform?: string;
}

interface Signed {
  readonly person: Signatory;
  readonly policy: string;
  readonly version: string;
  /** Of the text that was shown, hexadecimal. */
  readonly sha256: string;
  /** When it was pressed, or when the office recorded the paper. */
  readonly at: Date;
}

/** "I have read and understood", pressed in the chat. */
interface Pressed extends Signed {
  readonly how: 'chat';
  /** The words that were on the screen. */
  readonly wording: string;
  /** How often the check questions were answered until all was right; left out where there were none. */
  readonly attempts?: number;
}

/** A signature on paper, which the office recorded. */
interface Paper extends Signed {
  readonly how: 'paper';
  /** The day on the paper. */
  readonly signedOn: Day;
  readonly recordedBy: string;
  readonly reason: string;
}

export type NewAcknowledgement = Pressed | Paper;

export type KeptAcknowledgement = NewAcknowledgement & {
  /** Its place in the chain, by which it can be revoked. */
  readonly position: number;
  /** Since then it counts no more. */
  readonly revoked?: Date;
  readonly revokedBy?: string;
  readonly revokedBecause?: string;
};

/**
 * Keeps an acknowledgement, unless `isSame` says of one that counts for the same policy and version that it
 * is the same: that one comes back then. Two presses at once, in two processes even, are kept once.
 */
export function addAcknowledgement(
  store: Store,
  acknowledgement: NewAcknowledgement,
  isSame: (earlier: KeptAcknowledgement) => boolean,
): Promise<{ readonly kind: 'kept' | 'already'; readonly acknowledgement: KeptAcknowledgement }> {
  const { person, policy, version, sha256, at } = acknowledgement;
  return store.exclusive(async (db) => {
    const known = await readAcknowledgements(db, { policy, version });
    const earlier = known.find((each) => each.revoked === undefined && isSame(each));
    if (earlier) return { kind: 'already', acknowledgement: earlier };
    const text = await db
      .selectFrom('policy_versions')
      .select('kept_sha256')
      .where('policy', '=', policy)
      .where('version', '=', version)
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    const position = await appendEvent(
      db,
      { kind: acknowledgement.how === 'chat' ? 'acknowledged' : 'paper', at: at.toISOString(), about: null },
      {
        person: person.id,
        name: person.name,
        email: person.email ?? null,
        platform: person.platform ?? null,
        policy,
        version,
        sha256,
        kept_sha256: text?.kept_sha256 ?? null,
        ...(acknowledgement.how === 'chat'
          ? { wording: acknowledgement.wording, attempts: acknowledgement.attempts ?? null }
          : {
              signed_on: acknowledgement.signedOn,
              author: acknowledgement.recordedBy,
              reason: acknowledgement.reason,
            }),
      },
    );
    return { kind: 'kept', acknowledgement: { ...acknowledgement, position } };
  });
}

/**
 * Takes an acknowledgement back: it stays in the chain and counts no more from now on. `already` where that
 * was done before, `unknown` where there is none at this position.
 */
export function revokeAcknowledgement(
  store: Store,
  position: number,
  { by, reason, at }: { readonly by: string; readonly reason: string; readonly at: Date },
): Promise<'revoked' | 'already' | 'unknown'> {
  return store.exclusive(async (db) => {
    const known = await readAcknowledgements(db);
    const acknowledgement = known.find((each) => each.position === position);
    if (!acknowledgement) return 'unknown';
    if (acknowledgement.revoked) return 'already';
    const event = { kind: 'revoked', at: at.toISOString(), about: position } as const;
    await appendEvent(db, event, { author: by, reason });
    return 'revoked';
  });
}

/** All that were not erased, in the order in which they came; those that were revoked say so. */
export function listAcknowledgements(store: Store): Promise<readonly KeptAcknowledgement[]> {
  return store.run((db) => readAcknowledgements(db));
}

/**
 * Forgets who acknowledged what at these positions, and who revoked it and why. The chain keeps that there
 * was something, and that it was erased on this day.
 */
export function eraseAcknowledgements(store: Store, positions: ReadonlySet<number>, at: Date): Promise<void> {
  return store.exclusive(async (db) => {
    const rows = await db
      .selectFrom('acknowledgement_details as said')
      .innerJoin('acknowledgement_events as event', 'event.position', 'said.position')
      .select(['event.position', 'event.kind', 'event.about'])
      .orderBy('event.position')
      .execute();
    for (const { position, kind, about } of rows) {
      if (!positions.has(kind === 'revoked' && about !== null ? about : position)) continue;
      await appendEvent(db, { kind: 'erased', at: at.toISOString(), about: position });
      await db.deleteFrom('acknowledgement_details').where('position', '=', position).execute();
    }
  });
}

async function readAcknowledgements(
  db: Database,
  of?: { readonly policy: string; readonly version: string },
): Promise<readonly KeptAcknowledgement[]> {
  const revocations = await db
    .selectFrom('acknowledgement_events as event')
    .leftJoin('acknowledgement_details as said', 'said.position', 'event.position')
    .select(['event.about', 'event.at', 'said.author', 'said.reason'])
    .where('event.kind', '=', 'revoked')
    .execute();
  const revoked = new Map(revocations.map((each) => [each.about, each]));
  const rows = await db
    .selectFrom('acknowledgement_details as said')
    .innerJoin('acknowledgement_events as event', 'event.position', 'said.position')
    .selectAll('said')
    .select(['event.kind', 'event.at'])
    .where('event.kind', 'in', ['acknowledged', 'paper'])
    .$if(of !== undefined, (query) =>
      query.where('said.policy', '=', of?.policy ?? '').where('said.version', '=', of?.version ?? ''),
    )
    .orderBy('event.position')
    .execute();
  return rows.map((row) => {
    const revocation = revoked.get(row.position);
    return {
      ...signedOf(row, row.kind === 'paper', new Date(row.at)),
      position: row.position,
      ...(revocation && {
        revoked: new Date(revocation.at),
        revokedBy: revocation.author ?? '',
        revokedBecause: revocation.reason ?? '',
      }),
    };
  });
}

function signedOf(
  row: Selectable<AcknowledgementDetailsTable>,
  onPaper: boolean,
  at: Date,
): NewAcknowledgement {
  const person: Signatory = {
    id: row.person ?? '',
    name: row.name ?? '',
    ...(row.email !== null && { email: row.email }),
    ...(row.platform !== null && { platform: row.platform }),
  };
  const signed = {
    person,
    policy: row.policy ?? '',
    version: row.version ?? '',
    sha256: row.sha256 ?? '',
    at,
  };
  return onPaper
    ? {
        ...signed,
        how: 'paper',
        signedOn: row.signed_on ?? '',
        recordedBy: row.author ?? '',
        reason: row.reason ?? '',
      }
    : {
        ...signed,
        how: 'chat',
        wording: row.wording ?? '',
        ...(row.attempts !== null && { attempts: row.attempts }),
      };
}
