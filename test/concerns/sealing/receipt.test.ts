import { beforeAll, expect, test } from 'vitest';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import { stretchOnThreads } from '../../../src/concerns/stretch.ts';

const stretch = stretchOnThreads();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

beforeAll(() => sealing.ready);

test('a receipt is 16 characters and a check symbol, in groups', () => {
  for (let n = 0; n < 100; n++)
    expect(sealing.newReceipt()).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]$/);
});

test('a browser and this process stretch to the same bytes', async () => {
  for (const typed of ['7K3M9QXT4WZ8HB2N', '', 'ä 🙈']) {
    const bytes = new TextEncoder().encode(typed);
    const salt = sealing.randomBytes(sealing.STRETCH.saltBytes);
    expect(hex(await stretch(bytes, salt))).toBe(hex(await sealing.stretchHere(bytes, salt)));
  }
});

test('the keys of a receipt never change: these would leave every sender without an answer', async () => {
  const { lookup, unlock } = await sealing.keysOfReceipt('7k3m 9qxt 4wz8 hb2n', stretch);
  expect(hex(lookup)).toBe('bb3b2eca447440e4801b8aa01ef1a0558cdce762bc83d7bf6fd97b84e8e2453b');
  expect(hex(unlock)).toBe('12503e71afe12a1f678183ba9a3ed22fa5b344ec7ca6c611cdfee2dfb50b69a9');
});

test('what is no receipt has keys of its own, so that it costs the same', async () => {
  const typed = ['', 'hello', '7K3M-9QXT-4WZ8-HB2N-0', '7K3M'];
  const keys = await Promise.all(typed.map((each) => sealing.keysOfReceipt(each, stretch)));
  const right = await sealing.keysOfReceipt('7K3M9QXT4WZ8HB2N', stretch);
  expect(new Set([right, ...keys].map(({ lookup }) => hex(lookup))).size).toBe(typed.length + 1);
  expect(hex(right.lookup)).not.toBe(hex(right.unlock));
});

test('five at once hold up nobody meanwhile', async () => {
  const once = () => sealing.keysOfReceipt(sealing.newReceipt(), stretch);
  await once();
  let turns = 0;
  const watch = setInterval(() => turns++, 5);
  await Promise.all(Array.from({ length: 5 }, once));
  clearInterval(watch);
  // Done here, the five would leave six turns to everybody else.
  expect(turns).toBeGreaterThan(6);
});
