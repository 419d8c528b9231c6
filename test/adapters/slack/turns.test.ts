import { afterEach, describe, expect, test } from 'vitest';
import { action, type Form, type Response } from '../../../src/chat/mod.ts';
import {
  type Connected,
  type ConnectOptions,
  connected,
  fastTime,
  type Mode,
  says,
} from '../../support/slack/connected.ts';
import { until } from '../../support/slack/person.ts';
import { botUser, readSurface, type Surface } from '../../support/slack/workspace.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) {
    await each.close();
    expect(each.slack.badBlocks).toEqual([]);
  }
});

const form: Form = {
  id: 'person',
  title: 'Ask a person',
  intro: [{ kind: 'text', text: 'Your name goes with it.' }],
  inputs: [
    { kind: 'text', name: 'person.text', label: 'Your question', initial: 'may I', multiline: true },
    {
      kind: 'choice',
      name: 'who',
      label: 'Who',
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
    },
  ],
  submitLabel: 'Send',
  state: 'headteacher',
};

const buttons = (...actions: string[]) => ({
  kind: 'buttons' as const,
  buttons: actions.map((each) => ({ action: each, value: `value of ${each}`, label: each })),
});

const withButtons = (text: string, ...actions: string[]) => ({
  ...says(text),
  elements: [...says(text).elements, buttons(...actions)],
});

const card = (text: string, audience: 'asker' | 'place' = 'place'): Response => ({
  kind: 'card',
  audience,
  card: says(text),
});

const page = (text: string): Response => ({
  kind: 'page',
  title: 'To read',
  card: withButtons(text, 'more'),
});

/** The bot's answers to presses and forms; a question is answered with all the buttons. */
async function started(
  answers: Readonly<Record<string, Response | (() => Promise<Response>)>>,
  options: ConnectOptions = {},
): Promise<Connected> {
  const connection = await connected(options);
  open.push(connection);
  connection.bot.answer = async (request) => {
    if (request.kind === 'question')
      return {
        kind: 'card',
        audience: request.origin.place === 'command' ? 'asker' : 'place',
        card: withButtons('Answer', ...Object.keys(answers).filter((name) => !name.startsWith('form:'))),
      };
    if (request.kind === 'home')
      return { kind: 'card', audience: 'place', card: withButtons(`Home ${++homes}`, 'replace', 'card') };
    const name =
      request.kind === 'press' ? request.action : request.kind === 'form' ? `form:${request.form}` : '';
    const answer = answers[name] ?? { kind: 'nothing' };
    return typeof answer === 'function' ? answer() : answer;
  };
  return connection;
}

let homes = 0;

const later = (milliseconds: number, response: Response) => async (): Promise<Response> => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return response;
};

const byBot = (surface: Surface) => surface.kind === 'message' && surface.message.user === botUser;
const isModal = (surface: Surface) => surface.kind === 'modal';
const texts = ({ slack }: Connected) =>
  slack.workspace.messages.filter(({ user }) => user === botUser).map(({ text }) => text.split('\n')[0]);

/** Asks, and returns the answer that Aisha sees. */
async function answered({ aisha }: Connected): Promise<Surface> {
  const { mark } = aisha;
  await aisha.write('can I?');
  return aisha.next(mark, byBot);
}

const modes: Mode[] = ['socket', 'http'];

describe.each(modes)('over %s', (mode) => {
  test('a press is handed in with its value and a name of its own, and answered where it was pressed', async () => {
    const connection = await started(
      { card: card('Pressed'), replace: { kind: 'replace', card: says('Other') } },
      { mode },
    );
    const { aisha, bot } = connection;
    const shown = await answered(connection);
    let { mark } = aisha;
    await aisha.press(shown, 'card');
    expect(readSurface(await aisha.next(mark)).text).toBe('Pressed');
    ({ mark } = aisha);
    await aisha.press(shown, 'replace');
    const changed = await aisha.next(mark);
    expect(readSurface(changed).text).toBe('Other');
    expect(texts(connection)).toEqual(['Other', 'Pressed']);
    const presses = bot.requests.filter(({ kind }) => kind === 'press');
    expect(presses).toMatchObject([
      {
        action: 'card',
        value: 'value of card',
        origin: { person: 'U0AISHA', place: 'direct', conversation: 'U0AISHA' },
      },
      { action: 'replace', value: 'value of replace' },
    ]);
    expect(new Set(presses.map(({ origin }) => origin.delivery)).size).toBe(2);
  });

  test('a form opens with what it says, comes back with its values and state, and closes', async () => {
    const connection = await started(
      { [action.askPerson]: { kind: 'form', form }, 'form:person': card('Sent') },
      { mode },
    );
    const { aisha, bot } = connection;
    const shown = await answered(connection);
    let { mark } = aisha;
    await aisha.press(shown, action.askPerson);
    expect(readSurface(await aisha.next(mark, isModal)).text).toContain('Your name goes with it.');
    ({ mark } = aisha);
    expect((await aisha.submit({ 'person.text': 'May I & <you>?', who: 'b' })).body).toEqual({
      response_action: 'clear',
    });
    expect(readSurface(await aisha.next(mark, byBot)).text).toBe('Sent');
    expect(aisha.modal).toBeUndefined();
    expect(bot.requests.at(-1)).toMatchObject({
      kind: 'form',
      form: 'person',
      state: 'headteacher',
      values: { 'person.text': 'May I & <you>?', who: 'b' },
      origin: { person: 'U0AISHA', place: 'direct' },
    });
  });

  test('what is wrong in a form is shown at its input, and each time it is sent is another', async () => {
    const wrong: Response = {
      kind: 'invalid',
      errors: { 'person.text': 'Too short.', elsewhere: 'And that.' },
    };
    const connection = await started(
      { [action.askPerson]: { kind: 'form', form }, 'form:person': wrong },
      { mode },
    );
    const { aisha, bot } = connection;
    const shown = await answered(connection);
    const { mark } = aisha;
    await aisha.press(shown, action.askPerson);
    await aisha.next(mark, isModal);
    for (let n = 0; n < 2; n++)
      expect((await aisha.submit({ 'person.text': 'x', who: 'a' })).body).toEqual({
        response_action: 'errors',
        errors: { 'person.text': 'Too short.', who: 'And that.' },
      });
    const forms = bot.requests.filter(({ kind }) => kind === 'form');
    expect(new Set(forms.map(({ origin }) => origin.delivery)).size).toBe(2);
  });

  test.each<[string, Response, string]>([
    ['another form', { kind: 'form', form: { ...form, title: 'Another' } }, 'Another'],
    ['a page', page('Read this'), 'Read this'],
  ])('a form may be followed by %s in its place', async (_, response, words) => {
    const connection = await started(
      { [action.askPerson]: { kind: 'form', form }, 'form:person': response },
      { mode },
    );
    const { aisha } = connection;
    const shown = await answered(connection);
    const { mark } = aisha;
    await aisha.press(shown, action.askPerson);
    await aisha.next(mark, isModal);
    await aisha.submit({ 'person.text': 'x', who: 'a' });
    expect(readSurface({ kind: 'modal', view: aisha.modal! }).text).toContain(words);
  });

  test('a form that replaces its card changes the message it was opened from', async () => {
    const connection = await started(
      { [action.askPerson]: { kind: 'form', form }, 'form:person': { kind: 'replace', card: says('Done') } },
      { mode },
    );
    const { aisha } = connection;
    const shown = await answered(connection);
    const { mark } = aisha;
    await aisha.press(shown, action.askPerson);
    await aisha.next(mark, isModal);
    await aisha.submit({ 'person.text': 'x', who: 'a' });
    await until(() => texts(connection)[0] === 'Done', 'the card to change');
    expect(texts(connection)).toEqual(['Done']);
  });

  test('what came of a form that was opened in a channel is told in the direct chat', async () => {
    const connection = await started(
      { [action.askPerson]: { kind: 'form', form }, 'form:person': card('Sent', 'asker') },
      { mode },
    );
    const { slack, aisha } = connection;
    slack.workspace.channels.set('C0STAFF', new Set(['U0AISHA', botUser]));
    let { mark } = aisha;
    await aisha.mention('C0STAFF', 'can I?');
    const shown = await aisha.next(mark, byBot);
    ({ mark } = aisha);
    await aisha.press(shown, action.askPerson);
    await aisha.next(mark, isModal);
    await aisha.submit({ 'person.text': 'x', who: 'a' });
    await until(() => texts(connection).length === 2, 'the answer');
    expect(slack.workspace.messages.at(-1)).toMatchObject({ channel: 'D0AISHA' });
  });

  test('pages lie on each other while there is room, and then take each other’s place', async () => {
    const connection = await started(
      { [action.section]: page('First'), more: page('More'), less: card('Beside') },
      { mode },
    );
    const { slack, aisha } = connection;
    let surface = await answered(connection);
    for (const [depth, label] of [
      [1, action.section],
      [2, 'more'],
      [3, 'more'],
      [3, 'more'],
    ] as const) {
      const { mark } = aisha;
      await aisha.press(surface, label);
      surface = await aisha.next(mark, isModal);
      expect(slack.workspace.modals.get('U0AISHA')).toHaveLength(depth);
    }
    expect(
      slack.calls.filter(({ method }) => method.startsWith('views.')).map(({ method }) => method),
    ).toEqual(['views.open', 'views.push', 'views.push', 'views.update']);
  });

  test('a press in a message that only its reader sees changes it, and opens forms', async () => {
    const connection = await started(
      {
        [action.askPerson]: { kind: 'form', form },
        replace: { kind: 'replace', card: says('Other') },
        'form:person': card('Sent'),
      },
      { mode },
    );
    const { slack, aisha } = connection;
    slack.workspace.channels.set('C0LEAD', new Set(['U0AISHA']));
    let { mark } = aisha;
    await aisha.command('can I?', 'C0LEAD');
    const shown = await aisha.next(mark);
    ({ mark } = aisha);
    await aisha.press(shown, action.askPerson);
    await aisha.next(mark, isModal);
    await aisha.submit({ 'person.text': 'x', who: 'a' });
    await until(() => texts(connection).length === 2, 'the answer');
    expect(slack.workspace.messages.at(-1)).toMatchObject({ channel: 'D0AISHA', text: 'Sent' });
    ({ mark } = aisha);
    await aisha.press(shown, 'replace');
    expect(readSurface(await aisha.next(mark)).text).toBe('Other');
    expect(slack.callsOf('chat.update')).toEqual([]);
  });

  test('a press on the home tab is answered in the direct chat; what it changes is shown there again', async () => {
    const connection = await started(
      { replace: { kind: 'replace', card: says('Acknowledged') }, card: card('Pressed') },
      { mode },
    );
    const { slack, aisha } = connection;
    let { mark } = aisha;
    await aisha.openHome();
    const home = await aisha.next(mark, ({ kind }) => kind === 'home');
    await until(() => slack.workspace.messages.length === 0 || texts(connection).length > 0, 'the greeting');
    ({ mark } = aisha);
    await aisha.press(home, 'replace');
    expect(readSurface(await aisha.next(mark, byBot)).text).toBe('Acknowledged');
    await aisha.next(mark, ({ kind }) => kind === 'home');
    expect(slack.callsOf('views.publish')).toHaveLength(2);
    await aisha.press(home, 'card');
    await until(() => texts(connection).includes('Pressed'), 'the answer');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(slack.callsOf('views.publish')).toHaveLength(2);
  });

  test('a form that takes long is opened in time, and so is its answer', async () => {
    const connection = await started(
      {
        [action.askPerson]: later(150, { kind: 'form', form }),
        'form:person': later(250, { kind: 'card', audience: 'asker', card: says('Sent at last') }),
      },
      { mode, time: fastTime() },
    );
    const { slack, aisha } = connection;
    const shown = await answered(connection);
    const { mark } = aisha;
    expect((await aisha.press(shown, action.askPerson)).took).toBeLessThan(500);
    expect(readSurface(await aisha.next(mark, isModal)).text).toContain('One moment');
    await until(() => aisha.modal?.view.submit, 'the form');
    const sent = await aisha.submit({ 'person.text': 'x', who: 'a' });
    expect(sent).toMatchObject({ ok: true, body: { response_action: 'update' } });
    // Two of Slack’s three seconds, ten times as fast.
    expect(sent.took).toBeGreaterThan(190);
    await until(
      () => readSurface({ kind: 'modal', view: aisha.modal! }).text.includes('Sent at last'),
      'the answer',
    );
    await until(() => texts(connection).includes('Sent at last'), 'the message');
    expect(slack.callsOf('views.open')).toHaveLength(1);
  });

  test('a form that was wrong, and found so late, comes back filled in', async () => {
    const connection = await started(
      {
        [action.askPerson]: { kind: 'form', form },
        'form:person': later(230, { kind: 'invalid', errors: { 'person.text': 'Too short.' } }),
      },
      { mode, time: fastTime() },
    );
    const { aisha } = connection;
    const shown = await answered(connection);
    const { mark } = aisha;
    await aisha.press(shown, action.askPerson);
    await aisha.next(mark, isModal);
    await aisha.submit({ 'person.text': 'My words', who: 'b' });
    await until(() => aisha.modal?.view.submit, 'the form');
    const { view } = aisha.modal!;
    expect(readSurface({ kind: 'modal', view: aisha.modal! }).text).toContain('Too short.');
    expect(view.blocks).toContainEqual(
      expect.objectContaining({ element: expect.objectContaining({ initial_value: 'My words' }) }),
    );
    expect(view.blocks).toContainEqual(
      expect.objectContaining({
        element: expect.objectContaining({ initial_option: expect.objectContaining({ value: 'b' }) }),
      }),
    );
  });

  test('a press that takes long and opens nothing is answered all the same', async () => {
    const connection = await started(
      { [action.askPerson]: later(150, card('Not now', 'asker')), slow: later(150, card('Slow')) },
      { mode, time: fastTime() },
    );
    const { slack, aisha } = connection;
    const shown = await answered(connection);
    await aisha.press(shown, action.askPerson);
    await until(
      () => aisha.modal && readSurface({ kind: 'modal', view: aisha.modal }).text.includes('Not now'),
      'the answer',
    );
    await aisha.press(shown, 'slow');
    await until(() => texts(connection).includes('Slow'), 'the answer');
    expect(texts(connection)).not.toContain('Not now');
    expect(slack.callsOf('views.open')).toHaveLength(1);
  });

  test('where Slack opens no dialog, a page becomes a message and a form says so', async () => {
    const connection = await started(
      { [action.section]: page('Read this'), [action.askPerson]: { kind: 'form', form } },
      { mode },
    );
    const { slack, aisha } = connection;
    const shown = await answered(connection);
    slack.faults.add('views.open', { refuse: 'expired_trigger_id' }, 2);
    await aisha.press(shown, action.section);
    await until(() => texts(connection).includes('Read this'), 'the page');
    await aisha.press(shown, action.askPerson);
    await until(
      () => texts(connection).some((text) => text?.includes('press the button again')),
      'the words',
    );
  });
});

test('a dialog waits for nothing that Slack holds back', async () => {
  const connection = await started({ [action.section]: page('Read this') });
  const { slack, aisha } = connection;
  const shown = await answered(connection);
  slack.faults.add('chat.postMessage', { limit: 3 });
  await aisha.write('another question');
  await until(() => slack.callsOf('chat.postMessage').length === 2, 'the answer to be held back');
  const { mark } = aisha;
  const begun = performance.now();
  await aisha.press(shown, action.section);
  await aisha.next(mark, isModal);
  expect(performance.now() - begun).toBeLessThan(500);
});

test('while bulk sending is limited, an answer is not held', async () => {
  const connection = await started({});
  const { slack, aisha, adapter } = connection;
  // Whoever is warm is measured.
  await answered(connection);
  const quick = await took(() => answered(connection));
  slack.faults.add('chat.postMessage', { limit: 20 });
  const bulk = Array.from({ length: 30 }, (_, n) =>
    adapter.send('U0GRACE', says(`Reminder ${n}`), `${n}`, { bulk: true }),
  );
  await until(() => slack.callsOf('chat.postMessage').at(-1)?.args.channel === 'D0GRACE', 'the limit');
  const held = await took(() => answered(connection));
  expect(held - quick).toBeLessThan(100);
  expect((await Promise.all(bulk)).every(({ kind }) => kind === 'wait')).toBe(true);
  expect(aisha.mark).toBeGreaterThan(0);
});

async function took(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
