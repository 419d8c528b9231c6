import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder that only its owner can read, and those above it that are missing. Node's own `recursive` never
 * comes to an end below a folder that says of everything that it is not there, as /proc does.
 * @throws the file system's own error, such as ENOENT where nothing can be made there
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let each = resolve(path); !isThere(each); each = dirname(each)) missing.push(each);
  for (const each of missing.reverse())
    try {
      mkdirSync(each, { mode: 0o700 });
    } catch (error) {
      // Somebody else has made it meanwhile.
      if (!statSync(each, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
}

/** False where it can't be told, too: making it says why. The root is always there. */
function isThere(path: string): boolean {
  if (dirname(path) === path) return true;
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
