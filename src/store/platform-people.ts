import type { Selectable } from 'kysely';
import type { Day } from '../school/calendar.ts';
import type { Roster, SeenPerson, VanishedPerson } from '../school/people.ts';
import type { Store } from './open.ts';
import { listPeople } from './people.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['platform_people']>;

/** What this store keeps of the people; `today` in the school's time zone. */
export function createRoster(store: Store, today: () => Day, asksEverybody = true): Roster {
  return {
    list: () => listPeople(store),
    keep: (platform, seen, listed) => {
      // Of somebody without a role nothing may ever be asked, and then nothing of theirs is kept.
      const asked = asksEverybody ? seen : seen.filter(({ roles }) => roles.length > 0);
      return keepSeen(store, platform, asked, { listed, today: today() });
    },
  };
}

/** Everybody who has vanished from any platform. */
export async function listVanished(store: Store): Promise<readonly VanishedPerson[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('platform_people')
      .selectAll()
      .where('vanished', 'is not', null)
      .orderBy('platform')
      .orderBy('person')
      .execute(),
  );
  return rows.flatMap(vanishedOf);
}

/** Forgets somebody who has vanished, by id or e-mail. Undefined where nobody of those has it. */
export async function forgetVanished(store: Store, key: string): Promise<VanishedPerson | undefined> {
  const rows = await store.run((db) =>
    db
      .deleteFrom('platform_people')
      .where('vanished', 'is not', null)
      .where((where) => where.or([where('person', '=', key), where('email', '=', key.toLowerCase())]))
      .returningAll()
      .execute(),
  );
  return rows.flatMap(vanishedOf)[0];
}

/** Database statements take so many values, and no more. */
const ROWS_AT_ONCE = 500;

async function keepSeen(
  store: Store,
  platform: string,
  seen: readonly SeenPerson[],
  { listed, today }: { readonly listed: ReadonlySet<string>; readonly today: Day },
): Promise<readonly VanishedPerson[]> {
  return store.exclusive(async (db) => {
    const before = await db
      .selectFrom('platform_people')
      .selectAll()
      .where('platform', '=', platform)
      .orderBy('person')
      .execute();
    const after = [
      ...seen.map((person) => rowOf(platform, person)),
      // Whom it lists and who is not among the seen: a nearer source knows them now.
      ...before.filter(({ person }) => !listed.has(person)).map((row) => vanish(row, listed, today)),
    ].sort((one, other) => (one.person < other.person ? -1 : 1));
    if (JSON.stringify(before.map(inOrder)) !== JSON.stringify(after.map(inOrder))) {
      await db.deleteFrom('platform_people').where('platform', '=', platform).execute();
      for (let from = 0; from < after.length; from += ROWS_AT_ONCE)
        await db
          .insertInto('platform_people')
          .values(after.slice(from, from + ROWS_AT_ONCE))
          .execute();
    }
    return after.flatMap(vanishedOf);
  });
}

/** A platform that lists nobody at all, though it knew people, has a fault; the school is not empty. */
function vanish(row: Row, listed: ReadonlySet<string>, today: Day): Row {
  return row.vanished !== null || listed.size === 0 ? row : { ...row, vanished: today };
}

function rowOf(platform: string, { id, name, email, roles }: SeenPerson): Row {
  return { platform, person: id, name, email: email ?? null, roles: roles.join(';'), vanished: null };
}

/** Databases give columns in an order of their own. */
const inOrder = ({ platform, person, name, email, roles, vanished }: Row) => [
  platform,
  person,
  name,
  email,
  roles,
  vanished,
];

function vanishedOf({ person: id, name, email, roles, vanished: since }: Row): VanishedPerson[] {
  if (since === null) return [];
  return [
    {
      id,
      name,
      ...(email !== null && { email }),
      roles: roles.split(';').filter((role) => role !== ''),
      since,
    },
  ];
}
