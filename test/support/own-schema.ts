import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A schema on a PostgreSQL server that is dropped in the end. */
export interface OwnSchema {
  /** The server's address, where a connection sees this schema alone. */
  readonly url: string;
  drop(): Promise<void>;
}

export async function ownSchema(databaseUrl: string): Promise<OwnSchema> {
  const schema = `own_${randomUUID().replaceAll('-', '')}`;
  const query = async (statement: string): Promise<void> => {
    const client = new pg.Client(databaseUrl);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await query(`create schema ${schema}`);
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return { url: url.href, drop: () => query(`drop schema ${schema} cascade`) };
}
