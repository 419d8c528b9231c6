import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capital } from '../../src/chat/capital.ts';
import { readValue, writeValue } from '../../src/reminders/button-value.ts';
import { counted, dueInWords, nameOfText } from '../../src/reminders/words.ts';

test.each([
  ['2026-12-11', 'Due 11 December 2026 (18 days left)'],
  ['2026-11-24', 'Due 24 November 2026 (1 day left)'],
  ['2026-11-23', 'Due today, 23 November 2026'],
  ['2026-11-22', 'Due 22 November 2026 (1 day overdue)'],
  ['2025-11-23', 'Due 23 November 2025 (365 days overdue)'],
])('due on %s: %s', (due, words) => {
  expect(dueInWords(due, '2026-11-23')).toBe(words);
});

test('a clock change makes no day longer or shorter', () => {
  expect(dueInWords('2027-03-29', '2027-03-27')).toContain('(2 days left)');
  expect(dueInWords('2027-11-01', '2027-10-30')).toContain('(2 days left)');
});

test('counts and names read as people say them', () => {
  expect([counted(1, 'policy', 'policies'), counted(2, 'policy', 'policies'), counted(0, 'day')]).toEqual([
    '1 policy',
    '2 policies',
    '0 days',
  ]);
  expect(nameOfText({ title: 'Phones', version: '2' })).toBe('Phones, version 2');
  expect(nameOfText({ title: 'Phones', version: 'text 0a1b2c3d' })).toBe('Phones');
  expect(capital('school office')).toBe('School office');
});

test('what a button hands back is read as it was written', () => {
  const some = fc.string({ unit: 'binary', minLength: 1, maxLength: 50 });
  const about = fc.record({ policy: some, version: some });
  const value = fc.record({ person: some, about, reminder: some }, { requiredKeys: ['person'] });
  fc.assert(
    fc.property(value, (written) => {
      expect(readValue(writeValue(written))).toEqual(written);
    }),
  );
});

test('nothing else is read, and nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      const read = readValue(text);
      expect(read === undefined || read.person !== '').toBe(true);
    }),
  );
});
