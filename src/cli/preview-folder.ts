import { existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from '../config.ts';
import { type RunningClock, runningClock } from '../school/running-clock.ts';
import { codeOf } from '../store/error.ts';
import { makeFolder } from '../store/make-folder.ts';

/** The preview's own data: made up, apart from all else, and deleted as a whole. */
export interface PreviewFolder {
  readonly path: string;
  /** Runs on from where the last run left it, and keeps where it is moved to. */
  readonly clock: RunningClock;
}

const marker = 'EXAMPLE-DATA.txt';
const clockFile = 'clock.json';

const about = `Everything in this folder was made by trying out the preview. None of it is real.
"npm start -- --fresh" deletes the whole folder and begins anew.
`;

const previewFolderOf = (dataDir: string): string => join(dataDir, 'preview');

/** @throws SettingsError where there is something else in its place */
export function openPreviewFolder(dataDir: string): PreviewFolder {
  const path = previewFolderOf(dataDir);
  refuseOther(path, 'Set another DATA_DIR, or move it.');
  try {
    makeFolder(path);
  } catch (error) {
    throw new SettingsError([
      `The folder ${path} can’t be made (${codeOf(error) ?? 'unknown'}). Set DATA_DIR to a folder that your account can write to.`,
    ]);
  }
  writeFileSync(join(path, marker), about);
  const kept = join(path, clockFile);
  const clock = runningClock({ ahead: readAhead(kept) });
  return {
    path,
    clock: {
      now: clock.now,
      get ahead() {
        return clock.ahead;
      },
      moveTo(time) {
        clock.moveTo(time);
        // Written aside first: half a number would set the clock back.
        writeFileSync(`${kept}.new`, JSON.stringify({ ahead: clock.ahead }));
        renameSync(`${kept}.new`, kept);
      },
    },
  };
}

/** Deletes the preview's folder, and nothing else. @throws SettingsError where it is not the preview's */
export function deletePreviewFolder(dataDir: string): void {
  const path = previewFolderOf(dataDir);
  refuseOther(path, 'Nothing was deleted.');
  rmSync(path, { recursive: true, force: true });
}

function refuseOther(path: string, whatToDo: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || (found.isDirectory() && existsSync(join(path, marker)))) return;
  throw new SettingsError([
    `${path} is not a folder that the preview made (it has no ${marker}). ${whatToDo}`,
  ]);
}

/** Milliseconds. */
function readAhead(file: string): number {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof kept === 'object' && kept !== null && 'ahead' in kept && typeof kept.ahead === 'number')
      return Math.max(0, kept.ahead);
  } catch {}
  return 0;
}
