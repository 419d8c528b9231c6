import { DateTime, type DurationLikeObject } from 'luxon';
import { keysOf, type People, type PersonKey } from '../school/people.ts';
import { eraseAcknowledgements, listAcknowledgements } from './acknowledgements.ts';
import type { Store } from './open.ts';

/** How long things are kept that name a person; the README says why. What is not listed names nobody. */
const retention = {
  /** Messages that went out by themselves, and presses of "remind me tomorrow": since their day. */
  reminders: { months: 13 },
  /** Questions put to a person, with all that was written back: since the last of it. */
  referrals: { years: 1 },
  /** Who approved, paused or resumed a campaign: since that day. */
  campaigns: { years: 6 },
  /** Acknowledgements, and people on the office's list: since their last day at the school. */
  acknowledgements: { years: 6 },
  /** Acknowledgements of somebody whom no list knows any more: since the last of them. */
  acknowledgementsOfStrangers: { years: 7 },
  /** People whom only a platform knew: since it listed them no more. */
  vanishedPeople: { years: 6 },
} as const satisfies Record<string, DurationLikeObject>;

/** How much was taken out. */
export interface Purged {
  readonly reminders: number;
  readonly snoozes: number;
  readonly referrals: number;
  readonly campaignDecisions: number;
  readonly acknowledgements: number;
  readonly listedPeople: number;
  readonly vanishedPeople: number;
}

/** Takes out what has been kept long enough. `people` is everybody known now, those who have left included. */
export async function purge(
  store: Store,
  { now, people }: { readonly now: Date; readonly people: Pick<People, 'all'> },
): Promise<Purged> {
  const before = (age: DurationLikeObject) => DateTime.fromJSDate(now, { zone: 'utc' }).minus(age);
  const dayBefore = (age: DurationLikeObject) => before(age).toISODate() ?? '';
  const instantBefore = (age: DurationLikeObject) => before(age).toJSDate().toISOString();

  const due = await expiredAcknowledgements(store, people, dayBefore);
  if (due.size > 0) await eraseAcknowledgements(store, due, now);
  const old = dayBefore(retention.reminders);
  const answered = instantBefore(retention.referrals);
  return store.transaction(async (db) => {
    const reminders = await db.deleteFrom('reminders').where('day', '<', old).executeTakeFirst();
    const snoozes = await db.deleteFrom('snoozes').where('day', '<', old).executeTakeFirst();
    const referrals = await db
      .deleteFrom('referrals')
      .where('created', '<', answered)
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('referral_messages as message')
              .select('message.position')
              .whereRef('message.referral', '=', 'referrals.id')
              .where('message.created', '>=', answered),
          ),
        ),
      )
      .executeTakeFirst();
    const decisions = await db
      .deleteFrom('campaign_decisions')
      .where('at', '<', instantBefore(retention.campaigns))
      .executeTakeFirst();
    const gone = await db
      .deleteFrom('listed_people')
      .where('leave', '<', dayBefore(retention.acknowledgements))
      .executeTakeFirst();
    const vanished = await db
      .deleteFrom('platform_people')
      .where('vanished', '<', dayBefore(retention.vanishedPeople))
      .executeTakeFirst();
    return {
      reminders: Number(reminders.numDeletedRows),
      snoozes: Number(snoozes.numDeletedRows),
      referrals: Number(referrals.numDeletedRows),
      campaignDecisions: Number(decisions.numDeletedRows),
      acknowledgements: due.size,
      listedPeople: Number(gone.numDeletedRows),
      vanishedPeople: Number(vanished.numDeletedRows),
    };
  });
}

/** Positions of those that have been kept long enough. */
async function expiredAcknowledgements(
  store: Store,
  people: Pick<People, 'all'>,
  dayBefore: (age: DurationLikeObject) => string,
): Promise<ReadonlySet<number>> {
  /** The last day at the school, by every key; nothing for somebody who is there. */
  const known = new Map<string, string | undefined>();
  for (const person of people.all)
    for (const key of keysOf(person)) {
      // Somebody who has come back, and is on a list twice, is here.
      if (!known.has(key) || known.get(key) !== undefined) known.set(key, person.leave);
    }
  const acknowledgements = await listAcknowledgements(store);
  const latest = new Map<string, string>();
  for (const { person, at } of acknowledgements)
    for (const key of keysIn(person)) latest.set(key, at.toISOString().slice(0, 10));

  const leftBefore = dayBefore(retention.acknowledgements);
  const seenBefore = dayBefore(retention.acknowledgementsOfStrangers);
  const expired = acknowledgements.filter(({ person }) => {
    const keys = keysIn(person);
    const own = keys.filter((key) => known.has(key)).map((key) => known.get(key));
    return own.length > 0
      ? own.every((leave) => leave !== undefined && leave < leftBefore)
      : keys.every((key) => (latest.get(key) ?? '') < seenBefore);
  });
  return new Set(expired.map(({ position }) => position));
}

const keysIn = ({ id, email }: PersonKey): readonly string[] => (email === undefined ? [id] : [id, email]);
