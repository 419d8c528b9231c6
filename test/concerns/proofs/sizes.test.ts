import { afterAll, beforeAll, expect, test } from 'vitest';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import { type House, openHouse } from '../../support/concerns/house.ts';

/** Every text from one byte to the longest leaves a ciphertext of one size. */

let house: House;

beforeAll(async () => {
  house = await openHouse({ readers: ['headteacher', 'deputy-headteacher'] });
});

afterAll(() => house.close());

const { secretKey } = { secretKey: new Uint8Array(32).fill(7) };

const sizesOf = (seal: (text: string) => Uint8Array, texts: readonly string[]): Set<number> =>
  new Set(texts.map((text) => seal(text).length));

const texts = [
  ...Array.from({ length: 1_000 }, (_, index) => 'x'.repeat(index + 1)),
  ...['é', '字', '🙈', '"', '\\', '\n'].map((unit) => unit.repeat(sealing.TEXT_LIMIT / unit.length)),
];

test('sealed, they are all as long', () => {
  const seal = (text: string): Uint8Array =>
    sealing.sealMessage({ type: 'message', order: 0, author: 'sender', week: '2026-W48', text }, secretKey)!;
  expect(sizesOf(seal, texts)).toEqual(new Set([sealing.MESSAGE_BYTES]));
});

test('stored, they are all as long, and as many as are needed are one', async () => {
  for (const text of ['x', 'x'.repeat(1_000), '字'.repeat(3_000)]) await house.send({ text });
  const rows = await house.store.run((db) => db.selectFrom('message').selectAll().execute());
  expect(rows.map(({ ciphertext }) => ciphertext.length)).toEqual([1, 2, 3].map(() => sealing.MESSAGE_BYTES));
});

test('planted, it is found: a text that is not filled up', () => {
  const seal = (text: string): Uint8Array => sealing.seal(new TextEncoder().encode(text), secretKey);
  expect(sizesOf(seal, texts).size).toBeGreaterThan(900);
});
