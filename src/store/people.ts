import type { Insertable, Selectable } from 'kysely';
import type { ListedPerson } from '../school/people.ts';
import type { Store } from './open.ts';
import type { Tables } from './tables.ts';

/** What an import did, by the number of people. */
export interface Imported {
  readonly kind: 'imported';
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Two people who would have the same id or e-mail; nothing was imported. */
export interface Clash {
  readonly kind: 'clash';
  /** Who was to be imported, by position. */
  readonly index: number;
  readonly key: 'id' | 'email';
  /** Who has it. */
  readonly other: ListedPerson;
}

/** The office's list, by name. */
export async function listPeople(store: Store): Promise<readonly ListedPerson[]> {
  const rows = await store.run((db) => db.selectFrom('listed_people').selectAll().execute());
  return rows.map(personOf).sort(byName);
}

/**
 * Adds people to the office's list, or updates those who have the same id, or else the same e-mail. Of somebody
 * who is known, an id or e-mail stays where the new entry has none; all else is as the new entry says. All or
 * nothing; nobody is taken off the list.
 */
export async function importPeople(
  store: Store,
  people: readonly ListedPerson[],
): Promise<Imported | readonly Clash[]> {
  return store.exclusive(async (db) => {
    const before = (await db.selectFrom('listed_people').selectAll().execute()).map(personOf);
    const merged = merge(before, people);
    if ('clashes' in merged) return merged.clashes;
    const { everybody, ...counts } = merged;
    // The list is small, and written anew no two rows ever hold the same e-mail for a moment.
    await db.deleteFrom('listed_people').execute();
    for (let from = 0; from < everybody.length; from += ROWS_AT_ONCE)
      await db
        .insertInto('listed_people')
        .values(everybody.slice(from, from + ROWS_AT_ONCE).map(rowOf))
        .execute();
    return { kind: 'imported', ...counts };
  });
}

/** Takes somebody off the list, by id or e-mail. Undefined where nobody on it has that. */
export async function removePerson(store: Store, key: string): Promise<ListedPerson | undefined> {
  const row = await store.run((db) =>
    db
      .deleteFrom('listed_people')
      .where((where) => where.or([where('id', '=', key), where('email', '=', key.toLowerCase())]))
      .returningAll()
      .executeTakeFirst(),
  );
  return row && personOf(row);
}

/** Databases take so many values in one statement, and no more. */
const ROWS_AT_ONCE = 500;

interface Merged extends Omit<Imported, 'kind'> {
  readonly everybody: readonly ListedPerson[];
}

function merge(
  before: readonly ListedPerson[],
  people: readonly ListedPerson[],
): Merged | { readonly clashes: readonly Clash[] } {
  const ids = indexBy(before, 'id');
  const emails = indexBy(before, 'email');
  const known = people.map(({ id }) => (id === undefined ? undefined : ids.get(id)));
  // An id tells who somebody is for certain, so it is asked first, of all of them.
  const taken = new Set(known);
  for (const [index, { email }] of people.entries()) {
    const found = email === undefined ? undefined : emails.get(email);
    if (found === undefined || known[index] !== undefined || taken.has(found)) continue;
    known[index] = found;
    taken.add(found);
  }
  const after = people.map((person, index) => withKeysOf(person, known[index]));
  const everybody = [...before.filter((person) => !taken.has(person)), ...after];
  const clashes = (['id', 'email'] as const).flatMap((key) => {
    const first = new Map<string, ListedPerson>();
    return everybody.flatMap((person): Clash[] => {
      const value = person[key];
      if (value === undefined) return [];
      const other = first.get(value);
      if (other) return [{ kind: 'clash', index: after.indexOf(person), key, other }];
      first.set(value, person);
      return [];
    });
  });
  if (clashes.length > 0) return { clashes };
  const unchanged = after.filter((person, index) => {
    const was = known[index];
    return was !== undefined && JSON.stringify(rowOf(was)) === JSON.stringify(rowOf(person));
  }).length;
  const added = known.filter((person) => person === undefined).length;
  return { everybody, added, unchanged, updated: people.length - added - unchanged };
}

function withKeysOf(person: ListedPerson, known: ListedPerson | undefined): ListedPerson {
  const id = person.id ?? known?.id;
  const email = person.email ?? known?.email;
  return { ...person, ...(id !== undefined && { id }), ...(email !== undefined && { email }) };
}

function indexBy(people: readonly ListedPerson[], key: 'id' | 'email'): ReadonlyMap<string, ListedPerson> {
  return new Map(people.flatMap((person) => (person[key] === undefined ? [] : [[person[key], person]])));
}

const byName = (one: ListedPerson, other: ListedPerson): number =>
  one.name.localeCompare(other.name, 'en-GB') ||
  (one.email ?? one.id!).localeCompare(other.email ?? other.id!, 'en-GB');

function rowOf(person: ListedPerson): Insertable<Tables['listed_people']> {
  return {
    id: person.id ?? null,
    email: person.email ?? null,
    name: person.name,
    roles: person.roles.join(';'),
    start: person.start ?? null,
    leave: person.leave ?? null,
    away_until: person.awayUntil ?? null,
  };
}

function personOf(row: Selectable<Tables['listed_people']>): ListedPerson {
  const { id, email, name, roles, start, leave, away_until: awayUntil } = row;
  return {
    ...(id !== null && { id }),
    ...(email !== null && { email }),
    name,
    roles: roles.split(';'),
    ...(start !== null && { start }),
    ...(leave !== null && { leave }),
    ...(awayUntil !== null && { awayUntil }),
  };
}
