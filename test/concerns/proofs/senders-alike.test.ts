import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type House, openHouse, readerRoles } from '../../support/concerns/house.ts';

/** Two people who send the same text leave rows that nothing tells apart. */

let house: House;

beforeEach(async () => {
  house = await openHouse({ readers: readerRoles });
});

afterEach(() => house.close());

type Row = Readonly<Record<string, unknown>>;

/** Every row that belongs to each concern, by table. */
async function rowsOf(): Promise<Readonly<Record<string, readonly Row[]>>[]> {
  const [concerns, grants, messages] = await Promise.all([
    house.store.run((db) => db.selectFrom('concern').selectAll().execute()),
    house.store.run((db) => db.selectFrom('grant').selectAll().execute()),
    house.store.run((db) => db.selectFrom('message').selectAll().execute()),
  ]);
  const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.from(one).equals(other);
  return concerns.map((concern) => ({
    concern: [{ ...concern }],
    grant: grants.filter((each) => same(each.concern, concern.id)).map((row) => ({ ...row })),
    message: messages.filter((each) => same(each.concern, concern.id)).map((row) => ({ ...row })),
  }));
}

/** What a row shows to whoever has no key: the lengths of what is random or sealed, and all that is in clear. */
const visible = (rows: Readonly<Record<string, readonly Row[]>>): string =>
  JSON.stringify(rows, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('type' in value) || !('data' in value)) return value;
    return `${(value.data as number[]).length} bytes`;
  });

/** Bytes that two concerns share: eight in a row are no chance. */
function shared(one: Readonly<Record<string, readonly Row[]>>, other: typeof one): string[] {
  const blobs = (rows: typeof one): [string, Buffer][] =>
    Object.entries(rows).flatMap(([table, each]) =>
      each.flatMap((row) =>
        Object.entries(row).flatMap(([column, value]): [string, Buffer][] =>
          Buffer.isBuffer(value) ? [[`${table}.${column}`, value]] : [],
        ),
      ),
    );
  const windows = new Set(
    blobs(one).flatMap(([, blob]) =>
      Array.from({ length: blob.length - 7 }, (_, at) => blob.toString('latin1', at, at + 8)),
    ),
  );
  return blobs(other).flatMap(([name, blob]) => {
    for (let at = 0; at + 8 <= blob.length; at++)
      if (windows.has(blob.toString('latin1', at, at + 8))) return [name];
    return [];
  });
}

async function tellApart(): Promise<string[]> {
  const [one, other] = await rowsOf();
  if (!one || !other) throw new Error('There are not two concerns.');
  return [...(visible(one) === visible(other) ? [] : ['what is visible']), ...shared(one, other)];
}

test('nothing tells them apart, or together', async () => {
  await house.send();
  await house.send();
  expect(await tellApart()).toEqual([]);
});

test('nor does it tell who reads, of what kind it is, or how long', async () => {
  await house.send({ about: 'server', kind: 'data', text: 'x' });
  await house.send({ about: 'dsl', kind: 'child', text: 'y'.repeat(3_000) });
  expect(await tellApart()).toEqual([]);
});

describe('planted, it is found', () => {
  const plant = async (change: Readonly<Record<string, unknown>>): Promise<void> => {
    await house.send();
    await house.send();
    const [row] = await house.store.run((db) => db.selectFrom('concern').select('id').execute());
    await house.store.run((db) => db.updateTable('concern').set(change).where('id', '=', row!.id).execute());
  };

  test('another week', async () => {
    await plant({ week: '2026-W47' });
    expect(await tellApart()).toEqual(['what is visible']);
  });

  test('a shorter ciphertext', async () => {
    await house.send();
    await house.send();
    const [row] = await house.store.run((db) => db.selectFrom('message').selectAll().execute());
    await house.store.run((db) =>
      db
        .updateTable('message')
        .set({ ciphertext: row!.ciphertext.subarray(0, 500) })
        .where('id', '=', row!.id)
        .execute(),
    );
    expect(await tellApart()).toEqual(['what is visible']);
  });

  test('a grant too many', async () => {
    await house.send();
    await house.send();
    const [row] = await house.store.run((db) => db.selectFrom('concern').select('id').execute());
    await house.store.run((db) =>
      db
        .insertInto('grant')
        .values({ id: Buffer.alloc(16, 3), concern: row!.id, sealed_key: Buffer.alloc(80, 9) })
        .execute(),
    );
    expect(await tellApart()).toContain('what is visible');
  });

  test('the same hash in both', async () => {
    await house.send();
    await house.send();
    const hash = Buffer.from('c0ffee00c0ffee11', 'hex');
    const rows = await house.store.run((db) =>
      db.selectFrom('concern').select(['id', 'sealed_key']).execute(),
    );
    for (const { id, sealed_key: key } of rows)
      await house.store.run((db) =>
        db
          .updateTable('concern')
          .set({ sealed_key: Buffer.concat([key.subarray(0, 64), hash]) })
          .where('id', '=', id)
          .execute(),
      );
    expect(await tellApart()).toEqual(['concern.sealed_key']);
  });
});
