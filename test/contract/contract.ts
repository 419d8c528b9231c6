import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Adapter,
  type AdapterFactory,
  action,
  type Bot,
  type Card,
  checkField,
  field,
  type Request,
  type Response,
} from '../../src/chat/mod.ts';
import { type Composed, compose } from '../../src/compose.ts';
import { type ManualClock, manualClock } from '../../src/school/clock.ts';
import { temporaryFolder } from '../support/content.ts';
import { hillPrimaryAsking } from '../support/reminders/content.ts';
import type { Driver, Harness, Shown } from './harness.ts';

const aisha = 'aisha@hill.example';
const head = 'head@hill.example';
const hostile =
  '<!channel> <@U1> *bold* _it_ `code` [x](https://evil.example) <b onclick="x">&amp;</b> \u001B[2J\u0007\u202Egnp\u0000';

/** Asked before the phone policy is acknowledged. */
const checkQuestion =
  ', check_questions: [{ question: "Where do phones go?", options: [In your pocket, In the staffroom],' +
  ' answer: In the staffroom, because: work.staffroom }]';

/** One turn that went through the adapter. */
interface Turn {
  readonly request: Request;
  readonly response: Response;
}

/**
 * What every adapter must do. The bot behind it is the real one, with real content, a real store and a
 * clock of its own; only the platform is played.
 */
export function describeAdapter(name: string, open: () => Promise<Harness>): void {
  describe(`${name} as an adapter`, () => {
    let harness: Harness;
    let composed: Composed;
    let adapter: Adapter;
    let driver: Driver;
    let clock: ManualClock;
    let turns: Turn[];

    beforeAll(async () => {
      harness = await open();
      turns = [];
      clock = manualClock(new Date('2026-11-23T09:00:00Z'));
      composed = await compose({
        settings: {
          contentDir: hillPrimaryAsking('', checkQuestion),
          dataDir: temporaryFolder(),
          databaseUrl: undefined,
        },
        clock,
        adapters: [recorded(harness.factory, turns)],
      });
      adapter = composed.adapters[0]!;
      await composed.start();
      driver = await harness.driver();
      await driver.become(aisha);
    });

    afterAll(async () => {
      await composed.stop();
      await harness.close();
    });

    const lastTurn = (): Turn => turns.at(-1)!;

    test('is ready once it has started', () => {
      expect(composed.ready()).toBe(true);
    });

    test.each([
      ['answer', 'can i ring a pupil on my mobile'],
      ['two answers', 'call a pupil? and where do I keep my phone?'],
      ['none', 'what is the dinner menu'],
      ['safeguarding', 'a child told me his dad hits him'],
      ['concern', 'i want to report a colleague'],
      ['small talk', 'thanks'],
      ['help', 'help'],
      ['list of sections', 'policy'],
      ['hostile text', hostile],
      ['emoji', '🙈🙈🙈'],
      ['right to left', 'هل يمكنني الاتصال بتلميذ'],
    ])('shows every word and button of a reply: %s', async (_, question) => {
      const shown = await driver.ask(question);
      const { request, response } = lastTurn();
      expect(request).toMatchObject({ kind: 'question', text: question.trim() });
      expectShown(shown, cardOf(response));
    });

    test('hands in who asked, where, and a name for the delivery', async () => {
      await driver.ask('where does my phone go');
      const { origin } = lastTurn().request;
      expect(origin).toMatchObject({
        platform: adapter.name,
        place: expect.stringMatching(/^(direct|channel|command)$/),
      });
      for (const id of [origin.person, origin.conversation, origin.delivery]) expect(id).toMatch(/./);
    });

    test('is not answered twice when it delivers twice', async () => {
      await driver.ask('where does my phone go');
      const { request } = lastTurn();
      expect(await composed.bot.handle(request)).toEqual({ kind: 'nothing' });
      await driver.ask('where does my phone go');
      expect(lastTurn().request.origin.delivery).not.toBe(request.origin.delivery);
      expect(lastTurn().response.kind).toBe('card');
    });

    test('keeps the turns of one conversation together, so that a follow-up is understood', async () => {
      await driver.ask('can i ring a pupil on my mobile');
      const first = lastTurn().request.origin;
      await driver.ask('what about my niece?');
      expect(lastTurn().request.origin.conversation).toBe(first.conversation);
      await driver.press('Ask a person');
      expect(lastTurn().response).toMatchObject({
        form: { inputs: [{ initial: 'can i ring a pupil on my mobile\nwhat about my niece?' }] },
      });
      await driver.fill({ [field.personText]: 'Never mind.' });
    });

    test('hands a button’s value back, and puts the new card in place of the old', async () => {
      await driver.ask('can i ring a pupil on my mobile');
      const judged = await driver.press('Helpful');
      expect(lastTurn().request).toMatchObject({
        kind: 'press',
        action: action.helpful,
        value: expect.stringMatching(/./),
      });
      expect(lastTurn().response.kind).toBe('replace');
      expect(judged.text).toContain('Thank you.');
      expect(judged.buttons).not.toContain('Helpful');
      const section = await driver.press('See the whole section');
      expectShown(section, cardOf(lastTurn().response));
    });

    test('opens a form, sends it, and brings the answer of another person back', async () => {
      await driver.ask('can i ring a pupil on my mobile');
      const form = await driver.press('Ask a person');
      expect(form.form).toBe(true);
      expect(form.text).toContain('Grace Holloway');
      const sent = await driver.fill({ [field.personText]: `May I? ${hostile}` });
      expect(lastTurn().request).toMatchObject({
        kind: 'form',
        values: { [field.personText]: expect.stringMatching(/^May I\?/) },
      });
      expect(sent.text).toContain('Your question has gone to Grace Holloway');

      const received = await driver.become(head);
      expect(received.text).toContain('May I?');
      expect((await driver.press('Answer')).form).toBe(true);
      const answered = await driver.fill({ [field.personText]: 'Use the school phone.' });
      expect(answered.text).toContain('State: answered by Grace Holloway');
      const back = await driver.become(aisha);
      expect(back.text).toContain('Use the school phone.');
      expect(back.text).toContain('State: answered by Grace Holloway');
    });

    test('says at once what is wrong in a form, and takes it when it is put right', async () => {
      await driver.ask('where does my phone go');
      await driver.press('Ask a person');
      const wrong = await driver.fill({ [field.personText]: '\u200B' });
      expect(lastTurn().response.kind).toBe('invalid');
      expect(wrong.text).toContain('Please write something');
      expect(wrong.form).toBe(true);
      const right = await driver.fill({ [field.personText]: 'May I?' });
      expect(right.text).toContain('has gone to');
    });

    test('brings a reminder, the policy and its questions, and shows when it is acknowledged', async () => {
      await driver.become(head);
      await composed.reminders.tick();
      const reminder = await driver.become(aisha);
      expect(reminder.text).toContain('Phone Policy, version 2');
      expect(reminder.buttons).toEqual(
        expect.arrayContaining(['Read and acknowledge', 'I have a question', 'Remind me tomorrow']),
      );
      const policy = await driver.press('Read and acknowledge');
      expect(lastTurn()).toMatchObject({
        request: { kind: 'press', action: action.acknowledgeOpen },
        response: { kind: 'replace' },
      });
      expectShown(policy, cardOf(lastTurn().response));

      const form = await driver.press('I have read and understood');
      expect(form.form).toBe(true);
      expect(form.text).toContain('Where do phones go?');
      const wrong = await driver.fill({ [checkField(1)]: '1' });
      expect(lastTurn().request).toMatchObject({
        kind: 'form',
        form: 'acknowledge.confirm',
        values: { 'check.1': '1' },
      });
      expect(bare(wrong.text)).toContain(
        bare('Phones at work, clause 2: “Staff must: … keep phones in the staffroom”'),
      );
      expect(wrong.form).toBe(true);
      const done = await driver.fill({ [checkField(1)]: '2' });
      expect(lastTurn().response.kind).toBe('replace');
      expect(done.text).toContain('Acknowledged on 23 November 2026');
      expect(done.buttons).not.toContain('I have read and understood');
    });

    test('shows with “status” what somebody owes, and how the school stands to who may see it', async () => {
      await driver.become(aisha);
      const own = await driver.ask('status');
      expectShown(own, cardOf(lastTurn().response));
      expect(own.text).toContain('You have acknowledged everything');
      await driver.become(head);
      const school = await driver.ask('status');
      expectShown(school, cardOf(lastTurn().response));
      expect(school.text).toContain('How Hill Primary stands');
      const page = await driver.press('By role and name');
      expect(lastTurn().response.kind).toBe('page');
      expectShown(page, cardOf(lastTurn().response));
      await driver.become(aisha);
    });

    test('lists the people who can be messaged, each with an id that messages reach', async () => {
      const people = [];
      for await (const person of adapter.people()) people.push(person);
      expect(people.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['Grace Holloway', 'Aisha Malik']),
      );
      for (const { id, name } of people)
        expect(await adapter.send(id, said(`Hello ${name}`), `hello ${id}`)).toMatchObject({ kind: 'sent' });
    });

    test('sends a message with the same key once, and changes it', async () => {
      const person = await idOf(adapter, 'Grace Holloway');
      const first = await adapter.send(person, said('Once only'), 'same key');
      expect(await adapter.send(person, said('Once only'), 'same key')).toEqual(first);
      expect(driver.everything().split('Once only')).toHaveLength(2);
      if (first.kind !== 'sent') throw new Error(first.kind);
      expect(await adapter.update(first.message, said('Another thing'))).toMatchObject({ kind: 'sent' });
      expect(driver.everything()).toContain('Another thing');
    });

    test('is honest about a person or a message that it does not know', async () => {
      expect(await adapter.send('nobody at all', said('x'), 'k')).toMatchObject({
        kind: 'blocked',
        reason: expect.stringMatching(/./),
      });
      expect(await adapter.update('no message', said('x'))).toMatchObject({
        kind: expect.stringMatching(/^(blocked|unknown)$/),
      });
    });

    test('shows what people and policies write as text, and nothing else', async () => {
      const person = await idOf(adapter, 'Aisha Malik');
      const card: Card = {
        summary: hostile,
        elements: [
          { kind: 'heading', text: hostile },
          { kind: 'text', text: hostile },
          { kind: 'quote', text: hostile, source: hostile },
          { kind: 'fields', fields: [{ label: hostile, value: hostile }] },
          { kind: 'link', label: hostile, url: 'https://a.sch.uk' },
          { kind: 'progress', label: hostile, done: 1, total: 2 },
          { kind: 'buttons', buttons: [{ action: 'x', value: hostile, label: hostile.slice(0, 70) }] },
        ],
      };
      expect(await adapter.send(person, card, 'hostile')).toMatchObject({ kind: 'sent' });
      expect(driver.everything()).not.toMatch(harness.forbidden);
    });

    test('stops, is not ready any more, and does not pretend to send', async () => {
      const person = await idOf(adapter, 'Aisha Malik');
      await composed.stop();
      expect(composed.ready()).toBe(false);
      expect(adapter.ready()).toBe(false);
      expect((await adapter.send(person, said('Too late'), 'late')).kind).not.toBe('sent');
    });
  });
}

/** The adapter of a factory, with every turn that goes through it put down. */
function recorded({ name, create }: AdapterFactory, turns: Turn[]): AdapterFactory {
  const recording = (bot: Bot): Bot => ({
    anonymous: (form) => bot.anonymous(form),
    async handle(request) {
      const response = await bot.handle(request);
      turns.push({ request, response });
      return response;
    },
  });
  return {
    name,
    create(ports) {
      const adapter = create(ports);
      return {
        name: adapter.name,
        start: (bot) => adapter.start(recording(bot)),
        stop: () => adapter.stop(),
        ready: () => adapter.ready(),
        send: (...message) => adapter.send(...message),
        update: (message, card) => adapter.update(message, card),
        people: () => adapter.people(),
      };
    },
  };
}

async function idOf(adapter: Adapter, name: string): Promise<string> {
  for await (const person of adapter.people()) if (person.name === name) return person.id;
  throw new Error(`There is no ${name}`);
}

function cardOf(response: Response): Card {
  if ('card' in response) return response.card;
  throw new Error(`A ${response.kind}, not a card`);
}

const said = (text: string): Card => ({ summary: text, elements: [{ kind: 'text', text }] });

/** Letters and digits alone, in order: what is left however a platform frames and breaks a text. */
const bare = (text: string): string => text.match(/[\p{L}\p{N}]+/gu)?.join('') ?? '';

function expectShown(shown: Shown, card: Card): void {
  const seen = bare(shown.text);
  for (const element of card.elements) {
    switch (element.kind) {
      case 'heading':
      case 'text':
        expect(seen).toContain(bare(element.text));
        break;
      case 'quote':
        expect(seen).toContain(bare(element.text));
        expect(seen).toContain(bare(element.source));
        break;
      case 'fields':
        for (const { label, value } of element.fields) expect(seen).toContain(bare(label + value));
        break;
      case 'progress':
        for (const part of [element.label, String(element.done), String(element.total)])
          expect(seen).toContain(bare(part));
        break;
      default:
    }
  }
  const labels = card.elements.flatMap((each) =>
    each.kind === 'buttons' ? each.buttons.map(({ label }) => label) : [],
  );
  expect(shown.buttons).toEqual(labels);
}
