import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlatformPerson } from '../../../src/chat/mod.ts';
import { openRig, type Rig, saying } from '../../support/teams/bot.ts';
import { textOf } from '../../support/teams/cards.ts';
import { cardOf, type Place } from '../../support/teams/persona.ts';
import { tenantId } from '../../support/teams/service.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

async function people(adapter = rig.adapter): Promise<PlatformPerson[]> {
  const all: PlatformPerson[] = [];
  for await (const person of adapter.people()) all.push(person);
  return all;
}

const names = async (): Promise<string[]> => (await people()).map(({ name }) => name).sort();

function team(members: readonly string[], id = '19:staff@thread.tacv2'): Place {
  rig.teams.conversation(id, 'channel', members);
  return { id, type: 'channel', team: id };
}

describe('an install in somebody’s own chat', () => {
  test('says hello once, however often Teams tells of it', async () => {
    const amy = rig.persona('Amy', 'amy@a.example');
    const [first, second] = await amy.install();
    expect(rig.bot.requests).toMatchObject([
      { kind: 'welcome', origin: { person: amy.member.id, place: 'direct' } },
    ]);
    expect(first?.posted.map((message) => textOf(cardOf(message)))).toEqual(['welcome']);
    expect(second?.posted).toEqual([]);
    expect(rig.changes()).toBeGreaterThan(0);
  });

  test('makes known who they are: the name and the address are asked for', async () => {
    const amy = rig.persona('Amy', 'amy@a.example');
    await amy.install();
    expect(await people()).toEqual([
      { id: amy.member.id, name: 'Amy', email: 'amy@a.example', timeZone: 'Europe/London' },
    ]);
    const asked = rig.teams.calls.filter(({ path }) => path.includes('/members/'));
    expect(asked).toHaveLength(1);
    await amy.say('hello');
    await amy.say('hello again');
    expect(rig.teams.calls.filter(({ path }) => path.includes('/members/'))).toHaveLength(1);
  });

  test('knows them by their name where the address can’t be had, and asks again later', async () => {
    rig.teams.fault = ({ path }) => (path.includes('/members/') ? { status: 429 } : undefined);
    await rig.persona('Amy', 'amy@a.example').install();
    expect(await people()).toMatchObject([{ name: 'Amy' }]);
    rig.teams.fault = () => undefined;
    const later = rig.again();
    expect(await people(later)).toMatchObject([{ name: 'Amy', email: 'amy@a.example' }]);
  });

  test('is renewed when their chat or their service moves', async () => {
    const amy = rig.persona('Amy');
    await amy.install();
    rig.teams.conversation('a:new', 'personal', [amy.member.id]);
    await amy.say('hello', { id: 'a:new', type: 'personal' });
    await rig.adapter.send(amy.member.id, saying('Moved'), 'k');
    expect(rig.teams.messages('a:new').map((each) => textOf(cardOf(each)))).toContain('Moved');
  });

  test('taken back, they are listed and not written to; installed again, they are, with a hello', async () => {
    const amy = rig.persona('Amy', 'amy@a.example');
    await amy.install();
    await amy.uninstall();
    const calls = rig.teams.calls.length;
    expect(await rig.adapter.send(amy.member.id, saying('x'), 'k')).toEqual({
      kind: 'blocked',
      reason: 'the app was removed from their Teams',
    });
    expect(rig.teams.calls).toHaveLength(calls);
    expect(await people(rig.again())).toMatchObject([{ id: amy.member.id, email: 'amy@a.example' }]);
    await amy.install();
    expect(rig.bot.requests.filter(({ kind }) => kind === 'welcome')).toHaveLength(2);
    expect(await rig.adapter.send(amy.member.id, saying('x'), 'k')).toMatchObject({ kind: 'sent' });
  });

  test('of 300 people at once is kept whole', async () => {
    const all = Array.from({ length: 300 }, (_, index) =>
      rig.persona(`Person ${index}`, `p${index}@a.example`),
    );
    await Promise.all(all.map((person) => person.install()));
    expect(await people()).toHaveLength(300);
    expect(await people(rig.again())).toHaveLength(300);
  });
});

describe('an install in a team', () => {
  test('makes everybody in it known at once, a page at a time, and writes to nobody', async () => {
    const staff = Array.from({ length: 1_201 }, (_, index) =>
      rig.teams.member(`Staff ${index}`, `s${index}@a.example`),
    );
    const amy = rig.persona('Amy', 'amy@a.example');
    const place = team([amy.member.id, ...staff.map(({ id }) => id)]);
    await amy.install(place);
    expect(rig.teams.calls.filter(({ path }) => path.endsWith('/pagedmembers'))).toHaveLength(3);
    expect(await people()).toHaveLength(1_202);
    expect(rig.bot.requests).toMatchObject([{ kind: 'welcome', origin: { place: 'channel' } }]);
    expect(rig.teams.messages(place.id)).toHaveLength(1);
    expect(rig.teams.calls.filter(({ path }) => path === '/v3/conversations')).toEqual([]);
  });

  test('lets the bot write to each, in a chat that it opens then and remembers', async () => {
    const ben = rig.teams.member('Ben', 'ben@a.example');
    const amy = rig.persona('Amy');
    await amy.install(team([amy.member.id, ben.id]));
    for (const key of ['1', '2'])
      expect(await rig.adapter.send(ben.id, saying('Reminder'), key)).toMatchObject({ kind: 'sent' });
    const opened = rig.teams.calls.filter(({ path }) => path === '/v3/conversations');
    expect(opened).toMatchObject([
      { body: { members: [{ id: ben.id }], tenantId, channelData: { tenant: { id: tenantId } } } },
    ]);
    expect(rig.teams.messages(`a:${ben.id}`)).toHaveLength(2);
  });

  test('leaves out guests, and people of other schools', async () => {
    const guest = rig.teams.member('Guest', 'g@b.example', { userRole: 'guest' });
    const stranger = rig.teams.member('Stranger', 's@b.example', { tenantId: 'other' });
    const amy = rig.persona('Amy');
    await amy.install(team([amy.member.id, guest.id, stranger.id]));
    expect(await names()).toEqual(['Amy']);
  });

  test('follows who comes and who leaves', async () => {
    const ben = rig.teams.member('Ben');
    const amy = rig.persona('Amy');
    const place = team([amy.member.id]);
    await amy.install(place);
    const members = rig.teams.conversations.get(place.id)!.members;
    members.push(ben.id);
    await amy.post(amy.activity('conversationUpdate', { membersAdded: [{ id: ben.id }] }, place));
    expect(await names()).toEqual(['Amy', 'Ben']);
    members.splice(members.indexOf(ben.id), 1);
    await amy.post(amy.activity('conversationUpdate', { membersRemoved: [{ id: ben.id }] }, place));
    expect(await names()).toEqual(['Amy']);
    expect(rig.bot.requests.filter(({ kind }) => kind === 'welcome')).toHaveLength(1);
  });

  test('does not bring back who took the bot away', async () => {
    const amy = rig.persona('Amy');
    const ben = rig.persona('Ben');
    await ben.install();
    await ben.uninstall();
    await amy.install(team([amy.member.id, ben.member.id]));
    expect(await rig.adapter.send(ben.member.id, saying('x'), 'k')).toMatchObject({ kind: 'blocked' });
    await amy.uninstall(team([amy.member.id]));
    expect(await rig.adapter.send(ben.member.id, saying('x'), 'k')).toMatchObject({ kind: 'blocked' });
  });

  test('taken back forgets those who were known from it alone', async () => {
    const amy = rig.persona('Amy');
    const ben = rig.persona('Ben');
    await ben.install();
    const place = team([amy.member.id, ben.member.id, rig.teams.member('Cy').id]);
    await amy.install(place);
    await amy.uninstall(place);
    expect(await names()).toEqual(['Ben']);
  });

  test('whose list can’t be had keeps the people it had, and says why once', async () => {
    const amy = rig.persona('Amy');
    const place = team([amy.member.id]);
    await amy.install(place);
    rig.teams.fault = ({ path }) => (path.endsWith('/pagedmembers') ? { status: 403 } : undefined);
    const later = rig.again();
    expect((await people(later)).map(({ name }) => name)).toEqual(['Amy']);
    expect(rig.log.filter((line) => line.includes('who its people are'))).toHaveLength(1);
  });

  test('is asked for its list anew after an hour, and not before', async () => {
    let now = Date.now();
    const own = await openRig({ means: { now: () => now } });
    const amy = own.persona('Amy');
    own.teams.conversation('19:t', 'channel', [amy.member.id]);
    await amy.install({ id: '19:t', type: 'channel', team: '19:t' });
    const asked = () => own.teams.calls.filter(({ path }) => path.endsWith('/pagedmembers')).length;
    for await (const _ of own.adapter.people());
    const before = asked();
    for await (const _ of own.adapter.people());
    expect(asked()).toBe(before);
    now += 3_600_000;
    for await (const _ of own.adapter.people());
    expect(asked()).toBe(before + 1);
    await own.close();
  });
});
