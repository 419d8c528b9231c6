import { type Dialect, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Engine } from './engine.ts';
import { codeOf, StoreError } from './error.ts';

const CONNECT_TIMEOUT_MS = 5000;
/** Any number will do, as long as nothing else in the same database takes an advisory lock of this number. */
const STORE_LOCK = 7_265_001;

/** PostgreSQL at `postgres://user:password@host:port/database`. Connects at the first query. @throws StoreError */
export function postgresEngine(databaseUrl: string): Engine {
  const place = placeOf(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'staff-guidance-bot',
  });
  // A connection that breaks, idle or in use, ends the process where nobody listens. The pool replaces it,
  // and the query that it broke under, or the next one, reports what is wrong.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return postgresLike(new PostgresDialect({ pool }), place);
}

/** An engine that speaks PostgreSQL, through any driver. */
export function postgresLike(dialect: Dialect, place: string): Engine {
  return {
    name: 'postgres',
    dialect,
    place,
    explain: (error) => explainPostgres(error, place),
    transaction: (db, work) => db.transaction().execute(work),
    async lock(transaction) {
      await sql`select pg_advisory_xact_lock(${STORE_LOCK})`.execute(transaction);
    },
  };
}

/** `PostgreSQL database "bot" at db.example:5432, user "bot"` */
function placeOf(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl);
    const [user, , name] = [url.username, url.password, url.pathname.slice(1)].map(decodeURIComponent);
    const host = url.searchParams.get('host') ?? url.hostname;
    if (/^postgres(ql)?:$/.test(url.protocol) && host !== '')
      return `PostgreSQL database "${name}" at ${host}:${url.port || 5432}, user "${user}"`;
  } catch {
    // Said below, without the error: it holds the address with its password.
  }
  throw new StoreError(
    'DATABASE_URL is not the address of a PostgreSQL database. Write it as postgres://user:password@host:5432/database; ' +
      'in a password, write @ as %40, / as %2F and % as %25.',
  );
}

const SILENT = 'does not answer. Check that the server runs, and host and port in DATABASE_URL.';
const BROKEN = 'broke off the connection. Check that the server runs; the bot connects again by itself.';
const LOGIN = 'refuses the user name or the password. Check both in DATABASE_URL.';

/** What PostgreSQL's codes mean, and the system's and TLS's; the first that fits. */
const CODED: readonly (readonly [code: RegExp, meaning: string])[] = [
  [/^28/, LOGIN],
  [/^3D000$/, 'does not exist. Make it, or check the name in DATABASE_URL.'],
  [/^42501$/, 'does not let this user make or change tables. Grant it the right to.'],
  [/^53100$/, 'has no room left on its disk. Make room and try again.'],
  [/^53300$/, 'has no connection left. Close other programs, or raise max_connections.'],
  [/^57P/, 'is starting or stopping. Try again in a minute.'],
  [
    /CERT|^ERR_TLS|^ERR_SSL/,
    'shows a certificate that is not trusted. Name its authority in NODE_EXTRA_CA_CERTS.',
  ],
  [/^E(?!RR_)/, 'cannot be reached. Check that the server runs, and host and port in DATABASE_URL.'],
  [/^[0-9A-Z]{5}$/, 'refused an operation. This is a fault of the bot: please report it.'],
];

/** What `pg` reports without a code, by the beginning of its message; the first that fits. */
const UNCODED: readonly (readonly [start: string, meaning: string])[] = [
  ['timeout exceeded when trying to connect', SILENT],
  ['Connection terminated due to connection timeout', SILENT],
  ['Connection terminated', BROKEN],
  ['Client has encountered a connection error', BROKEN],
  ['SASL', LOGIN],
  [
    'The server does not support SSL',
    'offers no encryption. Take sslmode out of DATABASE_URL, or turn TLS on at the server.',
  ],
];

function explainPostgres(error: unknown, place: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  const known =
    code === undefined
      ? UNCODED.find(([start]) => error.message.startsWith(start))
      : CODED.find(([pattern]) => pattern.test(code));
  return known ? new StoreError(`The ${place} ${known[1]}`, code) : error;
}
