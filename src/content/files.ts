import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Fault } from './fault.ts';

/** What is met on the way. */
export interface Findings {
  /** Make the content unusable. */
  readonly faults: Fault[];
  /** The content serves all the same, and hardly as its author meant it. */
  readonly doubts: Fault[];
}

/** A path as a person at the prompt would type it. */
export const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near !== '' && !near.startsWith('..') ? near : path;
};

/** Whether anything stands at the path, be it a link that leads nowhere or something that can't be looked at. */
export function stands(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}

/** The text of a file; undefined where there is none, or with a fault where it can't be read. */
export function readText(path: string, mostBytes: number, { faults }: Findings): string | undefined {
  if (!stands(path)) return undefined;
  const fault = (what: string, todo: string): undefined => {
    faults.push({ file: shown(path), line: 0, what, todo });
  };
  try {
    const found = statSync(path);
    if (!found.isFile())
      return fault('This is not a file.', 'Take it away, and put a text file with this name here.');
    if (found.size > mostBytes)
      return fault(
        `This file is larger than ${mostBytes / 1024 / 1024} MB.`,
        'Keep only the text, and split it if it is still too long.',
      );
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    return error instanceof TypeError
      ? fault('This file is not UTF-8 text.', 'Save it again as "UTF-8".')
      : fault(
          `This file can't be read (${(error as Error).message}).`,
          'Check that it is there and that the bot may read it.',
        );
  }
}

const POLICY = 'policy.md';
/** What shows that a folder was meant to be a policy. */
const STRAY = /^(?:policy\.\w+|(?:guidance|notes)\.ya?ml)$/i;
const POLICY_YAML = ['guidance', 'notes'];
const CONTENT_YAML = ['school', 'vocabulary', 'care', 'elsewhere'];

/** The folders below `directory` that hold a policy, in the order of their names; or it itself, where it is one. */
export function policyFolders(directory: string, findings: Findings): string[] {
  const { faults, doubts } = findings;
  const names = namesIn(directory, faults, 'There is no such folder.');
  if (!names) return [];
  doubtNames(directory, names, CONTENT_YAML, doubts);
  const folders: string[] = [];
  for (const name of names) {
    const path = join(directory, name);
    const kind = kindOf(path);
    if (kind === 'link' && !name.startsWith('.')) doubtLink(path, doubts);
    if (kind !== 'folder' || name === 'lost+found' || name === POLICY) continue;
    const within = namesIn(path, faults, 'This folder is gone.');
    if (!within) continue;
    if (within.includes(POLICY)) {
      folders.push(path);
      doubtNames(path, within, POLICY_YAML, doubts);
    } else doubtStray(path, within, doubts);
  }
  const own = names.includes(POLICY);
  if (folders.length > 0) {
    if (own)
      doubts.push({
        file: shown(join(directory, POLICY)),
        line: 0,
        what: 'This policy is not read: it stands beside the folders of others.',
        todo: 'Give it a folder of its own.',
      });
    return folders;
  }
  // A single policy's own folder is content too.
  if (own) {
    doubtNames(directory, names, POLICY_YAML, doubts);
    return [directory];
  }
  doubtStray(directory, names, doubts);
  faults.push(notContent(directory, 'No policy stands in this folder.'));
  return [];
}

const notContent = (directory: string, what: string): Fault => ({
  file: shown(directory),
  line: 0,
  what,
  todo: 'Name a folder that holds one folder a policy, each with a policy.md.',
});

/** What stands in a folder, sorted; undefined, with a fault, where it can't be listed. */
function namesIn(folder: string, faults: Fault[], missing: string): string[] | undefined {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    faults.push(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? notContent(folder, missing)
        : {
            file: shown(folder),
            line: 0,
            what: `This folder can't be read (${message}).`,
            todo: 'Let the bot read it, or move it elsewhere.',
          },
    );
    return undefined;
  }
}

function kindOf(path: string): 'folder' | 'link' | 'other' {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found?.isDirectory() ? 'folder' : found?.isSymbolicLink() ? 'link' : 'other';
  } catch {
    return 'other';
  }
}

function doubtLink(path: string, doubts: Fault[]): void {
  const doubt = (what: string, todo: string): void => {
    doubts.push({ file: shown(path), line: 0, what, todo });
  };
  try {
    if (statSync(path).isDirectory())
      doubt('This is a link to a folder, which the bot does not follow.', 'Put the folder itself here.');
  } catch {
    // The content's own files are read, and then it is a fault that they can't be.
    if (!isContentFile(basename(path)))
      doubt('This link leads nowhere.', 'Put the file or folder itself here, or take the link out.');
  }
}

const isContentFile = (name: string): boolean =>
  name === POLICY || [...POLICY_YAML, ...CONTENT_YAML].some((each) => name === `${each}.yaml`);

function doubtNames(
  folder: string,
  names: readonly string[],
  wanted: readonly string[],
  doubts: Fault[],
): void {
  for (const name of names) {
    const right = `${name.slice(0, name.lastIndexOf('.')).toLowerCase()}.yaml`;
    if (name !== right && /\.ya?ml$/i.test(name) && wanted.includes(right.slice(0, -'.yaml'.length)))
      doubts.push({
        file: shown(join(folder, name)),
        line: 0,
        what: 'This file is not read: its name is another.',
        todo: names.includes(right) ? `Move what it holds to ${right}.` : `Rename it ${right}.`,
      });
  }
}

function doubtStray(folder: string, names: readonly string[], doubts: Fault[]): void {
  const stray = names.filter((name) => STRAY.test(name));
  if (stray.length === 0) return;
  doubts.push({
    file: shown(folder),
    line: 0,
    what: `This folder holds ${stray.join(', ')} and no policy.md, so it is not read.`,
    todo: 'Put the policy there as Markdown, in a file with the name policy.md.',
  });
}
