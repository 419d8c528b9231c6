import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BotParts, createBot } from '../src/bot.ts';
import {
  action,
  type Button,
  type Card,
  field,
  form,
  type Origin,
  type Outcome,
  type Response,
} from '../src/chat/mod.ts';
import type { Content } from '../src/content/content.ts';
import { loadContent } from '../src/content/load.ts';
import { createReferrals, type Delivery, type Revision } from '../src/referrals/referrals.ts';
import { createReminders } from '../src/reminders/reminders.ts';
import { type ManualClock, manualClock } from '../src/school/clock.ts';
import { createPeople } from '../src/school/people.ts';
import { openStore, type Store } from '../src/store/open.ts';
import { hillPrimary, temporaryFolder } from './support/content.ts';
import { scriptedAnswerer } from './support/replies.ts';

const me: Origin = { platform: 'test', person: 'U3', conversation: 'D3', place: 'direct' };
const head: Origin = { platform: 'test', person: 'U1', conversation: 'D1', place: 'direct' };

let store: Store;
let clock: ManualClock;
let delivered: Delivery[];
let revised: Revision[];
let outcome: (delivery: Delivery) => Promise<Outcome>;
let faults: unknown[];
let answerer: ReturnType<typeof scriptedAnswerer>;
let parts: BotParts;
let bot: ReturnType<typeof createBot>;
let referrals: ReturnType<typeof createReferrals>;

let content: Content;

beforeAll(() => {
  content = loadContent(hillPrimary);
});

beforeEach(async () => {
  clock = manualClock(new Date('2026-11-23T09:00:00Z'));
  store = await openStore({ dataDir: temporaryFolder(), clock });
  const people = createPeople(content.school, [
    {
      platform: 'test',
      people: [
        { id: 'U1', name: 'Grace Holloway', email: 'head@hill.example' },
        { id: 'U3', name: 'Aisha Malik', email: 'aisha@hill.example' },
      ],
    },
  ]);
  delivered = [];
  revised = [];
  faults = [];
  outcome = async ({ to }) => ({ kind: 'sent', message: `${to.person}’s card` });
  answerer = scriptedAnswerer();
  referrals = createReferrals({ store, clock, school: content.school, people: () => people });
  parts = {
    content,
    answerer,
    referrals,
    reminders: createReminders({
      store,
      content,
      clock,
      people: () => people,
      deliver: async ({ key }) => ({ kind: 'sent', message: key }),
      revise: async ({ message }) => ({ kind: 'sent', message }),
      onFault: (error) => faults.push(error),
    }),
    clock,
    people: () => people,
    deliver(delivery) {
      delivered.push(delivery);
      return outcome(delivery);
    },
    async revise(revision) {
      revised.push(revision);
      return { kind: 'sent', message: revision.message };
    },
    onFault: (...fault) => faults.push(fault),
  };
  bot = createBot(parts);
});

afterEach(() => store.close());

const ask = (text: string, origin = me): Promise<Response> => bot.handle({ kind: 'question', origin, text });

/** Presses the button of that label on a card. */
function press(response: Response, label: string, origin = me): Promise<Response> {
  const button = buttonsOf(response).find((each) => each.label === label);
  if (!button) throw new Error(`No button "${label}" among ${buttonsOf(response).map((each) => each.label)}`);
  return bot.handle({ kind: 'press', origin, action: button.action, value: button.value });
}

function cardOf(response: Response): Card {
  if ('card' in response) return response.card;
  throw new Error(`A ${response.kind}, not a card`);
}

const buttonsOf = (response: Response): readonly Button[] =>
  cardOf(response).elements.flatMap((each) => (each.kind === 'buttons' ? each.buttons : []));

const labelsOf = (response: Response): string[] => buttonsOf(response).map(({ label }) => label);

/** Every word on a card but those of its buttons. */
function wordsOf(response: Response): string {
  return cardOf(response)
    .elements.flatMap((each) => {
      if (each.kind === 'heading' || each.kind === 'text') return each.text;
      if (each.kind === 'quote') return `“${each.text}” — ${each.source}`;
      return each.kind === 'fields' ? each.fields.map(({ label, value }) => `${label}: ${value}`) : [];
    })
    .join('\n');
}

/** Answers the form that a press opened. */
function fill(response: Response, text: string, origin = me): Promise<Response> {
  if (response.kind !== 'form') throw new Error(`A ${response.kind}, not a form`);
  const { id, state } = response.form;
  return bot.handle({
    kind: 'form',
    origin,
    form: id,
    values: { [field.personText]: text },
    ...(state !== undefined && { state }),
  });
}

describe('a question', () => {
  test('is answered with the verdict first, then plain words, the quote and where it stands, what is open, and whom to ask', async () => {
    expect(wordsOf(await ask('answer'))).toBe(`No
No. Use a school phone.
“Staff must: … not call pupils from a phone of their own.” — Phones at work, clause 3 · Phone Policy, version 2
Review overdue since June 2018.
Left open: Whether you may text a parent.
What to do: Ask for a school phone.
Whom to ask: Grace Holloway (head@hill.example), your headteacher (made-up example).
Editor’s note: The school has two phones.
You could also ask:`);
  });

  test('has its buttons in order, with no label too long for a platform', async () => {
    const labels = labelsOf(await ask('answer'));
    expect(labels.slice(0, 5)).toEqual([
      'Helpful',
      'Not helpful',
      'Ask a person',
      'See the whole section',
      'Where do I keep my phone?',
    ]);
    expect(labels[5]).toMatch(/^Is this very .*…$/);
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(75);
  });

  test('two in one message are answered one after the other', async () => {
    const words = wordsOf(await ask('two'));
    expect(words.indexOf('Can I call a pupil')).toBeLessThan(
      words.indexOf('Phones at work\nThe policy says'),
    );
  });

  test('that could mean several things gets choices as buttons, and a press asks that one', async () => {
    const choices = await ask('choices');
    expect(labelsOf(choices)).toHaveLength(3);
    await press(choices, 'Where do I keep my phone?');
    expect(answerer.heard.at(-1)).toEqual({ question: 'Where do I keep my phone?', before: undefined });
  });

  test('that the policies do not answer says so, shows what is near, and offers two ways on', async () => {
    const none = await ask('none');
    expect(wordsOf(none)).toContain(
      'No answer in the policies\nNothing is said of lunch.\nWhom to ask: Grace Holloway',
    );
    expect(wordsOf(none)).toContain('though it does not answer this:\n“Staff must: …');
    expect(labelsOf(none)).toEqual([
      'Ask a person',
      'Tell the policy’s owner that this is missing',
      'See the whole section',
    ]);
  });

  test('about a child at risk gets names and numbers, and no button', async () => {
    const card = await ask('safeguarding');
    expect(wordsOf(card)).toBe(`A child may be at risk: act now
If a child is in danger now, call 999. Then tell your safeguarding lead.
Danger now: 999
Designated safeguarding lead: Priya Raman (made-up example)
Safeguarding lead: 07700 900101 (made-up example)`);
    expect(labelsOf(card)).toEqual([]);
  });

  test('that is a concern is warned of the chat, and told whom to speak to', async () => {
    const card = await ask('concern', { ...me, place: 'channel' });
    expect(card).toMatchObject({ kind: 'card', audience: 'asker' });
    expect(wordsOf(card)).toContain('Please don’t type a concern in this chat.');
    expect(wordsOf(card)).toContain('Speak to Grace Holloway (head@hill.example), your headteacher');
    expect(wordsOf(card)).toContain('NSPCC: You are worried about a child. 0808 800 5000');
    expect(labelsOf(card)).toEqual([]);
  });

  test.each(['help', ' HELP ', '', '   '])('%j shows what the bot can do', async (text) => {
    expect(wordsOf(await ask(text))).toContain('I answer questions about the policies of Hill Primary');
  });

  test('"policy" lists the sections, and a press reads one, page by page, to its last word', async () => {
    const policy = await ask('policy');
    expect(labelsOf(policy)).toEqual(['Phones at work', 'Long words']);
    let page = await press(policy, 'Long words');
    expect(wordsOf(page)).toContain('(part 1 of 3)');
    let pages = 1;
    for (; labelsOf(page).includes('More'); pages++) page = await press(page, 'More');
    expect(pages).toBe(3);
    expect(wordsOf(page)).toContain('30. Rule 30:');
    expect(labelsOf(page)).toEqual(['Back', 'All sections']);
  });

  test('asked by command is answered to the asker alone, and can be shared', async () => {
    const command: Origin = { ...me, conversation: 'C1', place: 'command' };
    const answer = await ask('answer', command);
    expect(answer).toMatchObject({ audience: 'asker' });
    const shared = await press(answer, 'Share here', command);
    expect(shared).toMatchObject({ kind: 'card', audience: 'place' });
    expect(labelsOf(shared)).toEqual([]);
    const again = await press(answer, 'Share here', command);
    expect(again).toMatchObject({ audience: 'asker' });
    expect(wordsOf(again)).toContain('This is shared already.');
    expect(labelsOf(await ask('answer'))).not.toContain('Share here');
  });
});

describe('a follow-up', () => {
  const heardAfter = () => answerer.heard.at(-1)?.before;

  test('is heard with the turn before', async () => {
    await ask('answer');
    await ask('and my niece?');
    expect(heardAfter()).toEqual({ question: 'answer', kind: 'answer' });
  });

  test('reaches over a thank-you', async () => {
    await ask('answer');
    await ask('help me, thanks');
    await ask('and my niece?');
    expect(heardAfter()?.question).toBe('answer');
  });

  test('does not reach over ten minutes, another conversation, or another person’s direct chat', async () => {
    await ask('answer');
    await ask('and?', head);
    expect(heardAfter()).toBeUndefined();
    await ask('and?', { ...me, conversation: 'D4' });
    expect(heardAfter()).toBeUndefined();
    clock.moveTo(new Date('2026-11-23T09:10:00Z'));
    await ask('and?');
    expect(heardAfter()).toBeUndefined();
  });

  test('in a thread reaches over people', async () => {
    const thread = { ...me, conversation: 'C1/1', place: 'channel' } as const;
    await ask('answer', thread);
    await ask('and?', { ...thread, person: 'U1' });
    expect(heardAfter()?.question).toBe('answer');
  });

  test.each(['safeguarding', 'concern'])(
    'never reaches a message of the kind %s, nor over it',
    async (kind) => {
      await ask('answer');
      await ask(`${kind} my secret`);
      await ask('and?');
      expect(heardAfter()).toBeUndefined();
    },
  );
});

describe('helpful and not helpful', () => {
  test('are counted once, and their buttons go', async () => {
    const answer = await ask('answer');
    const [first, again] = await Promise.all([press(answer, 'Helpful'), press(answer, 'Not helpful')]);
    expect(first.kind).toBe('replace');
    expect(wordsOf(first)).toContain('No. Use a school phone.');
    expect(wordsOf(first)).toContain('Thank you. This is counted, without your name.');
    expect(labelsOf(first)).not.toContain('Helpful');
    expect(wordsOf(again)).toContain('This has been counted already.');
    expect(await referrals.feedback()).toEqual([
      { policy: 'phones', entry: 'call-pupil', version: '2', helpful: 1, unhelpful: 0 },
    ]);
  });

  test('count the clause where no entry answered', async () => {
    await press(await ask('two'), 'Not helpful');
    expect((await referrals.feedback()).map(({ entry, unhelpful }) => [entry, unhelpful])).toEqual([
      ['call-pupil', 1],
      ['work.pupils', 1],
    ]);
  });

  test('say so plainly when the answer is from another day', async () => {
    const answer = await ask('answer');
    clock.moveTo(new Date('2026-11-24T09:00:00Z'));
    expect(wordsOf(await press(answer, 'Helpful'))).toBe(
      'This answer is too old to be judged. Please ask again, and press then.',
    );
    expect(await referrals.feedback()).toEqual([]);
  });
});

describe('telling the owner that something is missing', () => {
  const button = 'Tell the policy’s owner that this is missing';

  test('keeps the question on the press alone, once', async () => {
    const none = await ask('none of this');
    expect(await referrals.gaps()).toEqual([]);
    const kept = await press(none, button);
    expect(labelsOf(kept)).toEqual(['Ask a person', 'See the whole section']);
    await press(none, button);
    expect(await referrals.gaps()).toMatchObject([
      { question: 'none of this', times: 1, near: { policy: 'phones', entry: 'work.pupils' } },
    ]);
  });

  test.each([
    [
      'five other questions came between',
      async () => {
        for (let n = 0; n < 5; n++) await ask(`none other ${n}`);
      },
    ],
    ['a worry was typed since', () => ask('safeguarding')],
    ['ten minutes have gone', () => clock.moveTo(new Date('2026-11-23T09:10:00Z'))],
  ])('says that the question is gone where %s', async (_, happens) => {
    const none = await ask('none of this');
    await happens();
    expect(wordsOf(await press(none, button))).toContain('I no longer have your question');
    expect(await referrals.gaps()).toEqual([]);
  });
});

test('an answer’s buttons know its question also after others', async () => {
  const none = await ask('none of this');
  for (let n = 0; n < 4; n++) await ask(`answer ${n}`);
  await press(none, 'Tell the policy’s owner that this is missing');
  expect(await referrals.gaps()).toMatchObject([{ question: 'none of this' }]);
});

describe('a word that is typed alone', () => {
  test.each(['help', 'Help!', ' “help” ', 'hepl', '/guidance help', '?'])('%j is help', async (typed) => {
    expect(wordsOf(await ask(typed))).toContain('What I can do');
  });

  test.each(['Home', 'home.', 'hoem'])('%j is the home view, for the asker’s eyes alone', async (typed) => {
    const everywhere = { ...me, place: 'channel' } as const;
    expect(await ask(typed, everywhere)).toMatchObject({ kind: 'card', audience: 'asker' });
    expect(wordsOf(await ask(typed))).toBe(
      wordsOf(await bot.handle({ kind: 'home', origin: { ...me, place: 'direct' } })),
    );
  });

  test.each(['answer', 'hope', 'statue', 'police', 'ask for help'])('%j is a question', async (typed) => {
    await ask(typed);
    expect(answerer.heard.at(-1)?.question).toBe(typed);
  });
});

describe('asking a person', () => {
  test('shows what goes to whom, sends it, and brings the answer back', async () => {
    const opened = await press(await ask('answer my phone?'), 'Ask a person');
    expect(opened).toMatchObject({
      kind: 'form',
      form: { id: form.askPerson, inputs: [{ initial: 'answer my phone?' }] },
    });
    expect(JSON.stringify(opened)).toContain('Grace Holloway');
    expect(await fill(opened, 'May I?')).toEqual({ kind: 'nothing' });
    expect(delivered).toHaveLength(2);
    expect(JSON.stringify(delivered[1])).toContain('Your question has gone to Grace Holloway');
    expect(delivered[0]!.to).toEqual({ platform: 'test', person: 'U1' });

    const received: Response = { kind: 'card', card: delivered[0]!.card, audience: 'asker' };
    const answered = await fill(await press(received, 'Answer', head), 'You may.', head);
    expect(answered.kind).toBe('replace');
    expect(delivered[2]).toMatchObject({ to: { platform: 'test', person: 'U3' }, under: 'U3’s card' });
    expect(JSON.stringify(delivered[2]!.card)).toContain('You may.');
    expect(revised.map(({ message }) => message).sort()).toEqual(['U1’s card', 'U3’s card']);

    const back: Response = { kind: 'card', card: delivered[2]!.card, audience: 'asker' };
    const thanked = await fill(await press(back, 'Write back'), 'Thanks.');
    expect(wordsOf(thanked)).toContain('State: waiting for an answer.');
    expect(delivered[3]).toMatchObject({ to: { platform: 'test', person: 'U1' }, under: 'U1’s card' });
  });

  test('what is typed below a question is passed on by a press alone, and need not be typed again', async () => {
    await fill(await press(await ask('answer my phone?'), 'Ask a person'), 'May I?');
    const below = (text: string, under = 'U1’s card') =>
      bot.handle({ kind: 'question', origin: head, text, under });
    const told = await below('answer: you may.');
    expect(wordsOf(told)).toContain('I have not passed this on to Aisha Malik.');
    expect(delivered).toHaveLength(2);
    const opened = await press(told, 'Send it to Aisha Malik', head);
    expect(opened).toMatchObject({ form: { inputs: [{ initial: 'answer: you may.' }] } });
    expect((await fill(opened, 'You may.', head)).kind).toBe('replace');
    expect(JSON.stringify(delivered[2]!.card)).toContain('You may.');

    const received: Response = { kind: 'card', card: delivered[0]!.card, audience: 'asker' };
    expect(await press(received, 'Answer', head)).toMatchObject({
      form: { inputs: [{ label: 'Your answer to Aisha Malik' }] },
    });
    // Words and worries are what they always are, and so is what stands below any other message.
    expect(labelsOf(await below('help'))).toEqual(labelsOf(await ask('help', head)));
    const worry = await below('safeguarding in the answer');
    expect(wordsOf(worry)).toContain(wordsOf(await ask('safeguarding', head)));
    expect(wordsOf(worry)).toContain('I have not passed on to Aisha Malik what you typed.');
    expect(await press(worry, 'Write to Aisha Malik', head)).not.toHaveProperty('form.inputs.0.initial');
    expect(wordsOf(await below('answer', 'U3’s card'))).toBe(wordsOf(await ask('answer', head)));
  });

  test('in a channel says to the asker alone where the answer will come', async () => {
    const channel = { ...me, place: 'channel' } as const;
    const opened = await press(await ask('answer my phone?', channel), 'Ask a person', channel);
    const sent = await fill(opened, 'May I?', channel);
    expect(sent).toMatchObject({ kind: 'card', audience: 'asker' });
    expect(wordsOf(sent)).toContain('The answer will come to your direct messages with me.');
  });

  test('starts from a follow-up together with what it follows up on, as typed', async () => {
    await ask('answer My phone?');
    const opened = await press(await ask('and my niece?'), 'Ask a person');
    expect(opened).toMatchObject({ form: { inputs: [{ initial: 'answer My phone?\nand my niece?' }] } });
  });

  test('about a policy goes to its own owner', async () => {
    const policies = content.policies.map((policy) => ({ ...policy, owner: 'dsl' }));
    const other = createBot({ ...parts, content: { ...content, policies } });
    const press = { kind: 'press', origin: me, action: action.askPerson, value: 'phones' } as const;
    expect(wordsOf(await other.handle(press))).toContain('Priya Raman, your designated safeguarding lead');
  });

  test('goes to the policy’s owner, with nothing filled in, where the turn is forgotten', async () => {
    const answer = await ask('answer');
    clock.moveTo(new Date('2026-11-25T09:00:00Z'));
    const opened = await press(answer, 'Ask a person');
    expect(opened).toMatchObject({ kind: 'form', form: { state: 'headteacher' } });
    expect(JSON.stringify(opened)).not.toContain('initial');
  });

  test.each([
    [
      { kind: 'wait', until: new Date() },
      'It has not gone to Grace Holloway: too much is being sent at the moment.',
    ],
    [
      { kind: 'blocked', reason: 'they left' },
      'It has not gone to Grace Holloway, who can’t be reached here (they left).',
    ],
    [{ kind: 'unknown', reason: 'no reply' }, 'It may not have reached Grace Holloway.'],
  ] as const)('says honestly what became of it: %o', async (became, words) => {
    outcome = async () => became;
    const sent = await fill(await press(await ask('answer'), 'Ask a person'), 'May I?');
    expect(wordsOf(sent)).toContain(words);
    expect(wordsOf(sent)).not.toContain('has gone to');
    const [, id = ''] = delivered[0]!.key.split(':');
    const mayHaveGone = became.kind === 'unknown';
    expect(await referrals.state(id)).toMatchObject({
      state: mayHaveGone ? 'waiting' : 'withdrawn',
      question: mayHaveGone ? 'May I?' : '',
    });
    const received: Response = { kind: 'card', card: delivered[0]!.card, audience: 'asker' };
    expect((await press(received, 'Answer', head)).kind).toBe(mayHaveGone ? 'form' : 'card');
  });

  test('asks again for an empty question', async () => {
    const opened = await press(await ask('answer'), 'Ask a person');
    expect(await fill(opened, ' ')).toMatchObject({
      kind: 'invalid',
      errors: { [field.personText]: expect.any(String) },
    });
    expect(delivered).toEqual([]);
  });

  test('does not hold up what is asked meanwhile', async () => {
    const opened = await press(await ask('answer'), 'Ask a person');
    const hanging = Promise.withResolvers<Outcome>();
    outcome = () => hanging.promise;
    const sending = fill(opened, 'May I?');
    expect((await ask('answer')).kind).toBe('card');
    hanging.resolve({ kind: 'sent', message: 'x' });
    expect((await sending).kind).toBe('nothing');
  });

  test('refuses to let anybody answer what was not put to them', async () => {
    await fill(await press(await ask('answer'), 'Ask a person'), 'May I?');
    const received: Response = { kind: 'card', card: delivered[0]!.card, audience: 'asker' };
    const guesser = { ...me, person: 'U9' };
    expect(wordsOf(await press(received, 'Answer', guesser))).toContain('was not sent to you');
  });
});

test('the home view leads to the policy, by section', async () => {
  const home = cardOf(await bot.handle({ kind: 'home', origin: me }));
  const buttons = home.elements.flatMap((each) => (each.kind === 'buttons' ? each.buttons : []));
  expect(buttons).toContainEqual({ action: action.policy, value: '', label: 'Read the policy' });
});

describe('deliveries', () => {
  test('are answered once, also at the same moment', async () => {
    const origin = { ...me, delivery: 'E1' };
    const responses = await Promise.all([
      ask('answer', origin),
      ask('answer', origin),
      ask('answer', origin),
    ]);
    expect(responses.map(({ kind }) => kind)).toEqual(['card', 'nothing', 'nothing']);
    expect(await ask('answer', origin)).toEqual({ kind: 'nothing' });
    expect(answerer.heard).toHaveLength(1);
    expect((await ask('answer', { ...origin, platform: 'other' })).kind).toBe('card');
  });

  test('of one conversation are answered in order', async () => {
    await Promise.all(['answer 1', 'answer 2', 'answer 3'].map((text) => ask(text)));
    expect(answerer.heard.map(({ before }) => before?.question)).toEqual([undefined, 'answer 1', 'answer 2']);
  });
});

describe('whatever comes', () => {
  test('a button or form that nobody knows gets a clear reply', async () => {
    const clear = 'I don’t know this button or form any more. Please type your question, or “help”.';
    for (const name of ['nonsense', 'constructor', '__proto__', '']) {
      expect(wordsOf(await bot.handle({ kind: 'press', origin: me, action: name, value: '' }))).toBe(clear);
      expect(wordsOf(await bot.handle({ kind: 'form', origin: me, form: name, values: {} }))).toBe(clear);
    }
    expect(wordsOf(await bot.anonymous({ form: 'concern', values: {} }))).toContain(
      'Nothing of what you wrote was kept',
    );
  });

  test('a fault becomes a plain reply, and is told without what was typed', async () => {
    await store.close();
    const answer = await ask('answer');
    expect(wordsOf(await press(answer, 'Helpful'))).toContain('Something went wrong on my side');
    expect(faults).toEqual([[expect.any(Error), 'press']]);
  });

  test('no text, press or form makes it throw', async () => {
    const anything = fc.string({ unit: 'binary', maxLength: 60 });
    const text = fc.oneof(anything, fc.constantFrom('help', 'policy', 'answer', 'none', 'concern'));
    const value = fc.oneof(
      anything,
      fc.constantFrom('phones work 1', 'phones long 99', 'phones long -1', 'phones nowhere', '- 3'),
    );
    const id = fc.oneof(anything, fc.constantFrom(...Object.values(action), ...Object.values(form)));
    const origin = fc.constantFrom<Origin>(
      me,
      head,
      { ...me, place: 'channel' },
      { ...me, person: 'nobody' },
    );
    const request = fc.oneof(
      fc.record({ kind: fc.constant('question' as const), origin, text }),
      fc.record({ kind: fc.constant('press' as const), origin, action: id, value }),
      fc.record({
        kind: fc.constant('form' as const),
        origin,
        form: id,
        state: value,
        values: fc.dictionary(
          fc.oneof(anything, fc.constant(field.personText)),
          fc.oneof(anything, fc.array(anything)),
        ),
      }),
      fc.record({ kind: fc.constantFrom('home' as const, 'welcome' as const), origin }),
    );
    await fc.assert(
      fc.asyncProperty(request, async (request) => {
        expect(await bot.handle(request)).toHaveProperty('kind');
      }),
      { numRuns: 300 },
    );
    expect(faults).toEqual([]);
  });

  test('forgets by itself', async () => {
    const answer = await ask('answer');
    clock.moveTo(new Date('2026-11-25T09:00:00Z'));
    bot.forget();
    expect(wordsOf(await press(answer, 'Helpful'))).toContain('too old');
  });
});
