import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { killSubmits } from '../../support/concerns/kills.ts';

/** A process that is killed while somebody sends leaves a whole concern or none, and a shown code opens one. */

test('25 kills leave whole concerns, and every code that was shown opens one', async () => {
  const { faults, shown, unseen, kills } = await killSubmits({ kills: 25, seed: 6 });
  expect(faults).toEqual([]);
  expect(shown).toBeGreaterThan(25);
  expect(unseen).toBeLessThanOrEqual(kills);
}, 300_000);

test('planted, it is found: a code that is shown before its concern is stored', async () => {
  const { faults } = await killSubmits({ kills: 1, seed: 6, mode: 'careless' });
  expect(faults.join('\n')).toContain('a code that opens nothing was shown');
}, 120_000);

test('planted, it is found: a concern that was stored by halves', async () => {
  const { faults } = await killSubmits({
    kills: 2,
    seed: 6,
    meddle(file) {
      const database = new Sqlite(file);
      database.exec('delete from "grant" where id in (select id from "grant" limit 1)');
      database.close();
    },
  });
  expect(faults.join('\n')).toContain('half a concern, with 7 grants and 1 messages');
}, 120_000);
