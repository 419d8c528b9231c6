import fc from 'fast-check';
import MiniSearch from 'minisearch';
import { describe, expect, test } from 'vitest';
import { type IndexedTerms, RankedIndex } from '../../src/answers/ranked-index.ts';

/** MiniSearch over the same texts, with the same weights. */
function miniSearchOver(texts: readonly IndexedTerms[]): MiniSearch {
  const index = new MiniSearch({
    fields: ['own', 'around'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
    searchOptions: { boost: { own: 1, around: 0.6 } },
  });
  index.addAll(texts.map(({ own, around }, id) => ({ id, own: own.join(' '), around: around.join(' ') })));
  return index;
}

const term = fc.constantFrom(
  'post',
  'photo',
  'pupil',
  'parent',
  'page',
  '~parent',
  'school',
  'staff',
  'site',
);
const terms = fc.array(term, { maxLength: 8 });
const texts = fc.array(fc.record({ own: terms, around: terms }), { minLength: 1, maxLength: 30 });

describe('ranking', () => {
  test('has the scores and the order of MiniSearch, to the last digit', () => {
    fc.assert(
      fc.property(texts, terms, fc.integer({ min: 1, max: 40 }), (all, query, atMost) => {
        const expected = miniSearchOver(all).search(query.join(' ')).slice(0, atMost);
        const index = new RankedIndex(all);
        for (let time = 0; time < 2; time++)
          expect(index.search(query, atMost)).toEqual(expected.map(({ id, score }) => ({ id, score })));
      }),
    );
  });

  test('knows how many hold a term, and where', () => {
    fc.assert(
      fc.property(texts, term, (all, wanted) => {
        const index = new RankedIndex(all);
        const places = all.map(({ own, around }) =>
          own.includes(wanted) ? 'own' : around.includes(wanted) ? 'around' : undefined,
        );
        expect(all.map((_, id) => index.placeOf(wanted, id))).toEqual(places);
        expect(index.holding(wanted)).toBe(places.filter((place) => place !== undefined).length);
      }),
    );
  });

  test('finds nothing for a word that stands nowhere, and nothing in nothing', () => {
    const index = new RankedIndex([{ own: ['post'], around: [] }]);
    expect(index.search(['photo'], 5)).toEqual([]);
    expect(index.holding('photo')).toBe(0);
    expect(index.placeOf('photo', 0)).toBeUndefined();
    expect(new RankedIndex([]).search(['post'], 5)).toEqual([]);
  });
});
