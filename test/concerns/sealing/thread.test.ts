import { beforeAll, describe, expect, test } from 'vitest';
import * as sealing from '../../../src/concerns/sealing/mod.ts';

beforeAll(() => sealing.ready);

const people = (count: number): sealing.ThreadKeys[] =>
  Array.from({ length: count }, () => sealing.newThread());

describe('grants', () => {
  test.each([1, 2, 7, 8])(
    'for %i readers are as many as ever, and open for each of them and nobody else',
    (count) => {
      const { secretKey } = sealing.newThread();
      const readers = people(count);
      const grants = sealing.sealGrants(
        secretKey,
        readers.map(({ publicKey }) => publicKey),
      );
      expect(grants).toHaveLength(sealing.GRANTS);
      for (const grant of grants) expect(grant).toHaveLength(sealing.GRANT_BYTES);
      for (const reader of readers) expect(sealing.openGrants(grants, reader)).toEqual(secretKey);
      for (const other of people(3)) expect(sealing.openGrants(grants, other)).toBeUndefined();
    },
  );

  test.each([0, 9])('are not made for %i readers', (count) => {
    const keys = people(count).map(({ publicKey }) => publicKey);
    expect(() => sealing.sealGrants(sealing.newThread().secretKey, keys)).toThrow(RangeError);
  });

  test('lie in no order that says whose they are', () => {
    const { secretKey } = sealing.newThread();
    const [reader] = people(1);
    const places = new Set(
      Array.from({ length: 200 }, () =>
        sealing
          .sealGrants(secretKey, [reader!.publicKey])
          .findIndex((grant) => sealing.openGrants([grant], reader!)),
      ),
    );
    expect(places.size).toBe(sealing.GRANTS);
  });
});

test('a thread’s key opens with the receipt’s unlock key alone, and for that thread alone', () => {
  const { publicKey, secretKey } = sealing.newThread();
  const unlock = sealing.randomBytes(32);
  const sealed = sealing.sealKey(secretKey, unlock);
  expect(sealed).toHaveLength(sealing.SEALED_KEY_BYTES);
  expect(sealing.openKey(sealed, unlock, publicKey)).toEqual(secretKey);
  expect(sealing.openKey(sealed, sealing.randomBytes(32), publicKey)).toBeUndefined();
  expect(sealing.openKey(sealed, unlock, sealing.newThread().publicKey)).toBeUndefined();
});

describe('a proof of access', () => {
  test('holds for who has the thread’s key, in that session, for that concern', () => {
    const thread = sealing.newThread();
    const session = sealing.newThread();
    const concern = sealing.randomBytes(16);
    const proof = sealing.proveAccess(thread.secretKey, session.publicKey, concern);
    expect(sealing.checkAccess(proof, thread.publicKey, session.secretKey, concern)).toBe(true);
    const other = sealing.newThread();
    expect(sealing.checkAccess(proof, other.publicKey, session.secretKey, concern)).toBe(false);
    expect(sealing.checkAccess(proof, thread.publicKey, other.secretKey, concern)).toBe(false);
    expect(sealing.checkAccess(proof, thread.publicKey, session.secretKey, sealing.randomBytes(16))).toBe(
      false,
    );
    expect(
      sealing.checkAccess(
        sealing.proveAccess(other.secretKey, session.publicKey, concern),
        thread.publicKey,
        session.secretKey,
        concern,
      ),
    ).toBe(false);
  });

  test('does not hold where the thread’s public key is none', () => {
    const session = sealing.newThread();
    const concern = sealing.randomBytes(16);
    for (const key of [new Uint8Array(32), new Uint8Array(5)])
      expect(sealing.checkAccess(sealing.randomBytes(32), key, session.secretKey, concern)).toBe(false);
  });
});
