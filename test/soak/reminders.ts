import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownSchema } from '../support/own-schema.ts';
import { type KillReport, type KillRun, killRun } from '../support/reminders/kill-run.ts';
import { calm, stormy } from '../support/reminders/platform.ts';
import type { Soaked } from './soaked.ts';

const KILLS = 500;
const KILLS_A_RUN = 5;
const PEOPLE = 300;
const serverUrl = process.env.TEST_DATABASE_URL;

/** Deliveries to 300 people, killed 500 times in all, on platforms that behave and that do not. */
export async function killedDeliveries(progress: (text: string) => void): Promise<Soaked> {
  if (!serverUrl) progress('TEST_DATABASE_URL is not set: nothing is killed on a PostgreSQL server.');
  const faults: string[] = [];
  let kills = 0;
  let doubled = 0;
  for (let seed = 1_000; kills < KILLS; seed++) {
    // Storms for the most part; every sixth run without eyes, every fifth on the server.
    const seeing = seed % 6 !== 0;
    const onServer = serverUrl !== undefined && seed % 5 === 0;
    const report = await inPlaceOfItsOwn(onServer, (place) =>
      killRun({
        ...place,
        seed,
        people: PEOPLE,
        kills: KILLS_A_RUN,
        faults: seed % 3 === 0 ? calm : stormy,
        seeing,
      }),
    );
    kills += report.kills;
    doubled += report.doubled.length;
    faults.push(...faultsOf(report).map((fault) => `seed ${seed}: ${fault}`));
    progress(`${kills} of ${KILLS} kills, ${doubled} messages twice, ${faults.length} faults`);
  }
  return { faults, figures: { kills, doubled } };
}

function faultsOf({ missed, doubledWithoutReason }: KillReport): string[] {
  return [
    ...missed.map((key) => `${key} never arrived`),
    ...doubledWithoutReason.map((key) => `${key} arrived twice, and no kill explains it`),
  ];
}

async function inPlaceOfItsOwn(
  onServer: boolean,
  work: (place: Pick<KillRun, 'dataDir' | 'databaseUrl'>) => Promise<KillReport>,
): Promise<KillReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'soak-'));
  const schema = onServer && serverUrl ? await ownSchema(serverUrl) : undefined;
  try {
    return await work({ dataDir, ...(schema && { databaseUrl: schema.url }) });
  } finally {
    await schema?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
