import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as sealing from '../../src/concerns/sealing/mod.ts';
import { openConcernFile } from '../../src/concerns/store/open.ts';
import { StoreError } from '../../src/store/error.ts';
import { type Browser, type House, type OpenedConcern, openHouse } from '../support/concerns/house.ts';

let house: House;
let head: Browser;

beforeEach(async () => {
  house = await openHouse();
  head = await house.enrol('headteacher');
});

afterEach(() => house.close());

async function close(): Promise<void> {
  const inbox = await head.login();
  for (const { id: concern, proof } of await inbox.mine())
    await house.concerns.readers.change(inbox.session, { concern, proof }, { status: 'closed' });
}

const backups = (): string[] => readdirSync(join(house.dataDir, 'backups')).sort();

describe('the night’s work', () => {
  test('destroys what was closed ninety days ago, in the backups, too', async () => {
    const receipt = await house.send();
    const kept = await house.send({ text: 'Another.' });
    const inbox = await head.login();
    const [first] = await inbox.mine();
    const isFirst = (await inbox.read(first!)).messages.some(
      (each) => 'text' in each && each.text !== 'Another.',
    );
    const { id: concern, proof } = isFirst ? first! : (await inbox.mine())[1]!;
    await house.concerns.readers.change(inbox.session, { concern, proof }, { status: 'closed' });
    expect(await house.concerns.upkeep.night()).toBe(0);
    house.clock.moveTo(new Date('2027-02-28T22:00:00Z'));
    expect(await house.concerns.upkeep.night()).toBe(0);
    house.clock.moveTo(new Date('2027-03-01T01:00:00Z'));
    await house.concerns.upkeep.backups.weekly('2027-W08');
    expect(await house.concerns.upkeep.night()).toBe(1);
    expect(await house.concerns.senders.openThread(receipt)).toEqual({ kind: 'none' });
    expect(await house.concerns.senders.openThread(kept)).toMatchObject({ kind: 'open' });
    for (const name of backups()) {
      const copy = await openConcernFile(join(house.dataDir, 'backups', name), house.clock);
      expect(await copy.run((db) => db.selectFrom('concern').select('id').execute())).toHaveLength(1);
      await copy.close();
    }
  });

  test('destroys what nobody has renewed within a year, but never what nobody has read', async () => {
    const unread = await house.send();
    house.clock.moveTo(new Date('2027-11-24T03:00:00Z'));
    expect(await house.concerns.upkeep.night()).toBe(0);
    expect(await house.concerns.senders.openThread(unread)).toMatchObject({ purgeWeek: '2027-W51' });
    expect(await house.concerns.isOverdue()).toBe(true);
    const inbox = await head.login();
    const [{ id: concern, proof }] = [...(await inbox.mine())] as [OpenedConcern];
    await house.concerns.readers.change(inbox.session, { concern, proof }, { status: 'acknowledged' });
    house.clock.moveTo(new Date('2028-01-10T03:00:00Z'));
    expect(await house.concerns.upkeep.night()).toBe(1);
    expect(await house.concerns.senders.openThread(unread)).toEqual({ kind: 'none' });
  });

  test('is done once a day: at the first chance after the start, and then at two', async () => {
    const night = vi.spyOn(house.store, 'vacuum');
    const tick = async (time: string): Promise<number> => {
      house.clock.moveTo(new Date(time));
      await house.concerns.upkeep.tick(house.clock.now());
      return night.mock.calls.length;
    };
    expect(await tick('2026-11-25T11:00:00Z')).toBe(1);
    expect(await tick('2026-11-25T23:59:00Z')).toBe(1);
    expect(await tick('2026-11-26T01:59:00Z')).toBe(1);
    expect(await tick('2026-11-26T02:00:00Z')).toBe(2);
    expect(await tick('2026-11-26T02:01:00Z')).toBe(2);
    expect(await tick('2026-11-29T15:00:00Z')).toBe(3);
  });

  test('is tried again after a fault', async () => {
    const fault = vi.spyOn(house.store, 'vacuum').mockRejectedValueOnce(new Error('full'));
    await expect(house.concerns.upkeep.tick(house.clock.now())).rejects.toThrow('full');
    await house.concerns.upkeep.tick(house.clock.now());
    expect(fault).toHaveBeenCalledTimes(2);
  });
});

describe('a backup', () => {
  test('is made once a week, four are kept, and nobody else can read them', async () => {
    const receipt = await house.send();
    for (let week = 0; week < 6; week++) {
      await house.concerns.upkeep.night();
      await house.concerns.upkeep.night();
      house.clock.moveTo(new Date(house.clock.now().getTime() + 7 * 86_400_000));
    }
    expect(backups()).toEqual([
      'concerns-2026-W50.db',
      'concerns-2026-W51.db',
      'concerns-2026-W52.db',
      'concerns-2026-W53.db',
    ]);
    for (const name of backups())
      expect(statSync(join(house.dataDir, 'backups', name)).mode & 0o777).toBe(0o600);
    // Put back, it is what it was: the same code opens the same concern.
    const elsewhere = await openHouse();
    await elsewhere.close();
    const copy = readFileSync(join(house.dataDir, 'backups', backups()[0]!));
    writeFileSync(join(elsewhere.dataDir, 'concerns.db'), copy);
    const restored = await openHouse({ dataDir: elsewhere.dataDir });
    expect(await restored.concerns.senders.openThread(receipt)).toMatchObject({ kind: 'open' });
    await restored.close();
  });

  test('that can’t be made leaves nothing half-made, and says what to do', async () => {
    mkdirSync(join(house.dataDir, 'backups', 'taken', 'inside'), { recursive: true });
    await expect(
      house.concerns.upkeep.backups.copyTo(join(house.dataDir, 'backups', 'taken')),
    ).rejects.toThrow(StoreError);
    expect(backups()).toEqual(['taken']);
  });
});

describe('the beat', () => {
  test('rewrites the file, and changes nothing in it', async () => {
    await house.send();
    const file = join(house.dataDir, 'concerns.db');
    const before = readFileSync(file);
    const changed = statSync(file).ctimeMs;
    await house.store.rewrite();
    const after = readFileSync(file);
    expect(statSync(file).ctimeMs).not.toBe(changed);
    // The header counts how often the file was written: here, for no reason but chance.
    expect(after.readUInt32BE(24)).toBe(before.readUInt32BE(24) + 1);
    const rest = (bytes: Buffer): Buffer =>
      Buffer.concat([bytes.subarray(0, 24), bytes.subarray(28, 92), bytes.subarray(100)]);
    expect(rest(after).equals(rest(before))).toBe(true);
  });

  test('comes at times of its own, goes on after a fault, and stops', async () => {
    vi.useFakeTimers();
    try {
      const write = vi.spyOn(house.store, 'rewrite').mockResolvedValue();
      write.mockRejectedValueOnce(new Error('full'));
      const faults: unknown[] = [];
      const beat = house.concerns.upkeep.beat((error) => faults.push(error));
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(faults).toHaveLength(1);
      // Thirty seconds on average: far from each of these in both directions.
      expect(write.mock.calls.length).toBeGreaterThan(60);
      expect(write.mock.calls.length).toBeLessThan(240);
      beat.stop();
      const count = write.mock.calls.length;
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(write.mock.calls.length).toBe(count);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the file', () => {
  test('of a newer bot is left alone', async () => {
    await house.store.run(async (db) => {
      const { sql } = await import('kysely');
      await sql`pragma user_version = 99`.execute(db);
    });
    await expect(openConcernFile(house.store.file, house.clock)).rejects.toThrow(/newer version of the bot/);
  });

  test('that is none is said to be damaged', async () => {
    const file = join(house.dataDir, 'other.db');
    writeFileSync(file, 'This is no database, and is long enough to be read as one.'.repeat(20));
    await expect(openConcernFile(file, house.clock)).rejects.toThrow(/damaged/);
  });

  test('is closed to all others, and deletes by overwriting', async () => {
    expect(statSync(house.store.file).mode & 0o777).toBe(0o600);
    const { sql } = await import('kysely');
    const pragmas = ['secure_delete', 'journal_mode', 'temp_store', 'foreign_keys'];
    const values = await Promise.all(
      pragmas.map((name) =>
        house.store.run(async (db) =>
          Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {}),
        ),
      ),
    );
    expect(values.flat()).toEqual([1, 'delete', 2, 1]);
  });
});

test('nothing is left of a concern that was closed by its reader', async () => {
  await house.send();
  await close();
  house.clock.moveTo(new Date('2027-06-01T03:00:00Z'));
  await house.concerns.upkeep.night();
  const counts = await Promise.all(
    (['concern', 'grant', 'message'] as const).map((table) =>
      house.store.run((db) => db.selectFrom(table).select('id').execute()),
    ),
  );
  expect(counts.flat()).toEqual([]);
  const log = await house.store.run((db) => db.selectFrom('handler_log').selectAll().execute());
  expect(log.every(({ concern }) => concern === null)).toBe(true);
  expect(sealing.GRANTS).toBe(8);
});
