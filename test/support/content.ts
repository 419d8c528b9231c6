import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A small school with one short policy. */
export const hillPrimary = fileURLToPath(new URL('./hill-primary', import.meta.url));

/** A folder that goes with the machine's temporary files. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'guidance-bot-'));
}

/** The same school in a folder that a test may change. */
export function copyOfHillPrimary(): string {
  const folder = temporaryFolder();
  cpSync(hillPrimary, folder, { recursive: true });
  return folder;
}
