import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { codeOf, StoreError } from './error.ts';
import { makeFolder } from './make-folder.ts';
import { explainSqlite } from './sqlite-file.ts';

/** A folder of data that one running bot has to itself. */
export interface HeldFolder {
  /** Lets another bot have it. The end of the process, however it comes, does the same. */
  release(): void;
}

/**
 * Takes a folder for one running bot by a lock on `running.db` in it, which is and stays empty. Only bots that
 * run ask for it: a command may read and write beside one.
 * @throws StoreError where another bot has it, or where it can't be written
 */
export function holdFolder(dataDir: string): HeldFolder {
  const file = join(dataDir, 'running.db');
  let database: Sqlite.Database | undefined;
  try {
    makeFolder(dataDir);
    makeFile(file);
    database = new Sqlite(file, { timeout: 0 });
    database.exec('begin exclusive');
    const held = database;
    return { release: () => void held.close() };
  } catch (error) {
    database?.close();
    if (codeOf(error)?.startsWith('SQLITE_BUSY'))
      throw new StoreError(
        `Another bot is running on the data in ${dataDir}. Stop that one first, or set DATA_DIR to another folder. Nothing was changed.`,
      );
    throw explainSqlite(error, file);
  }
}

/** Never opens a file that is there already: closing it again would undo this process's own lock on it. */
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
