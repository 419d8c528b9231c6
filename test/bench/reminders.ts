import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ownSchema } from '../support/own-schema.ts';
import { print, progress } from './figure.ts';
import type { Job, Took } from './reminders-child.ts';

const program = fileURLToPath(new URL('reminders-child.ts', import.meta.url));
const serverUrl = process.env.TEST_DATABASE_URL;

/** People and policies: many messages of one policy each, then fewer of ten. */
const sizes = [
  { people: 1_000, policies: 1 },
  { people: 10_000, policies: 1 },
  { people: 100_000, policies: 1 },
  { people: 10_000, policies: 10 },
];

/** How long it takes to work out who owes what and to put the reminders into the queue, and in how much memory. */
export async function queuedReminders(): Promise<void> {
  if (!serverUrl) progress('TEST_DATABASE_URL is not set: PGlite stands in for a PostgreSQL server.');
  for (const engine of ['SQLite', serverUrl ? 'PostgreSQL' : 'PGlite'] as const)
    for (const { people, policies } of sizes) {
      const count = people * policies;
      const name = `${count.toLocaleString('en-GB')} person-policies, ${policies} each, on ${engine}`;
      progress(name);
      const took = await measure({ people, policies, engine });
      const whole = took.computed + took.queued;
      print({
        name: `${name}: worked out and queued`,
        value: whole,
        unit: 'ms',
        vs: {
          'of it worked out': took.computed,
          'of it queued': took.queued,
          'the same messages, bare inserts': took.bare,
        },
        note: `${Number(((whole / count) * 1_000).toPrecision(3))} µs each`,
      });
      const note = engine === 'PGlite' ? 'with the whole database in this process' : 'beyond what Node held';
      print({ name: `${name}: memory`, value: took.memory, unit: 'MB', vs: {}, note });
    }
}

async function measure({ people, policies, engine }: Omit<Job, 'dataDir' | 'databaseUrl'>): Promise<Took> {
  const dataDir = mkdtempSync(join(tmpdir(), 'reminders-bench-'));
  const schema = serverUrl ? await ownSchema(serverUrl) : undefined;
  try {
    const job: Job = { people, policies, dataDir, engine, ...(schema && { databaseUrl: schema.url }) };
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(job)]);
    return JSON.parse(stdout) as Took;
  } finally {
    await schema?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
