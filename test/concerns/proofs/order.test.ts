import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../../support/concerns/house.ts';
import { temporaryFolder } from '../../support/content.ts';

/** After the nightly job nobody can tell in which order concerns came: not from the bytes of the file either. */

let house: House;
const tables = ['concern', 'grant', 'message', 'handler', 'handler_log', 'enrolment', 'term_count'] as const;

beforeAll(async () => {
  house = await openHouse({ readers: ['headteacher', 'deputy-headteacher'] });
  for (let n = 0; n < 12; n++) await house.send({ text: `Concern ${n}` });
});

afterAll(() => house.close());

/**
 * A file without what its header counts: how often it was written, which the beat makes say nothing, and how
 * often it was put in order, which says how many nights there were.
 */
function bytesOf(file: string): Buffer {
  const bytes = readFileSync(file);
  for (const [from, to] of [
    [24, 28],
    [40, 44],
    [92, 100],
  ] as const)
    bytes.fill(0, from, to);
  return bytes;
}

/** The same rows in a file where they came in another order. */
function inAnotherOrder(file: string): string {
  const other = join(temporaryFolder(), 'other.db');
  copyFileSync(file, other);
  const database = new Sqlite(other);
  database.pragma('foreign_keys = off');
  // As the bot has it: else what was moved about leaves its traces.
  database.pragma('secure_delete = on');
  for (const table of tables) {
    const rows = database.prepare<[], Record<string, unknown>>(`select * from "${table}"`).all().reverse();
    database.prepare(`delete from "${table}"`).run();
    for (const row of rows) {
      const columns = Object.keys(row);
      database
        .prepare(
          `insert into "${table}" (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
        )
        .run(...Object.values(row));
    }
  }
  database.exec('vacuum');
  database.close();
  return other;
}

/** Whether a file is what it would be, byte for byte, had everything come the other way round. */
const forgetsOrder = (file: string): boolean => bytesOf(file).equals(bytesOf(inAnotherOrder(file)));

test('planted, it is found: before the night, the file tells the order', () => {
  expect(forgetsOrder(house.store.file)).toBe(false);
});

test('after the night it is the same file, whatever came first', async () => {
  await house.concerns.upkeep.night();
  expect(forgetsOrder(house.store.file)).toBe(true);
  expect(forgetsOrder(join(house.concerns.upkeep.backups.folder, 'concerns-2026-W48.db'))).toBe(true);
});

test('planted, it is found: a table with a running number', () => {
  const file = join(temporaryFolder(), 'planted.db');
  copyFileSync(house.store.file, file);
  const database = new Sqlite(file);
  database.exec('create table seen as select id from concern; vacuum');
  database.close();
  const other = inAnotherOrder(file);
  const again = new Sqlite(other);
  const rows = again.prepare<[], { id: Buffer }>('select id from seen').all().reverse();
  again.exec('delete from seen');
  for (const { id } of rows) again.prepare('insert into seen values (?)').run(id);
  again.exec('vacuum');
  again.close();
  expect(bytesOf(file).equals(bytesOf(other))).toBe(false);
});
