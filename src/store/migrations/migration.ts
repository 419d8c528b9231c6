import type { SchemaModule } from 'kysely';

/**
 * One step forward. Once it has been released it is never edited: a change is a new migration. It builds
 * with what both engines understand: text and integer columns.
 */
export interface Migration {
  readonly name: string;
  up(schema: SchemaModule): Promise<void>;
}
