import type { Day } from '../school/calendar.ts';
import type { PersonKey } from '../school/people.ts';
import type { Store } from './open.ts';

/** A press of "remind me tomorrow" about one obligation. */
export interface KeptSnooze {
  readonly person: PersonKey;
  readonly policy: string;
  readonly version: string;
  /** Academic year, such as `2026/27`. */
  readonly year: string;
  /** The day of the press, in the person's own time zone. */
  readonly on: Day;
}

/**
 * Keeps a press, unless `most` of the same person were kept about this obligation before: `spent` then. A second
 * press on the same day is the same one. Two presses at once are counted one after the other.
 */
export function addSnooze(
  store: Store,
  { person, policy, version, year, on }: KeptSnooze,
  most: number,
  isSame: (person: PersonKey) => boolean,
): Promise<'kept' | 'spent'> {
  return store.exclusive(async (db) => {
    const pressed = await db
      .selectFrom('snoozes')
      .select(['day', 'person', 'email'])
      .where('policy', '=', policy)
      .where('version', '=', version)
      .where('year', '=', year)
      .execute();
    const kept = pressed.filter(({ person: id, email }) => isSame({ id, ...(email !== null && { email }) }));
    if (kept.some(({ day }) => day === on)) return 'kept';
    if (kept.length >= most) return 'spent';
    await db
      .insertInto('snoozes')
      .values({ person: person.id, email: person.email ?? null, policy, version, year, day: on })
      .execute();
    return 'kept';
  });
}

/** The presses from a day on, earliest first. */
export async function listSnoozes(store: Store, from: Day): Promise<readonly KeptSnooze[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('snoozes')
      .selectAll()
      .where('day', '>=', from)
      .orderBy('day')
      .orderBy('person')
      .orderBy('policy')
      .execute(),
  );
  return rows.map(({ person, email, day, ...about }) => ({
    person: { id: person, ...(email !== null && { email }) },
    ...about,
    on: day,
  }));
}
