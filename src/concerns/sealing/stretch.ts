import sodium from 'libsodium-wrappers-sumo';
import { STRETCH } from './sizes.ts';

/** Makes a key of what a person types. The same bytes wherever it runs; about a quarter of a second of work. */
export type Stretch = (typed: Uint8Array, salt: Uint8Array) => Promise<Uint8Array>;

/** In this very thread, for a browser, where there is nothing else to hold up. */
export const stretchHere: Stretch = async (typed, salt) =>
  sodium.crypto_pwhash(
    STRETCH.keyBytes,
    typed,
    salt,
    STRETCH.passes,
    STRETCH.kibibytes * 1024,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );

/** Keys of one stretched secret that say nothing of each other. `context` has eight characters. */
export const keyOf = (
  stretched: Uint8Array,
  number: number,
  context: string,
  length: number = STRETCH.keyBytes,
): Uint8Array => sodium.crypto_kdf_derive_from_key(length, number, context, stretched);
