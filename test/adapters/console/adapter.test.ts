import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createConsole } from '../../../adapters/console/adapter.ts';
import { openTerminal } from '../../../adapters/console/terminal.ts';
import type { AnonymousForm, Bot, Form, PlatformPerson, Request, Response } from '../../../src/chat/mod.ts';
import { adapterPorts } from '../../support/ports.ts';
import { fakeTerminal } from '../../support/terminal.ts';

const people: readonly PlatformPerson[] = [
  { id: 'head@hill.example', name: 'Grace Holloway', groups: ['headteacher', 'teacher'] },
  { id: 'aisha@hill.example', name: 'Aisha Malik', groups: ['teacher'] },
];

/** An adapter at a fake terminal, with a bot that says what it is told to. */
async function open(say: (request: Request) => Response, options: Parameters<typeof fakeTerminal>[0] = {}) {
  const terminal = fakeTerminal(options);
  const heard: Request[] = [];
  const anonymous: AnonymousForm[] = [];
  const onLeave = vi.fn();
  const bot: Bot = {
    async handle(request) {
      heard.push(request);
      return request.kind === 'welcome' ? words('Welcome.') : say(request);
    },
    async anonymous(form) {
      anonymous.push(form);
      return words('Taken.');
    },
  };
  const adapter = createConsole({ openTerminal: () => terminal, startAs: 'teacher', onLeave }).create(
    adapterPorts({ people }),
  );
  await adapter.start(bot);
  return { adapter, terminal, heard, anonymous, onLeave };
}

const words = (text: string, ...labels: string[]): Response => ({
  kind: 'card',
  audience: 'asker',
  card: {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: labels.map((label) => ({ action: `do.${label}`, value: 'v', label })) },
    ],
  },
});

const card = (text: string, ...labels: string[]) =>
  (words(text, ...labels) as Extract<Response, { kind: 'card' }>).card;

test('greets, says how to use it, and asks as the first ordinary teacher', async () => {
  const { terminal, heard } = await open(() => words('Fine.'));
  expect(await terminal.prompt()).toBe('Aisha Malik> ');
  expect(terminal.screen()).toContain('Welcome.');
  expect(terminal.screen()).toContain('/me NAME');
  expect(await terminal.type('can I?')).toBe('Fine.');
  expect(heard[1]).toEqual({
    kind: 'question',
    text: 'can I?',
    origin: {
      platform: 'console',
      person: 'aisha@hill.example',
      conversation: 'aisha@hill.example',
      place: 'direct',
      delivery: '2',
    },
  });
});

test('shows buttons as numbers, and a number presses one', async () => {
  const { terminal, heard } = await open((request) =>
    request.kind === 'press' ? words('Pressed.') : words('Q', 'one', 'two'),
  );
  expect(await terminal.type('hello')).toContain('[1] one   [2] two');
  expect(await terminal.type('3')).toContain('There is no button 3 now. Please type one of these: 1, 2; or');
  expect(await terminal.type('2')).toBe('Pressed.');
  expect(heard.at(-1)).toMatchObject({ kind: 'press', action: 'do.two', value: 'v' });
  const before = heard.length;
  expect(await terminal.type('2')).toBe('There is no button 2 now. Please type a question.');
  expect(await terminal.type('12345')).toContain('There is no button 12345 now.');
  expect(heard).toHaveLength(before);
});

test('of a replaced card, shows what is new, and its buttons', async () => {
  const after: Response = {
    kind: 'replace',
    card: {
      summary: '',
      elements: [...card('Answer').elements.slice(0, 1), ...card('Thanks.', 'more').elements],
    },
  };
  const { terminal } = await open((request) => (request.kind === 'press' ? after : words('Answer', 'good')));
  await terminal.type('q');
  expect(await terminal.type('1')).toBe('Thanks.\n\n[1] more');
});

test('shows a message to somebody else, whose button is theirs to press', async () => {
  const { adapter, terminal, heard } = await open(() => words('Mine', 'a'));
  await terminal.type('q');
  const outcome = await adapter.send('head@hill.example', card('A question for you', 'Answer'), 'k1');
  expect(outcome).toEqual({ kind: 'sent', message: 'k1' });
  expect(terminal.screen()).toContain('(to Grace Holloway):\nA question for you\n\n[2] Answer');
  expect(await terminal.type('2')).toContain(
    'That button is for Grace Holloway. Type "/me Grace Holloway" first',
  );
  expect(await terminal.type('/me head')).toBe(
    'You are Grace Holloway (headteacher, teacher).\n\n(to you):\nA question for you\n\n[1] Answer',
  );
  await terminal.type('1');
  expect(heard.at(-1)).toMatchObject({
    kind: 'press',
    action: 'do.Answer',
    origin: { person: 'head@hill.example' },
  });
  expect(await terminal.prompt()).toBe('Grace Holloway> ');
});

test('sends the same message once, changes it, and is honest about strangers', async () => {
  const { adapter, terminal } = await open(() => words('x'));
  await terminal.prompt();
  await adapter.send('head@hill.example', card('Hello'), 'k1');
  await adapter.send('head@hill.example', card('Hello'), 'k1');
  expect(terminal.screen().split('(to Grace Holloway)')).toHaveLength(2);
  expect(await adapter.update('k1', card('Changed'))).toEqual({ kind: 'sent', message: 'k1' });
  expect(terminal.screen()).toContain('(to Grace Holloway):\nChanged');
  expect(await adapter.update('k2', card('?'))).toMatchObject({ kind: 'blocked' });
  expect(await adapter.send('nobody', card('?'), 'k3')).toMatchObject({ kind: 'blocked' });
});

test('/me lists people, and says so where the name is nobody’s or several people’s', async () => {
  const { terminal } = await open(() => words('x'));
  expect(await terminal.type('/me')).toBe(
    'Grace Holloway (headteacher, teacher)\nAisha Malik (teacher), which is you now',
  );
  expect(await terminal.type('/me zed')).toContain('There is nobody called "zed" here.');
  expect(await terminal.type('/me teacher')).toContain('Aisha Malik');
  expect(await terminal.prompt()).toBe('Aisha Malik> ');
  expect(await terminal.type('/dance')).toContain('There is no /dance here.');
});

const form: Form = {
  id: 'f',
  title: 'A form',
  intro: [{ kind: 'text', text: 'This goes to Grace.' }],
  inputs: [
    { kind: 'text', name: 'text', label: 'Your words', initial: 'draft', multiline: true, maxLength: 20 },
    {
      kind: 'choice',
      name: 'who',
      label: 'Who',
      options: [
        { value: 'a', label: 'Ann' },
        { value: 'b', label: 'Bob' },
      ],
    },
  ],
  submitLabel: 'Send',
  state: 's',
};

test('asks for a form input by input, and again for what is wrong', async () => {
  let tries = 0;
  const { terminal, heard } = await open((request) => {
    if (request.kind !== 'form') return { kind: 'form', form };
    return tries++ === 0 ? { kind: 'invalid', errors: { who: 'Not Bob.' } } : words('Sent.');
  });
  const opened = await terminal.type('q');
  expect(opened).toContain('A form\n\nThis goes to Grace.');
  expect(opened).toContain('/cancel');
  expect(opened).toContain('Now: draft');
  await terminal.type('one');
  await terminal.type('two that is far too long for this');
  expect(await terminal.type('')).toContain('there is room for 20');
  await terminal.type('one');
  await terminal.type('two');
  expect(await terminal.type('')).toContain('1. Ann');
  expect(await terminal.type('3')).toContain('from 1 to 2');
  await terminal.type('2');
  expect(await terminal.prompt()).toContain('Press Enter to "Send"');
  expect(await terminal.type('')).toContain('Not Bob.');
  await terminal.type('1');
  expect(await terminal.type('')).toBe('Sent.');
  expect(heard.at(-1)).toMatchObject({
    kind: 'form',
    form: 'f',
    state: 's',
    values: { text: 'one\ntwo', who: 'a' },
  });
});

test('a form with nothing left to send is closed, and not cancelled', async () => {
  const { terminal } = await open(() => ({ kind: 'form', form: { ...form, cancelLabel: 'Close' } }));
  const opened = await terminal.type('q');
  expect(opened).toContain('/close');
  expect(opened).not.toContain('/cancel');
  expect(await terminal.type('/close')).toBe('Closed.');
});

test('a form can be left at any time, and keeps the draft on Enter', async () => {
  const { terminal, heard } = await open((request) =>
    request.kind === 'form' ? words('Sent.') : { kind: 'form', form },
  );
  for (const lines of [['/cancel'], ['', '/cancel'], ['', '1', '/cancel']]) {
    await terminal.type('q');
    for (const line of lines.slice(0, -1)) await terminal.type(line);
    expect(await terminal.type(lines.at(-1)!)).toContain('Stopped. This form was not sent.');
  }
  expect(heard.filter(({ kind }) => kind === 'form')).toEqual([]);
  for (const line of ['q', '', '1', '']) await terminal.type(line);
  expect(heard.at(-1)).toMatchObject({ values: { text: 'draft', who: 'a' } });
});

test('an anonymous form leaves without its sender', async () => {
  const { terminal, heard, anonymous } = await open(() => ({
    kind: 'form',
    form: { ...form, anonymous: true },
  }));
  for (const line of ['q', '', '1']) await terminal.type(line);
  const before = heard.length;
  expect(await terminal.type('')).toBe('Taken.');
  expect(anonymous).toEqual([{ form: 'f', state: 's', values: { text: 'draft', who: 'a' } }]);
  expect(heard).toHaveLength(before);
});

test('shows hostile text as text, whoever it comes from', async () => {
  const hostile = '\u001B[2Jgone\u0007';
  const { adapter, terminal } = await open(() => ({ kind: 'invalid', errors: { x: hostile } }));
  await terminal.type('q');
  await terminal.type(`/me ${hostile}`);
  await adapter.send('head@hill.example', card(hostile, hostile), 'k');
  expect(terminal.screen()).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(terminal.screen()).toContain('␛[2Jgone␇');
});

test('leaving is told once; the end of a file is not leaving', async () => {
  const left = await open(() => words('x'));
  await left.terminal.type('/quit').catch(() => {});
  await left.adapter.stop();
  expect(left.onLeave).toHaveBeenCalledTimes(1);

  const piped = await open(() => words('x'), { interactive: false });
  expect(await piped.terminal.type('q')).toBe('x');
  expect(piped.terminal.screen()).not.toContain('Welcome');
  piped.terminal.close();
  expect(piped.adapter.ready()).toBe(true);
  expect((await piped.adapter.send('head@hill.example', card('Still here'), 'k')).kind).toBe('sent');
  await piped.adapter.stop();
  expect(piped.onLeave).not.toHaveBeenCalled();
  expect(piped.adapter.ready()).toBe(false);
});

test('does without anybody in the settings', async () => {
  const terminal = fakeTerminal();
  const adapter = createConsole({
    openTerminal: () => terminal,
    startAs: 'teacher',
    onLeave: () => {},
  }).create(adapterPorts());
  await adapter.start({ handle: async () => words('Hi.'), anonymous: async () => words('x') });
  expect(await terminal.prompt()).toBe('You> ');
  await adapter.stop();
});

test('a message’s button keeps its number over other cards, until another card takes its place', async () => {
  let answer: Response = words('Try again.');
  const { adapter, terminal, heard } = await open((request) =>
    request.kind === 'press' ? answer : words('Q', 'a', 'b', 'c'),
  );
  await terminal.prompt();
  await adapter.send('head@hill.example', card('For Grace', 'Answer'), 'k1');
  await adapter.send('aisha@hill.example', card('For you', 'Read'), 'k2');
  expect(terminal.screen()).toContain('[1] Answer');
  expect(await terminal.type('q')).toContain('[3] a   [4] b   [5] c');
  await terminal.type('2');
  expect(heard.at(-1)).toMatchObject({ kind: 'press', action: 'do.Read' });
  answer = { kind: 'replace', card: card('Read.') };
  expect(await terminal.type('2')).toBe('Read.');
  expect(await terminal.type('2')).toContain('There is no button 2 now. Please type one of these: 1; or');
  expect(await terminal.type('1')).toContain('That button is for Grace Holloway.');
  expect(await terminal.type('/me head')).toContain('[1] Answer');
});

test.each(['\u0003', '\u0004'])('%j in a form leaves without a fault', async (key) => {
  const input = new PassThrough();
  const onLeave = vi.fn();
  const output = new PassThrough().resume();
  const adapter = createConsole({
    openTerminal: () => openTerminal({ input, output, interactive: true, colour: false }),
    startAs: 'teacher',
    onLeave,
  }).create(adapterPorts({ people }));
  const opened = Promise.withResolvers<void>();
  await adapter.start({
    async handle({ kind }) {
      if (kind === 'question') opened.resolve();
      return kind === 'question' ? { kind: 'form', form } : words('x');
    },
    anonymous: async () => words('x'),
  });
  input.write('q\r');
  await opened.promise;
  await setImmediate();
  input.write(key);
  await vi.waitFor(() => expect(onLeave).toHaveBeenCalledTimes(1));
  await expect(adapter.stop()).resolves.toBeUndefined();
});

test('a page is read beside a card, whose buttons stay until another card comes', async () => {
  const page = (...labels: string[]): Response => ({
    kind: 'page',
    title: 'P',
    card: card('Page', ...labels),
  });
  let answer: Response = page('More', 'Back');
  const { terminal, heard } = await open((request) =>
    request.kind === 'press' ? answer : words('Q', 'a', 'b'),
  );
  await terminal.type('q');
  expect(await terminal.type('1')).toBe('Page\n\n[3] More   [4] Back');
  answer = page('Less');
  expect(await terminal.type('3')).toBe('Page\n\n[3] Less');
  expect(await terminal.type('4')).toContain('There is no button 4 now.');
  answer = words('New', 'c');
  expect(await terminal.type('2')).toBe('New\n\n[1] c');
  expect(heard.at(-1)).toMatchObject({ action: 'do.b' });
  expect(await terminal.type('3')).toContain('Please type one of these: 1; or');
});

test('what takes the place of a message is that message, over other cards and for its reader alone', async () => {
  let answer: Response = { kind: 'replace', card: card('Step two', 'Confirm') };
  const { adapter, terminal, heard } = await open((request) =>
    request.kind === 'press' ? answer : words('Q', 'a'),
  );
  await adapter.send('aisha@hill.example', card('Step one', 'Open'), 'k1');
  expect(await terminal.type('1')).toBe('Step two\n\n[1] Confirm');
  expect(await terminal.type('q')).toContain('[2] a');
  await terminal.type('/me head');
  expect(await terminal.type('/me aisha')).toContain('Step two\n\n[1] Confirm');
  answer = { kind: 'replace', card: card('Done') };
  expect(await terminal.type('1')).toBe('Done');
  expect(heard.at(-1)).toMatchObject({ action: 'do.Confirm' });
  expect(await terminal.type('1')).toContain('There is no button 1 now.');
  await terminal.type('/me head');
  expect(await terminal.type('/me aisha')).toBe('You are Aisha Malik (teacher).');
});

test('one of many messages to somebody else takes a line, and is there whole for them', async () => {
  const { adapter, terminal } = await open(() => words('x'));
  await terminal.prompt();
  await adapter.send('head@hill.example', card('Please read', 'Open'), 'k1', { bulk: true });
  expect(terminal.screen()).toContain(
    '(to Grace Holloway): Please read. To see it, type "/me Grace Holloway".',
  );
  expect(terminal.screen()).not.toContain('[1]');
  expect(await terminal.type('/me grace')).toContain('(to you):\nPlease read\n\n[1] Open');
  await adapter.send('head@hill.example', card('Read this', 'Open'), 'k2', { bulk: true });
  expect(terminal.screen()).toContain('(to you):\nRead this\n\n[2] Open');
});
