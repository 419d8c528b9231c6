import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  action,
  type Element,
  type FormValues,
  field,
  form as forms,
  type Response,
} from '../../src/chat/mod.ts';
import { createPeople } from '../../src/school/people.ts';
import { concernTurns } from '../../src/turns/concerns.ts';
import type { Turns } from '../../src/turns/turns.ts';
import { type Browser, type House, openHouse, schoolOf } from '../support/concerns/house.ts';

const origin = { platform: 'test', person: 'U1', conversation: 'D1', place: 'direct' } as const;

let house: House;
let head: Browser;
let turns: Turns;

const turnsOf = (doorB?: string): Turns =>
  concernTurns({
    senders: house.concerns.senders,
    notice: () => ({ school: house.school, people: house.people, day: '2026-11-25', doorB }),
  });

beforeEach(async () => {
  house = await openHouse();
  head = await house.enrol('headteacher');
  await house.enrol('deputy-headteacher');
  turns = turnsOf('https://hill.example/concern');
});

afterEach(() => house.close());

const press = async (name: string): Promise<Response> =>
  turns.presses![name]!({ kind: 'press', origin, action: name, value: '' });

/** Fills in the form that is open, as a door does: with its values and its state, and nothing else. */
async function fill(response: Response, values: FormValues): Promise<Response> {
  const { form } = formOf(response);
  return turns.anonymousForms![form.id]!({
    form: form.id,
    values,
    ...(form.state !== undefined && { state: form.state }),
  });
}

function formOf(response: Response): Extract<Response, { kind: 'form' }> {
  if (response.kind !== 'form') throw new Error(JSON.stringify(response));
  return response;
}

const elementsOf = (response: Response): readonly Element[] =>
  response.kind === 'form' ? response.form.intro : 'card' in response ? response.card.elements : [];
const wordsOf = (response: Response): string => JSON.stringify(elementsOf(response));
const codeIn = (response: Response): string =>
  elementsOf(response).flatMap((each) => (each.kind === 'heading' ? [each.text] : []))[0] ?? '';

const choose = (about: string, exclude: readonly string[] = []): FormValues => ({
  [field.concernAbout]: about,
  [field.concernExclude]: exclude,
});
const write = (text: string): FormValues => ({ [field.concernKind]: 'bullying', [field.concernText]: text });

async function sendIt(text = 'He shouts.'): Promise<string> {
  const code = await fill(await fill(await press(action.concern), choose('adult')), write(text));
  return codeIn(code);
}

describe('raising a concern', () => {
  test('says first what is true, before any input', async () => {
    const first = await press(action.concern);
    const words = wordsOf(first);
    for (const said of [
      'call 999',
      'Call 999',
      'We do not keep who you are',
      'only the week',
      'Slack or Microsoft carries it',
      'IT may see that you used this app today',
      'could read a form while it is being sent',
      'what you write can show who you are',
      'https://hill.example/concern',
      'you see their roles and names before you write',
      'you get a code, once',
      'don’t type a concern in the chat',
      'NSPCC Whistleblowing Advice Line',
      'checked 1 November 2026',
    ])
      expect(words.toLowerCase(), said).toContain(said.toLowerCase());
    expect(formOf(first).form).toMatchObject({ id: forms.concern, anonymous: true });
    expect(formOf(first).form.state).toBeUndefined();
    turns = turnsOf();
    expect(wordsOf(await press(action.concern))).not.toContain('web form');
  });

  test('shows by name who reads it, takes the text, and gives the code once', async () => {
    const readers = await fill(await press(action.concern), choose('adult'));
    expect(wordsOf(readers)).toContain('• Grace Holloway, headteacher\\n• Martin Ashe, deputy headteacher');
    expect(formOf(readers).form.inputs.map(({ name }) => name)).toEqual([
      field.concernKind,
      field.concernText,
    ]);
    const code = await fill(readers, write('He shouts.'));
    const receipt = codeIn(code);
    expect(receipt).toMatch(/^(\w{4}-){4}\w$/);
    const wrong = await fill(code, { [field.concernLastFour]: 'XXXX' });
    expect(wrong).toMatchObject({ kind: 'invalid', errors: { [field.concernLastFour]: expect.any(String) } });
    const typed = receipt.replaceAll('-', '').slice(-4).toLowerCase();
    const end = await fill(code, { [field.concernLastFour]: typed });
    expect(end.kind).toBe('page');
    const inbox = await head.login();
    const { messages } = await inbox.read((await inbox.mine())[0]!);
    expect(messages).toMatchObject([{ kind: 'bullying', about: 'adult', text: 'He shouts.' }]);
  });

  test('every form is anonymous, and none but the reply to a code carries more than what was chosen', async () => {
    let at = await press(action.concern);
    const states: (string | undefined)[] = [];
    const receipts: string[] = [];
    for (const values of [choose('adult'), write('a needle in a haystack')]) {
      expect(formOf(at).form.anonymous).toBe(true);
      at = await fill(at, values);
      states.push(formOf(at).form.state);
      receipts.push(codeIn(at));
    }
    expect(formOf(at).form.anonymous).toBe(true);
    const code = receipts.at(-1)!;
    const thread = await fill(await press(action.concernCode), { [field.codeReceipt]: code });
    states.push(formOf(thread).form.state);
    for (const state of states) {
      expect(state).not.toContain('needle');
      expect(state).not.toContain(code.slice(0, 9));
      expect(state!.length).toBeLessThan(1_000);
    }
    expect(formOf(thread).form.anonymous).toBe(true);
  });

  test('leaves out whom the sender leaves out', async () => {
    const readers = await fill(await press(action.concern), choose('adult', [head.id]));
    expect(wordsOf(readers)).toContain('Martin Ashe');
    expect(wordsOf(readers)).not.toContain('Grace Holloway');
    await fill(readers, write('About her.'));
    expect(await (await head.login()).mine()).toEqual([]);
  });

  test('shows the outside bodies where nobody is left, and stores nothing', async () => {
    for (const about of ['chair', 'headteacher', 'dsl', 'child']) {
      const outside = await fill(await press(action.concern), choose(about, [head.id]));
      expect(outside.kind).toBe('page');
      expect(wordsOf(outside)).toContain('Nothing was kept');
      expect(wordsOf(outside)).toContain('NSPCC');
    }
  });

  test('where nobody is enrolled, says so instead of a form', async () => {
    const empty = await openHouse();
    turns = concernTurns({
      senders: empty.concerns.senders,
      notice: () => ({ school: empty.school, people: empty.people, day: '2026-11-25', doorB: undefined }),
    });
    const page = await press(action.concern);
    expect(page.kind).toBe('page');
    expect(wordsOf(page)).toContain('Nobody has been set up');
    await empty.close();
  });

  test('keeps what was written when the readers have changed since, and shows them first', async () => {
    const readers = await fill(await press(action.concern), choose('adult'));
    house.people = createPeople(
      schoolOf({
        people: [{ name: 'Martin Ashe', email: 'm.ashe@hill.example', roles: ['deputy-headteacher'] }],
      }),
      [],
    );
    const again = await fill(readers, write('He shouts.'));
    expect(wordsOf(again)).toContain('has changed since');
    expect(wordsOf(again)).not.toContain('Grace');
    expect(formOf(again).form.inputs).toContainEqual(expect.objectContaining({ initial: 'He shouts.' }));
    expect(codeIn(await fill(again, write('He shouts.')))).toMatch(/^\w{4}-/);
    house.people = createPeople(schoolOf({ people: [] }), []);
    const nobody = await fill(readers, write('He shouts.'));
    expect(wordsOf(nobody)).toContain('He shouts.');
    expect(wordsOf(nobody)).toContain('it was not kept');
  });

  test.each([
    [forms.concern, choose('nobody we know')],
    [forms.concern, choose('adult', ['nobody we know'])],
    [forms.concern, {}],
  ])('says what is to be put right: %s %j', async (id, values) => {
    expect(await turns.anonymousForms![id]!({ form: id, values })).toMatchObject({ kind: 'invalid' });
  });

  test.each(['', '{}', 'nonsense', '{"about":"adult"}', undefined])(
    'begins again with a state that was not written here: %s',
    async (state) => {
      const again = await turns.anonymousForms![forms.concernText]!({
        form: forms.concernText,
        values: write('x'),
        ...(state !== undefined && { state }),
      });
      expect(formOf(again).form.id).toBe(forms.concern);
    },
  );

  test('takes a kind that was left open as something else', async () => {
    const readers = await fill(await press(action.concern), choose('adult'));
    await fill(readers, { [field.concernText]: 'x' });
    const inbox = await head.login();
    const { messages } = await inbox.read((await inbox.mine())[0]!);
    expect(messages[0]).toMatchObject({ kind: 'other' });
  });
});

describe('coming back', () => {
  test('shows where it stands, and takes a word to the readers', async () => {
    const receipt = await sendIt();
    const thread = await fill(await press(action.concernCode), {
      [field.codeReceipt]: receipt.toLowerCase(),
    });
    const words = wordsOf(thread);
    expect(words).toContain('"value":"Received. Nobody has answered yet."');
    expect(words).toContain('in the week of 23 November 2026');
    expect(words).toContain('until the end of the week of 15 November 2027');
    expect(words).toContain('He shouts.');
    const replied = await fill(thread, { [field.codeReply]: 'On Monday.' });
    expect(replied.kind).toBe('page');
    const again = await fill(await press(action.concernCode), { [field.codeReceipt]: receipt });
    expect(wordsOf(again)).toContain('On Monday.');
    expect(await fill(thread, { [field.codeReply]: ' ' })).toMatchObject({
      kind: 'invalid',
      errors: { [field.codeReply]: expect.any(String) },
    });
  });

  test('says the same to every code that opens nothing', async () => {
    const receipt = await sendIt();
    const other = receipt.replace(/^./, (first) => (first === '0' ? '1' : '0'));
    const form = await press(action.concernCode);
    const answers = await Promise.all(
      ['', 'x', other, '7K3M-9QXT-4WZ8-HB2N'].map((typed) => fill(form, { [field.codeReceipt]: typed })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({
      kind: 'invalid',
      errors: { [field.codeReceipt]: expect.any(String) },
    });
  });

  test('keeps a word that took too long, and asks for the code once more', async () => {
    const receipt = await sendIt();
    const thread = await fill(await press(action.concernCode), { [field.codeReceipt]: receipt });
    // Another process, with another key.
    turns = turnsOf();
    const both = await fill(thread, { [field.codeReply]: 'On Monday.' });
    expect(formOf(both).form.inputs).toContainEqual(expect.objectContaining({ initial: 'On Monday.' }));
    const wrong = await fill(both, { [field.codeReceipt]: 'x', [field.codeReply]: 'On Monday.' });
    expect(wrong).toMatchObject({ kind: 'invalid', errors: { [field.codeReceipt]: expect.any(String) } });
    const replied = await fill(both, { [field.codeReceipt]: receipt, [field.codeReply]: 'On Monday.' });
    expect(replied.kind).toBe('page');
  });

  test('shows the newest of a long thread', async () => {
    const receipt = await sendIt('x'.repeat(3000));
    for (let n = 1; n < 6; n++) await house.concerns.senders.reply(receipt, `${n}`.repeat(2_900), String(n));
    const thread = await fill(await press(action.concernCode), { [field.codeReceipt]: receipt });
    expect(wordsOf(thread)).toContain('3 earlier messages are not shown here');
    expect(wordsOf(thread)).toContain('5555');
    expect(wordsOf(thread)).not.toContain('2222');
  });
});

test('the same two buttons are there for everybody: on the word, and at home', async () => {
  const card = await turns.words!.concern!({ kind: 'question', origin, text: 'concern' });
  const home = await turns.home!(origin);
  for (const elements of [elementsOf(card), home])
    expect(elements.at(-1)).toMatchObject({
      buttons: [
        { action: action.concern, value: '' },
        { action: action.concernCode, value: '' },
      ],
    });
  expect(card).toMatchObject({ audience: 'asker' });
});

test('where very many open it at once, some are asked to come back', async () => {
  await house.close();
  house = await openHouse({
    readers: ['headteacher'],
    passing: { now: () => 0, wait: () => new Promise(() => {}), random: () => 0 },
  });
  turns = turnsOf();
  const opened: Response[] = [];
  for (let n = 0; n < 400; n++) void press(action.concernCode).then((each) => opened.push(each));
  await new Promise((resolve) => setImmediate(resolve));
  expect(opened.filter(({ kind }) => kind === 'form')).toHaveLength(300);
  expect(opened.filter(({ kind }) => kind === 'page')).toHaveLength(70);
});
