import * as z from 'zod';
import { type Account, sameAccount } from '../school/people.ts';
import type { Database } from './engine.ts';
import { StoreError } from './error.ts';
import type { Store } from './open.ts';
import { storable } from './text.ts';

const receivers = z
  .array(z.strictObject({ platform: z.string(), person: z.string(), name: z.string() }))
  .min(1)
  .readonly();

/** Somebody who asks or is asked, by the name they had then. */
export type Receiver = z.infer<typeof receivers>[number];

export interface ReferralAnswer {
  /** From 1. */
  readonly position: number;
  readonly by: Account;
  readonly text: string;
  readonly at: Date;
}

/** A question put to the people who hold a role. */
export interface Referral {
  readonly id: string;
  readonly asker: Receiver;
  readonly role: string;
  readonly receivers: readonly Receiver[];
  /** Empty once it is withdrawn. */
  readonly question: string;
  /** `withdrawn`: it reached nobody, and nobody can answer it. */
  readonly state: 'waiting' | 'answered' | 'withdrawn';
  readonly created: Date;
  /** In the order in which they came; none unless `state` is `answered`. */
  readonly answers: readonly ReferralAnswer[];
}

export async function addReferral(
  store: Store,
  referral: Omit<Referral, 'state' | 'answers'>,
): Promise<void> {
  const { id, asker, role, question, created } = referral;
  await store.run((db) =>
    db
      .insertInto('referrals')
      .values({
        id,
        asker_platform: asker.platform,
        asker_person: asker.person,
        asker_name: asker.name,
        role,
        receivers: JSON.stringify(referral.receivers),
        question,
        state: 'waiting',
        created: created.toISOString(),
        answered: null,
        withdrawn: null,
      })
      .execute(),
  );
}

/** Takes back a question that reached nobody, and forgets its words. One that was answered stays as it is. */
export async function withdrawReferral(store: Store, id: string, at: Date): Promise<void> {
  await store.run((db) =>
    db
      .updateTable('referrals')
      .set({ withdrawn: at.toISOString(), question: '' })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .execute(),
  );
}

/** @throws StoreError where the row does not hold what this bot writes */
export function findReferral(store: Store, id: string): Promise<Referral | undefined> {
  return store.transaction((db) => readReferral(db, store.place, id));
}

/**
 * Keeps an answer to a referral that exists. The same words from the same person again are the same
 * answer, at the same position: a platform that delivers twice changes nothing.
 */
export function addAnswer(
  store: Store,
  id: string,
  { by, text, at }: Omit<ReferralAnswer, 'position'>,
): Promise<{ referral: Referral; position: number }> {
  const created = at.toISOString();
  return store.transaction(async (db) => {
    // First, so that two people who answer at once come one after the other.
    await db
      .updateTable('referrals')
      .set((row) => ({ state: 'answered', answered: row.fn.coalesce('answered', row.val(created)) }))
      .where('id', '=', id)
      .execute();
    const before = await readExisting(db, store.place, id);
    const same = before.answers.find(
      (answer) => sameAccount(answer.by, by) && answer.text === storable(text),
    );
    if (same) return { referral: before, position: same.position };
    const position = before.answers.length + 1;
    const author = { author_platform: by.platform, author_person: by.person };
    await db
      .insertInto('referral_messages')
      .values({ referral: id, position, ...author, text, created })
      .execute();
    return { referral: await readExisting(db, store.place, id), position };
  });
}

async function readExisting(db: Database, place: string, id: string): Promise<Referral> {
  const referral = await readReferral(db, place, id);
  if (!referral)
    throw new StoreError(
      `There is no referral "${id}" in ${place}. This is a fault of the bot: please report it.`,
    );
  return referral;
}

async function readReferral(db: Database, place: string, id: string): Promise<Referral | undefined> {
  const row = await db.selectFrom('referrals').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const messages = await db
    .selectFrom('referral_messages')
    .selectAll()
    .where('referral', '=', id)
    .orderBy('position')
    .execute();
  return {
    id,
    asker: { platform: row.asker_platform, person: row.asker_person, name: row.asker_name },
    role: row.role,
    receivers: readReceivers(row.receivers, place, id),
    question: row.question,
    state: row.withdrawn === null ? row.state : 'withdrawn',
    created: new Date(row.created),
    answers: messages.map((message) => ({
      position: message.position,
      by: { platform: message.author_platform, person: message.author_person },
      text: message.text,
      at: new Date(message.created),
    })),
  };
}

function readReceivers(json: string, place: string, id: string): readonly Receiver[] {
  try {
    return receivers.parse(JSON.parse(json));
  } catch {
    throw new StoreError(`The referral "${id}" in ${place} can't be read. Put back the last backup.`);
  }
}
