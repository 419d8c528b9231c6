import { describe, expect, test } from 'vitest';
import type { PersonKey } from '../../src/school/people.ts';
import { addSnooze, type KeptSnooze, listSnoozes } from '../../src/store/snoozes.ts';
import { engines } from './engines.ts';

const snooze = (on: string, own: Partial<KeptSnooze> = {}): KeptSnooze => ({
  person: { id: 'U1', email: 'ann@hill.example' },
  policy: 'social',
  version: '2',
  year: '2026/27',
  on,
  ...own,
});

const isSame = ({ email }: PersonKey) => email === 'ann@hill.example';

describe.each(engines)('“remind me tomorrow” on $name', (engine) => {
  const open = async () => (await engine.home()).open();

  test('is kept a few times for one obligation, once a day', async () => {
    const store = await open();
    for (const day of ['2026-11-23', '2026-11-23', '2026-11-24', '2026-11-25'])
      expect(await addSnooze(store, snooze(day), 3, isSame)).toBe('kept');
    expect(await addSnooze(store, snooze('2026-11-26'), 3, isSame)).toBe('spent');
    expect(await addSnooze(store, snooze('2026-11-25'), 3, isSame)).toBe('kept');
    expect(await addSnooze(store, snooze('2026-11-26', { policy: 'phones' }), 3, isSame)).toBe('kept');
    expect(await addSnooze(store, snooze('2026-11-26', { version: '3' }), 3, isSame)).toBe('kept');
    expect(await addSnooze(store, snooze('2027-11-26', { year: '2027/28' }), 3, isSame)).toBe('kept');
    expect(
      await addSnooze(store, snooze('2026-11-26', { person: { id: 'U2' } }), 3, ({ id }) => id === 'U2'),
    ).toBe('kept');
    expect((await listSnoozes(store, '2026-11-24')).map(({ on }) => on)).toEqual([
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-26',
      '2026-11-26',
      '2027-11-26',
    ]);
    expect((await listSnoozes(store, '2026-01-01'))[0]).toEqual(snooze('2026-11-23'));
  });

  test('counts for somebody who got an account meanwhile', async () => {
    const store = await open();
    const before = { id: 'ann@hill.example', email: 'ann@hill.example' };
    for (const day of ['2026-11-23', '2026-11-24'])
      await addSnooze(store, snooze(day, { person: before }), 3, isSame);
    expect(await addSnooze(store, snooze('2026-11-25'), 3, isSame)).toBe('kept');
    expect(await addSnooze(store, snooze('2026-11-26'), 3, isSame)).toBe('spent');
  });

  test('pressed several times at once is counted', async () => {
    const store = await open();
    const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];
    const presses = await Promise.all(days.map((day) => addSnooze(store, snooze(day), 3, isSame)));
    expect(presses.filter((press) => press === 'kept')).toHaveLength(3);
  });
});
