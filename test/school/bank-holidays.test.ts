import { expect, test } from 'vitest';
import { bankHolidays, bankHolidaysByRule } from '../../src/school/bank-holidays.ts';
import published from '../../src/school/bank-holidays-england.json' with { type: 'json' };

test('the data file says where it is from, and holds eight days for each year that it covers', () => {
  expect(published.source).toMatch(/^https:\/\/www\.gov\.uk\//);
  expect(published.retrieved).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  const { first, last } = published.years;
  for (let year = first; year <= last; year++) expect(bankHolidays(year), String(year)).toHaveLength(8);
  expect(published.days).toHaveLength(8 * (last - first + 1));
});

test('the rule gives what GOV.UK published, year by year', () => {
  for (let year = published.years.first; year <= published.years.last; year++)
    expect(bankHolidaysByRule(year)).toEqual(bankHolidays(year));
});

test.each([
  ['Christmas on a Sunday (2022)', 2022, '2022-12-26', '2022-12-27'],
  ['Christmas on a Saturday (2027)', 2027, '2027-12-27', '2027-12-28'],
  ['Christmas on a Friday (2026)', 2026, '2026-12-25', '2026-12-28'],
  ['Christmas on a Monday (2028)', 2028, '2028-12-25', '2028-12-26'],
])('substitute days: %s', (_, year, christmas, boxing) => {
  expect(bankHolidaysByRule(year).slice(-2)).toEqual([christmas, boxing]);
});

test('New Year’s Day on a Saturday or a Sunday is made up for on the Monday', () => {
  expect(bankHolidaysByRule(2028)[0]).toBe('2028-01-03');
  expect(bankHolidaysByRule(2023)[0]).toBe('2023-01-02');
});

test('years beyond the data file follow the rule', () => {
  expect(bankHolidays(2030)).toEqual([
    '2030-01-01',
    '2030-04-19',
    '2030-04-22',
    '2030-05-06',
    '2030-05-27',
    '2030-08-26',
    '2030-12-25',
    '2030-12-26',
  ]);
  expect(bankHolidays(2029).slice(1, 3)).toEqual(['2029-03-30', '2029-04-02']);
});

test('Easter Monday is right at both ends of its range', () => {
  // Easter Sunday: 23 March 2008, 24 April 2011, 25 April 2038.
  expect(bankHolidaysByRule(2008)).toContain('2008-03-24');
  expect(bankHolidaysByRule(2011)).toContain('2011-04-25');
  expect(bankHolidaysByRule(2038)).toContain('2038-04-26');
});
