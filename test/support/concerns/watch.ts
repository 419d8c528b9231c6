import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Haystack } from './search.ts';

/** Reads what comes and goes in a folder, from a thread of its own, since a transaction never lets others in between. */
export function watchFolder(folder: string): {
  /** Whether a file of this name has been read by now. */
  hasSeen(name: string): Promise<boolean>;
  /** Every version of every file that was read. */
  stop(): Promise<readonly Haystack[]>;
} {
  const worker = new Worker(new URL('./watch-child.ts', import.meta.url), { workerData: folder });
  async function ask<Answer>(question: string): Promise<Answer> {
    worker.postMessage(question);
    const [answer] = (await once(worker, 'message')) as [Answer];
    return answer;
  }
  return {
    hasSeen: (name) => ask(name),
    async stop() {
      const seen = await ask<readonly { place: string; bytes: Uint8Array }[]>('');
      await worker.terminate();
      return seen.map(({ place, bytes }) => ({
        place: `${place}, while sending`,
        bytes: Buffer.from(bytes),
      }));
    },
  };
}
