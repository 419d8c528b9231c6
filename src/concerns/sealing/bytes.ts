import sodium from 'libsodium-wrappers-sumo';

/** To be waited for once before anything else of this folder is called. */
export const ready: Promise<void> = sodium.ready;

/** Bytes as JSON carries them: base64url without padding. */
export const toText = (bytes: Uint8Array): string =>
  sodium.to_base64(bytes, sodium.base64_variants.URLSAFE_NO_PADDING);

/** Undefined where the text is no base64url. */
export function fromText(text: string): Uint8Array | undefined {
  try {
    return sodium.from_base64(text, sodium.base64_variants.URLSAFE_NO_PADDING);
  } catch {
    return undefined;
  }
}

/** From the browser’s or Node’s own source for keys. */
export const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Whether two are the same, in a time that does not tell where they differ. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && sodium.memcmp(one, other);
}

/** Sealed with a key that both sides have: the nonce, then what nobody can read or change without the key. */
export function seal(plain: Uint8Array, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(sodium.crypto_secretbox_NONCEBYTES);
  return joined(nonce, sodium.crypto_secretbox_easy(plain, nonce, key));
}

/** Undefined where another key sealed it, or it was changed. */
export function open(sealed: Uint8Array, key: Uint8Array): Uint8Array | undefined {
  const nonce = sealed.subarray(0, sodium.crypto_secretbox_NONCEBYTES);
  const box = sealed.subarray(sodium.crypto_secretbox_NONCEBYTES);
  if (box.length < sodium.crypto_secretbox_MACBYTES) return undefined;
  try {
    return sodium.crypto_secretbox_open_easy(box, nonce, key);
  } catch {
    return undefined;
  }
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
