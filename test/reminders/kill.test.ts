import { expect, test } from 'vitest';
import { Seeded } from '../bench/seeded.ts';
import { schemaUrl, serverUrl } from '../store/engines.ts';
import { temporaryFolder } from '../support/content.ts';
import { ended, killRun, startDelivery } from '../support/reminders/kill-run.ts';
import { CLIENT_PATIENCE, calm, openPlatform, stormy } from '../support/reminders/platform.ts';

const people = 300;
const kills = 5;

/** Five kills each. */
const runs = [
  { seed: 1, title: 'a platform that answers at once', faults: calm, seeing: false },
  { seed: 2, title: 'one where the adapter can see what went before', faults: calm, seeing: true },
  { seed: 3, title: 'one that is full, breaks and answers late', faults: stormy, seeing: true },
  { seed: 4, title: 'the same again', faults: stormy, seeing: true },
  { seed: 5, title: 'the same, and the adapter can’t see', faults: stormy, seeing: false },
];

test.each(runs)('killed five times, nobody is missed: $title', async ({ seed, faults, seeing }) => {
  const report = await killRun({ seed, people, kills, faults, seeing, dataDir: temporaryFolder() });
  expect(report).toMatchObject({ kills, missed: [], doubledWithoutReason: [] });
  if (seeing) expect(report.doubled).toEqual([]);
});

test.skipIf(!serverUrl)('the same on a PostgreSQL server (needs TEST_DATABASE_URL)', async () => {
  const databaseUrl = await schemaUrl(serverUrl!);
  const own = { seed: 6, people, kills, faults: stormy, seeing: true };
  const report = await killRun({ ...own, dataDir: temporaryFolder(), databaseUrl });
  expect(report).toMatchObject({ kills, missed: [], doubled: [], doubledWithoutReason: [] });
});

test('stopped in the right way, nothing is in doubt: each message arrives once, without a look', async () => {
  const platform = await openPlatform(new Seeded(7), calm);
  const job = {
    dataDir: temporaryFolder(),
    url: platform.url,
    people,
    seeing: false,
    clientPatience: CLIENT_PATIENCE * 10,
    lease: 60_000,
  };
  try {
    for (const count of [40, 120, 200]) {
      const child = startDelivery({ ...job, worker: `until ${count}` });
      await platform.reached(count);
      child.kill('SIGTERM');
      expect((await ended(child)).waiting).toBeGreaterThan(0);
    }
    expect(await ended(startDelivery({ ...job, worker: 'the last' }))).toMatchObject({ waiting: 0 });
  } finally {
    await platform.close();
  }
  expect(platform.arrived).toHaveLength(people);
  expect(new Set(platform.arrived).size).toBe(people);
});
