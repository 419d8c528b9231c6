import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Form, Request, Response } from '../../../src/chat/mod.ts';
import { openRig, type Rig, saying } from '../../support/teams/bot.ts';
import { buttonsOf, checkCard, textOf } from '../../support/teams/cards.ts';
import { botToken } from '../../support/teams/credentials.ts';
import { type Answered, buttonOf, cardOf, type Persona, type Place } from '../../support/teams/persona.ts';

let rig: Rig;
let amy: Persona;

beforeEach(async () => {
  rig = await openRig();
  amy = rig.persona('Amy', 'amy@a.example');
});
afterEach(() => rig.close());

const question = (text: string) => expect.objectContaining({ kind: 'question', text });
const seen = ({ posted }: Answered): (string | undefined)[] =>
  posted.map((message) => message.text ?? textOf(cardOf(message)));
const place = (text: string): Response => ({ kind: 'card', card: saying(text), audience: 'place' });
const asker = (text: string): Response => ({ kind: 'card', card: saying(text), audience: 'asker' });
const withButton = (action: string, label: string, value = 'v'): Response => ({
  kind: 'card',
  audience: 'place',
  card: { summary: label, elements: [{ kind: 'buttons', buttons: [{ action, value, label }] }] },
});

const form: Form = {
  id: 'person',
  title: 'Ask a person',
  intro: [],
  inputs: [{ kind: 'text', name: 'person.text', label: 'Your question' }],
  submitLabel: 'Send',
  state: 's',
};

function channel(name = 'staff'): Place {
  const id = `19:${name}@thread.tacv2`;
  if (!rig.teams.conversations.has(id)) rig.teams.conversation(id, 'channel', [amy.member.id]);
  return { id: `${id};messageid=1`, type: 'channel', team: id };
}

describe('a personal chat', () => {
  test('is a direct one; the bot signs what it says', async () => {
    const answer = await amy.say('  can i?  ');
    expect(rig.bot.requests[0]).toEqual({
      kind: 'question',
      text: 'can i?',
      origin: {
        platform: 'teams',
        person: amy.member.id,
        conversation: amy.chat.id,
        place: 'direct',
        delivery: expect.any(String),
      },
    });
    expect(seen(answer)).toEqual(['can i?']);
    expect(answer.posted[0]).toMatchObject({ summary: 'can i?' });
    expect(new Set(rig.teams.calls.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${botToken}`]),
    );
  });

  test('gets a delivery’s name again when it is delivered again, and another when it is typed again', async () => {
    const message = amy.message('can i?');
    await amy.post(message);
    await amy.post(message);
    await amy.say('can i?');
    const [first, second, third] = rig.bot.requests.map(({ origin }) => origin.delivery);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('says nothing where the bot says nothing', async () => {
    rig.bot.answer = () => ({ kind: 'nothing' });
    expect(await amy.say('can i?')).toMatchObject({ status: 200, posted: [] });
  });

  test('shows what is for the asker alone', async () => {
    rig.bot.answer = () => asker('For you.');
    expect(seen(await amy.say('can i?'))).toEqual(['For you.']);
  });

  test('shows the home view to whoever types “home”', async () => {
    await amy.say('Home');
    expect(rig.bot.requests).toEqual([expect.objectContaining({ kind: 'home' })]);
  });

  test('hands in nothing as a question without words, so that a picture is answered with help', async () => {
    await amy.post(amy.activity('message', { attachments: [{ contentType: 'image/png' }] }));
    expect(rig.bot.requests).toEqual([question('')]);
  });

  test.each([
    ['typing'],
    ['messageReaction'],
    ['messageUpdate'],
    ['messageDelete'],
    ['event'],
    ['unheard of'],
  ])('takes no notice of %s', async (type) => {
    expect(await amy.post(amy.activity(type, { text: 'x' }))).toMatchObject({ status: 200, posted: [] });
    expect(rig.bot.requests).toEqual([]);
  });

  test('answers in the order of the questions, also where the first takes longer', async () => {
    rig.bot.answer = async (request) => {
      const text = request.kind === 'question' ? request.text : '';
      if (text === 'first') await new Promise((resolve) => setTimeout(resolve, 50));
      return place(text);
    };
    await Promise.all([
      amy.say('first'),
      new Promise((resolve) => setTimeout(resolve, 10)).then(() => amy.say('second')),
    ]);
    expect(rig.teams.messages(amy.chat.id).map((message) => textOf(cardOf(message)))).toEqual([
      'first',
      'second',
    ]);
  });

  test('reads formatted text as it was meant', async () => {
    await amy.post(amy.activity('message', { text: 'Q&amp;A&nbsp;&lt;b&gt;', textFormat: 'xml' }));
    await amy.say('Q&amp;A');
    expect(rig.bot.requests).toEqual([question('Q&A <b>'), question('Q&amp;A')]);
  });
});

describe('in company', () => {
  test('the bot’s name is taken off, and the thread is the conversation', async () => {
    const answer = await amy.say('can i?', channel());
    expect(rig.bot.requests[0]).toMatchObject({
      text: 'can i?',
      origin: { place: 'channel', conversation: '19:staff@thread.tacv2;messageid=1' },
    });
    expect(seen(answer)).toEqual(['can i?']);
    expect([...rig.teams.conversations.get('19:staff@thread.tacv2;messageid=1')!.messages]).toHaveLength(1);
  });

  test('other people’s names stay', async () => {
    const activity = amy.message('may <at>Ben</at> ring?', channel());
    (activity.entities as unknown[]).push({
      type: 'mention',
      text: '<at>Ben</at>',
      mentioned: { id: '29:ben', name: 'Ben' },
    });
    await amy.post(activity);
    expect(rig.bot.requests).toEqual([question('may Ben ring?')]);
  });

  test('a group chat is a channel to the bot', async () => {
    rig.teams.conversation('19:group', 'groupChat', [amy.member.id]);
    await amy.say('can i?', { id: '19:group', type: 'groupChat' });
    expect(rig.bot.requests[0]).toMatchObject({ origin: { place: 'channel', conversation: '19:group' } });
  });

  test('what is for the asker alone goes to their own chat; the others learn only that it did', async () => {
    await amy.install();
    rig.bot.answer = () => asker('Call 999.');
    await amy.say('a child told me …', channel());
    expect(rig.teams.messages('19:staff@thread.tacv2').map(({ text }) => text)).toEqual([
      'I have answered you in our own chat, where only you can see it.',
    ]);
    expect(rig.teams.messages(amy.chat.id).map((each) => textOf(cardOf(each)))).toContain('Call 999.');
  });

  test('who has no chat with the bot gets one opened for it', async () => {
    rig.bot.answer = () => asker('For you.');
    await amy.say('can i?', channel());
    expect(rig.teams.calls.filter(({ path }) => path === '/v3/conversations')).toHaveLength(1);
    expect(rig.teams.messages(amy.chat.id).map((each) => textOf(cardOf(each)))).toEqual(['For you.']);
  });

  test('where that can’t be, they are told how to open one, and not the answer', async () => {
    rig.teams.fault = ({ path }) => (path === '/v3/conversations' ? { status: 403 } : undefined);
    rig.bot.answer = () => asker('Call 999.');
    await amy.say('a child told me …', channel());
    const told = rig.teams.messages('19:staff@thread.tacv2').map(({ text }) => text);
    expect(told).toEqual([expect.stringContaining('Please open a chat with me')]);
  });

  test('the home view goes to the own chat, whatever the bot takes the place for', async () => {
    await amy.install();
    rig.bot.answer = () => place('You owe two policies.');
    await amy.say('home', channel());
    expect(rig.teams.messages('19:staff@thread.tacv2').map(({ text }) => text)).toEqual([
      'I have answered you in our own chat, where only you can see it.',
    ]);
    expect(rig.teams.messages(amy.chat.id).map((each) => textOf(cardOf(each)))).toContain(
      'You owe two policies.',
    );
  });

  test('the chat of a meeting is company, also where Teams tells no more than its id', async () => {
    await amy.install();
    const id = '19:meeting_abc@thread.v2';
    rig.teams.conversation(id, 'groupChat', [amy.member.id]);
    rig.bot.answer = () => asker('For you.');
    const { tenantId } = amy.activity('message').conversation as { readonly tenantId: string };
    await amy.post(amy.activity('message', { text: 'can i?', conversation: { id, tenantId } }));
    expect(rig.bot.requests.at(-1)).toMatchObject({ origin: { place: 'channel' } });
    expect(rig.teams.messages(id).map(({ text }) => text)).toEqual([
      'I have answered you in our own chat, where only you can see it.',
    ]);
    expect(await rig.adapter.send(amy.member.id, saying('Reminder'), 'k')).toMatchObject({ kind: 'sent' });
    expect(rig.teams.messages(id)).toHaveLength(1);
  });

  test('a press is answered to the one who pressed', async () => {
    await amy.install();
    rig.bot.answer = (request) => (request.kind === 'press' ? asker('For you.') : withButton('x', 'Press'));
    const { posted } = await amy.say('can i?', channel());
    const pressed = await amy.press(buttonOf(cardOf(posted[0]), 'Press'), channel(), 'm');
    expect(pressed.body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'I have answered you in our own chat, where only you can see it.',
    });
    expect(rig.teams.messages('19:staff@thread.tacv2')).toHaveLength(1);
  });
});

describe('a card in company', () => {
  const staff = '19:staff@thread.tacv2';
  const shown = (): string[] => rig.teams.messages(staff).map((each) => textOf(cardOf(each)));
  const thanks: Response = { kind: 'replace', card: saying('You have acknowledged it.') };
  const pressIt = async (): Promise<Answered> => {
    await amy.install();
    const { posted } = await amy.say('can i?', channel());
    const [id] = [...rig.teams.conversations.get(channel().id)!.messages.keys()];
    return amy.press(buttonOf(cardOf(posted[0]), 'Press'), channel(), id);
  };

  test('changes for whoever pressed alone', async () => {
    rig.bot.answer = ({ kind }) => (kind === 'press' ? thanks : withButton('x', 'Press'));
    const { body, posted } = await pressIt();
    expect(textOf(cardOf(body))).toBe('You have acknowledged it.');
    expect(posted).toEqual([]);
    expect(shown()).toEqual(['']);
  });

  test('whose button opens a dialog shows in the dialog what would take its place', async () => {
    rig.bot.answer = ({ kind }) => (kind === 'press' ? thanks : withButton('answer.section', 'Press'));
    const { body, posted } = await pressIt();
    expect(textOf(cardOf(body))).toBe('You have acknowledged it.');
    expect(posted).toEqual([]);
  });

  test.each([
    ['takes the place of the card', thanks],
    ['is for the place', place('You have acknowledged it.')],
  ])('whose form was sent stays; what %s goes to the own chat', async (_, answer) => {
    rig.bot.answer = ({ kind }) =>
      kind === 'form'
        ? answer
        : kind === 'press'
          ? { kind: 'form', form }
          : withButton('person.reply', 'Press');
    const { body } = await pressIt();
    const sent = await amy.submit(buttonsOf(cardOf(body)).at(-1)!, { 'person.text': 'x' }, channel());
    expect(sent.body).toBeUndefined();
    expect(shown()).toEqual(['']);
    expect(textOf(cardOf(rig.teams.messages(amy.chat.id).at(-1)))).toBe('You have acknowledged it.');
  });

  test.each([
    ['takes the place of the card', thanks],
    ['is for the place', place('You have acknowledged it.')],
  ])('whose dialog has buttons keeps in it what %s', async (_, answer) => {
    const page = withButton('answer.ask', 'More');
    rig.bot.answer = (request) => {
      if (request.kind === 'question') return withButton('answer.section', 'Press');
      return request.kind === 'press' && request.action === 'answer.ask' ? answer : page;
    };
    const { body } = await pressIt();
    const pressed = await amy.submit(buttonOf(cardOf(body), 'More'), {}, channel());
    expect(textOf(cardOf(pressed.body))).toBe('You have acknowledged it.');
    expect(shown()).toEqual(['']);
  });
});

describe('a button', () => {
  const press = async (label: string, message = '1'): Promise<Answered> => {
    const { posted } = await amy.say('can i?');
    const [id = message] = [...rig.teams.conversations.get(amy.chat.id)!.messages.keys()].slice(-1);
    return amy.press(buttonOf(cardOf(posted[0]), label), amy.chat, id);
  };
  const answering = (button: Response, answer: Response): void => {
    rig.bot.answer = (request) => (request.kind === 'question' ? button : answer);
  };

  test('hands back its action and value, and changes its card in place, for good', async () => {
    answering(withButton('answer.helpful', 'Helpful', 'turn 7'), {
      kind: 'replace',
      card: saying('Thank you.'),
    });
    const { body, posted } = await press('Helpful');
    expect(rig.bot.requests.at(-1)).toMatchObject({
      kind: 'press',
      action: 'answer.helpful',
      value: 'turn 7',
    });
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(textOf(cardOf(body))).toBe('Thank you.');
    expect(seen({ posted } as Answered)).toEqual(['Thank you.']);
    expect(rig.teams.messages(amy.chat.id).map((each) => textOf(cardOf(each)))).toEqual(['Thank you.']);
  });

  test('that asks a question is answered below', async () => {
    answering(withButton('answer.ask', 'Can I?'), place('No.'));
    const { body, posted } = await press('Can I?');
    expect(body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: 'Answered below.',
    });
    expect(seen({ posted } as Answered)).toEqual(['No.']);
  });

  test('pressed on a client that sends it as a message works, too', async () => {
    answering(withButton('answer.helpful', 'Helpful'), { kind: 'replace', card: saying('Thank you.') });
    await amy.post(amy.activity('message', { value: { action: 'answer.helpful', value: 'v' } }));
    expect(rig.bot.requests).toMatchObject([{ kind: 'press', action: 'answer.helpful', value: 'v' }]);
    expect(rig.teams.messages(amy.chat.id).map((each) => textOf(cardOf(each)))).toEqual(['Thank you.']);
  });

  test('opens a dialog to read, whose buttons turn the page within it', async () => {
    answering(withButton('answer.section', 'Read'), {
      kind: 'page',
      title: 'The policy',
      card: {
        summary: 'p',
        elements: [
          { kind: 'text', text: 'Page 1' },
          { kind: 'buttons', buttons: [{ action: 'answer.section', value: 'p 2', label: 'More' }] },
        ],
      },
    });
    const { body } = await press('Read');
    expect(body).toMatchObject({ task: { type: 'continue', value: { title: 'The policy' } } });
    expect(checkCard(cardOf(body))).toEqual([]);
    const more = await amy.submit(buttonOf(cardOf(body), 'More'));
    expect(rig.bot.requests.at(-1)).toMatchObject({ kind: 'press', action: 'answer.section', value: 'p 2' });
    expect(more.body).toMatchObject({ task: { type: 'continue' } });
  });

  test('says why where there is no form to open', async () => {
    answering(withButton('answer.ask_person', 'Ask'), asker('Nobody holds that role.'));
    expect(textOf(cardOf((await press('Ask')).body))).toBe('Nobody holds that role.');
  });

  test('pressed twice in one delivery has its effect once', async () => {
    answering(withButton('answer.helpful', 'Helpful'), { kind: 'nothing' });
    expect((await press('Helpful')).body).toMatchObject({ value: 'This was done already.' });
  });

  test('that leads to a form where no dialog was announced gets one to open it with', async () => {
    answering(withButton('unannounced', 'Press'), { kind: 'form', form });
    const { posted } = await press('Press');
    const opened = await amy.press(buttonOf(cardOf(posted[0]), 'Open the form'));
    expect(rig.bot.requests.at(-1)).toMatchObject({ kind: 'press', action: 'unannounced', value: 'v' });
    expect(opened.body).toMatchObject({ task: { value: { title: 'Ask a person' } } });
  });
});

describe('a form', () => {
  const open = async (answer: (request: Request) => Response, where?: Place) => {
    rig.bot.answer = (request) => {
      if (request.kind === 'question') return withButton('answer.ask_person', 'Ask');
      return request.kind === 'press' ? { kind: 'form', form } : answer(request);
    };
    const { posted } = await amy.say('can i?', where);
    const spot = where ?? amy.chat;
    const id = [...rig.teams.conversations.get(spot.id)!.messages.keys()].at(-1)!;
    const { body } = await amy.press(buttonOf(cardOf(posted[0]), 'Ask'), spot, id);
    return (values: Record<string, string>) => amy.submit(buttonsOf(cardOf(body)).at(-1)!, values, spot);
  };

  test('comes back with its values and its state; the dialog closes and the answer is a message', async () => {
    const send = await open(() => asker('It has gone.'));
    const { body, posted, status } = await send({ 'person.text': 'May I?' });
    expect(rig.bot.requests.at(-1)).toMatchObject({
      kind: 'form',
      form: 'person',
      state: 's',
      values: { 'person.text': 'May I?' },
    });
    expect({ body, status }).toEqual({ body: undefined, status: 200 });
    expect(seen({ posted } as Answered)).toEqual(['It has gone.']);
  });

  test('is shown again with what is wrong and what was typed, until it is right', async () => {
    const send = await open((request) =>
      request.kind === 'form' && request.values['person.text'] === 'x'
        ? { kind: 'invalid', errors: { 'person.text': 'Too short.' } }
        : asker('It has gone.'),
    );
    const wrong = cardOf((await send({ 'person.text': 'x' })).body);
    expect(textOf(wrong)).toContain('⚠ Too short.');
    const right = await amy.submit(buttonsOf(wrong).at(-1)!, { 'person.text': 'longer' });
    expect(seen(right)).toEqual(['It has gone.']);
  });

  test('changes the card that it was opened from', async () => {
    const send = await open(() => ({ kind: 'replace', card: saying('Answered.') }));
    await send({ 'person.text': 'Yes.' });
    expect(rig.teams.messages(amy.chat.id).map((each) => textOf(cardOf(each)))).toEqual(['Answered.']);
  });

  test('whose card is gone says it in a new message', async () => {
    const send = await open(() => ({ kind: 'replace', card: saying('Answered.') }));
    rig.teams.conversations.get(amy.chat.id)!.messages.clear();
    expect(seen(await send({ 'person.text': 'Yes.' })).at(-1)).toBe('Answered.');
    expect(rig.teams.messages(amy.chat.id)).toHaveLength(1);
  });

  test('leads to another, or to a page, in the same dialog', async () => {
    const send = await open(() => ({ kind: 'form', form: { ...form, title: 'Second' } }));
    expect((await send({})).body).toMatchObject({ task: { type: 'continue', value: { title: 'Second' } } });
  });

  test('filled in in a channel is answered in the own chat, without a word in the channel', async () => {
    const send = await open(() => asker('It has gone.'), channel());
    await send({ 'person.text': 'May I?' });
    expect(rig.teams.messages('19:staff@thread.tacv2')).toHaveLength(1);
    expect(rig.teams.messages(amy.chat.id).map((each) => textOf(cardOf(each)))).toEqual(['It has gone.']);
  });

  test('is not lost where its answer can’t be sent: the dialog shows it', async () => {
    const send = await open(() => asker('It has gone.'), channel());
    rig.teams.fault = ({ path }) => (path === '/v3/conversations' ? { status: 403 } : undefined);
    expect(textOf(cardOf((await send({ 'person.text': 'May I?' })).body))).toBe('It has gone.');
  });

  test('that somebody typed for gets a button that opens it', async () => {
    rig.bot.answer = () => ({ kind: 'form', form });
    const { posted } = await amy.say('concern');
    const opened = await amy.press(buttonOf(cardOf(posted[0]), 'Open the form'));
    expect(rig.bot.requests).toMatchObject([
      { kind: 'question', text: 'concern' },
      { kind: 'question', text: 'concern' },
    ]);
    expect(opened.body).toMatchObject({ task: { type: 'continue', value: { title: 'Ask a person' } } });
  });
});

describe('“What does the policy say about this?” of somebody’s message', () => {
  const ask = (content: string, contentType = 'html', spot = channel()): Promise<Answered> =>
    amy.invoke(
      'composeExtension/fetchTask',
      { commandId: 'ask_policy', messagePayload: { id: '1', body: { contentType, content } } },
      spot,
    );

  test('is answered to whoever asks alone, in a dialog', async () => {
    rig.bot.answer = () => asker('No.');
    const { body, posted } = await ask('<div><p>can i&nbsp;ring a <b>pupil</b>?</p><p>A &amp; B</p></div>');
    expect(rig.bot.requests[0]).toMatchObject({
      kind: 'question',
      text: 'can i ring a pupil?\nA & B',
      origin: { place: 'command' },
    });
    expect(textOf(cardOf(body))).toBe('No.');
    expect(posted).toEqual([]);
  });

  test.each([
    ['is for the asker', asker('Yours alone.')],
    ['takes the place of a card', { kind: 'replace', card: saying('Yours alone.') } as const],
    ['is for the place', place('Yours alone.')],
  ])('keeps in its dialog what answers a press and a form there and %s', async (_, answer) => {
    await amy.install();
    rig.bot.answer = (request) => {
      if (request.kind === 'question') return withButton('answer.ask_person', 'Ask');
      return request.kind === 'press' && request.action === 'answer.ask_person'
        ? { kind: 'form', form }
        : answer;
    };
    const { body } = await ask('can i?', 'text');
    const before = rig.teams.calls.length;
    // Teams may name the message that was asked about.
    const submit = (data: unknown) =>
      amy.invoke('composeExtension/submitAction', { data }, channel(), '1700000000001');
    const opened = await submit(buttonOf(cardOf(body), 'Ask').data);
    const sent = await submit({
      ...(buttonsOf(cardOf(opened.body)).at(-1)!.data as object),
      'person.text': 'May I?',
    });
    const pressed = await submit({ action: 'answer.helpful', value: 'v' });
    for (const each of [sent, pressed]) expect(textOf(cardOf(each.body))).toBe('Yours alone.');
    expect(rig.teams.calls).toHaveLength(before);
  });

  test('and shown to all only where that is pressed', async () => {
    rig.bot.answer = (request) =>
      request.kind === 'press' ? place('No, for all.') : withButton('answer.share', 'Share here');
    const { body } = await ask('can i?', 'text');
    const share = buttonOf(cardOf(body), 'Share here');
    const shared = await amy.invoke('composeExtension/submitAction', { data: share.data }, channel());
    expect(shared.body).toBeUndefined();
    expect(rig.teams.messages('19:staff@thread.tacv2').map((each) => textOf(cardOf(each)))).toEqual([
      'No, for all.',
    ]);
  });

  test('in a conversation that the bot is not in, sharing says so', async () => {
    rig.bot.answer = (request) =>
      request.kind === 'press' ? place('No.') : withButton('answer.share', 'Share here');
    const elsewhere: Place = { id: '19:elsewhere', type: 'groupChat' };
    const { body } = await ask('can i?', 'text', elsewhere);
    const { data } = buttonOf(cardOf(body), 'Share here');
    const shared = await amy.invoke('composeExtension/submitAction', { data }, elsewhere);
    expect(shared.body).toMatchObject({
      task: { type: 'message', value: expect.stringContaining('I am not in it') },
    });
  });
});

describe('an invoke', () => {
  test.each([
    ['signin/verifyState', {}],
    ['adaptiveCard/action', { action: 'x' }],
    ['task/fetch', { data: 7 }],
    ['task/submit', {}],
    ['composeExtension/fetchTask', {}],
  ])('that the bot does not know is answered so: %s %j', async (name, value) => {
    expect((await amy.invoke(name, value)).status).toBe(501);
    expect(rig.bot.requests).toEqual([]);
  });
});

describe('a bot that takes long', () => {
  test('keeps nobody waiting, and its answer comes all the same', async () => {
    const own = await openRig({ means: { patience: { message: 20, invoke: 20 } } });
    const ben = own.persona('Ben');
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    own.bot.answer = async () => {
      await gate;
      return place('At last.');
    };
    expect(await ben.say('can i?')).toMatchObject({ status: 200, posted: [] });
    const pressed = await ben.invoke('adaptiveCard/action', { action: { verb: 'x', data: {} } });
    expect(pressed.body).toMatchObject({
      statusCode: 200,
      value: expect.stringMatching(/longer than usual/),
    });
    const opened = await ben.invoke('task/fetch', { data: { action: 'x' } });
    expect(opened.body).toMatchObject({
      task: { type: 'message', value: expect.stringMatching(/longer than usual/) },
    });
    go();
    await own.close();
    expect(own.teams.messages(ben.chat.id).map((each) => textOf(cardOf(each)))).toContain('At last.');
  });

  test('is waited for when it stops; what comes after is refused', async () => {
    let answered = false;
    rig.bot.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      answered = true;
      return place('Done.');
    };
    const asked = amy.say('can i?');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await rig.adapter.stop();
    expect(answered).toBe(true);
    expect(seen(await asked)).toEqual(['Done.']);
    expect((await amy.say('too late')).status).toBe(503);
    expect(rig.adapter.ready()).toBe(false);
  });
});

test('a memory that fails holds up no answer', async () => {
  const own = await openRig({
    memory: {
      get: async () => undefined,
      set: () => Promise.reject(new Error('Amy’s disk is full')),
      delete: async () => {},
    },
  });
  const ben = own.persona('Ben');
  expect(seen(await ben.say('can i?'))).toEqual(['can i?']);
  expect(own.log).toEqual(['error a person could not be remembered: Error']);
  await own.close();
});

describe('an answer that Teams does not take', () => {
  test('is tried again where that may pass', async () => {
    let left = 2;
    rig.teams.fault = ({ path }) =>
      path.includes('/activities') && left-- > 0 ? { status: 429, retryAfter: 2 } : undefined;
    expect(seen(await amy.say('can i?')).at(-1)).toBe('can i?');
    expect(rig.waits).toEqual([2_000, 2_000]);
    expect(rig.teams.messages(amy.chat.id)).toHaveLength(1);
  });

  test('is in the log by its status, and breaks nothing', async () => {
    rig.teams.fault = ({ path }) =>
      path.includes('/activities') ? { status: 403, code: 'MessageWritesBlocked' } : undefined;
    expect((await amy.say('may I ring a pupil?')).status).toBe(200);
    expect(rig.log).toEqual(['warn an answer did not go out: Teams answered 403 (MessageWritesBlocked)']);
  });
});
