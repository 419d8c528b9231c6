import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Composed, compose } from '../../../src/compose.ts';
import { manualClock } from '../../../src/school/clock.ts';
import { temporaryFolder } from '../../support/content.ts';
import { hillPrimaryAsking } from '../../support/reminders/content.ts';
import { type Served, saying, serveTeams } from '../../support/teams/bot.ts';
import { buttonsOf, textOf } from '../../support/teams/cards.ts';
import { type Answered, buttonOf, cardOf, Persona, type Place } from '../../support/teams/persona.ts';
import { FakeTeams } from '../../support/teams/service.ts';

/** The real bot at a small school, on Teams: what only one person may see, and where it is seen. */
let teams: FakeTeams;
let served: Served;
let composed: Composed;
let aisha: Persona;
let head: Persona;
let group: Place;

beforeAll(async () => {
  teams = await FakeTeams.open();
  served = await serveTeams(teams);
  composed = await compose({
    settings: { contentDir: hillPrimaryAsking(), dataDir: temporaryFolder(), databaseUrl: undefined },
    clock: manualClock(new Date('2026-11-23T09:00:00Z')),
    adapters: [served.factory],
  });
  await composed.start();
  aisha = new Persona(teams, served.url, teams.member('Aisha Malik', 'aisha@hill.example'));
  head = new Persona(teams, served.url, teams.member('Grace Holloway', 'head@hill.example'));
});

/** A new group chat, with both in it and in their own chats with the bot. */
beforeEach(async () => {
  group = { id: `19:${randomUUID()}@thread.v2`, type: 'groupChat' };
  teams.conversation(group.id, 'groupChat', [aisha.member.id, head.member.id]);
  for (const person of [aisha, head]) await person.install();
});

afterAll(async () => {
  await composed.stop();
  await served.close();
  await teams.close();
});

/** All that the bot has said in a conversation, as it stands there now. */
const saidIn = ({ id }: Pick<Place, 'id'>): string[] =>
  teams.messages(id).map((message) => message.text ?? textOf(cardOf(message)));

const privately = 'I have answered you in our own chat, where only you can see it.';

describe('“home” and “status”, typed where others read along', () => {
  test.each(['home', 'Home', 'status'])(
    '“%s” is answered in the own chat, with one line there',
    async (word) => {
      await head.say(word, group);
      expect(saidIn(group)).toEqual([privately]);
      expect(saidIn(head.chat).at(-1)).toContain('How Hill Primary stands');
    },
  );

  test('in a channel as in a group chat; whoever has no chat with the bot is told how to open one', async () => {
    const channel: Place = {
      id: '19:all@thread.tacv2;messageid=1',
      type: 'channel',
      team: '19:all@thread.tacv2',
    };
    teams.conversation('19:all@thread.tacv2', 'channel', [aisha.member.id]);
    await aisha.uninstall();
    await aisha.say('home', channel);
    expect(saidIn({ id: '19:all@thread.tacv2' })).toEqual([
      expect.stringContaining('Please open a chat with me'),
    ]);
  });
});

describe('the dialog of “What does the policy say?”', () => {
  const about = (person: Persona, content: string, place = group): Promise<Answered> =>
    person.invoke(
      'composeExtension/fetchTask',
      { commandId: 'ask_policy', messagePayload: { id: '1', body: { contentType: 'text', content } } },
      place,
    );
  const press = (person: Persona, dialog: Answered, label: string): Promise<Answered> =>
    person.invoke(
      'composeExtension/submitAction',
      { data: buttonOf(cardOf(dialog.body), label).data },
      group,
      '1',
    );

  test.each([
    ['can i ring a pupil on my mobile', 'Helpful', 'This is counted'],
    ['can i ring a pupil on my mobile', 'Not helpful', 'This is counted'],
    [
      'may I lend my Ferrari to the caretaker?',
      'Tell the policy’s owner that this is missing',
      'may I lend my Ferrari to the caretaker?',
    ],
  ])('keeps what its buttons say: “%s”, %s', async (question, label, told) => {
    const pressed = await press(aisha, await about(aisha, question), label);
    expect(textOf(cardOf(pressed.body))).toContain(told);
    expect(buttonsOf(cardOf(pressed.body)).map(({ title }) => title)).not.toContain(label);
    expect(saidIn(group)).toEqual([]);
  });

  test('keeps what somebody owes and how the school stands, to the last button', async () => {
    const status = await about(head, 'status');
    const pause = await press(head, status, 'Pause reminders');
    const [sure] = buttonsOf(cardOf(pause.body));
    const paused = await press(head, pause, String(sure?.title));
    expect(textOf(cardOf(paused.body))).toContain('Paused by Grace Holloway');
    await press(head, paused, 'Carry on with reminders');
    expect(saidIn(group)).toEqual([]);
  });

  test('is left for everybody to see by “Share here” alone', async () => {
    const answer = await about(aisha, 'can i ring a pupil on my mobile');
    expect((await press(aisha, answer, 'Share here')).body).toBeUndefined();
    expect(saidIn(group)).toEqual([expect.stringContaining('Use a school phone.')]);
  });

  test.each([
    ['a colleague’s chat', { id: '19:amy_ben@unq.gbl.spaces', conversationType: 'personal' }],
    ['a colleague’s chat of which no kind is told', { id: '19:amy_ben@unq.gbl.spaces' }],
    ['the chat of a meeting', { id: '19:meeting_abc@thread.v2' }],
  ])('opened in %s does not make that the asker’s own chat with the bot', async (_, conversation) => {
    teams.conversation(conversation.id, 'groupChat', [aisha.member.id, head.member.id]);
    const { tenantId } = aisha.activity('invoke').conversation as { readonly tenantId: string };
    const own = { conversation: { ...conversation, tenantId } };
    const body = { contentType: 'text', content: 'status' };
    const value = { commandId: 'ask_policy', messagePayload: { id: '1', body } };
    await aisha.post(aisha.activity('invoke', { name: 'composeExtension/fetchTask', value, ...own }));
    const { id } = aisha.member;
    expect(await composed.adapters[0]!.send(id, saying('Only you'), randomUUID())).toMatchObject({
      kind: 'sent',
    });
    expect(saidIn(conversation)).toEqual([]);
    expect(saidIn(aisha.chat).at(-1)).toBe('Only you');
  });
});

describe('a card in company', () => {
  const answered = async (question: string) => {
    const { posted } = await aisha.say(question, group);
    const [id] = [...teams.conversations.get(group.id)!.messages.keys()].slice(-1);
    return { card: cardOf(posted[0]), id: id! };
  };

  test.each([
    ['can i ring a pupil on my mobile', 'Helpful', 'This is counted'],
    [
      'may I lend my Ferrari to the caretaker?',
      'Tell the policy’s owner that this is missing',
      'Your name was not kept',
    ],
  ])('changes for whoever pressed, and for nobody else: “%s”, %s', async (question, label, told) => {
    const { card, id } = await answered(question);
    const before = saidIn(group);
    const pressed = await head.press(buttonOf(card, label), group, id);
    expect(textOf(cardOf(pressed.body))).toContain(told);
    expect(pressed.posted).toEqual([]);
    expect(saidIn(group)).toEqual(before);
  });

  test('says so in the own chat of whoever pressed on a client that can’t change it for one', async () => {
    const { card } = await answered('can i ring a pupil on my mobile');
    const before = saidIn(group);
    await head.post(head.activity('message', { value: buttonOf(card, 'Helpful').data }, group));
    expect(saidIn(group)).toEqual(before);
    expect(saidIn(head.chat).at(-1)).toContain('This is counted');
  });

  test('with what is private on it, from before it went to the own chat, shows nothing more to others', async () => {
    await head.say('home', head.chat);
    const home = cardOf(teams.messages(head.chat.id).at(-1));
    const pause = await head.press(buttonOf(home, 'Pause reminders'), head.chat, '1');
    const sure = buttonsOf(cardOf(pause.posted.at(-1))).find(({ type }) => type === 'Action.Execute')!;
    const id = '1';
    teams.conversations.get(group.id)!.messages.set(id, { text: 'As it was.' });
    const paused = await head.press(sure, group, id);
    expect(textOf(cardOf(paused.body))).toContain('Paused by Grace Holloway');
    await head.press(buttonOf(cardOf(paused.body), 'Carry on with reminders'), group, id);
    expect(saidIn(group)).toEqual(['As it was.']);
  });
});

test('who took the bot away is named to the office with that reason, until they have it again', async () => {
  const reason = 'Aisha Malik: \ncan’t be reached (the app was removed from their Teams)';
  const standing = async (): Promise<string> => {
    await head.say('status');
    return saidIn(head.chat).at(-1)!;
  };
  await aisha.uninstall();
  const before = saidIn(aisha.chat);
  await composed.reminders.tick();
  expect(await standing()).toContain(reason);
  expect(saidIn(aisha.chat)).toEqual(before);
  await aisha.install();
  expect(await composed.adapters[0]!.send(aisha.member.id, saying('Welcome back'), 'k')).toMatchObject({
    kind: 'sent',
  });
});
