import { createServer, type Socket } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Database, Engine } from '../../src/store/engine.ts';
import { adapterMemory } from '../../src/store/memory.ts';
import { migrations } from '../../src/store/migrations/mod.ts';
import { openStore, type Store, startStore } from '../../src/store/open.ts';
import { postgresLike } from '../../src/store/postgres.ts';
import { dialectOn, schemaUrl, serverUrl, testClock } from './engines.ts';

const open = (databaseUrl: string): Promise<Store> =>
  openStore({ dataDir: '/nowhere', databaseUrl, clock: testClock() });

/** A server on this machine that talks with `pg` as a test wants it to. Gives its port. */
async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** PostgreSQL's ErrorResponse, as a server sends it when somebody logs in. */
function errorResponse(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0Mthe server’s own words\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** The one line that opening fails with. It never holds the password. */
async function refusal(databaseUrl: string): Promise<string> {
  const error = await open(databaseUrl).then(
    (store) => store.close().then(() => 'opened'),
    (fault: unknown) => fault,
  );
  expect(error).toMatchObject({ name: 'StoreError' });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/hunter2/);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
}

describe('what can go wrong, each said in one line', () => {
  test.each([
    ['nonsense', 'hunter2'],
    ['another kind of database', 'mysql://bot:hunter2@127.0.0.1/bot'],
    ['no host', 'postgres:///bot?password=hunter2'],
    ['a password with a bare %', 'postgres://bot:hunter2%@127.0.0.1/bot'],
    ['a port that is none', 'postgres://bot:hunter2@127.0.0.1:port/bot'],
  ])('an address that is none: %s', async (_, url) => {
    expect(await refusal(url)).toMatch(
      /^DATABASE_URL is not the address .* Write it as postgres:\/\/user:password@/,
    );
  });

  test('a server that is away', async () => {
    const port = await listen(() => {});
    const unused = port === 65535 ? port - 1 : port + 1;
    expect(await refusal(`postgres://bot:hunter2@127.0.0.1:${unused}/guidance`)).toBe(
      `The PostgreSQL database "guidance" at 127.0.0.1:${unused}, user "bot" cannot be reached. ` +
        'Check that the server runs, and host and port in DATABASE_URL. (ECONNREFUSED)',
    );
  });

  test('a host that does not exist', async () => {
    expect(await refusal('postgres://bot:hunter2@no-such-host.invalid/bot')).toMatch(
      /"bot" at no-such-host\.invalid:5432, .* cannot be reached\..*\((ENOTFOUND|EAI_AGAIN)\)$/,
    );
  });

  test('a server that does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const port = await listen(() => void vi.advanceTimersByTimeAsync(5000));
    expect(await refusal(`postgres://bot:hunter2@127.0.0.1:${port}/bot`)).toContain('does not answer');
  });

  test.each([
    ['28P01', 'refuses the user name or the password. Check both in DATABASE_URL.'],
    ['28000', 'refuses the user name or the password. Check both in DATABASE_URL.'],
    ['3D000', 'does not exist. Make it, or check the name in DATABASE_URL.'],
    ['42501', 'does not let this user make or change tables.'],
    ['53100', 'has no room left on its disk.'],
    ['53300', 'has no connection left.'],
    ['57P03', 'is starting or stopping. Try again in a minute.'],
    ['XX000', 'refused an operation. This is a fault of the bot'],
  ])('a server that answers with %s', async (code, says) => {
    const port = await listen((socket) => socket.once('data', () => socket.end(errorResponse(code))));
    const message = await refusal(`postgres://bot:hunter2@127.0.0.1:${port}/bot`);
    expect(message).toContain(says);
    expect(message).toContain(`(${code})`);
    expect(message).not.toContain('own words');
  });

  test('a server without encryption, where the address asks for it', async () => {
    const port = await listen((socket) => socket.once('data', () => socket.write('N')));
    expect(await refusal(`postgres://bot:hunter2@127.0.0.1:${port}/bot?sslmode=verify-full`)).toContain(
      'offers no encryption',
    );
  });

  test('a server that hangs up', async () => {
    const port = await listen((socket) => socket.destroy());
    expect(await refusal(`postgres://bot:hunter2@127.0.0.1:${port}/bot`)).toMatch(
      /broke off the connection|cannot be reached/,
    );
  });
});

describe('through the pg driver', () => {
  // PostgreSQL's wire protocol in front of PGlite: all that a server does, in this process.
  const lite = PGlite.create();
  afterAll(async () => (await lite).close());

  function bridge(socket: Socket): void {
    let last: Promise<void> = Promise.resolve();
    socket.on('data', (message) => {
      last = last.then(async () => {
        const answer = await (await lite).execProtocolRaw(message);
        if (socket.writable) socket.write(answer);
      });
    });
  }

  test('opens, keeps, and names the place without the password', async () => {
    const port = await listen(bridge);
    const url = `postgres://postgres:hunter2@127.0.0.1:${port}/postgres`;
    const first = await open(url);
    expect(first.place).toBe(`PostgreSQL database "postgres" at 127.0.0.1:${port}, user "postgres"`);
    await adapterMemory(first, 'console').set('chat', 'D1');
    await first.close();
    const second = await open(url);
    onTestFinished(() => second.close());
    expect(await adapterMemory(second, 'console').get('chat')).toBe('D1');
    const rows = await second.run((db) =>
      db.selectFrom('schema_version').select('name').orderBy('version').execute(),
    );
    expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  });

  describe('when the server breaks the connection', () => {
    /** A store whose connections can be broken. */
    async function breakable() {
      const sockets = new Set<Socket>();
      const port = await listen((socket) => {
        sockets.add(socket);
        bridge(socket);
      });
      const store = await open(`postgres://postgres:hunter2@127.0.0.1:${port}/postgres`);
      onTestFinished(() => store.close());
      const breakAll = () => {
        for (const socket of sockets) socket.resetAndDestroy();
        sockets.clear();
      };
      return { store, breakAll };
    }

    test('under a query, that query fails and the next goes through', async () => {
      const { store, breakAll } = await breakable();
      const broken = store.transaction(async (db) => {
        await db.insertInto('adapter_memory').values({ adapter: 'a', key: 'half', value: '' }).execute();
        breakAll();
        await db.selectFrom('adapter_memory').selectAll().execute();
      });
      await expect(broken).rejects.toThrow(/broke off the connection|cannot be reached/);
      await (await lite).query('rollback');
      expect(await adapterMemory(store, 'a').get('half')).toBeUndefined();
    });

    test('while nothing is asked, the next query goes through', async () => {
      const { store, breakAll } = await breakable();
      const memory = adapterMemory(store, 'a');
      await memory.set('chat', 'D2');
      breakAll();
      // The first queries may still meet the broken connection.
      await vi.waitFor(async () => expect(await memory.get('chat')).toBe('D2'));
    });
  });

  test('takes a lock before it looks at the tables, and keeps it until they are up to date', async () => {
    const server = await lite;
    await server.exec('create schema locked; set search_path to locked');
    onTestFinished(() => server.exec('reset search_path').then(() => {}));
    const count = async (db: Database, from: string) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(from)}`.execute(db);
      return rows[0]?.n;
    };
    const engine = postgresLike(dialectOn(server), 'PGlite');
    const seen: unknown[] = [];
    const locking: Engine = {
      ...engine,
      async lock(transaction) {
        const tables = await count(transaction, "pg_tables where schemaname = 'locked'");
        await engine.lock?.(transaction);
        seen.push({ tables, locks: await count(transaction, "pg_locks where locktype = 'advisory'") });
      },
    };
    const store = await startStore(() => locking, testClock());
    onTestFinished(() => store.close());
    expect(seen).toEqual([{ tables: 0, locks: 1 }]);
    expect(await store.run((db) => count(db, "pg_locks where locktype = 'advisory'"))).toBe(0);
    expect(await store.run((db) => count(db, 'schema_version'))).toBe(migrations.length);
  });
});

test.skipIf(!serverUrl)(
  'several that open one database at once set it up once (needs TEST_DATABASE_URL)',
  async () => {
    const url = await schemaUrl(serverUrl!);
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)));
    for (const store of stores) onTestFinished(() => store.close());
    const rows = await stores[0]!.run((db) =>
      db.selectFrom('schema_version').select('name').orderBy('version').execute(),
    );
    expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  },
);
