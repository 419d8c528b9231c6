import { expect, test } from 'vitest';
import { outsideElements } from '../../src/school/contact.ts';
import { schoolOf } from '../support/concerns/house.ts';

const body = { about: 'You are worried.', phone: '0151 496 0150', checked: '2026-11-01' };

test('an entry that is made up is marked wherever it is shown, and no other', () => {
  const school = schoolOf({
    outside_bodies: [
      { ...body, id: 'real', name: 'Real' },
      { ...body, id: 'lado', name: 'LADO', made_up: true },
    ],
  });
  for (const checked of [true, false]) {
    const fields = outsideElements(school, { checked }).flatMap((each) =>
      each.kind === 'fields' ? each.fields : [],
    );
    expect(fields.map(({ value }) => value.includes('0151 496 0150 (made-up example)'))).toEqual([
      false,
      true,
    ]);
  }
});
