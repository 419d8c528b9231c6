import type { Person, PersonKey, Whose } from '../school/people.ts';

/** Finds what was kept about a person, under whichever of their ids it was, in the order given. Each thing is one person's. */
export function byPerson<Kept extends { readonly person: PersonKey }>(
  all: Iterable<Kept>,
  whose: Whose,
): (person: Person) => readonly Kept[] {
  const of = new Map<string, Kept[]>();
  for (const each of all) {
    const owner = whose(each.person);
    if (!owner) continue;
    const known = of.get(owner.id);
    if (known) known.push(each);
    else of.set(owner.id, [each]);
  }
  return ({ id }) => of.get(id) ?? [];
}
