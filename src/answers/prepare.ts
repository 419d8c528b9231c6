import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import type { Content } from '../content/content.ts';
import { ContentError, type Fault } from '../content/fault.ts';
import { shippedContent } from '../content/shipped.ts';
import type { Learnt } from './learn.ts';
import { LearningStopped } from './learning-stopped.ts';

/** Content, read and checked, with all that was learnt from it. */
export interface Prepared {
  readonly content: Content;
  readonly learnt: Learnt;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where tools keep what they can make again; `npm ci` empties it. */
const cacheFolder = join(root, 'node_modules', '.cache', 'staff-guidance-bot', 'learnt');
/** How many contents are kept: the shipped one, a school's own, and one being tried out. */
const KEPT = 4;

/**
 * Content of a folder, made ready. Learning takes about two seconds and 400 MB, so it happens in a
 * process of its own and is kept under `node_modules/.cache`, named by a hash of all that went into it: a changed
 * phrasing, or changed code, learns anew. A cache that can't be written or read costs only time.
 * @throws ContentError where the content can't be used · LearningStopped where the other process was told to end
 */
export async function prepare(directory: string): Promise<Prepared> {
  const path = join(cacheFolder, `${fingerprint(directory)}.bin`);
  const kept = readKept(path);
  if (kept) return kept;
  const prepared = await prepareInChild(directory);
  keep(path, prepared);
  return prepared;
}

/** What the other process writes to its standard output, serialised. */
export type Outcome = { readonly prepared: Prepared } | { readonly faults: readonly Fault[] };

const OUTPUT_AT_MOST = 512 * 1024 * 1024;

async function prepareInChild(directory: string): Promise<Prepared> {
  const child = fileURLToPath(new URL('./prepare-child.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [child, directory], {
    encoding: 'buffer',
    maxBuffer: OUTPUT_AT_MOST,
  }).catch((error: unknown) => {
    const signal = error instanceof Error && 'signal' in error ? error.signal : undefined;
    // Whoever ends the bot often ends all of its processes: this one first.
    throw signal === 'SIGINT' || signal === 'SIGTERM' ? new LearningStopped(signal) : error;
  });
  const outcome = deserialize(stdout) as Outcome;
  if ('faults' in outcome) throw new ContentError(outcome.faults);
  return outcome.prepared;
}

/** Of every file that can change the outcome: the folder's, the shipped content's, the code's. */
function fingerprint(directory: string): string {
  const hash = createHash('sha256').update(`${process.version}\n${directory}`);
  const code = ['answers', 'content'].map((folder) => join(root, 'src', folder));
  for (const folder of [directory, ...(directory === shippedContent ? [] : [shippedContent]), ...code])
    for (const path of filesBelow(folder)) hash.update(`\n${path}\n`).update(bytesOf(path));
  return hash.digest('hex').slice(0, 32);
}

/** A file that can't be read is for the content reader to report. */
function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    return new Uint8Array();
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && /\.(?:md|ya?ml|ts)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    // A folder that is not there is for the content reader to report.
    return [];
  }
}

function readKept(path: string): Prepared | undefined {
  try {
    const prepared = deserialize(readFileSync(path)) as Prepared;
    // Whatever is in use is not thrown away first.
    utimesSync(path, new Date(), new Date());
    return prepared;
  } catch {
    return undefined;
  }
}

function keep(path: string, prepared: Prepared): void {
  try {
    mkdirSync(cacheFolder, { recursive: true });
    // Written aside and moved into place: a reader never meets half a file.
    const aside = `${path}.${process.pid}`;
    writeFileSync(aside, serialize(prepared));
    renameSync(aside, path);
    const kept = readdirSync(cacheFolder).map((name) => join(cacheFolder, name));
    const newestFirst = kept
      .map((name) => ({ name, used: statSync(name).mtimeMs }))
      .sort((one, other) => other.used - one.used);
    for (const { name } of newestFirst.slice(KEPT)) rmSync(name, { force: true });
  } catch {
    // A read-only installation learns at every start.
  }
}
