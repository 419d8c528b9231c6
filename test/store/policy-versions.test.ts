import { describe, expect, test } from 'vitest';
import {
  clausesOf,
  listPolicyVersions,
  recordPolicyVersion,
  textsAskedBy,
} from '../../src/store/policy-versions.ts';
import { engines } from './engines.ts';

const at = new Date('2026-11-23T09:30:00Z');
const one = {
  policy: 'social',
  version: '1',
  sha256: 'a1',
  title: 'Social networking',
  change: 'material',
} as const;
const two = { ...one, version: '2', sha256: 'a2', change: 'minor' } as const;
const asking = { audience: ['staff'], opens: '2026-11-02', due: '2026-12-11', joinersWithinWorkingDays: 10 };
const clauses = [
  { id: 'friends', section: 'parents', headings: ['Parents'], text: 'Do not friend parents.' },
  {
    id: 'photos',
    section: 'pupils',
    headings: ['Pupils', 'Photographs'],
    text: '“No” photographs — ever.\nNone.',
  },
];

describe.each(engines)('policy versions on $name', (engine) => {
  const open = async () => (await engine.home()).open();

  test('come in the order in which they were first recorded, each once', async () => {
    const store = await open();
    await recordPolicyVersion(store, { ...two, clauses, asking }, at);
    await recordPolicyVersion(store, { ...one, clauses: [], asking }, at);
    await recordPolicyVersion(store, { ...one, policy: 'phones', clauses: [], asking }, at);
    for (let n = 0; n < 2; n++) await recordPolicyVersion(store, { ...two, clauses: [], asking }, at);
    expect(await listPolicyVersions(store)).toEqual([{ ...one, policy: 'phones' }, two, one]);
  });

  test('keep the clauses of exactly the text that was shown', async () => {
    const store = await open();
    await recordPolicyVersion(store, { ...one, clauses, asking }, at);
    const edited = { ...one, sha256: 'a1-edited', title: 'Social media' } as const;
    await recordPolicyVersion(store, { ...edited, clauses: clauses.slice(0, 1), asking }, at);
    expect(await clausesOf(store, one)).toEqual(clauses);
    expect(await clausesOf(store, edited)).toEqual(clauses.slice(0, 1));
    expect(await clausesOf(store, two)).toBeUndefined();
    expect(await listPolicyVersions(store)).toEqual([edited]);
  });

  test('tell what was asked for by an instant, and how', async () => {
    const store = await open();
    await recordPolicyVersion(store, { ...one, clauses, asking }, at);
    const later = { ...asking, opens: '2027-01-11', due: '2027-02-12' };
    await recordPolicyVersion(store, { ...two, clauses, asking: later }, new Date('2027-01-04T09:00:00Z'));
    expect(await textsAskedBy(store, new Date('2026-11-23T09:29:59Z'))).toEqual([]);
    expect(await textsAskedBy(store, new Date('2027-01-01T00:00:00Z'))).toEqual([{ ...one, asking }]);
    expect(await textsAskedBy(store, new Date('2027-01-05T00:00:00Z'))).toEqual([
      { ...one, asking },
      { ...two, asking: later },
    ]);
    await store.run((db) => db.updateTable('policy_versions').set({ asking: '{}' }).execute());
    await expect(textsAskedBy(store, at)).rejects.toThrow(/can't be read/);
  });

  test('recorded by several at once stand in one order', async () => {
    const store = await open();
    const versions = Array.from({ length: 8 }, (_, n) => ({
      ...one,
      version: `${n % 4}`,
      sha256: `a${n % 4}`,
    }));
    await Promise.all(
      versions.map((version) => recordPolicyVersion(store, { ...version, clauses, asking }, at)),
    );
    expect((await listPolicyVersions(store)).map(({ version }) => version).sort()).toEqual([
      '0',
      '1',
      '2',
      '3',
    ]);
  });

  test.each(['', '{}', '[{"id":"a"}]'])('clauses that read %j are refused by their name', async (json) => {
    const store = await open();
    await recordPolicyVersion(store, { ...one, clauses, asking }, at);
    await store.run((db) => db.updateTable('policy_versions').set({ clauses: json }).execute());
    await expect(clausesOf(store, one)).rejects.toThrow(
      /Version "1" of the policy "social" .* can't be read/,
    );
  });
});
