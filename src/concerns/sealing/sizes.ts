/** Sizes that are the same for everybody, so that they say nothing; all in bytes but where it says otherwise. */

/** Argon2id, version 1.3, one lane: what a guess costs. */
export const STRETCH = { passes: 3, kibibytes: 64 * 1024, saltBytes: 16, keyBytes: 32 } as const;

export const KEY_BYTES = 32;
export const LOOKUP_BYTES = 32;
export const READER_ID_BYTES = STRETCH.saltBytes;
export const CHALLENGE_BYTES = 32;

/** What sealing with a key adds: a nonce, and what shows that nothing was changed. */
const SEAL_BYTES = 24 + 16;
/** What sealing to a public key adds. */
const BOX_BYTES = 48;

/** A secret key that is sealed with another. */
export const SEALED_KEY_BYTES = KEY_BYTES + SEAL_BYTES;

/** Every concern has so many grants, however few read it; so many can read it. */
export const GRANTS = 8;
export const GRANT_BYTES = KEY_BYTES + BOX_BYTES;

/** Characters of a text. */
export const TEXT_LIMIT = 3000;
/** Every message before it is sealed, whatever it says: three bytes a character, and room for the rest. */
export const PLAIN_BYTES = 12_288;
export const MESSAGE_BYTES = PLAIN_BYTES + SEAL_BYTES;
