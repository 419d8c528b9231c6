import { type Kind, kinds } from './kinds.ts';
import type { Periods } from './periods.ts';

/** What governors may see of one term. A number that is not there is hidden, not nought. */
export interface TermStatistics {
  readonly term: string;
  readonly total?: number;
  readonly kinds: readonly { readonly kind: Kind; readonly n?: number }[];
}

/** The smallest number that is ever shown. */
const SMALLEST = 5;

export interface Count {
  readonly term: string;
  readonly kind: string;
  readonly n: number;
}

/**
 * The terms that are over, as stored. A term that is still going on is left out whole: its numbers, asked for
 * twice, would tell of the one concern in between.
 */
export function statistics(
  counts: readonly Count[],
  periods: Periods,
  today: string,
): readonly TermStatistics[] {
  const terms = [...new Set(counts.map(({ term }) => term))].filter((term) => periods.isOver(term, today));
  return terms.map((term) => {
    const of = new Map(counts.filter((count) => count.term === term).map(({ kind, n }) => [kind, n]));
    return hide(
      term,
      kinds.map((kind) => ({ kind, n: of.get(kind) ?? 0 })),
    );
  });
}

/**
 * Hides every number under five, nought too. The next smallest are hidden with them as long as the total would
 * still tell: where one number is hidden alone, where they add up to less than five, or to as much as they
 * can, which is four each. Equal numbers are hidden together, so that which one it was tells nothing.
 */
export function hide(
  term: string,
  counts: readonly { readonly kind: Kind; readonly n: number }[],
): TermStatistics {
  const total = sumOf(counts.map(({ n }) => n));
  if (total < SMALLEST) return { term, kinds: counts.map(({ kind }) => ({ kind })) };
  const larger = [...new Set(counts.map(({ n }) => n))]
    .filter((n) => n >= SMALLEST)
    .sort((one, other) => one - other);
  // What is smaller than this is hidden.
  const shownFrom =
    larger.find((least) => tellsNothing(counts.map(({ n }) => n).filter((n) => n < least))) ??
    Number.POSITIVE_INFINITY;
  return {
    term,
    total,
    kinds: counts.map(({ kind, n }) => (n < shownFrom ? { kind } : { kind, n })),
  };
}

/** Whether numbers can be hidden with only what they add up to known. */
function tellsNothing(hidden: readonly number[]): boolean {
  const sum = sumOf(hidden);
  return (
    hidden.length === 0 || (hidden.length > 1 && sum >= SMALLEST && sum !== hidden.length * (SMALLEST - 1))
  );
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);
