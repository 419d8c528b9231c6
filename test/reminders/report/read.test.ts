import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContent } from '../../../src/content/load.ts';
import { createBook } from '../../../src/reminders/book.ts';
import { readReport } from '../../../src/reminders/report/read.ts';
import { whoseAmong } from '../../../src/school/whose.ts';
import { addAcknowledgement } from '../../../src/store/acknowledgements.ts';
import { engines } from '../../store/engines.ts';
import { hillPrimaryAsking } from '../../support/reminders/content.ts';
import { personOf } from '../../support/reminders/scenario.ts';

const ann = personOf('ann');
const people = { all: [ann], whose: whoseAmong([ann]) };

test.each(engines)('an earlier day stands by what the policy asked then, on $name', async (engine) => {
  const store = await (await engine.home()).open();
  const directory = hillPrimaryAsking();
  const book = () => createBook(store, loadContent(directory), () => people);
  const before = book();
  await before.recordVersions(new Date('2026-11-02T09:00:00Z'));
  const [{ policy, version, sha256 }] = before.campaigns as [(typeof before.campaigns)[number]];
  const pressed = {
    how: 'chat',
    person: { id: 'ann', name: 'Ann' },
    policy,
    version,
    sha256,
    at: new Date('2026-11-05T09:00:00Z'),
    wording: 'I have read and understood.',
  } as const;
  await addAcknowledgement(store, pressed, () => false);

  const file = join(directory, 'phones', 'policy.md');
  const next = readFileSync(file, 'utf8')
    .replace('version: "2"', 'version: "3"')
    .replace('opens: 2026-11-02, due: 2026-12-11', 'opens: 2027-01-11, due: 2027-02-12');
  writeFileSync(file, next);
  const after = book();
  await after.recordVersions(new Date('2027-01-04T09:00:00Z'));

  const now = new Date('2027-01-20T09:00:00Z');
  const rowAt = async (at: string) => {
    const report = await readReport(store, { book: after, people, at: new Date(at), now });
    return report.rows.map(({ version: asked, state, due }) => [asked, state, due]);
  };
  expect(await rowAt('2026-11-03T12:00:00Z')).toEqual([['2', 'never', '2026-12-11']]);
  expect(await rowAt('2026-12-31T12:00:00Z')).toEqual([['2', 'acknowledged', '2026-12-11']]);
  expect(await rowAt('2027-01-05T12:00:00Z')).toEqual([['3', 'not_open', '2027-02-12']]);
  expect(await rowAt('2027-01-20T09:00:00Z')).toEqual([['3', 'older_version', '2027-02-12']]);
  // Nothing was on record yet: what is asked today has to do.
  expect(await rowAt('2026-10-01T12:00:00Z')).toEqual([['3', 'not_open', '2027-02-12']]);
});
