import sodium from 'libsodium-wrappers-sumo';
import { sameBytes } from './bytes.ts';

/**
 * Shows that somebody can open a thread, without giving its key away: both ends of a session come to the same
 * secret from one key of the thread and one of the session. So that a reader can neither see nor close a
 * concern that was not granted to them.
 */
export function proveAccess(
  threadSecret: Uint8Array,
  sessionPublicKey: Uint8Array,
  concern: Uint8Array,
): Uint8Array {
  return proofOf(sodium.crypto_box_beforenm(sessionPublicKey, threadSecret), concern);
}

/** The server's side: it has the thread's public key, and the session's secret one. */
export function checkAccess(
  proof: Uint8Array,
  threadPublicKey: Uint8Array,
  sessionSecretKey: Uint8Array,
  concern: Uint8Array,
): boolean {
  try {
    return sameBytes(proof, proofOf(sodium.crypto_box_beforenm(threadPublicKey, sessionSecretKey), concern));
  } catch {
    // A public key that is none: somebody sent it to see what would happen.
    return false;
  }
}

const proofOf = (shared: Uint8Array, concern: Uint8Array): Uint8Array =>
  sodium.crypto_generichash(32, concern, shared);
