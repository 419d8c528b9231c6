import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/school/people.ts';
import { addAcknowledgement, listAcknowledgements } from '../../src/store/acknowledgements.ts';
import { decideCampaign, listCampaignStates } from '../../src/store/campaigns.ts';
import { verifyChain } from '../../src/store/chain.ts';
import { importPeople, listPeople } from '../../src/store/people.ts';
import { purge } from '../../src/store/purge.ts';
import { addReferral, addReferralMessage, findReferral } from '../../src/store/referrals.ts';
import { openReminders, queueReminders } from '../../src/store/reminders.ts';
import { addSnooze, listSnoozes } from '../../src/store/snoozes.ts';
import { engines } from './engines.ts';

const now = new Date('2034-03-15T03:00:00Z');
const person = (id: string, own: Partial<Person> = {}): Person => ({
  id,
  accounts: [],
  name: id,
  roles: [],
  rolesFrom: 'school',
  ...own,
});
const nobody = { all: [] };

describe.each(engines)('the purge on $name', (engine) => {
  const open = async () => (await engine.home()).open();

  test('takes nothing out of an empty database', async () => {
    expect(await purge(await open(), { now, people: nobody })).toEqual({
      reminders: 0,
      snoozes: 0,
      referrals: 0,
      campaignDecisions: 0,
      acknowledgements: 0,
      listedPeople: 0,
      vanishedPeople: 0,
    });
  });

  test('takes out reminders and presses of thirteen months', async () => {
    const store = await open();
    const days = ['2033-02-14', '2033-02-15'];
    for (const day of days) {
      const reminder = { key: day, person: { id: 'U1' }, kind: 'reminder', rung: 'digest', day, items: [] };
      await queueReminders(store, [reminder], now);
      const about = { policy: 'social', version: '1', year: '2032/33' };
      await addSnooze(store, { person: { id: 'U1' }, ...about, on: day }, 3, () => false);
    }
    expect(await purge(store, { now, people: nobody })).toMatchObject({ reminders: 1, snoozes: 1 });
    expect((await openReminders(store, days)).map(({ key }) => key)).toEqual(['2033-02-15']);
    expect((await listSnoozes(store, '2000-01-01')).map(({ on }) => on)).toEqual(['2033-02-15']);
  });

  test('takes out questions to a person a year after the last word, with all that was written', async () => {
    const store = await open();
    const ask = (id: string, created: string) =>
      addReferral(store, {
        id,
        asker: { platform: 'slack', person: 'U1', name: 'Ann' },
        role: 'dsl',
        receivers: [{ platform: 'slack', person: 'U2', name: 'Bo' }],
        question: 'May I?',
        created: new Date(created),
      });
    const answer = (id: string, at: string) =>
      addReferralMessage(store, id, {
        by: { platform: 'slack', person: 'U2' },
        text: 'Yes.',
        at: new Date(at),
      });
    await ask('old', '2033-03-15T02:59:59Z');
    await answer('old', '2033-03-15T02:59:59Z');
    await ask('answered late', '2033-01-01T09:00:00Z');
    await answer('answered late', '2033-03-15T03:00:00Z');
    await ask('young', '2033-03-15T03:00:00Z');
    expect(await purge(store, { now, people: nobody })).toMatchObject({ referrals: 1 });
    expect(await findReferral(store, 'old')).toBeUndefined();
    for (const id of ['answered late', 'young']) expect(await findReferral(store, id)).toBeDefined();
    const left = await store.run((db) => db.selectFrom('referral_messages').selectAll().execute());
    expect(left).toHaveLength(1);
  });

  test('takes out who paused a campaign after six years', async () => {
    const store = await open();
    for (const [version, at] of [
      ['1', '2028-03-15T02:59:59Z'],
      ['2', '2028-03-15T03:00:00Z'],
    ] as const)
      await decideCampaign(store, {
        policy: 'social',
        version,
        decision: 'paused',
        by: { id: 'U1', name: 'Hana' },
        at: new Date(at),
      });
    expect(await purge(store, { now, people: nobody })).toMatchObject({ campaignDecisions: 1 });
    expect((await listCampaignStates(store)).map(({ version }) => version)).toEqual(['2']);
  });

  test('takes out acknowledgements six years after somebody left, and never of those who are here', async () => {
    const store = await open();
    const acknowledge = (id: string, at: string, email?: string) =>
      addAcknowledgement(
        store,
        {
          how: 'chat',
          person: { id, name: id, ...(email !== undefined && { email }) },
          policy: 'social',
          version: '1',
          sha256: 'ab',
          wording: 'I have read',
          at: new Date(at),
        },
        () => false,
      );
    await acknowledge('here', '2020-09-01T09:00:00Z');
    await acknowledge('left-long-ago', '2027-09-01T09:00:00Z');
    await acknowledge('left', '2020-09-01T09:00:00Z');
    await acknowledge('old-id', '2020-09-01T09:00:00Z', 'ann@hill.example');
    await acknowledge('back', '2020-09-01T09:00:00Z', 'bo@hill.example');
    await acknowledge('stranger', '2027-03-14T09:00:00Z');
    await acknowledge('stranger-of-late', '2020-03-15T09:00:00Z');
    await acknowledge('stranger-of-late', '2027-03-15T09:00:00Z');
    const people = {
      all: [
        person('here'),
        person('left-long-ago', { leave: '2028-03-14' }),
        person('left', { leave: '2028-03-15' }),
        person('new-id', { email: 'ann@hill.example', leave: '2028-03-14' }),
        person('back', { leave: '2021-07-20' }),
        person('back-again', { email: 'bo@hill.example' }),
      ],
    };
    expect(await purge(store, { now, people })).toMatchObject({ acknowledgements: 3 });
    const left = (await listAcknowledgements(store)).map((each) => each.person.id);
    expect(left).toEqual(['here', 'left', 'back', 'stranger-of-late', 'stranger-of-late']);
    expect(await verifyChain(store)).toMatchObject({ kind: 'whole', head: { position: 11 } });
    expect(await purge(store, { now, people })).toMatchObject({ acknowledgements: 0 });
  });

  test('takes leavers off the office’s list after six years', async () => {
    const store = await open();
    await importPeople(store, [
      { id: 'U1', name: 'Ann', roles: [], leave: '2028-03-14' },
      { id: 'U2', name: 'Bo', roles: [], leave: '2028-03-15' },
      { id: 'U3', name: 'Cy', roles: [] },
    ]);
    expect(await purge(store, { now, people: nobody })).toMatchObject({ listedPeople: 1 });
    expect((await listPeople(store)).map(({ name }) => name)).toEqual(['Bo', 'Cy']);
  });
});
