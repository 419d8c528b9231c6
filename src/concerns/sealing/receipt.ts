import sodium from 'libsodium-wrappers-sumo';
import { randomBytes } from './bytes.ts';
import { encode, format, read, tidy } from './code.ts';
import { LOOKUP_BYTES, STRETCH } from './sizes.ts';
import { keyOf, type Stretch } from './stretch.ts';

/** Eighty bits. */
const RECEIPT_BYTES = 10;
const RECEIPT_CHARACTERS = 16;
const CONTEXT = 'receipt1';

/** What a sender gets once, to come back with: `7K3M-9QXT-4WZ8-HB2N-C`. */
export type Receipt = string;

export function newReceipt(): Receipt {
  return format(encode(randomBytes(RECEIPT_BYTES)));
}

/** What a receipt opens. Neither says anything of the other, or of the receipt. */
export interface ReceiptKeys {
  /** Finds the concern; it is stored. */
  readonly lookup: Uint8Array;
  /** Opens the thread's secret key; it is stored nowhere. */
  readonly unlock: Uint8Array;
}

/**
 * The keys of what was typed. What can't be a receipt gets keys all the same, which open nothing, so that it
 * costs and looks the same as a receipt that nobody has.
 */
export async function keysOfReceipt(typed: string, stretch: Stretch): Promise<ReceiptKeys> {
  const code = read(typed, RECEIPT_CHARACTERS) ?? `no receipt: ${tidy(typed)}`;
  const stretched = await stretch(sodium.from_string(code), salt());
  return { lookup: keyOf(stretched, 1, CONTEXT, LOOKUP_BYTES), unlock: keyOf(stretched, 2, CONTEXT) };
}

/** Receipts are random, each its own, and too many to try: one salt for all takes nothing from them. */
const salt = (): Uint8Array =>
  sodium.crypto_generichash(STRETCH.saltBytes, 'Receipts for anonymous concerns', null);
