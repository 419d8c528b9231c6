import { expect, test } from 'vitest';
import { nameOf, reviewOverdue } from '../../src/content/policy-in-words.ts';
import { dateInWords } from '../../src/school/date-in-words.ts';

test.each([
  ['2018-06', '2018-05-31', undefined],
  ['2018-06', '2018-06-30', undefined],
  ['2018-06', '2018-07-01', 'Review overdue since June 2018'],
  ['2018-06-15', '2018-06-15', undefined],
  ['2018-06-15', '2018-06-16', 'Review overdue since 15 June 2018'],
  ['2030-01', '2026-11-23', undefined],
])('a review due %s, on %s: %s', (reviewDue, today, words) => {
  expect(reviewOverdue({ reviewDue }, today)).toBe(words);
});

test('a policy without a review date is never overdue', () => {
  expect(reviewOverdue({}, '2026-11-23')).toBeUndefined();
});

test('dates and names read as people say them', () => {
  expect(dateInWords('2015-06')).toBe('June 2015');
  expect(dateInWords('2028-02-29')).toBe('29 February 2028');
  expect(nameOf({ title: 'Phones', version: '2' })).toBe('Phones, version 2');
  expect(nameOf({ title: 'Phones' })).toBe('Phones');
});
