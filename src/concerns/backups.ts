import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../school/clock.ts';
import { makeFolder } from '../store/make-folder.ts';
import { explainSqlite } from '../store/sqlite-file.ts';
import { type ConcernStore, openConcernFile, setTimes } from './store/open.ts';
import { destroy } from './store/purge.ts';
import type { Week } from './weeks.ts';

/** So many weeks are kept. */
const KEPT = 4;

/** Copies of `concerns.db`, as sealed as it is itself. */
export interface Backups {
  /** Where they are. */
  readonly folder: string;
  /** Makes a copy in a file that must not exist yet; only the account that runs the bot can read it. */
  copyTo(file: string): Promise<void>;
  /** Makes this week's copy where there is none, and drops those that are too old. */
  weekly(week: Week): Promise<void>;
  /** Destroys concerns in every copy that is kept, so that what is gone is gone. */
  destroy(ids: readonly Uint8Array[]): Promise<void>;
}

export function createBackups(store: ConcernStore, clock: Clock): Backups {
  const folder = join(dirname(store.file), 'backups');
  /** Names of the copies in the folder, the weeks' own in order and those that were made by hand. */
  const copies = (): readonly string[] =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.db'))
          .sort()
      : [];
  const weeks = (): readonly string[] => copies().filter((name) => /^concerns-\d{4}-W\d{2}\.db$/.test(name));

  async function copyTo(file: string): Promise<void> {
    const unfinished = `${file}.unfinished`;
    try {
      makeFolder(dirname(file));
      rmSync(unfinished, { force: true });
      // Made here and not by SQLite, so that at no moment anybody else could read it.
      closeSync(openSync(unfinished, 'wx', 0o600));
      await store.copyTo(unfinished);
      renameSync(unfinished, file);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw explainSqlite(error, file);
    }
    setTimes(file, clock);
  }

  return {
    folder,
    copyTo,
    async weekly(week) {
      const file = join(folder, `concerns-${week}.db`);
      if (!existsSync(file)) await copyTo(file);
      for (const old of weeks().slice(0, -KEPT)) rmSync(join(folder, old));
      setTimes(file, clock);
    },
    async destroy(ids) {
      for (const name of copies()) {
        const copy = await openConcernFile(join(folder, name), clock);
        try {
          await destroy(copy, ids);
          await copy.vacuum();
        } finally {
          await copy.close();
        }
      }
    },
  };
}
