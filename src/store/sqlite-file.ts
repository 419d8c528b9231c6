import { chmodSync, closeSync, openSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { codeOf, StoreError } from './error.ts';
import { makeFolder } from './make-folder.ts';

/** Less than the three seconds in which Slack wants an answer: waiting for a lock holds up the whole process. */
const LOCK_TIMEOUT_MS = 2000;

const TURN_MS = 10;

/**
 * Opens a database file, making it and its folder where they are missing; only the account that runs the bot
 * can read the file, unless another account owns it. `prepare` sets up the connection.
 * @throws StoreError, with nothing left open
 */
export function openSqliteFile(file: string, prepare: (database: Sqlite.Database) => void): Sqlite.Database {
  let database: Sqlite.Database | undefined;
  try {
    makeFolder(dirname(file));
    // Made here and not by SQLite, so that at no moment anybody else could read it.
    closeSync(openSync(file, 'a', 0o600));
    closeToOthers(file);
    const opened = new Sqlite(file, { timeout: LOCK_TIMEOUT_MS });
    database = opened;
    // A file that is damaged in the middle opens without complaint: better to hear of it now than from a user.
    const checked = opened.pragma('quick_check(1)', { simple: true });
    if (checked !== 'ok') throw damaged(file, 'SQLITE_CORRUPT');
    takingTurns(() => prepare(opened));
    return opened;
  } catch (error) {
    database?.close();
    throw explainSqlite(error, file);
  }
}

/**
 * Tries again while another process is at the same. Two that change a new file's journal at one moment would
 * wait for each other for ever, so SQLite refuses one of them at once, whatever the timeout.
 */
function takingTurns<T>(work: () => T): T {
  const until = performance.now() + LOCK_TIMEOUT_MS;
  for (;;)
    try {
      return work();
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_BUSY' || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TURN_MS);
    }
}

/** Runs work in a transaction that can read first and write later, and rolls back where it throws. */
export function immediateTransaction<Tables, T>(
  db: Kysely<Tables>,
  work: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  // Kysely's own transactions take SQLite's write lock only at the first write, and by then another
  // process may have changed what was read.
  return db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection);
    try {
      const result = await work(connection);
      await sql`commit`.execute(connection);
      return result;
    } catch (error) {
      // After some faults, a full disk for one, SQLite has rolled back by itself.
      await sql`rollback`.execute(connection).catch(() => {});
      throw error;
    }
  });
}

/** Who else may read a file is its owner's to say. Whether it can be used shows when it is opened. */
function closeToOthers(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error;
  }
}

function damaged(file: string, code: string): StoreError {
  return new StoreError(
    `The file ${file} is damaged, or was not made by this bot. Put back the last backup, or move the file away to start with an empty one.`,
    code,
  );
}

/** The part of a code that says what is wrong. SQLite does not tell every full disk from one that fails. */
function kindOf(error: unknown, code: string, file: string): string | undefined {
  if (!(error instanceof Sqlite.SqliteError)) return code;
  const kind = code.split('_')[1];
  return code === 'SQLITE_IOERR_SHMSIZE' || (kind === 'IOERR' && isFull(dirname(file))) ? 'FULL' : kind;
}

/** Whether the disk that a folder is on has no room left. Some file systems do not count what they have. */
function isFull(folder: string): boolean {
  try {
    const { blocks, bavail } = statfsSync(folder);
    return blocks > 0 && bavail === 0;
  } catch {
    return false;
  }
}

/** An error of SQLite or of the file system as a StoreError that says what to do; any other error as it is. */
export function explainSqlite(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (error instanceof StoreError || code === undefined) return error;
  const fault = (message: string) => new StoreError(message, code);
  switch (kindOf(error, code, file)) {
    case 'FULL':
    case 'ENOSPC':
      return fault(
        `The disk is full: ${file} can't grow. Make room and try again; what was stored before is safe.`,
      );
    case 'BUSY':
    case 'LOCKED':
      return fault(
        `Another program holds the file ${file}. Stop the other bot, backup or viewer, and try again.`,
      );
    case 'CORRUPT':
    case 'NOTADB':
      return damaged(file, code);
    case 'READONLY':
    case 'CANTOPEN':
    case 'PERM':
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fault(
        `The file ${file} can't be written. Let the account that runs the bot write to it and to its folder.`,
      );
    case 'ENOENT':
      return fault(`The folder for ${file} can't be made there. Set DATA_DIR to another folder.`);
    case 'EISDIR':
      return fault(
        `${file} is a folder, and should be a file. Move it away, or set DATA_DIR to another folder.`,
      );
    case 'EEXIST':
    case 'ENOTDIR':
      return fault(
        `The folder for ${file} can't be made: a file is in its place. Set DATA_DIR to another folder.`,
      );
    case 'IOERR':
      return fault(
        `The disk failed while ${file} was read or written. Check the disk and put back the last backup.`,
      );
    default:
      return fault(
        `The database ${file} refused an operation. This is a fault of the bot: please report it.`,
      );
  }
}
