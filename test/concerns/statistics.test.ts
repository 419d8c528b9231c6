import { describe, expect, test } from 'vitest';
import { type Kind, kinds } from '../../src/concerns/kinds.ts';
import { createPeriods } from '../../src/concerns/periods.ts';
import { statistics } from '../../src/concerns/statistics.ts';
import { schoolOf } from '../support/concerns/house.ts';

const periods = createPeriods(schoolOf());

const of = (term: string, counts: Partial<Record<Kind, number>>) =>
  Object.entries(counts).map(([kind, n]) => ({ term, kind, n }));

describe('a term', () => {
  test.each([
    ['2026-09-01', 'Autumn 2026'],
    ['2026-12-18', 'Autumn 2026'],
    ['2026-12-25', 'Autumn 2026'],
    ['2027-01-03', 'Autumn 2026'],
    ['2027-01-04', 'Spring 2027'],
    ['2027-07-22', 'Summer 2027'],
    ['2027-08-31', 'Summer 2027'],
    ['2027-09-01', '2027/28'],
    ['2026-08-31', '2025/26'],
  ])('on %s is %s', (day, name) => {
    expect(periods.nameOf(day)).toBe(name);
  });

  test('is not shown before it is over, so that two looks tell of nothing in between', () => {
    const counts = of('Autumn 2026', { conduct: 9 });
    expect(statistics(counts, periods, '2026-11-25')).toEqual([]);
    expect(statistics(counts, periods, '2027-01-03')).toEqual([]);
    expect(statistics(counts, periods, '2027-01-04')).toMatchObject([{ term: 'Autumn 2026', total: 9 }]);
  });

  test('that is not known any more is over', () => {
    expect(statistics(of('Autumn 2019', { conduct: 9 }), periods, '2026-11-25')).toHaveLength(1);
  });
});

test('shows what is five or more, and hides the rest with one more where it must', () => {
  const shown = (counts: Partial<Record<Kind, number>>) => {
    const [term] = statistics(of('Autumn 2025', counts), periods, '2026-11-25');
    return Object.fromEntries(
      term?.kinds.flatMap(({ kind, n }) => (n === undefined ? [] : [[kind, n]])) ?? [],
    );
  };
  const five = Object.fromEntries(kinds.map((kind) => [kind, 5]));
  expect(shown(five)).toEqual(five);
  // Six noughts add up to nothing, which the total tells: so the five go with them.
  expect(shown({ conduct: 5 })).toEqual({});
  expect(shown({ conduct: 5, data: 9 })).toEqual({ data: 9 });
  // Equal numbers go together.
  expect(shown({ ...five, data: 3 })).toEqual({});
  const six = Object.fromEntries(kinds.map((kind, index) => [kind, 6 + index]));
  expect(Object.keys(shown({ ...six, data: 3 }))).toHaveLength(kinds.length - 2);
  expect(shown({ conduct: 4, data: 3, bullying: 9 })).toEqual({ bullying: 9 });
  expect(shown({ conduct: 2, data: 2 })).toEqual({});
});
