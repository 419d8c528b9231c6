import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type House, openHouse } from '../../support/concerns/house.ts';

/** The columns are those that the promise lists, and no more; each table lies in the order of its random keys. */

const allowed: Readonly<Record<string, readonly string[]>> = {
  concern: ['id', 'lookup', 'status', 'week', 'purge_week', 'public_key', 'sealed_key'],
  grant: ['id', 'concern', 'sealed_key'],
  message: ['id', 'concern', 'ciphertext'],
  // `person`: without it, a role that changes hands would leave the old key in the new holder's name.
  handler: [
    'id',
    'role',
    'person',
    'public_key',
    'sealed_by_passphrase',
    'sealed_by_recovery',
    'verifier',
    'state',
  ],
  enrolment: ['token_hash', 'role', 'person', 'day'],
  handler_log: ['id', 'handler', 'action', 'concern', 'day'],
  term_count: ['term', 'kind', 'n'],
};

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(() => house.close());

/** What a database has that it should not have. */
function surplus(file: string): string[] {
  const database = new Sqlite(file);
  const rows = database
    .prepare<[], { type: string; name: string; sql: string | null }>(
      'select type, name, sql from sqlite_schema',
    )
    .all();
  const found = rows.flatMap(({ type, name, sql }) => {
    if (type === 'index') return [];
    if (type !== 'table') return [`${type} ${name}`];
    const known = allowed[name];
    if (!known) return [`table ${name}`];
    const columns = database
      .prepare<[string], { name: string }>('select name from pragma_table_xinfo(?)')
      .all(name);
    return [
      ...columns.filter((column) => !known.includes(column.name)).map((column) => `${name}.${column.name}`),
      ...(/without rowid/i.test(sql ?? '') ? [] : [`${name} has a running number`]),
    ];
  });
  database.close();
  return found;
}

test('there is no column, table, trigger or running number but those', () => {
  expect(surplus(house.store.file)).toEqual([]);
});

test.each([
  ['alter table concern add column created text', 'concern.created'],
  ['alter table concern add column sender_hash blob', 'concern.sender_hash'],
  ['create table visit (day text primary key) without rowid', 'table visit'],
  ['create table term_count2 (n integer)', 'table term_count2'],
  ['create view seen as select id from concern', 'view seen'],
  [
    'drop table enrolment; create table enrolment (token_hash blob, role text, person text, day text)',
    'enrolment has a running number',
  ],
])('planted, it is found: %s', (statement, name) => {
  const database = new Sqlite(house.store.file);
  database.exec(statement);
  database.close();
  expect(surplus(house.store.file)).toEqual([name]);
});
