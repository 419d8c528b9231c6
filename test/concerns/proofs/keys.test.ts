import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sodium from 'libsodium-wrappers-sumo';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import { type Browser, type House, openHouse } from '../../support/concerns/house.ts';
import { haystacksIn } from '../../support/concerns/search.ts';

/** Whoever has every file and the environment, but no passphrase and no code, can open nothing. */

let house: House;
let reader: Browser;
let receipt: string;

beforeEach(async () => {
  house = await openHouse();
  reader = await house.enrol('headteacher');
  receipt = await house.send();
});

afterEach(() => house.close());

/** Every run of 32 bytes that may be a key: in a file at any place, or written out in hex or base64. */
function keysIn(texts: readonly Buffer[]): Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  const add = (key: Buffer): void => {
    // A key has hardly a byte twice: what lies empty in a file is none.
    if (key.length === 32 && new Set(key).size > 20) found.set(key.toString('latin1'), new Uint8Array(key));
  };
  for (const bytes of texts) {
    for (let at = 0; at + 32 <= bytes.length; at++) add(bytes.subarray(at, at + 32));
    const text = bytes.toString('latin1');
    for (const [written] of text.matchAll(/[0-9a-fA-F]{64}/g)) add(Buffer.from(written, 'hex'));
    for (const [written] of text.matchAll(/[\w+/-]{43}/g)) add(Buffer.from(written, 'base64url'));
  }
  return [...found.values()];
}

/** What somebody opens who tries every one of them on everything. */
async function opened(environment: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const [concerns, messages, handlers] = await Promise.all([
    house.store.run((db) => db.selectFrom('concern').selectAll().execute()),
    house.store.run((db) => db.selectFrom('message').selectAll().execute()),
    house.store.run((db) => db.selectFrom('handler').selectAll().execute()),
  ]);
  const publicKeys = new Map<string, string>([
    ...concerns.map(({ public_key: key }) => [Buffer.from(key).toString('hex'), 'a thread'] as const),
    ...handlers.map(({ public_key: key }) => [Buffer.from(key).toString('hex'), 'a reader'] as const),
  ]);
  const sealed = [
    ...concerns.map(({ sealed_key: key }) => ['a thread’s key', key] as const),
    ...handlers.flatMap(({ sealed_by_passphrase: one, sealed_by_recovery: other }) => [
      ['a reader’s key, by passphrase', one] as const,
      ['a reader’s key, by recovery', other] as const,
    ]),
    ...messages.map(({ ciphertext }) => ['a message', ciphertext] as const),
  ];
  // Of a message the length is enough to try, and much less to work through.
  const texts = haystacksIn(house.dataDir).map(({ bytes }) => bytes);
  const candidates = keysIn([...texts, Buffer.from(Object.values(environment).join('\n'))]);
  return candidates.flatMap((key) => {
    const owner = publicKeys.get(Buffer.from(sodium.crypto_scalarmult_base(key)).toString('hex'));
    const own = sealed.filter(([, bytes]) => sealing.open(bytes, key)).map(([name]) => name);
    return [...(owner === undefined ? [] : [`the secret key of ${owner}`]), ...own];
  });
}

test('no key is in any file, or in the environment', async () => {
  expect(await opened(process.env)).toEqual([]);
});

describe('planted, it is found', () => {
  test('a reader’s secret key in a file', async () => {
    writeFileSync(join(house.dataDir, 'planted'), Buffer.concat([Buffer.from('xyz'), reader.keys.secretKey]));
    expect(await opened({})).toContain('the secret key of a reader');
  });

  test('a thread’s secret key in the environment', async () => {
    const inbox = await reader.login();
    const [concern] = await inbox.mine();
    expect(await opened({ KEY: sealing.toText(concern!.threadSecret) })).toContain(
      'the secret key of a thread',
    );
  });

  test('the unlock key of a code, in hex', async () => {
    const { unlock } = await sealing.keysOfReceipt(
      receipt,
      (await import('../../support/concerns/house.ts')).quickStretch,
    );
    writeFileSync(join(house.dataDir, 'planted'), Buffer.from(unlock).toString('hex'));
    expect(await opened({})).toContain('a thread’s key');
  });
});
