import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { GRANTS } from '../../../src/concerns/sealing/mod.ts';
import { stretchOnThreads } from '../../../src/concerns/stretch.ts';
import { Seeded } from '../../bench/seeded.ts';
import { temporaryFolder } from '../content.ts';
import { type House, openHouse, quickStretch } from './house.ts';

export interface KilledSubmits {
  readonly kills: number;
  /** Codes that senders were shown. */
  readonly shown: number;
  /** Concerns that are stored without that their sender has seen a code: at most one for each kill. */
  readonly unseen: number;
  /** One line each; none is to be here. */
  readonly faults: readonly string[];
}

export interface KillPlan {
  readonly kills: number;
  readonly seed: number;
  /** How the process that is killed sends; by turns as the bot does, and so that it is mostly in the store. */
  readonly mode?: 'careless';
  readonly progress?: (text: string) => void;
  /** Does something to the file after each kill. */
  readonly meddle?: (file: string) => void;
}

const child = fileURLToPath(new URL('./submit-child.ts', import.meta.url));

/** Kills a process in the middle of sending, over and over, and looks each time at what is stored. */
export async function killSubmits({
  kills,
  seed,
  mode,
  progress = () => {},
  meddle = () => {},
}: KillPlan): Promise<KilledSubmits> {
  const random = new Seeded(seed);
  const dataDir = temporaryFolder();
  const enrolled = await openHouse({ dataDir, readers: ['headteacher', 'deputy-headteacher'] });
  await enrolled.close();
  const faults: string[] = [];
  const shown = new Set<string>();
  let stored = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const way = mode ?? (kill % 2 === 0 ? 'real' : 'quick');
    const codes = await sendUntilKilled(dataDir, way, random.below(way === 'real' ? 600 : 150));
    for (const code of codes) shown.add(code);
    const house = await openHouse({ dataDir, stretch: way === 'real' ? stretchOnThreads() : quickStretch });
    meddle(house.store.file);
    const found = await look(house, codes);
    await house.close();
    faults.push(...found.faults.map((fault) => `kill ${kill}: ${fault}`));
    if (found.stored - stored > codes.length + 1)
      faults.push(`kill ${kill}: ${found.stored - stored} concerns for ${codes.length} codes`);
    stored = found.stored;
    progress(`${kill} of ${kills} kills, ${shown.size} codes, ${faults.length} faults`);
  }
  rmSync(dataDir, { recursive: true, force: true });
  return { kills, shown: shown.size, unseen: stored - shown.size, faults };
}

/** The codes that were shown before the process was killed, so many milliseconds after it began. */
async function sendUntilKilled(dataDir: string, way: string, after: number): Promise<readonly string[]> {
  const sending = spawn(process.execPath, [child, dataDir, way], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: sending.stdout });
  const ready = new Promise<void>((resolve, reject) => {
    reader.on('line', (line) => {
      if (line === 'ready') resolve();
      else lines.push(line);
    });
    sending.once('exit', (code) => reject(new Error(`The process that sends ended by itself with ${code}.`)));
  });
  const ended = once(sending, 'exit');
  const read = once(reader, 'close');
  await ready;
  await pause(after);
  sending.kill('SIGKILL');
  await Promise.all([ended, read]);
  return lines;
}

/** What is stored, and what is wrong with it: half a concern, or a code that opens none. */
async function look(
  house: House,
  codes: readonly string[],
): Promise<{ readonly stored: number; readonly faults: readonly string[] }> {
  const { store, concerns } = house;
  const { rows: checked } = await store.run((db) => sql<object>`pragma integrity_check`.execute(db));
  const rows = await store.run((db) =>
    db
      .selectFrom('concern')
      .select((row) => [
        row
          .selectFrom('grant')
          .whereRef('grant.concern', '=', 'concern.id')
          .select((each) => each.fn.countAll<number>().as('n'))
          .as('grants'),
        row
          .selectFrom('message')
          .whereRef('message.concern', '=', 'concern.id')
          .select((each) => each.fn.countAll<number>().as('n'))
          .as('messages'),
      ])
      .execute(),
  );
  const counts = await store.run((db) => db.selectFrom('term_count').select('n').execute());
  const counted = counts.reduce((sum, { n }) => sum + n, 0);
  const threads = [];
  // One after the other: so many at once would be asked to wait.
  for (const code of codes) threads.push({ code, thread: await concerns.senders.openThread(code) });
  return {
    stored: rows.length,
    faults: [
      ...(JSON.stringify(checked).includes('"ok"') ? [] : ['the file is damaged']),
      ...rows
        .filter(({ grants, messages }) => grants !== GRANTS || messages !== 1)
        .map(({ grants, messages }) => `half a concern, with ${grants} grants and ${messages} messages`),
      ...(counted === rows.length ? [] : [`${counted} counted, ${rows.length} stored`]),
      ...threads
        .filter(({ thread }) => thread.kind !== 'open' || thread.messages.length !== 1)
        .map(({ code }) => `a code that opens nothing was shown: ${code}`),
    ],
  };
}
