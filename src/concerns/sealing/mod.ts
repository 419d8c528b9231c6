/**
 * Sealing: the one module for browser and Node. It needs libsodium and nothing else, knows no store and no
 * network, and is to be waited for once (`ready`).
 *
 * **A sender** gets a receipt (`newReceipt`). Stretched, it gives a lookup, which is stored, and an unlock key,
 * which is not (`keysOfReceipt`). Each concern has a key pair of its own, its thread (`newThread`), whose
 * secret key is sealed to the receipt (`sealKey`) and to each reader (`sealGrants`). Messages are sealed to
 * the thread and all have one length (`sealMessage`).
 *
 * **A reader** has a key pair whose secret key is sealed to their passphrase and to a recovery key (`enrol`).
 * They log in by signing a challenge (`signChallenge`), open their key (`openWithPassphrase`), find the
 * threads that were granted to them (`openGrants`), and show for each that they can (`proveAccess`).
 */
export { fromText, open, randomBytes, ready, sameBytes, seal, toText } from './bytes.ts';
export { endsOf, isEnd } from './code.ts';
export * from './hand-over.ts';
export * from './message.ts';
export { isForSender, namesOf, readersInWords } from './passed-on.ts';
export * from './proof.ts';
export * from './reader.ts';
export * from './receipt.ts';
export * from './sizes.ts';
export * from './stretch.ts';
export * from './thread.ts';
