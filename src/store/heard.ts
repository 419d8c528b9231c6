import * as z from 'zod';
import { adapterMemory } from './memory.ts';
import type { Store } from './open.ts';

/** Digests of deliveries, from a stop to the next start. */
export interface Heard {
  /** What was kept; it is kept no more. */
  take(): Promise<readonly string[]>;
  keep(digests: readonly string[]): Promise<void>;
}

const key = 'deliveries';
const shape = z.array(z.string().max(40)).max(100_000);

export function createHeard(store: Store): Heard {
  const memory = adapterMemory(store, 'bot');
  return {
    async take() {
      const kept = await memory.get(key);
      if (kept === undefined) return [];
      await memory.delete(key);
      const digests = shape.safeParse(JSON.parse(kept));
      return digests.success ? digests.data : [];
    },
    async keep(digests) {
      if (digests.length > 0) await memory.set(key, JSON.stringify(digests));
    },
  };
}
