import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DeliveryProgress } from '../../../src/reminders/delivery.ts';
import { Seeded } from '../../bench/seeded.ts';
import type { Job } from './deliver-child.ts';
import { CLIENT_PATIENCE, type Faults, openPlatform } from './platform.ts';

const program = fileURLToPath(new URL('deliver-child.ts', import.meta.url));

/** Short, so that a run which was killed is taken up at once. */
const LEASE = 120;

/** Starts a process that delivers. */
export function startDelivery(job: Job): ChildProcess {
  return spawn(process.execPath, [program, JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** What a process that came to its end by itself says of it. @throws where it did not */
export async function ended(child: ChildProcess): Promise<DeliveryProgress> {
  const said = text(child.stdout!);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  if (child.exitCode !== 0)
    throw new Error(`The delivery ended with ${child.exitCode ?? child.signalCode}: ${await said}`);
  return JSON.parse(await said) as DeliveryProgress;
}

export interface KillRun {
  readonly seed: number;
  readonly people: number;
  readonly kills: number;
  readonly faults: Faults;
  /** Whether the adapter can tell that a message went before. */
  readonly seeing: boolean;
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

export interface KillReport {
  readonly kills: number;
  /** Nobody is to be here. */
  readonly missed: readonly string[];
  /** Messages that arrived more than once. */
  readonly doubled: readonly string[];
  /** Those that no kill and no lost answer excuses: none is to be here. */
  readonly doubledWithoutReason: readonly string[];
}

/**
 * One delivery that is killed again and again and taken up each time, until all is sent; then what the
 * platform's own log says of it.
 */
export async function killRun(run: KillRun): Promise<KillReport> {
  const chance = new Seeded(run.seed);
  const platform = await openPlatform(chance, run.faults);
  const { dataDir, databaseUrl, people, seeing } = run;
  const job = {
    dataDir,
    ...(databaseUrl !== undefined && { databaseUrl }),
    url: platform.url,
    people,
    seeing,
    clientPatience: CLIENT_PATIENCE,
    lease: LEASE,
  };
  /** What may have been in flight at a kill: the last that had arrived, and what came after. */
  const inFlight: string[][] = [];
  try {
    for (let n = 0; n < run.kills; n++) {
      const child = startDelivery({ ...job, worker: `life ${n}` });
      const over = once(child, 'exit');
      const step = Math.floor(people / (run.kills + 1));
      // Now and then before anything was sent: while it starts, or puts its messages into the queue.
      const moment = chance.chance(0.2)
        ? pause(chance.below(400))
        : platform.reached(platform.arrived.length + 1 + chance.below(step));
      await Promise.race([moment, over]);
      const wait = chance.below(8);
      if (wait > 0) await pause(wait);
      const before = platform.arrived.length;
      child.kill('SIGKILL');
      await over;
      if (child.signalCode !== 'SIGKILL')
        throw new Error(`The delivery ended before it could be killed, with ${child.exitCode}.`);
      inFlight.push(platform.arrived.slice(Math.max(0, before - 1)));
      // Bytes that were on their way when it died.
      await pause(5);
      inFlight.push(platform.arrived.slice(Math.max(0, before - 1)));
    }
    const { waiting } = await ended(startDelivery({ ...job, worker: 'the last life' }));
    if (waiting > 0) throw new Error(`The last run left ${waiting} waiting.`);
  } finally {
    await platform.close();
  }
  return reportOf(run, platform.arrived, new Set(inFlight.flat()), platform.unanswered);
}

function reportOf(
  { people, kills, seeing }: KillRun,
  arrived: readonly string[],
  inFlight: ReadonlySet<string>,
  unanswered: ReadonlySet<string>,
): KillReport {
  const times = new Map<string, number>();
  for (const key of arrived) times.set(key, (times.get(key) ?? 0) + 1);
  const expected = Array.from({ length: people }, (_, n) => `reminder:U${n}:2026-12-01`);
  const doubled = [...times].flatMap(([key, count]) => Array<string>(count - 1).fill(key));
  const excused = (key: string): boolean => inFlight.has(key) || (!seeing && unanswered.has(key));
  const tooMany = doubled.filter(excused).slice(seeing ? kills : kills + unanswered.size);
  return {
    kills,
    missed: expected.filter((key) => !times.has(key)),
    doubled,
    doubledWithoutReason: [...doubled.filter((key) => !excused(key)), ...tooMany],
  };
}
