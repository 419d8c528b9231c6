import type { Clause } from '../content/content.ts';

/** A clause as it stood in one version of a policy. */
export type KeptClause = Pick<Clause, 'id' | 'section' | 'text'>;

/** What is new in a later version, for somebody who signed an earlier one. */
export interface Changes {
  /** In the order of the later version. */
  readonly added: readonly KeptClause[];
  /** In the order of the later version. */
  readonly changed: readonly { readonly before: KeptClause; readonly after: KeptClause }[];
  /** In the order of the earlier version. */
  readonly removed: readonly KeptClause[];
}

/**
 * Which clauses differ between two versions. Spaces and line ends make no difference, nor does a clause's place.
 * A clause is known by the id that its author gave it; where the bot made the id from its position, by its words,
 * since one more clause above changes the positions of all below.
 */
export function changesBetween(before: readonly KeptClause[], after: readonly KeptClause[]): Changes {
  const old = new Remaining(before);
  const pairs = new Map<KeptClause, KeptClause>();
  const pair = (find: (clause: KeptClause) => KeptClause | undefined): void => {
    for (const clause of after) {
      const partner = pairs.has(clause) ? undefined : find(clause);
      if (partner) {
        old.take(partner);
        pairs.set(clause, partner);
      }
    }
  };
  pair((clause) => old.same(clause));
  pair((clause) => old.withAuthorsId(clause));
  pair((clause) => old.withText(clause));
  pair((clause) => old.mostAlike(clause));
  return {
    added: after.filter((clause) => !pairs.has(clause)),
    changed: after.flatMap((clause) => {
      const partner = pairs.get(clause);
      return partner && plain(partner) !== plain(clause) ? [{ before: partner, after: clause }] : [];
    }),
    removed: old.all(),
  };
}

/** Further apart than this, two clauses of a section are not compared: a policy may have thousands. */
const REACH = 20;
/** Of their words, so many at least are common to two forms of one clause. */
const ALIKE = 0.5;

/** The clauses of the earlier version that have found no partner yet. */
class Remaining {
  readonly #clauses: Set<KeptClause>;
  readonly #byIdAndText: Map<string, KeptClause[]>;
  readonly #byText: Map<string, KeptClause[]>;
  readonly #byId: Map<string, KeptClause[]>;

  constructor(clauses: readonly KeptClause[]) {
    this.#clauses = new Set(clauses);
    this.#byIdAndText = Map.groupBy(clauses, idAndText);
    this.#byText = Map.groupBy(clauses, plain);
    this.#byId = Map.groupBy(clauses, ({ id }) => id);
  }

  take(clause: KeptClause): void {
    this.#clauses.delete(clause);
  }

  all(): readonly KeptClause[] {
    return [...this.#clauses];
  }

  same(clause: KeptClause): KeptClause | undefined {
    return this.#first(this.#byIdAndText.get(idAndText(clause)));
  }

  withAuthorsId(clause: KeptClause): KeptClause | undefined {
    if (isMade(clause)) return undefined;
    const found = this.#first(this.#byId.get(clause.id));
    return found && !isMade(found) ? found : undefined;
  }

  withText(clause: KeptClause): KeptClause | undefined {
    return this.#first(this.#byText.get(plain(clause)));
  }

  /** Of the same section and near the same place, the one with the most words in common. */
  mostAlike(clause: KeptClause): KeptClause | undefined {
    if (!isMade(clause)) return undefined;
    const { section } = clause;
    const place = placeOf(clause);
    let best: KeptClause | undefined;
    let most = 0;
    for (let near = place - REACH; near <= place + REACH; near++) {
      const other = this.#first(this.#byId.get(`${section}.${near}`));
      if (!other || !isMade(other)) continue;
      const likeness = likenessOf(other, clause);
      if (likeness >= ALIKE && likeness > most) [best, most] = [other, likeness];
    }
    return best;
  }

  /** The first that is left; those taken go off the list, so that it is not gone through again and again. */
  #first(clauses: KeptClause[] = []): KeptClause | undefined {
    while (clauses[0] && !this.#clauses.has(clauses[0])) clauses.shift();
    return clauses[0];
  }
}

const idAndText = (clause: KeptClause): string => `${clause.id}\n${plain(clause)}`;

const plain = ({ text }: KeptClause): string => text.replace(/\s+/g, ' ').trim();

/** Whether the bot made the id: the section's, and the position in it. */
const isMade = ({ id, section }: KeptClause): boolean =>
  id.startsWith(`${section}.`) && /^\d+$/.test(id.slice(section.length + 1));

const placeOf = ({ id, section }: KeptClause): number => Number(id.slice(section.length + 1));

/** From 0, no word in common, to 1, the same words (Dice's coefficient). */
function likenessOf(one: KeptClause, other: KeptClause): number {
  const [first, second] = [one, other].map(
    (clause) =>
      new Set(
        plain(clause)
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu),
      ),
  ) as [Set<string>, Set<string>];
  return (2 * first.intersection(second).size) / (first.size + second.size || 1);
}
