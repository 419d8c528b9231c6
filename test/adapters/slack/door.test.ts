import { afterEach, describe, expect, test } from 'vitest';
import { action, type Form, type Response } from '../../../src/chat/mod.ts';
import { type Connected, connected, fastTime, type Mode, says } from '../../support/slack/connected.ts';
import { until } from '../../support/slack/person.ts';
import { readSurface } from '../../support/slack/workspace.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) {
    await each.close();
    expect(each.slack.badBlocks).toEqual([]);
  }
});

const needle = 'zqneedleinahaystack';

const form: Form = {
  id: 'concern.text',
  title: 'Raise a concern',
  intro: [{ kind: 'text', text: 'No name is kept.' }],
  inputs: [{ kind: 'text', name: 'concern.text', label: 'What happened', multiline: true }],
  submitLabel: 'Send',
  state: 'a nonce of its own',
  anonymous: true,
};

/** Aisha has the form open. */
async function formOpen(mode: Mode, answer: () => Promise<Response> | Response): Promise<Connected> {
  const connection = await connected({ mode, time: fastTime() });
  open.push(connection);
  const { aisha, bot } = connection;
  bot.answer = (request) =>
    request.kind === 'press'
      ? { kind: 'form', form }
      : {
          kind: 'card',
          audience: 'place',
          card: {
            summary: 'Concerns',
            elements: [{ kind: 'buttons', buttons: [{ action: action.concern, value: '', label: 'Raise' }] }],
          },
        };
  bot.answerAnonymously = answer;
  await aisha.openHome();
  const home = await aisha.next(0, ({ kind }) => kind === 'home');
  await aisha.press(home, 'Raise');
  await until(() => aisha.modal, 'the form');
  await until(() => connection.slack.workspace.messages.length > 0, 'the greeting');
  return connection;
}

const modalText = ({ aisha }: Connected) => readSurface({ kind: 'modal', view: aisha.modal! }).text;

const modes: Mode[] = ['socket', 'http'];

describe.each(modes)('an anonymous form over %s', (mode) => {
  test('reaches the bot without its sender, and is answered in the acknowledgement alone', async () => {
    const code: Response = { kind: 'page', title: 'Your code', card: says('ABCD-EFGH') };
    const connection = await formOpen(mode, () => code);
    const { slack, aisha, bot, log } = connection;
    const requests = bot.requests.length;
    const calls = slack.calls.length;
    const sent = await aisha.submit({ 'concern.text': needle });
    expect(sent).toMatchObject({ ok: true, body: { response_action: 'update' } });
    expect(modalText(connection)).toContain('ABCD-EFGH');
    // Time for anything that ought not to happen.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(bot.forms).toEqual([
      { form: 'concern.text', state: 'a nonce of its own', values: { 'concern.text': needle } },
    ]);
    expect(JSON.stringify(bot.forms)).not.toMatch(/U0AISHA|D0AISHA|trigger|V0/);
    expect(bot.requests).toHaveLength(requests);
    expect(slack.calls).toHaveLength(calls);
    expect(JSON.stringify(log)).not.toMatch(/U0AISHA|zqneedle/);
  });

  test('carries no place of where it was opened', async () => {
    const connection = await formOpen(mode, () => ({ kind: 'nothing' }));
    expect(connection.aisha.modal!.view).toMatchObject({
      callback_id: 'anonymous:concern.text',
      private_metadata: 'a nonce of its own',
    });
  });

  test.each<[string, Response, (connection: Connected) => void]>([
    [
      'the next form',
      { kind: 'form', form: { ...form, id: 'concern.last_four', title: 'Last four' } },
      (each) =>
        expect(each.aisha.modal!.view).toMatchObject({
          callback_id: 'anonymous:concern.last_four',
          title: { text: 'Last four' },
        }),
    ],
    [
      'a card',
      { kind: 'card', audience: 'asker', card: says('Kept') },
      (each) => expect(modalText(each)).toContain('Kept'),
    ],
    [
      'a card in its place',
      { kind: 'replace', card: says('Kept') },
      (each) => expect(modalText(each)).toContain('Kept'),
    ],
    ['nothing', { kind: 'nothing' }, (each) => expect(each.aisha.modal).toBeUndefined()],
    [
      'what is wrong',
      { kind: 'invalid', errors: { 'concern.text': 'Too long.' } },
      (each) => expect(modalText(each)).toContain('No name is kept.'),
    ],
    [
      'what is wrong with nothing that is there',
      { kind: 'invalid', errors: { other: 'Too late.' } },
      (each) => expect(each.aisha.modal).toBeDefined(),
    ],
  ])('may be answered with %s', async (_, response, look) => {
    const connection = await formOpen(mode, () => response);
    const calls = connection.slack.calls.length;
    expect((await connection.aisha.submit({ 'concern.text': 'x' })).ok).toBe(true);
    look(connection);
    expect(connection.slack.calls).toHaveLength(calls);
  });

  test('that takes too long for Slack is answered in the form, when its sender asks again', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const connection = await formOpen(mode, () => promise);
    const { slack, aisha, bot } = connection;
    const calls = slack.calls.length;
    const first = await aisha.submit({ 'concern.text': needle });
    expect(first.ok).toBe(true);
    expect(modalText(connection)).toContain('Please wait a moment');
    expect(JSON.stringify(aisha.modal)).not.toContain(needle);
    await aisha.submit({});
    expect(modalText(connection)).toContain('Please wait a moment');
    resolve({ kind: 'page', title: 'Your code', card: says('ABCD-EFGH') });
    await aisha.submit({});
    expect(modalText(connection)).toContain('ABCD-EFGH');
    expect(bot.forms).toHaveLength(1);
    expect(slack.calls).toHaveLength(calls);
  });

  test('whose ticket is not known any more says so', async () => {
    const connection = await formOpen(mode, () => ({ kind: 'nothing' }));
    const { slack, aisha } = connection;
    slack.workspace.change(aisha.modal!, {
      ...aisha.modal!.view,
      callback_id: 'anonymous:waiting',
      private_metadata: 'no such ticket',
    });
    await aisha.submit({});
    expect(modalText(connection)).toContain('not here any more');
    expect(connection.bot.forms).toEqual([]);
  });
});

test('a button in an anonymous form is pressed by somebody, but says nothing of the form', async () => {
  const connection = await formOpen('socket', () => ({ kind: 'nothing' }));
  const { slack, aisha, bot } = connection;
  slack.workspace.change(aisha.modal!, {
    ...aisha.modal!.view,
    blocks: [
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: action.concernCode, text: { type: 'plain_text', text: 'Code' } },
        ],
      },
    ],
  });
  await aisha.press({ kind: 'modal', view: aisha.modal! }, 'Code');
  await until(() => bot.requests.at(-1)?.kind === 'press', 'the press');
  expect(JSON.stringify(bot.requests.at(-1))).not.toContain('a nonce of its own');
});
