import * as z from 'zod';
import type { MessageRef } from '../chat/request.ts';
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

/** Something written after the question, by the asker or by somebody who was asked. */
export interface ReferralMessage {
  /** From 1. */
  readonly position: number;
  readonly by: Account;
  readonly text: string;
  readonly at: Date;
}

/** A question put to the people who hold a role; `waiting` again once the asker has written back. */
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
  /** In the order in which they came. */
  readonly messages: readonly ReferralMessage[];
  /** The first card of each side, where it is known to have arrived. */
  readonly cards: readonly ReferralCard[];
}

interface ReferralCard {
  readonly owner: Account;
  readonly message: MessageRef;
}

export async function addReferral(
  store: Store,
  referral: Omit<Referral, 'state' | 'messages' | 'cards'>,
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
 * Keeps what somebody wrote to a referral that exists. The same words from the same person again are
 * the same message, at the same position: a platform that delivers twice changes nothing.
 */
export function addReferralMessage(
  store: Store,
  id: string,
  { by, text, at }: Omit<ReferralMessage, 'position'>,
): Promise<{ referral: Referral; position: number }> {
  const created = at.toISOString();
  return store.transaction(async (db) => {
    // First, so that two people who write at once come one after the other.
    await db
      .updateTable('referrals')
      .set((row) => ({ role: row.ref('role') }))
      .where('id', '=', id)
      .execute();
    const before = await readExisting(db, store.place, id);
    const own = before.messages.filter((message) => sameAccount(message.by, by));
    const same = own.find((message) => message.text === storable(text));
    if (same) return { referral: before, position: same.position };
    const position = before.messages.length + 1;
    const author = { author_platform: by.platform, author_person: by.person };
    await db
      .insertInto('referral_messages')
      .values({ referral: id, position, ...author, text, created })
      .execute();
    const isAsker = sameAccount(before.asker, by);
    await db
      .updateTable('referrals')
      .set((row) => ({
        state: isAsker ? 'waiting' : 'answered',
        ...(!isAsker && { answered: row.fn.coalesce('answered', row.val(created)) }),
      }))
      .where('id', '=', id)
      .execute();
    return { referral: await readExisting(db, store.place, id), position };
  });
}

/** Remembers the first card that somebody got; a later one does not replace it. */
export async function keepReferralCard(
  store: Store,
  referral: string,
  { platform, person }: Account,
  message: MessageRef,
): Promise<void> {
  await store.run((db) =>
    db
      .insertInto('referral_cards')
      .values({ referral, platform, person, message })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

/** What the first card that somebody got is about; a card of somebody else's opens nothing. */
export async function findReferralByCard(
  store: Store,
  { platform, person }: Account,
  message: MessageRef,
): Promise<Referral | undefined> {
  const card = await store.run((db) =>
    db
      .selectFrom('referral_cards')
      .select('referral')
      .where('platform', '=', platform)
      .where('person', '=', person)
      .where('message', '=', message)
      .executeTakeFirst(),
  );
  return card && findReferral(store, card.referral);
}

/** What somebody has asked since a moment, newest first, at most `most`; without what was withdrawn. */
export async function referralsOf(
  store: Store,
  { platform, person }: Account,
  { since, most }: { readonly since: Date; readonly most: number },
): Promise<readonly Referral[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('referrals')
      .select('id')
      .where('asker_platform', '=', platform)
      .where('asker_person', '=', person)
      .where('created', '>=', since.toISOString())
      .where('withdrawn', 'is', null)
      .orderBy('created', 'desc')
      .limit(most)
      .execute(),
  );
  const found = await Promise.all(rows.map(({ id }) => findReferral(store, id)));
  return found.filter((referral) => referral !== undefined);
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
  const cards = await db
    .selectFrom('referral_cards')
    .selectAll()
    .where('referral', '=', id)
    .orderBy('platform')
    .orderBy('person')
    .execute();
  return {
    id,
    asker: { platform: row.asker_platform, person: row.asker_person, name: row.asker_name },
    role: row.role,
    receivers: readReceivers(row.receivers, place, id),
    question: row.question,
    state: row.withdrawn === null ? row.state : 'withdrawn',
    created: new Date(row.created),
    cards: cards.map(({ platform, person, message }) => ({ owner: { platform, person }, message })),
    messages: messages.map((message) => ({
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
