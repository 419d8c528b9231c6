import sodium from 'libsodium-wrappers-sumo';
import { open, sameBytes, seal } from './bytes.ts';
import { GRANTS } from './sizes.ts';

/** The key pair of one concern. Whoever has the secret key reads and writes in its thread. */
export interface ThreadKeys {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

export function newThread(): ThreadKeys {
  const { publicKey, privateKey: secretKey } = sodium.crypto_box_keypair();
  return { publicKey, secretKey };
}

export const publicKeyOf = (secretKey: Uint8Array): Uint8Array => sodium.crypto_scalarmult_base(secretKey);

/** For the sender, who has the receipt. */
export const sealKey = (secretKey: Uint8Array, unlock: Uint8Array): Uint8Array => seal(secretKey, unlock);

/** The thread's secret key, where `unlock` is the right one for it. */
export function openKey(
  sealed: Uint8Array,
  unlock: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array | undefined {
  const secretKey = open(sealed, unlock);
  return secretKey && sameBytes(publicKeyOf(secretKey), publicKey) ? secretKey : undefined;
}

/**
 * Seals the thread's secret key to each reader, and to nobody until there are as many grants as every
 * concern has. A grant does not say whose it is, nor does its place.
 * @throws RangeError for more readers than there are grants, or none
 */
export function sealGrants(
  secretKey: Uint8Array,
  readerPublicKeys: readonly Uint8Array[],
): readonly Uint8Array[] {
  if (readerPublicKeys.length === 0 || readerPublicKeys.length > GRANTS)
    throw new RangeError(`A concern has 1 to ${GRANTS} readers, not ${readerPublicKeys.length}.`);
  const decoys = Array.from(
    { length: GRANTS - readerPublicKeys.length },
    // A key of nobody: its secret half is dropped here.
    () => sodium.crypto_box_keypair().publicKey,
  );
  return shuffled([...readerPublicKeys, ...decoys]).map((publicKey) =>
    sodium.crypto_box_seal(secretKey, publicKey),
  );
}

/** The thread's secret key, where one of the grants was sealed to this reader. */
export function openGrants(grants: readonly Uint8Array[], reader: ThreadKeys): Uint8Array | undefined {
  for (const grant of grants) {
    try {
      return sodium.crypto_box_seal_open(grant, reader.publicKey, reader.secretKey);
    } catch {
      // Sealed to somebody else, or to nobody.
    }
  }
  return undefined;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const left = [...items];
  return items.map(() => left.splice(sodium.randombytes_uniform(left.length), 1)[0]!);
}
