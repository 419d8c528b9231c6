import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import {
  addAcknowledgement,
  eraseAcknowledgements,
  listAcknowledgements,
  type NewAcknowledgement,
  revokeAcknowledgement,
} from '../../src/store/acknowledgements.ts';
import { headOf, verifyChain } from '../../src/store/chain.ts';
import type { Store } from '../../src/store/open.ts';
import { storable } from '../../src/store/text.ts';
import { engines } from './engines.ts';

const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const pressed = {
  how: 'chat',
  person: { id: 'U1', email: 'ann@hill.example', name: 'Ann Bell', platform: 'slack' },
  policy: 'social',
  version: '2',
  sha256: 'ab'.repeat(32),
  at: at('09:30:00.000'),
  wording: 'I have read and understood',
  attempts: 2,
} as const satisfies NewAcknowledgement;
const paper = {
  how: 'paper',
  person: { id: 'bo@hill.example', email: 'bo@hill.example', name: 'Bo Carr' },
  policy: 'social',
  version: '2',
  sha256: 'ab'.repeat(32),
  at: at('10:00:00.000'),
  signedOn: '2026-11-20',
  recordedBy: 'Olu, school office',
  reason: 'No account yet',
} as const satisfies NewAcknowledgement;

const never = () => false;
const samePerson =
  (id: string) =>
  ({ person }: NewAcknowledgement) =>
    person.id === id;

/** So many people who have acknowledged. */
async function filled(store: Store, count: number): Promise<void> {
  for (let n = 1; n <= count; n++)
    await addAcknowledgement(store, { ...pressed, person: { id: `U${n}`, name: `Person ${n}` } }, never);
}

describe.each(engines)('acknowledgements on $name', (engine) => {
  const open = async () => (await engine.home()).open();

  test('are kept as they were made, in the order in which they came', async () => {
    const home = await engine.home();
    const store = await home.open();
    expect(await headOf(store)).toEqual({ position: 0, hash: '0'.repeat(64) });
    expect(await addAcknowledgement(store, pressed, never)).toEqual({
      kind: 'kept',
      acknowledgement: { ...pressed, position: 1 },
    });
    await addAcknowledgement(store, paper, never);
    await store.close();
    const again = await home.open();
    expect(await listAcknowledgements(again)).toEqual([
      { ...pressed, position: 1 },
      { ...paper, position: 2 },
    ]);
  });

  test('made twice are kept once, and the first comes back', async () => {
    const store = await open();
    const same = samePerson('U1');
    const made = await Promise.all(
      ['09:30:00.000', '09:30:00.001', '09:30:01.000'].map((time) =>
        addAcknowledgement(store, { ...pressed, at: at(time) }, same),
      ),
    );
    expect(made.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'kept']);
    expect(new Set(made.map(({ acknowledgement }) => acknowledgement.at.getTime())).size).toBe(1);
    expect(await listAcknowledgements(store)).toHaveLength(1);
    expect((await addAcknowledgement(store, { ...pressed, version: '3' }, same)).kind).toBe('kept');
    expect((await addAcknowledgement(store, { ...pressed, policy: 'phones' }, same)).kind).toBe('kept');
  });

  test('that were revoked stay with who and why, and can be made again', async () => {
    const store = await open();
    await addAcknowledgement(store, pressed, never);
    const why = { by: 'Hana, headteacher', reason: 'Pressed on a colleague’s phone', at: at('11:00:00.000') };
    expect(await revokeAcknowledgement(store, 1, why)).toBe('revoked');
    expect(await revokeAcknowledgement(store, 1, why)).toBe('already');
    expect(await revokeAcknowledgement(store, 2, why)).toBe('unknown');
    expect(await revokeAcknowledgement(store, 9, why)).toBe('unknown');
    expect((await addAcknowledgement(store, pressed, samePerson('U1'))).kind).toBe('kept');
    expect(await listAcknowledgements(store)).toEqual([
      { ...pressed, position: 1, revoked: why.at, revokedBy: why.by, revokedBecause: why.reason },
      { ...pressed, position: 3 },
    ]);
    expect(await verifyChain(store)).toMatchObject({ kind: 'whole', head: { position: 3 } });
  });

  test('that were erased leave the chain whole, and nothing of the person', async () => {
    const store = await open();
    await addAcknowledgement(store, pressed, never);
    await addAcknowledgement(store, paper, never);
    await revokeAcknowledgement(store, 1, { by: 'Hana', reason: 'by mistake', at: at('11:00:00.000') });
    await eraseAcknowledgements(store, new Set([1]), at('12:00:00.000'));
    expect(await listAcknowledgements(store)).toEqual([{ ...paper, position: 2 }]);
    expect(await verifyChain(store)).toMatchObject({ kind: 'whole', head: { position: 5 } });
    const left = await store.run(async (db) => [
      await db.selectFrom('acknowledgement_events').selectAll().execute(),
      await db.selectFrom('acknowledgement_details').selectAll().execute(),
    ]);
    for (const word of ['U1', 'Ann', 'ann@', 'Hana', 'mistake'])
      expect(JSON.stringify(left)).not.toContain(word);
  });

  test('of many people at once make one chain without a fork', async () => {
    const store = await open();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        addAcknowledgement(store, { ...pressed, person: { id: `U${n}`, name: `P${n}` } }, never),
      ),
    );
    expect(await verifyChain(store)).toMatchObject({ kind: 'whole', head: { position: 20 } });
  });

  test('hold any text, and the chain still fits', async () => {
    const store = await open();
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('\0', '\ud83d', '\ude00', '\u2028', '"', 'é', 'a') }),
    );
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, async (name, wording, reason) => {
        const person = { id: 'U1', name };
        const { acknowledgement } = await addAcknowledgement(store, { ...pressed, person, wording }, never);
        await addAcknowledgement(store, { ...paper, reason, recordedBy: wording }, never);
        const kept = await listAcknowledgements(store);
        expect(kept.at(-2)).toMatchObject({ person: { name: storable(name) }, wording: storable(wording) });
        expect(kept.at(-2)?.position).toBe(acknowledgement.position);
        expect((await verifyChain(store)).kind).toBe('whole');
      }),
      { numRuns: 25 },
    );
  });

  describe('the database itself refuses', () => {
    test.each([
      ['a change of an event', sql`update acknowledgement_events set at = '2020-01-01' where position = 1`],
      ['a change of who it was', sql`update acknowledgement_details set name = 'Eve' where position = 1`],
      ['to take out an event', sql`delete from acknowledgement_events where position = 2`],
      ['to take out who it was', sql`delete from acknowledgement_details where position = 2`],
    ])('%s', async (_, statement) => {
      const store = await open();
      await filled(store, 2);
      await expect(store.run((db) => statement.execute(db))).rejects.toMatchObject({ name: 'StoreError' });
      expect((await verifyChain(store)).kind).toBe('whole');
      expect(await listAcknowledgements(store)).toHaveLength(2);
    });

    test.runIf(engine.name === 'SQLite')('to write one over another', async () => {
      const store = await open();
      await filled(store, 2);
      const over = sql`insert or replace into acknowledgement_details (position, salt, name) values (1, '', 'Eve')`;
      await expect(store.run((db) => over.execute(db))).rejects.toMatchObject({ name: 'StoreError' });
    });

    test.runIf(engine.name !== 'SQLite')('to empty the tables', async () => {
      const store = await open();
      await filled(store, 2);
      const empty = sql`truncate acknowledgement_events, acknowledgement_details`;
      await expect(store.run((db) => empty.execute(db))).rejects.toMatchObject({ name: 'StoreError' });
      expect(await listAcknowledgements(store)).toHaveLength(2);
    });
  });

  describe('with the guard taken away, the chain shows', () => {
    async function unguarded(store: Store, ...statements: string[]): Promise<void> {
      const isSqlite = engine.name === 'SQLite';
      await store.run(async (db) => {
        // SQLite checks references at the end of a statement, and its connection is one for all.
        if (isSqlite) await sql`pragma foreign_keys = off`.execute(db);
        const triggers = isSqlite
          ? await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(db)
          : { rows: [] };
        for (const { name } of triggers.rows) await sql.raw(`drop trigger ${name}`).execute(db);
        if (!isSqlite)
          for (const table of ['acknowledgement_events', 'acknowledgement_details']) {
            await sql.raw(`alter table ${table} disable trigger user`).execute(db);
            await sql
              .raw(`alter table ${table} drop constraint if exists ${table}_position_fkey`)
              .execute(db);
          }
        for (const statement of statements) await sql.raw(statement).execute(db);
      });
    }

    test.each<[what: string, position: number, problem: string, ...statements: string[]]>([
      [
        'a changed time',
        3,
        'was changed',
        "update acknowledgement_events set at = '2020-01-01T00:00:00.000Z' where position = 3",
      ],
      [
        'another person',
        2,
        'names other people',
        "update acknowledgement_details set name = 'Eve' where position = 2",
      ],
      [
        'another version',
        4,
        'names other people or policies',
        "update acknowledgement_details set version = '3' where position = 4",
      ],
      [
        'an added detail',
        1,
        'names other people',
        'update acknowledgement_details set attempts = 1 where position = 1 and attempts is null or position = 1',
      ],
      ['lost details', 5, 'has lost what it says', 'delete from acknowledgement_details where position = 5'],
      [
        'a missing event',
        3,
        'is missing: the next one is 4',
        'delete from acknowledgement_details where position = 3',
        'delete from acknowledgement_events where position = 3',
      ],
      [
        'the first event missing',
        1,
        'is missing',
        'delete from acknowledgement_details where position = 1',
        'delete from acknowledgement_events where position = 1',
      ],
      [
        'events that were exchanged',
        2,
        'does not follow on',
        'update acknowledgement_events set position = 99 where position = 2',
        'update acknowledgement_events set position = 2 where position = 3',
        'update acknowledgement_events set position = 3 where position = 99',
      ],
    ])('%s', async (_, position, problem, ...statements) => {
      const store = await open();
      await filled(store, 6);
      await unguarded(store, ...statements);
      expect(await verifyChain(store)).toEqual({
        kind: 'broken',
        position,
        problem: expect.stringContaining(problem),
      });
    });

    test('a tail that was cut, to whoever has the head of an earlier report', async () => {
      const store = await open();
      await filled(store, 6);
      const reported = await headOf(store);
      await unguarded(
        store,
        'delete from acknowledgement_details where position > 4',
        'delete from acknowledgement_events where position > 4',
      );
      expect(await verifyChain(store)).toMatchObject({ kind: 'whole', head: { position: 4 } });
      expect(await verifyChain(store, reported)).toMatchObject({
        kind: 'broken',
        position: 5,
        problem: 'is missing: the report showed 6 events, and there are 4',
      });
    });

    test('a chain that was written anew, to whoever has the head of an earlier report', async () => {
      const [store, other] = [await open(), await open()];
      await filled(other, 3);
      const reported = await headOf(other);
      expect(await verifyChain(other, reported)).toEqual({ kind: 'whole', head: reported });
      await filled(other, 2);
      expect((await verifyChain(other, reported)).kind).toBe('whole');
      if (engine.name !== 'SQLite') return;
      await filled(store, 5);
      expect(await verifyChain(store, reported)).toMatchObject({
        kind: 'broken',
        position: 3,
        problem: 'is another than the one in the report',
      });
    });
  });

  // The same on every engine, and slow where each event is a round trip.
  test.runIf(engine.name === 'SQLite')('a chain longer than a page is read to its end', async () => {
    const store = await open();
    await filled(store, 1_001);
    expect(await verifyChain(store)).toMatchObject({ kind: 'whole', head: { position: 1_001 } });
  });
});
