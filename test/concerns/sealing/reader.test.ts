import { beforeAll, describe, expect, test } from 'vitest';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import { stretchOnThreads } from '../../../src/concerns/stretch.ts';

const stretch = stretchOnThreads();
const passphrase = 'marble kettle orbit seven';

let enrolled: Awaited<ReturnType<typeof sealing.enrol>>;

beforeAll(async () => {
  await sealing.ready;
  enrolled = await sealing.enrol(passphrase, stretch);
});

describe('a reader', () => {
  test('logs in and opens their key with the passphrase', async () => {
    const { sealed, keys } = enrolled;
    const typed = await sealing.keysOfPassphrase(sealed.id, `  ${passphrase.replace(' ', '   ')} `, stretch);
    const challenge = sealing.randomBytes(sealing.CHALLENGE_BYTES);
    const signature = sealing.signChallenge(challenge, typed);
    expect(sealing.checkChallenge(challenge, signature, sealed.verifier)).toBe(true);
    expect(sealing.openWithPassphrase(sealed.sealedByPassphrase, typed)).toEqual(keys);
  });

  test('does neither with another passphrase, or with a signature for something else', async () => {
    const { sealed } = enrolled;
    const typed = await sealing.keysOfPassphrase(sealed.id, `${passphrase}x`, stretch);
    const challenge = sealing.randomBytes(sealing.CHALLENGE_BYTES);
    expect(sealing.checkChallenge(challenge, sealing.signChallenge(challenge, typed), sealed.verifier)).toBe(
      false,
    );
    expect(sealing.openWithPassphrase(sealed.sealedByPassphrase, typed)).toBeUndefined();
    const right = await sealing.keysOfPassphrase(sealed.id, passphrase, stretch);
    const signature = sealing.signChallenge(challenge, right);
    expect(sealing.checkChallenge(sealing.randomBytes(32), signature, sealed.verifier)).toBe(false);
    expect(sealing.checkChallenge(challenge, new Uint8Array(3), sealed.verifier)).toBe(false);
  });

  test('comes back with the recovery key, however it is typed', () => {
    const { sealed, keys, recoveryKey } = enrolled;
    expect(recoveryKey).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]$/);
    expect(sealing.openWithRecovery(sealed.sealedByRecovery, recoveryKey)).toEqual(keys);
    expect(
      sealing.openWithRecovery(sealed.sealedByRecovery, recoveryKey.toLowerCase().replaceAll('-', ' ')),
    ).toEqual(keys);
    expect(sealing.openWithRecovery(sealed.sealedByRecovery, '')).toBeUndefined();
    expect(sealing.openWithRecovery(sealed.sealedByPassphrase, recoveryKey)).toBeUndefined();
    const question = sealing.randomBytes(32);
    const asked = sealing.sealChallenge(question, sealed.publicKey);
    expect(sealing.openChallenge(asked, keys)).toEqual(question);
    expect(sealing.openChallenge(asked, sealing.newThread())).toBeUndefined();
  });

  test('takes another passphrase, and the old one and its recovery key are good for nothing', async () => {
    const { sealed, keys, recoveryKey } = enrolled;
    const again = await sealing.reseal(sealed.id, keys, 'other words for the same key', stretch);
    const before = await sealing.keysOfPassphrase(sealed.id, passphrase, stretch);
    const after = await sealing.keysOfPassphrase(sealed.id, 'other words for the same key', stretch);
    expect(sealing.openWithPassphrase(again.sealed.sealedByPassphrase, after)).toEqual(keys);
    expect(sealing.openWithPassphrase(again.sealed.sealedByPassphrase, before)).toBeUndefined();
    expect(sealing.openWithRecovery(again.sealed.sealedByRecovery, again.recoveryKey)).toEqual(keys);
    expect(sealing.openWithRecovery(again.sealed.sealedByRecovery, recoveryKey)).toBeUndefined();
    expect(again.sealed.verifier).not.toEqual(sealed.verifier);
  });
});

test.each([
  ['', 'short'],
  ['fifteen letters', 'short'],
  ['aaaaaaaaaaaaaaaaaaaaaaaaa', 'easy'],
  ['   marble    kettle   ', 'short'],
])('the passphrase “%s” is refused', (typed) => {
  expect(sealing.passphraseFault(typed)).toMatch(/Please take/);
});

test('a passphrase of a few words will do', () => {
  expect(sealing.passphraseFault(passphrase)).toBeUndefined();
});
