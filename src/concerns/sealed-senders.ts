import type { Kind } from './kinds.ts';
import type { Parts } from './parts.ts';
import {
  GRANT_BYTES,
  GRANTS,
  KEY_BYTES,
  LOOKUP_BYTES,
  MESSAGE_BYTES,
  SEALED_KEY_BYTES,
} from './sealing/sizes.ts';
import { addMessage, findByLookup, messagesOf, type SealedConcern } from './store/concerns.ts';
import type { Status } from './store/tables.ts';
import type { Week } from './weeks.ts';

/** No concern opens with this code, whyever: never given out, mistyped, or gone. `busy`: too many try at once. */
export type NoThread = { readonly kind: 'none' } | { readonly kind: 'busy' };

/** A thread as it is stored, for a browser that opens it itself. */
interface SealedThread {
  readonly kind: 'sealed';
  readonly status: Status;
  readonly week: Week;
  readonly purgeWeek: Week;
  readonly publicKey: Uint8Array;
  readonly sealedKey: Uint8Array;
  readonly messages: readonly Uint8Array[];
}

/** What a browser can do that seals for itself: no key comes here. */
export interface SealedSenders {
  /** Stores what a browser has sealed; `kind` is counted, and not stored with it. False where a size is wrong. */
  submitSealed(concern: SealedConcern, kind: Kind): Promise<boolean>;
  openSealed(lookup: Uint8Array): Promise<SealedThread | NoThread>;
  replySealed(lookup: Uint8Array, message: Uint8Array): Promise<{ readonly kind: 'stored' } | NoThread>;
}

/** `keep` stores a concern whole, and counts its kind. */
export function createSealedSenders(
  { store, gates }: Parts,
  keep: (concern: SealedConcern, kind: Kind) => Promise<void>,
): SealedSenders {
  return {
    async submitSealed(sealed, kind) {
      const right =
        sealed.lookup.length === LOOKUP_BYTES &&
        sealed.publicKey.length === KEY_BYTES &&
        sealed.sealedKey.length === SEALED_KEY_BYTES &&
        sealed.message.length === MESSAGE_BYTES &&
        sealed.grants.length === GRANTS &&
        sealed.grants.every(({ length }) => length === GRANT_BYTES);
      if (!right) return false;
      // The same once more is a request that was sent again because its answer got lost.
      if (!(await findByLookup(store, sealed.lookup))) await keep(sealed, kind);
      return true;
    },
    async openSealed(lookup) {
      if (!(await gates.lookups.pass())) return busy;
      const concern = await findByLookup(store, lookup);
      if (!concern) return none;
      return {
        kind: 'sealed',
        status: concern.status,
        week: concern.week,
        purgeWeek: concern.purge_week,
        publicKey: concern.public_key,
        sealedKey: concern.sealed_key,
        messages: await messagesOf(store, concern.id),
      };
    },
    async replySealed(lookup, message) {
      if (!(await gates.lookups.pass())) return busy;
      const concern = await findByLookup(store, lookup);
      if (!concern || message.length !== MESSAGE_BYTES) return none;
      return (await addMessage(store, concern.id, message)) ? { kind: 'stored' } : none;
    },
  };
}

export const none = { kind: 'none' } as const;
export const busy = { kind: 'busy' } as const;
