import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { adapterMemory } from '../../src/store/memory.ts';
import { migrations } from '../../src/store/migrations/mod.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { sqliteEngine } from '../../src/store/sqlite.ts';
import { temporaryFolder, testClock } from './engines.ts';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, statfsSync: vi.fn(fs.statfsSync) };
});

const NOBODY = 65534;
const asRoot = process.getuid?.() === 0;

const open = (dataDir: string): Promise<Store> => openStore({ dataDir, clock: testClock() });
const fileIn = (dataDir: string): string => join(dataDir, 'bot.db');
const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A folder with a database in it, closed. */
async function filled(): Promise<string> {
  const dataDir = temporaryFolder();
  const store = await open(dataDir);
  await adapterMemory(store, 'console').set('chat', 'D1');
  await store.close();
  return dataDir;
}

/** The one line that opening a folder fails with. */
async function refusal(dataDir: string): Promise<string> {
  const error = await open(dataDir).then(
    (store) => store.close().then(() => 'opened'),
    (fault: unknown) => fault,
  );
  expect(error).toMatchObject({ name: 'StoreError' });
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
}

/** Runs something without the right to do everything: root's own rights would hide what is being tested. */
async function withoutPrivileges<T>(work: () => Promise<T>): Promise<T> {
  if (!asRoot) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Hands a folder and its file to the account that `withoutPrivileges` runs as. */
function handOver(...paths: readonly string[]): void {
  if (asRoot) for (const path of paths) chownSync(path, NOBODY, NOBODY);
}

describe('the file', () => {
  test('is for the bot’s account alone, its helpers too, whatever the umask', async () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const dataDir = join(temporaryFolder(), 'deep', 'data');
    const store = await open(dataDir);
    await adapterMemory(store, 'console').set('chat', 'D1');
    onTestFinished(() => store.close());
    expect(store.place).toBe(fileIn(dataDir));
    expect(mode(dataDir)).toBe('700');
    for (const suffix of ['', '-wal', '-shm']) expect(mode(fileIn(dataDir) + suffix), suffix).toBe('600');
  });

  test('that others could read is closed to them', async () => {
    const dataDir = await filled();
    chmodSync(fileIn(dataDir), 0o644);
    await (await open(dataDir)).close();
    expect(mode(fileIn(dataDir))).toBe('600');
  });

  test.skipIf(!asRoot)('of another account is used where it can be written', async () => {
    const dataDir = await filled();
    chmodSync(fileIn(dataDir), 0o666);
    chmodSync(dataDir, 0o777);
    await withoutPrivileges(async () => {
      const store = await open(dataDir);
      expect(await adapterMemory(store, 'console').get('chat')).toBe('D1');
      await store.close();
    });
  });

  test('is kept the safe way: write-ahead, to disk at each commit, references checked', async () => {
    const store = await open(temporaryFolder());
    onTestFinished(() => store.close());
    const pragma = async (name: string) => {
      const { rows } = await store.run((db) =>
        sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db),
      );
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(2000);
  });

  test('is whole by itself once the store is closed, even while another program has it open', async () => {
    const dataDir = await filled();
    const reader = new Sqlite(fileIn(dataDir));
    onTestFinished(() => void reader.close());
    reader.prepare('select count(*) from adapter_memory').get();
    const store = await open(dataDir);
    await adapterMemory(store, 'console').set('later', 'D2');
    await store.close();
    expect(statSync(`${fileIn(dataDir)}-wal`).size).toBe(0);
  });
});

test('a transaction holds off other writers from its start, so that what it has read stays true', async () => {
  const dataDir = temporaryFolder();
  const store = await open(dataDir);
  onTestFinished(() => store.close());
  const other = new Sqlite(fileIn(dataDir), { timeout: 0 });
  onTestFinished(() => void other.close());
  const write = () => other.prepare("insert into adapter_memory values ('a', 'b', 'c')").run();
  await store.transaction(async (db) => {
    expect(await db.selectFrom('adapter_memory').selectAll().execute()).toEqual([]);
    expect(write).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }));
  });
  expect(write().changes).toBe(1);
});

describe('what can go wrong, each said in one line', () => {
  test('data from a newer version are left as they were, to the byte', async () => {
    const dataDir = await filled();
    const database = new Sqlite(fileIn(dataDir));
    const newer = migrations.length + 1;
    database
      .prepare('insert into schema_version values (?, ?, ?)')
      .run(newer, 'from the future', '2030-01-01');
    database.pragma('wal_checkpoint(truncate)');
    database.close();
    const before = digest(fileIn(dataDir));
    expect(await refusal(dataDir)).toContain(`(tables ${newer}; this one knows up to ${migrations.length})`);
    expect(digest(fileIn(dataDir))).toBe(before);
  });

  test.skipIf(!process.seteuid)('a folder that can’t be written to', async () => {
    const dataDir = temporaryFolder();
    chmodSync(dataDir, 0o555);
    const message = await withoutPrivileges(() => refusal(dataDir));
    expect(message).toContain(`The file ${fileIn(dataDir)} can't be written.`);
    expect(message).toMatch(/Let the account that runs the bot write.*\(EACCES\)$/);
    expect(existsSync(fileIn(dataDir))).toBe(false);
  });

  test.skipIf(!process.seteuid)('a folder that can’t be made', async () => {
    const parent = temporaryFolder();
    chmodSync(parent, 0o555);
    expect(await withoutPrivileges(() => refusal(join(parent, 'data')))).toContain("can't be written");
  });

  test.skipIf(!process.seteuid)('a file that can’t be written, though its folder can', async () => {
    const dataDir = await filled();
    chmodSync(fileIn(dataDir), 0o444);
    chmodSync(dataDir, 0o755);
    const before = digest(fileIn(dataDir));
    handOver(dataDir);
    expect(await withoutPrivileges(() => refusal(dataDir))).toContain("can't be written");
    expect(digest(fileIn(dataDir))).toBe(before);
  });

  test.skipIf(!process.seteuid)('a file that can be written, though its folder can’t', async () => {
    const dataDir = await filled();
    handOver(dataDir, fileIn(dataDir));
    chmodSync(dataDir, 0o555);
    expect(await withoutPrivileges(() => refusal(dataDir))).toContain("can't be written");
  });

  test('a folder in the file’s place', async () => {
    const dataDir = temporaryFolder();
    mkdirSync(fileIn(dataDir));
    expect(await refusal(dataDir)).toMatch(
      /bot\.db is a folder, and should be a file\..*DATA_DIR.*\(EISDIR\)$/,
    );
  });

  test('a file in the folder’s place', async () => {
    const file = join(temporaryFolder(), 'data');
    writeFileSync(file, '');
    expect(await refusal(file)).toContain('a file is in its place');
    expect(await refusal('/proc/no-such-folder/deeper')).toMatch(
      /The folder for .* can't be made there\. Set DATA_DIR to another folder\./,
    );
    expect(await refusal(join(file, 'deeper'))).toContain('a file is in its place');
  });

  test('something that is no database', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(fileIn(dataDir), 'The quick brown fox jumps over the lazy dog. '.repeat(200));
    const before = digest(fileIn(dataDir));
    expect(await refusal(dataDir)).toMatch(
      /is damaged, or was not made by this bot\. Put back the last backup.*\(SQLITE_NOTADB\)$/,
    );
    expect(digest(fileIn(dataDir))).toBe(before);
  });

  test('a database that is damaged in the middle', async () => {
    const dataDir = await filled();
    const bytes = readFileSync(fileIn(dataDir));
    bytes.fill(0x5a, 4096 * 2);
    writeFileSync(fileIn(dataDir), bytes);
    expect(await refusal(dataDir)).toMatch(/is damaged.*\(SQLITE_CORRUPT\)$/);
  });

  test('a database that another program holds', async () => {
    const dataDir = await filled();
    const other = new Sqlite(fileIn(dataDir));
    onTestFinished(() => void other.close());
    other.pragma('locking_mode = exclusive');
    other.prepare("insert into adapter_memory values ('a', 'b', 'c')").run();
    expect(await refusal(dataDir)).toMatch(
      /Another program holds the file .*bot\.db\. Stop the other bot.*\(SQLITE_BUSY\)$/,
    );
  });

  test('a full disk, after which all that was there before is there still', async () => {
    const store = await open(temporaryFolder());
    onTestFinished(() => store.close());
    const memory = adapterMemory(store, 'console');
    await memory.set('before', 'safe');
    const { rows } = await store.run((db) => sql<{ page_count: number }>`pragma page_count`.execute(db));
    const limit = (pages: number) =>
      store.run((db) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db));
    await limit(rows[0]!.page_count + 2);
    const large = 'x'.repeat(100_000);
    await expect(memory.set('large', large)).rejects.toThrow(
      /^The disk is full: .*bot\.db can't grow\. Make room.*\(SQLITE_FULL\)$/,
    );
    const together = store.transaction(async (db) => {
      await db
        .insertInto('adapter_memory')
        .values({ adapter: 'console', key: 'half', value: 'small' })
        .execute();
      await db
        .insertInto('adapter_memory')
        .values({ adapter: 'console', key: 'large', value: large })
        .execute();
    });
    await expect(together).rejects.toThrow('The disk is full');
    expect(await memory.get('half')).toBeUndefined();
    expect(await memory.get('before')).toBe('safe');
    await limit(100_000);
    await memory.set('large', large);
    expect(await memory.get('large')).toBe(large);
  });

  test('a disk that is found full while the database works with its helpers', () => {
    const dataDir = temporaryFolder();
    const engine = sqliteEngine(dataDir);
    const explained = engine.explain(new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR_SHMSIZE'));
    expect(String(explained)).toContain('The disk is full');
    const write = new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE');
    expect(String(engine.explain(write))).toContain('The disk failed');
    vi.mocked(statfsSync).mockReturnValueOnce({ blocks: 100, bavail: 0 } as ReturnType<typeof statfsSync>);
    expect(String(engine.explain(write))).toContain('The disk is full');
  });

  test('an operation that the database refuses for another reason', async () => {
    const store = await open(temporaryFolder());
    onTestFinished(() => store.close());
    const message = /refused an operation\. This is a fault of the bot.*\(SQLITE_ERROR\)$/;
    await expect(store.run((db) => sql`select * from nowhere`.execute(db))).rejects.toThrow(message);
  });
});

test('several processes that open one folder at once set it up once', async () => {
  const dataDir = temporaryFolder();
  const open = fileURLToPath(new URL('open-once.ts', import.meta.url));
  const runs = [1, 2, 3, 4].map((n) =>
    promisify(execFile)(process.execPath, [open, dataDir, `process ${n}`]),
  );
  await Promise.all(runs);
  const store = await openStore({ dataDir, clock: testClock() });
  onTestFinished(() => store.close());
  const versions = await store.run((db) =>
    db.selectFrom('schema_version').select('name').orderBy('version').execute(),
  );
  expect(versions.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  const rows = await store.run((db) =>
    db.selectFrom('adapter_memory').select('key').orderBy('key').execute(),
  );
  expect(rows.map(({ key }) => key)).toEqual(['process 1', 'process 2', 'process 3', 'process 4']);
});
