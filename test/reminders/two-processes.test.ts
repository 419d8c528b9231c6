import { expect, test } from 'vitest';
import type { DeliveryProgress } from '../../src/reminders/delivery.ts';
import { Seeded } from '../bench/seeded.ts';
import { schemaUrl, serverUrl } from '../store/engines.ts';
import { temporaryFolder } from '../support/content.ts';
import { ended, startDelivery } from '../support/reminders/kill-run.ts';
import { CLIENT_PATIENCE, calm, openPlatform } from '../support/reminders/platform.ts';

if (!serverUrl)
  console.warn(
    '\n*** SKIPPED: two processes on one PostgreSQL. Set TEST_DATABASE_URL to the address of a server to run it. ***\n',
  );

/** Two processes that begin at once with the same messages; what each did, and what arrived. */
async function together(
  people: number,
  databaseUrl?: string,
): Promise<{ arrived: readonly string[]; done: readonly DeliveryProgress[] }> {
  const platform = await openPlatform(new Seeded(people), calm);
  const job = {
    dataDir: temporaryFolder(),
    ...(databaseUrl !== undefined && { databaseUrl }),
    url: platform.url,
    people,
    seeing: false,
    clientPatience: CLIENT_PATIENCE * 20,
    lease: 60_000,
  };
  try {
    const processes = ['one', 'other'].map((worker) => startDelivery({ ...job, worker }));
    return { done: await Promise.all(processes.map(ended)), arrived: platform.arrived };
  } finally {
    await platform.close();
  }
}

function expectShared(people: number, { arrived, done }: Awaited<ReturnType<typeof together>>): void {
  expect(new Set(arrived).size).toBe(people);
  expect(arrived).toHaveLength(people);
  expect(done.map(({ waiting }) => waiting)).toEqual([0, 0]);
  expect(done.reduce((sum, { sent }) => sum + sent, 0)).toBe(people);
}

test.skipIf(!serverUrl)(
  'two processes on one PostgreSQL write to a thousand people, to nobody twice (needs TEST_DATABASE_URL)',
  async () => {
    const both = await together(1_000, await schemaUrl(serverUrl!));
    expectShared(1_000, both);
    for (const { sent } of both.done) expect(sent).toBeGreaterThan(0);
  },
);

test('two processes on one SQLite file send nothing twice either', async () => {
  expectShared(200, await together(200));
});
