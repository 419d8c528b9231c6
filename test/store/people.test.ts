import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListedPerson } from '../../src/school/people.ts';
import { importPeople, listPeople, removePerson } from '../../src/store/people.ts';
import { engines } from './engines.ts';

const ann = { id: 'U1', email: 'ann@hill.example', name: 'Ann', roles: ['teacher', 'dsl'] };
const bo = { email: 'bo@hill.example', name: 'Bo', roles: ['governor'], awayUntil: '2027-01-04' };
const cy = { id: 'U3', name: 'Cy', roles: ['teacher'], start: '2026-09-01', leave: '2027-07-21' };

describe.each(engines)('the office’s list on $name', (engine) => {
  const open = async () => (await engine.home()).open();

  test('keeps who was imported, and counts what changed', async () => {
    const store = await open();
    expect(await importPeople(store, [cy, ann, bo])).toEqual({
      kind: 'imported',
      added: 3,
      updated: 0,
      unchanged: 0,
    });
    expect(await listPeople(store)).toEqual([ann, bo, cy]);
    const back = { email: 'bo@hill.example', name: 'Bo', roles: ['governor'] };
    expect(await importPeople(store, [ann, back])).toEqual({
      kind: 'imported',
      added: 0,
      updated: 1,
      unchanged: 1,
    });
    expect(await listPeople(store)).toEqual([ann, back, cy]);
  });

  test('knows somebody by id before e-mail, and keeps the one that a new entry does not have', async () => {
    const store = await open();
    await importPeople(store, [ann, bo]);
    await importPeople(store, [
      { id: 'U1', name: 'Ann B', roles: ['teacher'] },
      { id: 'U2', email: 'bo@hill.example', name: 'Bo', roles: ['teacher'] },
    ]);
    expect(await listPeople(store)).toEqual([
      { id: 'U1', email: 'ann@hill.example', name: 'Ann B', roles: ['teacher'] },
      { id: 'U2', email: 'bo@hill.example', name: 'Bo', roles: ['teacher'] },
    ]);
  });

  test('lets two people change e-mails with each other', async () => {
    const store = await open();
    const one = { id: 'U1', email: 'x@hill.example', name: 'One', roles: ['teacher'] };
    const two = { id: 'U2', email: 'y@hill.example', name: 'Two', roles: ['teacher'] };
    await importPeople(store, [one, two]);
    const swapped = [
      { ...one, email: two.email },
      { ...two, email: one.email },
    ];
    expect(await importPeople(store, swapped)).toMatchObject({ updated: 2 });
    expect(await listPeople(store)).toEqual(swapped);
  });

  test('imports nobody where two would share an e-mail or an id', async () => {
    const store = await open();
    await importPeople(store, [ann, bo]);
    const clash = await importPeople(store, [
      cy,
      { id: 'U9', email: 'ann@hill.example', name: 'Eve', roles: ['teacher'] },
      { id: 'U1', name: 'Ann', roles: ['teacher'] },
    ]);
    expect(clash).toEqual([
      { kind: 'clash', index: 2, key: 'email', other: expect.objectContaining({ name: 'Eve' }) },
    ]);
    expect(await listPeople(store)).toEqual([ann, bo]);
  });

  test('takes somebody off by id or e-mail, once', async () => {
    const store = await open();
    await importPeople(store, [ann, bo]);
    expect(await removePerson(store, 'U1')).toEqual(ann);
    expect(await removePerson(store, 'BO@hill.example')).toEqual(bo);
    expect(await removePerson(store, 'U1')).toBeUndefined();
    expect(await listPeople(store)).toEqual([]);
  });

  test('imports at once do not get in each other’s way', async () => {
    const store = await open();
    await Promise.all([1, 2, 3, 4].map(() => importPeople(store, [ann, bo, cy])));
    expect(await listPeople(store)).toEqual([ann, bo, cy]);
  });

  test('holds more people than any school has', async () => {
    const store = await open();
    const people = Array.from({ length: 3_000 }, (_, n) => ({
      id: `U${n}`,
      name: 'Ann',
      roles: ['teacher'],
    }));
    expect(await importPeople(store, people)).toMatchObject({ added: 3_000 });
    expect(await importPeople(store, people)).toMatchObject({ unchanged: 3_000 });
  });
});

test('whatever is imported, each id and e-mail stands there once, and importing it again changes nothing', async () => {
  const store = await (await engines[0]!.home()).open();
  const person: fc.Arbitrary<ListedPerson> = fc
    .record(
      {
        id: fc.constantFrom('U1', 'U2', 'U3'),
        email: fc.constantFrom('x@hill.example', 'y@hill.example', 'z@hill.example'),
        name: fc.constantFrom('Ann', 'Bo'),
        roles: fc.constant(['teacher']),
      },
      { requiredKeys: ['name', 'roles'] },
    )
    .filter(({ id, email }) => id !== undefined || email !== undefined);
  await fc.assert(
    fc.asyncProperty(fc.array(person, { maxLength: 3 }), async (people) => {
      const before = await listPeople(store);
      const result = await importPeople(store, people);
      const after = await listPeople(store);
      if (!('kind' in result)) {
        expect(after).toEqual(before);
        return;
      }
      expect(after).toHaveLength(before.length + result.added);
      for (const key of ['id', 'email'] as const) {
        const values = after.flatMap((each) => each[key] ?? []);
        expect(new Set(values).size).toBe(values.length);
      }
      expect(await importPeople(store, after)).toMatchObject({ added: 0, updated: 0 });
    }),
  );
});
