import { fstatSync } from 'node:fs';
import { Readable } from 'node:stream';
import { InputError, type Shell } from './shell.ts';

/** What the process reads. A folder, which Node takes for an input that is empty, can't be read here. */
export function standardInput(): Shell['input'] {
  if (!isFolder(0)) return process.stdin;
  return new Readable({
    read() {
      this.destroy(new InputError('Standard input is a folder. Put a file after "<".'));
    },
  });
}

function isFolder(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Watches what the process writes. Whoever reads it may have seen enough, as \`head\` has: that is no fault.
 * Anything else is said in one line, once, and makes the exit code 1. \`end\` is called in either case.
 */
export function watchOutput(end: () => void): void {
  let said = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && !said) {
      said = true;
      process.exitCode = 1;
      const why = error.code === 'ENOSPC' ? 'the disk is full' : 'the file or device refused it';
      process.stderr.write(`The output can’t be written: ${why} (${error.code}).\n`);
    }
    end();
  });
  // There is nowhere left to say it.
  process.stderr.on('error', () => {
    process.exitCode = 1;
  });
}
