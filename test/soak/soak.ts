/**
 * `npm run soak`: the runs that are too long for `npm test`, or with names after `--` only those. One line of
 * JSON on standard output a run, how far it is on standard error; ends with 1 where a run found a fault.
 */
import { killedSubmits } from './concerns.ts';
import { killedDeliveries } from './reminders.ts';
import type { Soaked } from './soaked.ts';

const runs: Readonly<Record<string, (progress: (text: string) => void) => Promise<Soaked>>> = {
  reminders: killedDeliveries,
  concerns: killedSubmits,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(runs, name));
if (unknown !== undefined) {
  process.stderr.write(`There is no run "${unknown}". Use any of: ${Object.keys(runs).join(', ')}.\n`);
  process.exitCode = 2;
} else
  for (const [name, run] of Object.entries(runs)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const { faults, figures } = await run((text) => process.stderr.write(`${name}: ${text}\n`));
    process.stdout.write(`${JSON.stringify({ name, ...figures, faults })}\n`);
    if (faults.length > 0) process.exitCode = 1;
  }
