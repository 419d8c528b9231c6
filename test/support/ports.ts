import type { AdapterPorts } from '../../src/chat/mod.ts';

/** What an adapter is handed, with nothing behind it but what a test puts there. */
export function adapterPorts(own: Partial<AdapterPorts> = {}): AdapterPorts {
  const kept = new Map<string, string>();
  return {
    memory: {
      get: async (key) => kept.get(key),
      async set(key, value) {
        kept.set(key, value);
      },
      async delete(key) {
        kept.delete(key);
      },
    },
    people: [],
    routes: { add() {} },
    log: { info() {}, warn() {}, error() {} },
    async peopleChanged() {},
    ...own,
  };
}
