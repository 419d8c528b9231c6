import { expect, test } from 'vitest';
import { KnownPeople } from '../../../adapters/teams/people.ts';

function memoryOf(kept: Map<string, string>) {
  return {
    get: async (key: string) => kept.get(key),
    async set(key: string, value: string) {
      kept.set(key, value);
    },
    async delete(key: string) {
      kept.delete(key);
    },
  };
}

const serviceUrl = 'https://smba.example/uk/';

test('what is remembered and can’t be read any more is as good as not there; the rest stays', async () => {
  const kept = new Map<string, string>();
  const people = new KnownPeople(memoryOf(kept), () => 0);
  await people.change('29:amy', () => ({ id: '29:amy', serviceUrl }));
  const [part = ''] = kept.keys();
  kept.set(part, JSON.stringify([{ id: 7 }, ...JSON.parse(kept.get(part)!), 'x']));
  expect(await people.find('29:amy')).toEqual({ id: '29:amy', serviceUrl });
  for (const broken of ['', '{', '7', 'null']) {
    kept.set(part, broken);
    expect(await people.find('29:amy')).toBeUndefined();
  }
  kept.set('teams', '{');
  expect(await people.teams()).toEqual([]);
});

test('writes only what is different', async () => {
  let writes = 0;
  const memory = memoryOf(new Map());
  const counting = {
    ...memory,
    set: (key: string, value: string) => {
      writes++;
      return memory.set(key, value);
    },
  };
  const people = new KnownPeople(counting, () => 0);
  expect(await people.change('29:amy', () => ({ id: '29:amy', serviceUrl }))).toBe(true);
  expect(await people.change('29:amy', (known) => known)).toBe(false);
  expect(await people.change('29:ben', () => undefined)).toBe(false);
  expect(writes).toBe(1);
});

test('sees what another process has written: at once where it counts, within a minute in the list', async () => {
  const kept = new Map<string, string>();
  let now = 0;
  const mine = new KnownPeople(memoryOf(kept), () => now);
  const other = new KnownPeople(memoryOf(kept), () => now);
  const names = async () => (await Array.fromAsync(mine.all())).map(({ id }) => id);
  expect(await names()).toEqual([]);
  await other.change('29:amy', () => ({ id: '29:amy', serviceUrl }));
  expect(await mine.find('29:amy')).toBeDefined();
  now += 60_000;
  expect(await names()).toEqual(['29:amy']);
});

test('keeps all changes that are made at the same time', async () => {
  const people = new KnownPeople(memoryOf(new Map()), () => 0);
  const ids = Array.from({ length: 500 }, (_, index) => `29:${index}`);
  await Promise.all(ids.map((id) => people.change(id, () => ({ id, serviceUrl }))));
  expect(await Array.fromAsync(people.all())).toHaveLength(500);
});
