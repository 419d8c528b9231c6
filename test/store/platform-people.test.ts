import { describe, expect, test } from 'vitest';
import { createRoster, forgetVanished, listVanished } from '../../src/store/platform-people.ts';
import { engines } from './engines.ts';

const ann = { id: 'U1', name: 'Ann', email: 'ann@hill.example', roles: ['teacher', 'dsl'] };
const bo = { id: 'U2', name: 'Bo', roles: [] };

describe.each(engines)('people of a platform on $name', (engine) => {
  async function rosterOn(days: readonly string[]) {
    const store = await (await engine.home()).open();
    let n = 0;
    const roster = createRoster(store, () => days[Math.min(n++, days.length - 1)]!);
    const keep = (people: readonly (typeof ann | typeof bo)[], others: readonly string[] = []) =>
      roster.keep('slack', people, new Set([...people.map(({ id }) => id), ...others]));
    return { store, roster, keep };
  }

  test('who is listed no more has vanished on that day, as they were, until they are back', async () => {
    const { store, keep } = await rosterOn(['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25']);
    expect(await keep([ann, bo])).toEqual([]);
    expect(await keep([bo])).toEqual([{ ...ann, since: '2026-11-23' }]);
    expect(await keep([bo])).toEqual([{ ...ann, since: '2026-11-23' }]);
    expect(await listVanished(store)).toEqual([{ ...ann, since: '2026-11-23' }]);
    expect(await keep([{ ...ann, name: 'Ann Lee' }, bo])).toEqual([]);
    expect(await listVanished(store)).toEqual([]);
  });

  test('somebody whom a nearer source knows now is not kept', async () => {
    const { store, keep } = await rosterOn(['2026-11-23']);
    await keep([ann, bo]);
    expect(await keep([bo], ['U1'])).toEqual([]);
    expect(await keep([bo])).toEqual([]);
    expect(await listVanished(store)).toEqual([]);
  });

  test('a platform that lists nobody at all has a fault', async () => {
    const { keep } = await rosterOn(['2026-11-23']);
    await keep([ann, bo]);
    expect(await keep([])).toEqual([]);
    expect(await keep([bo])).toEqual([{ ...ann, since: '2026-11-23' }]);
    expect(await keep([])).toEqual([{ ...ann, since: '2026-11-23' }]);
  });

  test('platforms do not get in each other’s way', async () => {
    const { store, roster, keep } = await rosterOn(['2026-11-23']);
    await Promise.all([keep([ann]), roster.keep('teams', [ann], new Set(['U1']))]);
    expect(await keep([bo])).toEqual([{ ...ann, since: '2026-11-23' }]);
    expect(await roster.keep('teams', [ann], new Set(['U1']))).toEqual([]);
    expect(await listVanished(store)).toHaveLength(1);
  });

  test('can be forgotten once they have vanished, by id or e-mail', async () => {
    const { store, keep } = await rosterOn(['2026-11-23']);
    await keep([ann, bo]);
    expect(await forgetVanished(store, 'U1')).toBeUndefined();
    await keep([bo]);
    expect(await forgetVanished(store, 'ANN@hill.example')).toEqual({ ...ann, since: '2026-11-23' });
    expect(await keep([bo])).toEqual([]);
  });

  test('as many as a large school has', async () => {
    const { keep } = await rosterOn(['2026-11-23']);
    const many = Array.from({ length: 1_500 }, (_, n) => ({ ...bo, id: `U${n}` }));
    await keep(many);
    expect(await keep(many.slice(0, 1_000))).toHaveLength(500);
  });
});

test('somebody without a role is kept only where everybody may be asked', async () => {
  const { openStore } = await import('../../src/store/open.ts');
  const { temporaryFolder } = await import('../support/content.ts');
  const { systemClock } = await import('../../src/school/clock.ts');
  for (const [asksEverybody, kept] of [
    [true, 1],
    [false, 0],
  ] as const) {
    const store = await openStore({ dataDir: temporaryFolder(), clock: systemClock });
    const roster = createRoster(store, () => '2026-11-23', asksEverybody);
    await roster.keep('slack', [{ id: 'U1', name: 'Kit', roles: [] }], new Set(['U1']));
    const gone = await roster.keep('slack', [], new Set(['U2']));
    expect(gone).toHaveLength(kept);
    await store.close();
  }
});
