import type { About } from '../content/schema/concerns.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import { keysOf, type People, type Person } from '../school/people.ts';
import type { Excluded } from './sealing/message.ts';
import type { ListedReader } from './sealing/reader.ts';
import { GRANTS } from './sealing/sizes.ts';
import type { StoredHandler } from './store/handlers.ts';

/** Somebody who could read a concern today. */
export interface Reader extends Omit<ListedReader, 'id'> {
  /** Of the enrolment. */
  readonly id: Uint8Array;
}

/** Who would read a concern, settled before anything is sealed. */
export type Route =
  | {
      readonly kind: 'readers';
      /** At least one, at most as many as there are grants, in the order in which they are to act; one for each key. */
      readonly readers: readonly Reader[];
      readonly excluded: Excluded;
    }
  /** Nobody is left: nothing can be sent, and the outside bodies are to be shown. */
  | { readonly kind: 'outside' };

interface Parties {
  readonly school: School;
  readonly people: People;
  readonly day: Day;
  readonly handlers: readonly StoredHandler[];
}

/**
 * Everybody who is enrolled, still holds the role they were enrolled for, and is at the school on that day.
 * A role that has changed hands has no reader until its new holder is enrolled.
 */
export function presentReaders({ school, people, day, handlers }: Parties): readonly Reader[] {
  const holding = new Map(
    Object.keys(school.roles).map((role) => [role, people.holders(role, day)] as const),
  );
  return handlers.flatMap(({ id, role, person: key, public_key: publicKey, state }) => {
    const held = holding.get(role);
    if (state !== 'active' || held?.kind !== 'people') return [];
    const person = held.people.find((each) => keysOf(each).includes(key));
    if (!person) return [];
    return [{ id, role, person: key, title: held.title, name: person.name, publicKey }];
  });
}

/**
 * Who reads a concern about somebody. Whoever it is about is left out with all their roles, and so is whoever
 * the sender leaves out, `excluding` being their keys in the list of people.
 */
export function routeFor(parties: Parties, about: About, excluding: readonly string[] = []): Route {
  const { school, people } = parties;
  const { read_by: readBy, never_by: neverBy } = school.concerns.routes[about];
  const runServer = about === 'server' ? school.concerns.server_run_by : [];
  const left = new Set([...excluding, ...runServer]);
  const isLeftOut = (person: Person): boolean => keysOf(person).some((key) => left.has(key));
  // Somebody who is away today comes back, and is what the concern is about all the same.
  const barred = people.all.filter(
    (person) => isLeftOut(person) || person.roles.some((role) => neverBy.includes(role)),
  );
  const keys = new Set([...left, ...barred.flatMap(keysOf)]);
  // Somebody who was enrolled twice, for another role or anew, opens it with each key that they have.
  const present = presentReaders(parties);
  const readers = readBy
    .flatMap((role) => present.filter((reader) => reader.role === role))
    .filter(({ role, person }) => !neverBy.includes(role) && !keys.has(person))
    .slice(0, GRANTS);
  if (readers.length === 0) return { kind: 'outside' };
  return { kind: 'readers', readers, excluded: { people: [...keys], roles: neverBy } };
}

export const titleOf = (school: Pick<School, 'roles'>, role: string): string =>
  school.roles[role]?.title ?? role;

/** The name that goes with a reader's entry of the list of people; the entry itself where nobody has it any more. */
export const nameOf = (people: People, key: string): string =>
  people.all.find((person) => keysOf(person).includes(key))?.name ?? key;
