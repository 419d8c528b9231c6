import type { PlatformPerson } from '../chat/adapter.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from './calendar.ts';
import { whoseAmong } from './whose.ts';

/** A person on one chat platform; an `Origin` is one. */
export interface Account {
  /** The adapter's name. */
  readonly platform: string;
  /** The platform's id of the person. */
  readonly person: string;
}

export interface Person {
  /** The platform's id, or the e-mail of somebody without an account. */
  readonly id: string;
  /** Where the bot can write to them. */
  readonly accounts: readonly Account[];
  readonly name: string;
  /** In small letters. */
  readonly email?: string;
  /** Keys of school.yaml's roles. */
  readonly roles: readonly string[];
  /** Which source the roles come from. A nearer source replaces the others, it does not add to them. */
  readonly rolesFrom: 'list' | 'school' | 'platform';
  /** First day at the school. */
  readonly start?: Day;
  /** Last day at the school. */
  readonly leave?: Day;
  /** First day back from a long leave. */
  readonly awayUntil?: Day;
  /** An IANA zone such as `Europe/London`, where a platform knows it. */
  readonly timeZone?: string;
  /** The day on which the platform that alone knew them was found to list them no more. */
  readonly vanished?: Day;
}

/** Somebody on the office's own list, which comes from a CSV file. One of `id` and `email` is always there. */
export interface ListedPerson extends Pick<Person, 'name' | 'roles' | 'start' | 'leave' | 'awayUntil'> {
  /** The platform's id, or any other that tells this person from others. */
  readonly id?: string;
  /** In small letters. */
  readonly email?: string;
}

/** Who somebody was when something about them was kept. Ids change: an e-mail before, a platform's id after. */
export interface PersonKey {
  /** `Person.id` as it was then. */
  readonly id: string;
  /** In small letters, where it was known. */
  readonly email?: string;
}

/** Whom a role leads to on one day. */
export type Holders =
  | { readonly kind: 'people'; readonly title: string; readonly people: readonly Person[] }
  /** Someone holds it, but all are on long leave or have not started. */
  | { readonly kind: 'away'; readonly title: string; readonly people: readonly Person[] }
  | { readonly kind: 'nobody'; readonly title: string }
  /** school.yaml has no such role. */
  | { readonly kind: 'unknown' };

/** Whose something is that was kept under a key: one person's at the most, nothing where nobody known fits. */
export type Whose = (key: PersonKey) => Person | undefined;

/** Everybody known, as at one reading of school.yaml and the platforms' lists. */
export interface People {
  readonly all: readonly Person[];
  find(account: Account): Person | undefined;
  readonly whose: Whose;
  /** Who holds a role on a day. Somebody who has left, or vanished from their platform, holds nothing. */
  holders(role: string, day: Day): Holders;
}

/** Somebody whom only a platform knows. */
export interface SeenPerson {
  /** The platform's id. */
  readonly id: string;
  readonly name: string;
  /** In small letters. */
  readonly email?: string;
  readonly roles: readonly string[];
}

/** Somebody whom only a platform knew, and who is not listed there any more: as they were before. */
export interface VanishedPerson extends SeenPerson {
  /** The day on which that was found. */
  readonly since: Day;
}

/** What one adapter's `people()` listed. */
export interface Listing {
  readonly platform: string;
  readonly people: readonly PlatformPerson[];
  readonly vanished?: readonly VanishedPerson[];
}

/** What is kept of the people between starts. */
export interface Roster {
  /** The office's own list. */
  list(): Promise<readonly ListedPerson[]>;
  /**
   * Keeps whom a platform alone knows, and returns those who were among them and are not listed there any more.
   * @param listed ids of everybody whom it lists
   */
  keep(
    platform: string,
    seen: readonly SeenPerson[],
    listed: ReadonlySet<string>,
  ): Promise<readonly VanishedPerson[]>;
}

/**
 * Puts the sources together. The office's list wins over school.yaml, and that over what a platform knows:
 * whoever stands in a nearer source is what it says, and the others only add accounts. Two entries are one
 * person where they share an id or an e-mail. Somebody whom only a platform lists holds the roles whose
 * `groups` name a group they are in. Whom it lists no more is still there, without an account: whether they have
 * left is the office's to say.
 */
export function createPeople(
  school: Pick<School, 'people' | 'roles'>,
  listings: readonly Listing[],
  listed: readonly ListedPerson[] = [],
): People {
  const all = joinSources(school, listings, listed);
  let whose: Whose | undefined;
  return {
    all,
    whose(key) {
      whose ??= whoseAmong(all);
      return whose(key);
    },
    find: (account) => all.find((person) => person.accounts.some((own) => sameAccount(own, account))),
    holders(role, day) {
      if (!Object.hasOwn(school.roles, role)) return { kind: 'unknown' };
      const { title } = school.roles[role]!;
      const holding = all.filter(
        (person) => person.roles.includes(role) && !hasLeft(person, day) && person.vanished === undefined,
      );
      const present = holding.filter((person) => isPresent(person, day));
      if (present.length > 0) return { kind: 'people', title, people: present };
      return holding.length > 0 ? { kind: 'away', title, people: holding } : { kind: 'nobody', title };
    },
  };
}

export function sameAccount(one: Account, other: Account): boolean {
  return one.platform === other.platform && one.person === other.person;
}

/** All that somebody may have been kept under: their id, their ids on the platforms, their e-mail. */
export function keysOf({ id, email, accounts }: Person): readonly string[] {
  const keys = new Set([id, ...accounts.map((account) => account.person)]);
  if (email !== undefined) keys.add(email);
  return [...keys];
}

export function hasLeft({ leave }: Person, day: Day): boolean {
  return leave !== undefined && leave < day;
}

/** At the school on that day: started, not left, not on long leave. */
export function isPresent(person: Person, day: Day): boolean {
  const { start, awayUntil } = person;
  return (
    !hasLeft(person, day) &&
    !(start !== undefined && day < start) &&
    !(awayUntil !== undefined && day < awayUntil)
  );
}

/** Somebody as the nearest source has them, while the sources are put together. */
type Known = Omit<Person, 'id' | 'accounts'> & {
  /** The id in the office's list. */
  readonly listedId?: string;
  /** The e-mail in the office's list. */
  readonly listedEmail?: string;
  readonly accounts: readonly Account[];
};

/** Everybody that any source knows, each once; see `createPeople`. */
function joinSources(
  school: Pick<School, 'people' | 'roles'>,
  listings: readonly Listing[],
  listed: readonly ListedPerson[],
): readonly Person[] {
  const everybody = new Set<{ person: Known }>();
  const byId = new Map<string, { person: Known }>();
  const byEmail = new Map<string, { person: Known }>();
  const add = (person: Known): void => {
    const entry = { person };
    everybody.add(entry);
    if (person.listedId !== undefined) byId.set(person.listedId, entry);
    if (person.email !== undefined) byEmail.set(person.email, entry);
  };

  for (const { id, ...rest } of listed)
    add({
      ...rest,
      ...(id !== undefined && { listedId: id }),
      ...(rest.email !== undefined && { listedEmail: rest.email }),
      rolesFrom: 'list',
      accounts: [],
    });
  for (const person of school.people) if (!byEmail.has(person.email)) add(ofSchool(person));
  for (const { platform, people } of listings)
    for (const { id, name, email: written, timeZone, groups = [] } of people) {
      const account = { platform, person: id };
      const email = written?.toLowerCase();
      const named = byId.get(id);
      const holder = email === undefined ? undefined : byEmail.get(email);
      // Where the office's list gives the address to somebody else, the platform has not heard of it yet.
      const sameEmail = named && holder && areTwo(named.person, holder.person) ? undefined : holder;
      const entry = named ?? sameEmail;
      const known = {
        ...(email !== undefined && holder === sameEmail && { email }),
        ...(timeZone !== undefined && { timeZone }),
      };
      if (!entry) {
        const roles = rolesOfGroups(school.roles, groups);
        add({ ...known, name, roles, rolesFrom: 'platform', accounts: [account] });
        continue;
      }
      const accounts = [...entry.person.accounts, account];
      // The office wrote down the id alone: the account's e-mail tells who this is elsewhere.
      if (sameEmail && sameEmail !== entry) {
        accounts.push(...sameEmail.person.accounts);
        everybody.delete(sameEmail);
      }
      if (email !== undefined && holder === sameEmail) byEmail.set(email, entry);
      entry.person = { ...known, ...entry.person, accounts };
    }
  for (const { id, since, ...person } of listings.flatMap(({ vanished = [] }) => vanished))
    if (!byId.has(id) && !byEmail.has(person.email ?? ''))
      add({ ...person, listedId: id, rolesFrom: 'platform', accounts: [], vanished: since });
  return [...everybody].map(({ person }) => identified(person));
}

/** Two lines of the office's list that can't mean one person: each has an id, or an e-mail, of its own. */
function areTwo(one: Known, other: Known): boolean {
  const differ = (mine: string | undefined, theirs: string | undefined): boolean =>
    mine !== undefined && theirs !== undefined && mine !== theirs;
  return (
    one.rolesFrom === 'list' &&
    other.rolesFrom === 'list' &&
    (differ(one.listedId, other.listedId) || differ(one.listedEmail, other.listedEmail))
  );
}

function identified({ listedId, listedEmail: _, ...person }: Known): Person {
  const listedAccount = person.accounts.some((account) => account.person === listedId);
  const id = listedAccount ? listedId : (person.accounts[0]?.person ?? listedId ?? person.email);
  if (id === undefined) throw new RangeError('A person needs an account, an id or an e-mail.');
  return { id, ...person };
}

function ofSchool({
  name,
  email,
  roles,
  start,
  leave,
  away_until: awayUntil,
}: School['people'][number]): Known {
  return {
    name,
    email,
    roles,
    rolesFrom: 'school',
    accounts: [],
    ...(start !== undefined && { start }),
    ...(leave !== undefined && { leave }),
    ...(awayUntil !== undefined && { awayUntil }),
  };
}

function rolesOfGroups(roles: School['roles'], groups: readonly string[]): string[] {
  return Object.entries(roles)
    .filter(([, role]) => role.groups.some((group) => groups.includes(group)))
    .map(([key]) => key);
}
