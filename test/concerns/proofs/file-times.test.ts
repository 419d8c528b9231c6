import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../../support/concerns/house.ts';

/**
 * After somebody sent, came back or looked, the times of the file and its folder say only the week. The time
 * of the last change of a file's own record can't be set by anybody; the beat rewrites it all the time, so
 * that it says nothing (see `upkeep.test.ts`).
 */

const monday = new Date('2026-11-23T00:00:00Z');
let house: House;
let receipt: string;

beforeEach(async () => {
  house = await openHouse({ readers: ['headteacher', 'deputy-headteacher'] });
  receipt = await house.send();
});

afterEach(() => house.close());

/** Files and folders whose times say more than the week. Leaves no trace of having looked. */
function telling(path = house.dataDir): string[] {
  const { mtime, atime } = statSync(path);
  const name = relative(house.dataDir, path) || 'the folder';
  const own = [
    ...(mtime.getTime() === monday.getTime() ? [] : [`${name}: written`]),
    ...(atime.getTime() === monday.getTime() ? [] : [`${name}: read`]),
  ];
  if (!statSync(path).isDirectory()) return own;
  const below = readdirSync(path).flatMap((each) => telling(join(path, each)));
  utimesSync(path, atime, mtime);
  return [...own, ...below];
}

describe('the times say only the week', () => {
  test('after sending', () => {
    expect(telling()).toEqual([]);
  });

  test('after coming back, with a right code and a wrong one', async () => {
    await house.concerns.senders.openThread(receipt);
    expect(telling()).toEqual([]);
    await house.concerns.senders.openThread('hello');
    expect(telling()).toEqual([]);
    await house.concerns.senders.reply(receipt, 'More.', 'a');
    expect(telling()).toEqual([]);
  });

  test('after looking who reads, and after a fault', async () => {
    await house.concerns.senders.choices();
    await expect(house.store.transaction(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(telling()).toEqual([]);
  });

  test('after the night and its backup, and after the beat', async () => {
    await house.concerns.upkeep.night();
    await house.store.rewrite();
    expect(telling()).toEqual([]);
  });
});

describe('planted, it is found', () => {
  test('a file that was written', () => {
    writeFileSync(join(house.dataDir, 'other'), '');
    expect(telling()).toContain('other: written');
    expect(telling()).toContain('the folder: written');
  });

  test('a file that was only read', () => {
    utimesSync(house.store.file, new Date('2026-11-25T10:20:30Z'), monday);
    expect(telling()).toEqual(['concerns.db: read']);
  });
});
