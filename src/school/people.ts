import type { PlatformPerson } from '../chat/adapter.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from './calendar.ts';

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
  readonly rolesFrom: 'school' | 'platform';
  /** First day at the school. */
  readonly start?: Day;
  /** Last day at the school. */
  readonly leave?: Day;
  /** First day back from a long leave. */
  readonly awayUntil?: Day;
}

/** Whom a role leads to on one day. */
export type Holders =
  | { readonly kind: 'people'; readonly title: string; readonly people: readonly Person[] }
  /** Someone holds it, but all are on long leave or have not started. */
  | { readonly kind: 'away'; readonly title: string; readonly people: readonly Person[] }
  | { readonly kind: 'nobody'; readonly title: string }
  /** school.yaml has no such role. */
  | { readonly kind: 'unknown' };

/** Everybody known, as at one reading of school.yaml and the platforms' lists. */
export interface People {
  readonly all: readonly Person[];
  find(account: Account): Person | undefined;
  /** Who holds a role on a day. Somebody who has left holds nothing. */
  holders(role: string, day: Day): Holders;
}

/** What one adapter's `people()` listed. */
export interface Listing {
  readonly platform: string;
  readonly people: readonly PlatformPerson[];
}

/**
 * Puts the sources together. A listed person is the one of school.yaml with the same e-mail; anybody else
 * holds the roles whose `groups` name a group they are in.
 */
export function createPeople(school: Pick<School, 'people' | 'roles'>, listings: readonly Listing[]): People {
  const byEmail = new Map<string, Person>();
  const others: Person[] = [];
  for (const { name, email, roles, start, leave, away_until: awayUntil } of school.people)
    byEmail.set(email, {
      id: email,
      accounts: [],
      name,
      email,
      roles,
      rolesFrom: 'school',
      ...(start !== undefined && { start }),
      ...(leave !== undefined && { leave }),
      ...(awayUntil !== undefined && { awayUntil }),
    });
  for (const { platform, people } of listings)
    for (const { id, name, email: written, groups = [] } of people) {
      const account = { platform, person: id };
      const email = written?.toLowerCase();
      const known = email === undefined ? undefined : byEmail.get(email);
      if (known) {
        const first = known.accounts.length === 0;
        byEmail.set(known.email!, {
          ...known,
          id: first ? id : known.id,
          accounts: [...known.accounts, account],
        });
        continue;
      }
      const roles = rolesOfGroups(school.roles, groups);
      const person: Person = { id, accounts: [account], name, roles, rolesFrom: 'platform' };
      if (email === undefined) others.push(person);
      else byEmail.set(email, { ...person, email });
    }
  const all = [...byEmail.values(), ...others];
  return {
    all,
    find: (account) => all.find((person) => person.accounts.some((own) => sameAccount(own, account))),
    holders(role, day) {
      if (!Object.hasOwn(school.roles, role)) return { kind: 'unknown' };
      const { title } = school.roles[role]!;
      const holding = all.filter((person) => person.roles.includes(role) && !hasLeft(person, day));
      const present = holding.filter((person) => isPresent(person, day));
      if (present.length > 0) return { kind: 'people', title, people: present };
      return holding.length > 0 ? { kind: 'away', title, people: holding } : { kind: 'nobody', title };
    },
  };
}

export function sameAccount(one: Account, other: Account): boolean {
  return one.platform === other.platform && one.person === other.person;
}

export function hasLeft({ leave }: Person, day: Day): boolean {
  return leave !== undefined && leave < day;
}

/** At the school on that day: started, not left, not on long leave. */
function isPresent(person: Person, day: Day): boolean {
  const { start, awayUntil } = person;
  return (
    !hasLeft(person, day) &&
    !(start !== undefined && day < start) &&
    !(awayUntil !== undefined && day < awayUntil)
  );
}

function rolesOfGroups(roles: School['roles'], groups: readonly string[]): string[] {
  return Object.entries(roles)
    .filter(([, role]) => role.groups.some((group) => groups.includes(group)))
    .map(([key]) => key);
}
