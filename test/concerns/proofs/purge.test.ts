import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Browser, type House, openHouse } from '../../support/concerns/house.ts';
import { findBytes, haystacksIn } from '../../support/concerns/search.ts';

/** A concern that was purged has left no byte: not in free pages, not in the journal, not in a backup. */

let house: House;
let head: Browser;

beforeEach(async () => {
  house = await openHouse();
  head = await house.enrol('headteacher');
  await house.send({ text: 'Stays.' });
});

afterEach(() => house.close());

/** Every piece of 16 bytes or more of all concerns that are stored now, by the concern's id. */
function piecesOf(file: string): Map<string, { name: string; bytes: Uint8Array }[]> {
  const database = new Sqlite(file);
  const pieces = new Map<string, { name: string; bytes: Uint8Array }[]>();
  for (const [table, owner] of [
    ['concern', 'id'],
    ['grant', 'concern'],
    ['message', 'concern'],
  ] as const)
    for (const row of database.prepare<[], Record<string, unknown>>(`select * from "${table}"`).all()) {
      const id = (row[owner] as Buffer).toString('hex');
      const own = pieces.get(id) ?? [];
      pieces.set(id, own);
      for (const [column, value] of Object.entries(row)) {
        if (!Buffer.isBuffer(value) || (column === 'concern' && table !== 'concern')) continue;
        // A long one may be broken over pages of the file.
        for (let at = 0; at + 16 <= value.length; at += 256)
          own.push({ name: `${table}.${column} at ${at}`, bytes: value.subarray(at, at + 16) });
      }
    }
  database.close();
  return pieces;
}

/** Sends one, closes it, and waits until it is due; gives its pieces. */
async function closed() {
  const before = new Set(piecesOf(house.store.file).keys());
  const receipt = await house.send({ text: 'Goes.' });
  await house.concerns.senders.reply(receipt, 'More of it.', 'a');
  const inbox = await head.login();
  for (const concern of await inbox.mine()) {
    const { messages } = await inbox.read(concern);
    if (messages.length < 2) continue;
    const { id, proof } = concern;
    await house.concerns.readers.change(inbox.session, { concern: id, proof }, { status: 'closed' });
  }
  await house.concerns.upkeep.backups.weekly('2026-W48');
  const [id, pieces] = [...piecesOf(house.store.file)].find(([each]) => !before.has(each))!;
  house.clock.moveTo(new Date('2027-06-01T03:00:00Z'));
  return { id, pieces };
}

const found = (pieces: readonly { name: string; bytes: Uint8Array }[]): string[] =>
  findBytes(haystacksIn(house.dataDir), pieces);

test('nothing of it is left in any file, and all of the other is', async () => {
  const { pieces } = await closed();
  expect(pieces.length).toBeGreaterThan(100);
  expect(found(pieces).length).toBeGreaterThan(pieces.length);
  expect(await house.concerns.upkeep.night()).toBe(1);
  expect(found(pieces)).toEqual([]);
  expect(piecesOf(house.store.file).size).toBe(1);
});

describe('planted, it is found', () => {
  test('deleted without overwriting', async () => {
    const { id, pieces } = await closed();
    const database = new Sqlite(house.store.file);
    database.pragma('secure_delete = off');
    database.pragma('foreign_keys = on');
    database.prepare('delete from concern where id = ?').run(Buffer.from(id, 'hex'));
    database.close();
    expect(found(pieces).some((place) => place.startsWith('concerns.db: message.ciphertext'))).toBe(true);
  });

  test('in a copy that was forgotten', async () => {
    const { pieces } = await closed();
    await house.concerns.upkeep.night();
    writeFileSync(join(house.dataDir, 'old-copy'), pieces[7]!.bytes);
    expect(found(pieces)).toEqual([`old-copy: ${pieces[7]!.name}`]);
  });
});
