import { describe, expect, test } from 'vitest';
import { vetoOf } from '../../src/answers/slots.ts';

const entry = { slots: { must: { who: ['relative'] }, must_not: { who: ['not-related'] } } };

describe('slots', () => {
  test.each([
    [['relative', 'pupil'], undefined],
    [['pupil'], 'who is not relative'],
    [['relative', 'not-related'], 'who is not-related'],
  ])('%j', (concepts, veto) => {
    expect(vetoOf(entry, { concepts })).toBe(veto);
  });

  test('an entry without slots is never ruled out', () => {
    expect(vetoOf({}, { concepts: [] })).toBeUndefined();
  });
});
