/**
 * A process of its own that delivers reminders to a fake platform: `node deliver-child.ts JOB`, with a job as
 * JSON. It ends with 0 once it has nothing more to send, and when it is told to stop.
 */
import type { Outcome } from '../../../src/chat/mod.ts';
import { deliverReminders, type Pace } from '../../../src/reminders/delivery.ts';
import type { Notice } from '../../../src/reminders/notice.ts';
import { manualClock } from '../../../src/school/clock.ts';
import { openStore } from '../../../src/store/open.ts';

export interface Job {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Of the fake platform. */
  readonly url: string;
  readonly people: number;
  /** Whether the adapter can tell that a message went before. */
  readonly seeing: boolean;
  /** Milliseconds after which a request is given up. */
  readonly clientPatience: number;
  readonly worker: string;
  readonly lease: number;
}

const job = JSON.parse(process.argv[2] ?? '') as Job;
const day = '2026-12-01';

const reminders: Notice[] = Array.from({ length: job.people }, (_, n) => ({
  person: {
    id: `U${n}`,
    accounts: [{ platform: 'fake', person: `U${n}` }],
    name: `Person ${n}`,
    roles: ['teacher'],
    rolesFrom: 'platform',
  },
  rung: 'digest',
  day,
  items: [{ policy: 'social', version: '2', due: '2026-12-11' }],
  key: `reminder:U${n}:${day}`,
}));

async function ask(path: string, key: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${job.url}${path}`, {
    method: 'POST',
    body: JSON.stringify({ key }),
    signal: AbortSignal.timeout(job.clientPatience),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function send(key: string, again: boolean): Promise<Outcome> {
  if (again && job.seeing && (await ask('/find', key)).body.found === true)
    return { kind: 'sent', message: key };
  const { status, body } = await ask('/send', key);
  if (status === 200) return { kind: 'sent', message: key };
  if (status === 429) return { kind: 'wait', until: new Date(Date.now() + Number(body.retryAfter)) };
  return { kind: 'unknown', reason: `status ${status}` };
}

const pace: Partial<Pace> = { lease: job.lease, backOff: (tries) => Math.min(5 * tries, 100) };
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

const clock = manualClock(new Date('2026-12-01T09:00:00Z'));
const { dataDir, databaseUrl } = job;
const store = await openStore({ dataDir, clock, ...(databaseUrl !== undefined && { databaseUrl }) });
const progress = await deliverReminders({
  store,
  clock,
  reminders,
  render: () => ({ summary: 'A policy to read', elements: [] }),
  // A request that was given up rejects; the run takes that for a message that may have gone.
  deliver: ({ key }, { again = false }) => send(key, again),
  worker: job.worker,
  pace,
  signal: stop.signal,
});
await store.close();
process.stdout.write(`${JSON.stringify(progress)}\n`);
