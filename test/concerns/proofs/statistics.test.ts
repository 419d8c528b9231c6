import { describe, expect, test } from 'vitest';
import { type Kind, kinds } from '../../../src/concerns/kinds.ts';
import { hide, type TermStatistics } from '../../../src/concerns/statistics.ts';

/** Nobody can work out a number under five: not from one table, knowing how it was made, and not from two. */

type Hide = typeof hide;

const four = kinds.slice(0, 4);
const MOST = 14;

/** Every table of four kinds with up to so many of each. */
function* tables(): Generator<readonly number[]> {
  const upTo = Array.from({ length: MOST + 1 }, (_, n) => n);
  for (const a of upTo) for (const b of upTo) for (const c of upTo) for (const d of upTo) yield [a, b, c, d];
}

const publish = (how: Hide, numbers: readonly number[]): TermStatistics =>
  how(
    'Autumn 2026',
    numbers.map((n, index) => ({ kind: four[index] as Kind, n })),
  );

/**
 * What an adversary learns who knows the rules and has all the time in the world: for each published table,
 * every table that would have been published so; a number under five that is the same in all of them is out.
 */
function workedOut(how: Hide): string[] {
  const behind = new Map<string, (readonly number[])[]>();
  for (const numbers of tables()) {
    const published = JSON.stringify(publish(how, numbers));
    const known = behind.get(published);
    if (known) known.push(numbers);
    else behind.set(published, [numbers]);
  }
  return [...behind].flatMap(([published, possible]) =>
    four.flatMap((kind, index) => {
      const values = new Set(possible.map((numbers) => numbers[index]!));
      const [only = 0] = values;
      return values.size === 1 && only < 5 ? [`${kind} is ${only} in ${published}`] : [];
    }),
  );
}

test('no table of four kinds gives a number under five away', () => {
  expect(workedOut(hide)).toEqual([]);
});

test('no total under five is shown, and no number under five', () => {
  for (const numbers of tables()) {
    const { total, kinds: shown } = publish(hide, numbers);
    if (total !== undefined) expect(total).toBeGreaterThanOrEqual(5);
    for (const { n } of shown) if (n !== undefined) expect(n).toBeGreaterThanOrEqual(5);
  }
});

test('what is hidden together adds up to five or more, is never one number alone, and never four each', () => {
  for (const numbers of tables()) {
    const { total, kinds: shown } = publish(hide, numbers);
    if (total === undefined) continue;
    const hidden = shown.filter(({ n }) => n === undefined);
    const seen = shown.reduce((sum, { n = 0 }) => sum + n, 0);
    if (hidden.length > 0) expect(total - seen).toBeGreaterThanOrEqual(5);
    expect(hidden.length).not.toBe(1);
    if (hidden.length > 0 && hidden.length < 4) expect(total - seen).not.toBe(4 * hidden.length);
  }
});

describe('planted, it is found', () => {
  const plain: Hide = (term, counts) => ({
    term,
    total: counts.reduce((sum, { n }) => sum + n, 0),
    kinds: counts.map(({ kind, n }) => (n < 5 ? { kind } : { kind, n })),
  });

  test('small numbers hidden, but the total shown', () => {
    expect(workedOut(plain).length).toBeGreaterThan(100);
  });

  test('nothing hidden', () => {
    expect(workedOut((term, counts) => ({ term, kinds: counts })).length).toBeGreaterThan(100);
  });
});
