import sodium from 'libsodium-wrappers-sumo';
import { joined, open, randomBytes, seal } from './bytes.ts';
import { encode, format, read } from './code.ts';
import type { ReaderName } from './message.ts';
import { READER_ID_BYTES } from './sizes.ts';
import { keyOf, type Stretch } from './stretch.ts';
import { publicKeyOf, type ThreadKeys } from './thread.ts';

/** A hundred and sixty bits, printed and put away. */
const RECOVERY_BYTES = 20;
const RECOVERY_CHARACTERS = 32;
const CONTEXT = 'handler1';

/** What the server keeps of a reader. None of it opens anything without the passphrase or the recovery key. */
export interface SealedReader {
  /** Random; also what the passphrase is salted with. */
  readonly id: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly sealedByPassphrase: Uint8Array;
  readonly sealedByRecovery: Uint8Array;
  /** Tells who knows the passphrase, and is no help to whoever does not. */
  readonly verifier: Uint8Array;
}

/** A reader as all readers see them. */
export interface ListedReader extends ReaderName {
  readonly role: string;
  /** Who this is in the school's list of people. */
  readonly person: string;
  readonly publicKey: Uint8Array;
}

/** Why a passphrase is too weak to be taken; undefined where it will do. */
export function passphraseFault(typed: string): string | undefined {
  const passphrase = tidyPassphrase(typed);
  if (passphrase.length < 16)
    return 'Please take at least 16 characters: four or five words that do not belong together.';
  if (new Set(passphrase).size < 8)
    return 'This is too easy to guess. Please take four or five words that do not belong together.';
  return undefined;
}

/** A new reader: what the server keeps, the key pair, and the recovery key to print. Takes a quarter of a second. */
export async function enrol(
  passphrase: string,
  stretch: Stretch,
): Promise<{ readonly sealed: SealedReader; readonly keys: ThreadKeys; readonly recoveryKey: string }> {
  const id = randomBytes(READER_ID_BYTES);
  const { publicKey, privateKey: secretKey } = sodium.crypto_box_keypair();
  const keys = { publicKey, secretKey };
  const { sealed, recoveryKey } = await reseal(id, keys, passphrase, stretch);
  return { sealed, keys, recoveryKey };
}

/** The same reader with another passphrase and another recovery key; the old ones open nothing any more. */
export async function reseal(
  id: Uint8Array,
  keys: ThreadKeys,
  passphrase: string,
  stretch: Stretch,
): Promise<{ readonly sealed: SealedReader; readonly recoveryKey: string }> {
  const { wrap, login } = await keysOfPassphrase(id, passphrase, stretch);
  const recovery = encode(randomBytes(RECOVERY_BYTES));
  const sealed = {
    id,
    publicKey: keys.publicKey,
    sealedByPassphrase: seal(keys.secretKey, wrap),
    sealedByRecovery: seal(keys.secretKey, keyOfRecovery(recovery)),
    verifier: login.publicKey,
  };
  return { sealed, recoveryKey: format(recovery) };
}

/** What a passphrase opens: the reader's secret key, once the server has given it out for the login. */
export interface PassphraseKeys {
  readonly wrap: Uint8Array;
  readonly login: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
}

/** Takes a quarter of a second. */
export async function keysOfPassphrase(
  id: Uint8Array,
  passphrase: string,
  stretch: Stretch,
): Promise<PassphraseKeys> {
  const stretched = await stretch(sodium.from_string(tidyPassphrase(passphrase)), id);
  return {
    wrap: keyOf(stretched, 2, CONTEXT),
    login: sodium.crypto_sign_seed_keypair(keyOf(stretched, 1, CONTEXT, sodium.crypto_sign_SEEDBYTES)),
  };
}

/** Answers the server's challenge, which it gives out once. */
export const signChallenge = (challenge: Uint8Array, { login }: PassphraseKeys): Uint8Array =>
  sodium.crypto_sign_detached(signed(challenge), login.privateKey);

export function checkChallenge(challenge: Uint8Array, signature: Uint8Array, verifier: Uint8Array): boolean {
  try {
    return sodium.crypto_sign_verify_detached(signature, signed(challenge), verifier);
  } catch {
    return false;
  }
}

/** The reader's keys with the passphrase. Undefined where it is another's. */
export const openWithPassphrase = (sealed: Uint8Array, { wrap }: PassphraseKeys): ThreadKeys | undefined =>
  keysFrom(open(sealed, wrap));

/** The reader's keys with the recovery key, however it was typed. Undefined where it is another's. */
export function openWithRecovery(sealed: Uint8Array, typed: string): ThreadKeys | undefined {
  const recovery = read(typed, RECOVERY_CHARACTERS);
  return recovery === undefined ? undefined : keysFrom(open(sealed, keyOfRecovery(recovery)));
}

/** A challenge that only the reader's own secret key opens, for whoever comes with the recovery key. */
export const sealChallenge = (challenge: Uint8Array, publicKey: Uint8Array): Uint8Array =>
  sodium.crypto_box_seal(challenge, publicKey);

export function openChallenge(
  sealed: Uint8Array,
  { publicKey, secretKey }: ThreadKeys,
): Uint8Array | undefined {
  try {
    return sodium.crypto_box_seal_open(sealed, publicKey, secretKey);
  } catch {
    return undefined;
  }
}

const keysFrom = (secretKey: Uint8Array | undefined): ThreadKeys | undefined =>
  secretKey && { secretKey, publicKey: publicKeyOf(secretKey) };

const keyOfRecovery = (recovery: string): Uint8Array =>
  sodium.crypto_generichash(sodium.crypto_secretbox_KEYBYTES, `Recovery of a reader: ${recovery}`, null);

/** Signed for nothing else but a login here. */
const signed = (challenge: Uint8Array): Uint8Array =>
  joined(sodium.from_string('Login of a reader: '), challenge);

const tidyPassphrase = (typed: string): string => typed.normalize('NFKC').trim().replace(/\s+/g, ' ');
