import type { SchemaModule } from 'kysely';
import type { Database, EngineName } from '../engine.ts';

/**
 * One step forward. Once it has been released it is never edited: a change is a new migration. It builds
 * with what both engines understand: text and integer columns. `db` is for plain SQL on rows that are there
 * already; its types are those of the newest tables, not of this step's. `engine` is for triggers, which each
 * engine writes in its own words.
 */
export interface Migration {
  readonly name: string;
  up(schema: SchemaModule, db: Database, engine: EngineName): Promise<void>;
}
