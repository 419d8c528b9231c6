import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

/** Reads a folder's files over and over. Asked for a name, says whether it was there; asked for '', what it read. */
const folder = workerData as string;
const seen = new Map<string, { readonly place: string; readonly bytes: Buffer }>();

function look(): void {
  for (const place of readdirSync(folder)) {
    try {
      const bytes = readFileSync(join(folder, place));
      seen.set(`${place} ${createHash('sha256').update(bytes).digest('hex')}`, { place, bytes });
    } catch {
      // A folder, or gone since.
    }
  }
  setImmediate(look);
}

parentPort?.on('message', (name: string) => {
  const versions = [...seen.values()];
  parentPort?.postMessage(name === '' ? versions : versions.some(({ place }) => place === name));
});
look();
