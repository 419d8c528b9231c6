import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Form, Response } from '../../../src/chat/mod.ts';
import { openRig, type Rig, saying } from '../../support/teams/bot.ts';
import { buttonsOf, checkCard, textOf } from '../../support/teams/cards.ts';
import { type Answered, cardOf, type Persona } from '../../support/teams/persona.ts';

const form: Form = {
  id: 'concern.text',
  title: 'Raise a concern',
  intro: [{ kind: 'text', text: 'We keep no name.' }],
  inputs: [{ kind: 'text', name: 'concern.text', label: 'What happened' }],
  submitLabel: 'Send',
  state: 'kind 3',
  anonymous: true,
};

let rig: Rig;
let amy: Persona;
/** What the adapter remembers, as often as it was written. */
let calls: number;

const send = (values: Record<string, string>, answered: Answered): Promise<Answered> =>
  amy.submit(buttonsOf(cardOf(answered.body)).at(-1)!, values);

beforeEach(async () => {
  rig = await openRig();
  amy = rig.persona('Amy', 'amy@a.example');
  await amy.install();
  rig.bot.answer = (): Response => ({ kind: 'form', form });
  calls = rig.teams.calls.length;
});
afterEach(() => rig.close());

const open = (): Promise<Answered> =>
  amy.invoke('task/fetch', { data: { action: 'concern.open', value: '' } });

test('hands over the form’s values and its state, and nothing else', async () => {
  await send({ 'concern.text': 'It happened.', 'somebody.else': 'x' }, await open());
  expect(rig.bot.anonymousForms).toEqual([
    { form: 'concern.text', state: 'kind 3', values: { 'concern.text': 'It happened.' } },
  ]);
  expect(JSON.stringify(rig.bot.anonymousForms)).not.toMatch(/Amy|29:|amy@/);
});

test('is no turn of the bot: nothing is asked of it under a name, nothing is sent, nothing is logged', async () => {
  const opened = await open();
  const before = { requests: rig.bot.requests.length, log: rig.log.length };
  const { status, posted } = await send({ 'concern.text': 'It happened.' }, opened);
  expect(status).toBe(200);
  expect(posted).toEqual([]);
  expect(rig.teams.calls).toHaveLength(calls);
  expect(rig.bot.requests).toHaveLength(before.requests);
  expect(rig.log).toHaveLength(before.log);
});

test('also where somebody sends it who never did anything before: they are not remembered for it', async () => {
  const data = buttonsOf(cardOf((await open()).body)).at(-1)!.data as Record<string, unknown>;
  const ben = rig.persona('Ben', 'ben@a.example');
  const before = rig.changes();
  await ben.invoke('task/submit', { data: { ...data, 'concern.text': 'x' } });
  expect(rig.changes()).toBe(before);
  expect(await rig.adapter.send(ben.member.id, saying('x'), 'k')).toMatchObject({ kind: 'blocked' });
});

test('is opened without a word of who opens it being kept', async () => {
  const ben = rig.persona('Ben', 'ben@a.example');
  const before = rig.changes();
  for (const action of ['concern.open', 'concern.code'])
    await ben.invoke('task/fetch', { data: { action, value: '' } });
  await ben.invoke('task/fetch', { data: { words: 'concern' } });
  expect(rig.changes()).toBe(before);
  expect(await rig.adapter.send(ben.member.id, saying('x'), 'k')).toMatchObject({ kind: 'blocked' });
});

test('the same delivery twice is two forms: a delivery is not looked at', async () => {
  const opened = await open();
  const data = buttonsOf(cardOf(opened.body)).at(-1)!.data as Record<string, unknown>;
  const activity = amy.activity('invoke', { name: 'task/submit', value: { data } });
  await amy.post(activity);
  await amy.post(activity);
  expect(rig.bot.anonymousForms).toHaveLength(2);
});

test.each<[string, Response, string]>([
  ['a page', { kind: 'page', title: 'Kept', card: saying('Your code is 1234.') }, 'Your code is 1234.'],
  ['a card', { kind: 'card', card: saying('It was not kept.'), audience: 'asker' }, 'It was not kept.'],
  [
    'a card for the place',
    { kind: 'card', card: saying('It was not kept.'), audience: 'place' },
    'It was not kept.',
  ],
  ['a card in place of another', { kind: 'replace', card: saying('Done.') }, 'Done.'],
  ['another form', { kind: 'form', form: { ...form, title: 'Second' } }, 'We keep no name.'],
])('%s is shown in the dialog, and never goes out as a message', async (_, response, text) => {
  rig.bot.answerAnonymous = () => response;
  const { body, posted } = await send({ 'concern.text': 'x' }, await open());
  expect(textOf(cardOf(body))).toContain(text);
  expect(checkCard(cardOf(body))).toEqual([]);
  expect(posted).toEqual([]);
});

test('what is to be put right is said at its input, with what was typed still there', async () => {
  rig.bot.answerAnonymous = ({ values }) =>
    values['concern.text'] === 'x'
      ? { kind: 'invalid', errors: { 'concern.text': 'Please say more.' } }
      : { kind: 'nothing' };
  const wrong = await send({ 'concern.text': 'x' }, await open());
  expect(textOf(cardOf(wrong.body))).toContain('⚠ Please say more.');
  expect(JSON.stringify(cardOf(wrong.body))).toContain('"value":"x"');
  const right = await send({ 'concern.text': 'more' }, wrong);
  expect(rig.bot.anonymousForms).toHaveLength(2);
  expect(right.body).toBeUndefined();
});

test('the form carries no trace of the message whose button opened it', async () => {
  const answered = await amy.invoke(
    'task/fetch',
    { data: { action: 'concern.open', value: '' } },
    undefined,
    'message-77',
  );
  expect(JSON.stringify(answered.body)).not.toContain('message-77');
});

test('a bot that takes long is answered for without saying that anything was kept', async () => {
  const own = await openRig({ means: { patience: { message: 20, invoke: 20 } } });
  own.bot.answer = (): Response => ({ kind: 'form', form });
  own.bot.answerAnonymous = () =>
    new Promise((resolve) => setTimeout(() => resolve({ kind: 'nothing' }), 100));
  const ben = own.persona('Ben');
  const opened = await ben.invoke('task/fetch', { data: { action: 'concern.open' } });
  const sent = await ben.submit(buttonsOf(cardOf(opened.body)).at(-1)!, { 'concern.text': 'x' });
  expect(sent.body).toMatchObject({ task: { type: 'message', value: expect.stringContaining('try again') } });
  await own.close();
});
