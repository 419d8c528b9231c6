import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { onTestFinished } from 'vitest';
import { type Clock, manualClock } from '../../src/school/clock.ts';
import { openStore, type Store, startStore } from '../../src/store/open.ts';
import { postgresLike } from '../../src/store/postgres.ts';
import { ownSchema } from '../support/own-schema.ts';

/** An empty database of its own for one test, which can be closed and opened again. */
interface Home {
  /** Opens it; closed when the test ends, if not before. */
  open(): Promise<Store>;
}

export interface TestEngine {
  readonly name: string;
  home(clock?: Clock): Promise<Home>;
}

export const testClock = () => manualClock(new Date('2026-11-23T09:30:00Z'));

/** A folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  onTestFinished(() => {
    // A test may have taken the right to write away.
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

async function closedAtTheEnd(opening: Promise<Store>): Promise<Store> {
  const store = await opening;
  onTestFinished(() => store.close());
  return store;
}

const sqlite: TestEngine = {
  name: 'SQLite',
  async home(clock = testClock()) {
    const dataDir = temporaryFolder();
    return { open: () => closedAtTheEnd(openStore({ dataDir, clock })) };
  },
};

/** Kysely's dialect on a PGlite that lives on when the store is closed. */
export function dialectOn(lite: PGlite): PGliteDialect {
  const pglite = {
    query: lite.query.bind(lite),
    transaction: lite.transaction.bind(lite),
    waitReady: lite.waitReady,
    ready: true,
    closed: false,
    close: async () => {},
  };
  return new PGliteDialect({ pglite });
}

/** PostgreSQL inside this process. One for a whole file, since it takes seconds to start; a home is a schema. */
let shared: Promise<PGlite> | undefined;
const pglite: TestEngine = {
  name: 'PostgreSQL (PGlite)',
  async home(clock = testClock()) {
    shared ??= PGlite.create();
    const lite = await shared;
    const schema = `home_${randomUUID().replaceAll('-', '')}`;
    await lite.query(`create schema ${schema}`);
    return {
      async open() {
        await lite.query(`set search_path to ${schema}`);
        return closedAtTheEnd(startStore(() => postgresLike(dialectOn(lite), 'PGlite'), clock));
      },
    };
  },
};

/** The address of a PostgreSQL server to run the same tests on, where one is at hand. */
export const serverUrl = process.env.TEST_DATABASE_URL;

/** Addresses a schema of its own on the server, gone when the test ends. */
export async function schemaUrl(databaseUrl: string): Promise<string> {
  const { url, drop } = await ownSchema(databaseUrl);
  onTestFinished(drop);
  return url;
}

const server = (url: string): TestEngine => ({
  name: 'PostgreSQL (server)',
  async home(clock = testClock()) {
    const databaseUrl = await schemaUrl(url);
    return { open: () => closedAtTheEnd(openStore({ dataDir: '/nowhere', databaseUrl, clock })) };
  },
});

/** Every engine that this machine has. */
export const engines: readonly TestEngine[] = [sqlite, pglite, ...(serverUrl ? [server(serverUrl)] : [])];
