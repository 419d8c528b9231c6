import { sql } from 'kysely';
import type { Database } from '../engine.ts';
import type { Migration } from './migration.ts';

/**
 * Acknowledgements as a chain of events, and beside it what each says of a person. The database itself
 * refuses to change either; what is said of a person can go once the chain says that it was erased.
 */
export const acknowledgements: Migration = {
  name: 'acknowledgements',
  async up(schema, db, engine) {
    await schema
      .createTable('acknowledgement_events')
      .addColumn('position', 'integer', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('about', 'integer', (column) => column.references('acknowledgement_events.position'))
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('previous', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull().unique())
      .addCheckConstraint(
        'acknowledgement_events_kind',
        sql`kind in ('acknowledged', 'paper', 'revoked', 'erased')`,
      )
      .execute();
    await schema
      .createIndex('acknowledgement_events_about')
      .on('acknowledgement_events')
      .column('about')
      .execute();
    await schema
      .createTable('acknowledgement_details')
      .addColumn('position', 'integer', (column) =>
        column.primaryKey().references('acknowledgement_events.position'),
      )
      .addColumn('salt', 'text', (column) => column.notNull())
      .addColumn('platform', 'text')
      .addColumn('person', 'text')
      .addColumn('email', 'text')
      .addColumn('name', 'text')
      .addColumn('policy', 'text')
      .addColumn('version', 'text')
      .addColumn('sha256', 'text')
      .addColumn('kept_sha256', 'text')
      .addColumn('wording', 'text')
      .addColumn('attempts', 'integer')
      .addColumn('signed_on', 'text')
      .addColumn('author', 'text')
      .addColumn('reason', 'text')
      .execute();
    await schema
      .createIndex('acknowledgement_details_policy')
      .on('acknowledgement_details')
      .columns(['policy', 'version'])
      .execute();
    await (engine === 'sqlite' ? guardSqlite(db) : guardPostgres(db));
  },
};

async function guardSqlite(db: Database): Promise<void> {
  const refuse = sql`begin select raise(abort, 'acknowledgements are only ever added to'); end`;
  for (const table of ['acknowledgement_events', 'acknowledgement_details']) {
    const trigger = (what: string) => sql.raw(`${table}_${what}`);
    const on = sql.raw(table);
    await sql`create trigger ${trigger('unchanged')} before update on ${on} ${refuse}`.execute(db);
    // "insert or replace" takes the old row out without asking the trigger for deletion.
    await sql`create trigger ${trigger('unreplaced')} before insert on ${on}
      when exists (select 1 from ${on} where position = new.position) ${refuse}`.execute(db);
  }
  await sql`create trigger acknowledgement_events_kept before delete on acknowledgement_events ${refuse}`.execute(
    db,
  );
  await sql`create trigger acknowledgement_details_kept before delete on acknowledgement_details
    when not exists (select 1 from acknowledgement_events where kind = 'erased' and about = old.position)
    ${refuse}`.execute(db);
}

async function guardPostgres(db: Database): Promise<void> {
  await sql`create function refuse_change_of_acknowledgements() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and tg_table_name = 'acknowledgement_details' then
        if exists (select 1 from acknowledgement_events where kind = 'erased' and about = old.position) then
          return old;
        end if;
      end if;
      raise exception 'acknowledgements are only ever added to';
    end $$`.execute(db);
  for (const table of ['acknowledgement_events', 'acknowledgement_details']) {
    const on = sql.raw(table);
    await sql`create trigger ${sql.raw(`${table}_kept`)} before update or delete on ${on}
      for each row execute function refuse_change_of_acknowledgements()`.execute(db);
    await sql`create trigger ${sql.raw(`${table}_not_emptied`)} before truncate on ${on}
      for each statement execute function refuse_change_of_acknowledgements()`.execute(db);
  }
}
