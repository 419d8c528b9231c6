/** A process of its own that opens a store, writes one row and ends: `node open-once.ts FOLDER KEY`. */
import { systemClock } from '../../src/school/clock.ts';
import { adapterMemory } from '../../src/store/memory.ts';
import { openStore } from '../../src/store/open.ts';

const [dataDir, key] = process.argv.slice(2);
const store = await openStore({ dataDir: dataDir!, clock: systemClock });
await adapterMemory(store, 'console').set(key!, 'written');
await store.close();
