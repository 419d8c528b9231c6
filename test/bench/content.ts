import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deserialize } from 'node:v8';
import type { Outcome, Prepared } from '../../src/answers/prepare.ts';
import { ContentError } from '../../src/content/fault.ts';

/**
 * Reads and learns content in a process of its own, as `prepare` does, and keeps nothing: the caches that this
 * machine has stay as they are. @throws ContentError where the content can't be used.
 */
export async function prepareAnew(directory: string): Promise<Prepared> {
  const child = fileURLToPath(new URL('../../src/answers/prepare-child.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [child, directory], {
    encoding: 'buffer',
    maxBuffer: 2 ** 30,
  });
  const outcome = deserialize(stdout) as Outcome;
  if ('faults' in outcome) throw new ContentError(outcome.faults);
  return outcome.prepared;
}
