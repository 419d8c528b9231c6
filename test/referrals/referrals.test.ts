import { describe, expect, test } from 'vitest';
import type { Card, Element } from '../../src/chat/card.ts';
import type { Form } from '../../src/chat/form.ts';
import { defaultSchool, schoolSchema } from '../../src/content/schema/school.ts';
import { createReferrals, type Kept, type Prepared } from '../../src/referrals/referrals.ts';
import type { Refused } from '../../src/referrals/refused.ts';
import { createPeople } from '../../src/school/people.ts';
import { engines, testClock } from '../store/engines.ts';

const school = schoolSchema.parse({
  name: 'Hill School',
  roles: {
    headteacher: { title: 'headteacher' },
    dsl: { title: 'designated safeguarding lead' },
    office: { title: 'school office' },
    teacher: { title: 'teacher' },
    governor: { title: 'governor' },
    volunteer: { title: 'volunteer' },
  },
  people: [
    { name: 'Grace Hill', email: 'head@hill.example', roles: ['headteacher'] },
    { name: 'Ola Berg', email: 'ola@hill.example', roles: ['office'] },
    { name: 'Sam Ross', email: 'sam@hill.example', roles: ['office'] },
    { name: 'Tia Moss', email: 'tia@hill.example', roles: ['teacher'] },
    { name: 'Val Reed', email: 'val@hill.example', roles: ['governor'] },
    { name: 'Wyn Page', email: 'wyn@hill.example', roles: ['dsl'], away_until: '2027-01-04' },
  ],
});

const people = createPeople(school, [
  {
    platform: 'slack',
    people: [
      { id: 'U-head', name: 'grace', email: 'head@hill.example' },
      { id: 'U-ola', name: 'ola', email: 'ola@hill.example' },
      { id: 'U-tia', name: 'tia', email: 'tia@hill.example' },
    ],
  },
  {
    platform: 'teams',
    people: [
      { id: 'T-head', name: 'grace', email: 'head@hill.example' },
      { id: 'T-sam', name: 'sam', email: 'sam@hill.example' },
    ],
  },
]);

const tia = { platform: 'slack', person: 'U-tia' };
const head = { platform: 'slack', person: 'U-head' };
const ola = { platform: 'slack', person: 'U-ola' };
const sam = { platform: 'teams', person: 'T-sam' };
const stranger = { platform: 'slack', person: 'U-new' };

function kept(result: Refused | Kept): Kept {
  if (result.kind === 'refused') throw new Error(`Refused: ${result.message}`);
  return result;
}

function ready(result: Refused | Prepared): Prepared {
  if (result.kind === 'refused') throw new Error(`Refused: ${result.message}`);
  return result;
}

const texts = (elements: readonly Element[]): string[] =>
  elements.flatMap((element) => ('text' in element ? element.text : []));
const words = (card: Card): string => [card.summary, ...texts(card.elements)].join('\n');
const buttons = (card: Card) =>
  card.elements.flatMap((element) => (element.kind === 'buttons' ? element.buttons : []));
const onlyInput = (form: Form) => {
  expect(form.inputs).toHaveLength(1);
  return form.inputs[0]!;
};

describe.each(engines)('referrals on $name', (engine) => {
  const start = async () => {
    const clock = testClock();
    const store = await (await engine.home(clock)).open();
    let n = 0;
    const referrals = createReferrals({ store, clock, school, people: () => people, ids: () => `id${++n}` });
    return { clock, store, referrals };
  };

  describe('whom a question would go to', () => {
    test('is said on the form, with whose name it carries', async () => {
      const { referrals } = await start();
      const { receivers, form } = ready(referrals.prepare('headteacher', tia, 'can i frend a parent'));
      expect(receivers).toEqual([{ ...head, name: 'Grace Hill' }]);
      expect(form).toMatchObject({ id: 'person', state: 'headteacher' });
      expect(form.title.length).toBeLessThanOrEqual(24);
      expect(texts(form.intro)[0]).toBe(
        'Your question goes to Grace Hill, your headteacher, with your name. The answer comes to you alone, in our direct chat.',
      );
      expect(onlyInput(form)).toMatchObject({
        kind: 'text',
        name: 'person.text',
        maxLength: 3000,
        initial: 'can i frend a parent',
      });
      expect(onlyInput(ready(referrals.prepare('headteacher', tia)).form)).not.toHaveProperty('initial');
    });

    test('is everybody who holds the role, each on one account, the asker’s platform first', async () => {
      const { referrals } = await start();
      expect(ready(referrals.prepare('office', tia)).receivers).toEqual([
        { ...ola, name: 'Ola Berg' },
        { ...sam, name: 'Sam Ross' },
      ]);
      const fromTeams = ready(referrals.prepare('headteacher', sam)).receivers;
      expect(fromTeams).toEqual([{ platform: 'teams', person: 'T-head', name: 'Grace Hill' }]);
    });

    test('is never the asker', async () => {
      const { referrals } = await start();
      expect(ready(referrals.prepare('office', ola)).receivers).toEqual([{ ...sam, name: 'Sam Ross' }]);
      expect(referrals.prepare('headteacher', head)).toEqual({
        kind: 'refused',
        message: 'This would go to the headteacher, and that is you.',
      });
      expect(referrals.prepare('headteacher', { platform: 'teams', person: 'T-head' }).kind).toBe('refused');
    });

    test.each([
      [
        'nobody is named',
        'volunteer',
        'The school’s settings name nobody as volunteer. Please ask in person.',
      ],
      ['the role does not exist', 'wizard', 'The school’s settings have no such role. Please ask in person.'],
      [
        'they are away',
        'dsl',
        'Away at the moment: Wyn Page, your designated safeguarding lead. Please ask whoever stands in.',
      ],
      [
        'they are not in this chat',
        'governor',
        'Val Reed, your governor, can’t be reached in this chat. Please speak to them, or write to val@hill.example.',
      ],
    ])('is said plainly where %s, and nothing is kept', async (_, role, message) => {
      const { referrals } = await start();
      expect(referrals.prepare(role, tia)).toEqual({ kind: 'refused', message });
      expect(await referrals.ask({ role, asker: tia, text: 'May I?' })).toEqual({ kind: 'refused', message });
      expect(await referrals.state('id1')).toBeUndefined();
    });

    test('is marked as made up in an example school', async () => {
      const { store, clock } = await start();
      const example = { ...defaultSchool, people: school.people };
      const alone = createReferrals({
        store,
        clock,
        school: example,
        people: () => createPeople(example, []),
      });
      expect(alone.prepare('headteacher', tia)).toMatchObject({
        message: expect.stringContaining('write to head@hill.example (made-up example).'),
      });
    });

    test('follows people who come and go while the bot runs', async () => {
      const { store, clock } = await start();
      let known = createPeople(school, []);
      const referrals = createReferrals({ store, clock, school, people: () => known });
      expect(referrals.prepare('headteacher', tia).kind).toBe('refused');
      known = people;
      expect(referrals.prepare('headteacher', tia).kind).toBe('ready');
      clock.moveTo(new Date('2027-01-04T09:00:00Z'));
      expect(referrals.prepare('dsl', tia)).toMatchObject({
        message: expect.stringContaining('can’t be reached'),
      });
    });
  });

  describe('a question', () => {
    test('goes to everybody asked, with a key of its own each, and waits', async () => {
      const { referrals, clock } = await start();
      const sent = kept(
        await referrals.ask({ role: 'office', asker: { ...tia }, text: '  Where is the form?\n' }),
      );
      expect(sent.deliveries.map(({ to, key }) => ({ to, key }))).toEqual([
        { to: ola, key: 'referral:id1:question:1' },
        { to: sam, key: 'referral:id1:question:2' },
      ]);
      for (const { card } of sent.deliveries) {
        expect(words(card)).toContain('Tia Moss asks the school office. It went to Ola Berg and Sam Ross.');
        expect(card.elements).toContainEqual({
          kind: 'quote',
          text: 'Where is the form?',
          source: 'Tia Moss',
        });
        expect(buttons(card)).toEqual([
          { action: 'person.reply', value: 'id1', label: 'Answer', style: 'primary' },
        ]);
      }
      expect(words(sent.own.card)).toContain(
        'Your question has gone to Ola Berg and Sam Ross, your school office.',
      );
      expect(await referrals.state('id1')).toEqual({
        id: 'id1',
        asker: { ...tia, name: 'Tia Moss' },
        role: 'office',
        receivers: [
          { ...ola, name: 'Ola Berg' },
          { ...sam, name: 'Sam Ross' },
        ],
        question: 'Where is the form?',
        state: 'waiting',
        created: clock.now(),
        messages: [],
        cards: [],
      });
    });

    test('to one person does not speak of others', async () => {
      const { referrals } = await start();
      const sent = kept(await referrals.ask({ role: 'headteacher', asker: tia, text: 'May I?' }));
      expect(words(sent.deliveries[0]!.card)).toContain('Tia Moss asks the headteacher.\n');
    });

    test('from somebody whom no list knows is a colleague’s', async () => {
      const { referrals } = await start();
      const sent = kept(await referrals.ask({ role: 'headteacher', asker: stranger, text: 'May I?' }));
      expect(sent.deliveries[0]!.card.summary).toBe('A colleague has a question for you');
    });

    test.each([
      ['nothing', '', 'Please write something before you send it.'],
      ['blanks', ' \n\t', 'Please write something before you send it.'],
      ['signs that can’t be seen', '\u200b\u2060', 'Please write something before you send it.'],
      ['too much', 'x'.repeat(3001), 'This is too long: 3,001 characters. Please keep it to 3,000.'],
    ])('of %s is refused, at its field, and nothing is kept', async (_, text, message) => {
      const { referrals } = await start();
      const refused = { kind: 'refused', message, field: 'person.text' };
      expect(await referrals.ask({ role: 'headteacher', asker: tia, text })).toEqual(refused);
      expect(await referrals.state('id1')).toBeUndefined();
      kept(await referrals.ask({ role: 'headteacher', asker: tia, text: 'May I?' }));
      expect(await referrals.write({ id: 'id1', by: head, text })).toEqual(refused);
      expect((await referrals.state('id1'))?.state).toBe('waiting');
    });

    test('may be 3,000 characters long, blanks around it not counted', async () => {
      const { referrals } = await start();
      const text = 'x'.repeat(3000);
      const sent = kept(await referrals.ask({ role: 'headteacher', asker: tia, text: ` ${text} ` }));
      expect(sent.referral.question).toBe(text);
    });

    test('shows as it is kept', async () => {
      const { referrals } = await start();
      const sent = kept(await referrals.ask({ role: 'headteacher', asker: tia, text: 'May\0I \ud83d?' }));
      expect(texts(sent.deliveries[0]!.card.elements)).toContain('May\uFFFDI \uFFFD?');
      expect((await referrals.state('id1'))?.question).toBe('May\uFFFDI \uFFFD?');
    });
  });

  describe('an answer', () => {
    const asked = async () => {
      const started = await start();
      kept(await started.referrals.ask({ role: 'office', asker: tia, text: 'Where is the form?' }));
      return started;
    };

    test('is written below the question, and goes to the asker', async () => {
      const { referrals, clock } = await asked();
      const { form, receivers } = ready(await referrals.prepareMessage('id1', sam));
      expect(receivers).toEqual([{ ...tia, name: 'Tia Moss' }]);
      expect(form).toMatchObject({ id: 'person.reply', state: 'id1' });
      expect(form.intro).toEqual([{ kind: 'quote', text: 'Where is the form?', source: 'Tia Moss' }]);
      expect(onlyInput(form).name).toBe('person.text');

      clock.moveTo(new Date('2026-11-23T11:00:00Z'));
      const sent = kept(await referrals.write({ id: 'id1', by: sam, text: 'In the office.' }));
      expect(sent.deliveries).toHaveLength(1);
      const [{ to, key, card }] = sent.deliveries as [Kept['deliveries'][number]];
      expect({ to, key }).toEqual({ to: tia, key: 'referral:id1:message:1:1' });
      expect(card.summary).toBe('Sam Ross has answered your question');
      expect(card.elements).toContainEqual({ kind: 'quote', text: 'In the office.', source: 'Sam Ross' });
      expect(card.elements).toContainEqual({ kind: 'quote', text: 'Where is the form?', source: 'You' });
      expect(words(sent.own.card)).toContain('State: answered by Sam Ross on 23 November 2026.');
      expect(await referrals.state('id1')).toMatchObject({
        state: 'answered',
        messages: [{ position: 1, by: sam, text: 'In the office.', at: clock.now() }],
      });
    });

    test('is kept once however often it is delivered', async () => {
      const { referrals } = await asked();
      const first = kept(await referrals.write({ id: 'id1', by: sam, text: 'In the office.' }));
      const again = kept(await referrals.write({ id: 'id1', by: sam, text: ' In the office. ' }));
      expect(again.deliveries).toEqual(first.deliveries);
      expect((await referrals.state('id1'))?.messages).toHaveLength(1);
    });

    test('can be added to, and a second person sees what the first wrote', async () => {
      const { referrals } = await asked();
      kept(await referrals.write({ id: 'id1', by: sam, text: 'In the office.' }));
      const { form } = ready(await referrals.prepareMessage('id1', ola));
      expect(form.intro).toContainEqual({ kind: 'quote', text: 'In the office.', source: 'Sam Ross' });
      const second = kept(await referrals.write({ id: 'id1', by: ola, text: 'And online.' }));
      expect(second.deliveries[0]?.key).toBe('referral:id1:message:2:1');
      expect(words(second.deliveries[0]!.card)).toContain('And online.');
      expect(words(second.deliveries[0]!.card)).not.toContain('In the office.');
    });

    test.each([
      ['somebody else', stranger],
      ['the same id on another platform', { platform: 'slack', person: 'T-sam' }],
    ])('by %s is refused', async (_, by) => {
      const { referrals } = await asked();
      const refused = {
        kind: 'refused',
        message: 'This question was not sent to you, or it is not here any more.',
      };
      expect(await referrals.prepareMessage('id1', by)).toEqual(refused);
      expect(await referrals.write({ id: 'id1', by, text: 'Yes.' })).toEqual(refused);
      expect(await referrals.write({ id: 'unknown', by: sam, text: 'Yes.' })).toEqual(refused);
      expect((await referrals.state('id1'))?.messages).toEqual([]);
    });
  });

  describe('writing back and forth', () => {
    const answered = async () => {
      const started = await start();
      const { referrals } = started;
      const asked = kept(await referrals.ask({ role: 'office', asker: tia, text: 'Where is the form?' }));
      expect(asked.own).toMatchObject({ to: tia, key: 'referral:id1:own' });
      for (const [to, message] of [
        [tia, 'card of Tia'],
        [ola, 'card of Ola'],
        [sam, 'card of Sam'],
      ] as const)
        await referrals.arrived('id1', to, message);
      return {
        ...started,
        answer: kept(await referrals.write({ id: 'id1', by: sam, text: 'In the office.' })),
      };
    };

    test('is found by the card that somebody sees, and by nobody else’s', async () => {
      const { referrals } = await answered();
      expect(await referrals.shownBy(tia, 'card of Tia')).toEqual({
        id: 'id1',
        others: [{ ...sam, name: 'Sam Ross' }],
      });
      expect(await referrals.shownBy(sam, 'card of Sam')).toMatchObject({ others: [tia] });
      expect(await referrals.shownBy(tia, 'card of Sam')).toBeUndefined();
      expect(await referrals.shownBy(tia, 'card of nobody')).toBeUndefined();
    });

    test('an answer goes under the asker’s card, and every card says who has answered', async () => {
      const { answer } = await answered();
      expect(answer.deliveries).toMatchObject([{ to: tia, under: 'card of Tia' }]);
      expect(buttons(answer.deliveries[0]!.card)).toEqual([
        { action: 'person.reply', value: 'id1', label: 'Write back' },
      ]);
      expect(answer.revisions.map(({ owner, message }) => ({ owner, message }))).toEqual([
        { owner: ola, message: 'card of Ola' },
        { owner: tia, message: 'card of Tia' },
        { owner: sam, message: 'card of Sam' },
      ]);
      for (const { card } of answer.revisions)
        expect(words(card)).toContain('State: answered by Sam Ross on 23 November 2026.');
    });

    test('the asker writes back to whoever has answered, and waits again', async () => {
      const { referrals } = await answered();
      const { form, receivers } = ready(await referrals.prepareMessage('id1', tia));
      expect(receivers).toEqual([{ ...sam, name: 'Sam Ross' }]);
      expect(form.intro).toContainEqual({ kind: 'quote', text: 'In the office.', source: 'Sam Ross' });
      const back = kept(await referrals.write({ id: 'id1', by: tia, text: 'Which drawer?' }));
      expect(back.deliveries).toMatchObject([{ to: sam, under: 'card of Sam' }]);
      expect(back.deliveries[0]!.card.summary).toBe('Tia Moss has written back');
      expect(words(back.own.card)).toContain('State: waiting for an answer.');
    });

    test('a long exchange shows its latest messages', async () => {
      const { referrals } = await answered();
      for (const n of [1, 2, 3, 4, 5]) await referrals.write({ id: 'id1', by: sam, text: `Part ${n}.` });
      const { card } = kept(await referrals.write({ id: 'id1', by: sam, text: 'Part 6.' })).own;
      expect(words(card)).toContain('Earlier messages: 3.');
      expect(words(card)).not.toContain('Part 2.');
      expect(words(card)).toContain('Part 6.');
    });

    test('the asker’s home view shows the state of what they asked', async () => {
      const { referrals } = await answered();
      expect(texts(await referrals.asked(tia)).join('\n')).toBe(
        'Questions you put to people\n“Where is the form?” (to Ola Berg and Sam Ross)\n' +
          'State: answered by Sam Ross on 23 November 2026.',
      );
      expect(await referrals.asked(sam)).toEqual([]);
    });
  });

  test('helpful and not helpful are counted for the entry', async () => {
    const { referrals } = await start();
    const entry = { policy: 'social', entry: 'friend-parent', version: '2015-06' };
    await referrals.helpful(entry);
    await referrals.helpful(entry);
    await referrals.unhelpful(entry);
    expect(await referrals.feedback()).toEqual([{ ...entry, helpful: 2, unhelpful: 1 }]);
  });

  describe('a gap', () => {
    test('is kept with the school’s own day, and its reporter is told what is kept', async () => {
      const { referrals, clock } = await start();
      // Just after midnight in summer, when London is ahead of UTC.
      clock.moveTo(new Date('2027-06-30T23:30:00Z'));
      const reported = await referrals.reportGap(' Can I use TikTok? ', {
        policy: 'social',
        entry: 'brands',
      });
      expect(reported.kind === 'kept' && words(reported.card)).toContain(
        'Your name was not kept, only the question and the day.',
      );
      expect(await referrals.gaps()).toEqual([
        {
          id: 'id1',
          question: 'Can I use TikTok?',
          day: '2027-07-01',
          times: 1,
          near: { policy: 'social', entry: 'brands' },
        },
      ]);
    });

    test('is counted when it is reported again, and leaves the list when it is dealt with', async () => {
      const { referrals } = await start();
      for (const question of ['Can I use TikTok?', 'can I use tiktok', 'Lunch?', 'Parking?'])
        await referrals.reportGap(question);
      const listed = async () => (await referrals.gaps()).map(({ id, times }) => [id, times]);
      expect(await listed()).toEqual([
        ['id1', 2],
        ['id3', 1],
        ['id4', 1],
      ]);
      expect(await referrals.markTaught('id1')).toBe(true);
      expect(await referrals.dismissGap('id3')).toBe(true);
      expect(await referrals.dismissGap('id3')).toBe(false);
      expect(await listed()).toEqual([['id4', 1]]);
      await referrals.reportGap('Can I use TikTok?');
      await referrals.reportGap('Lunch?');
      expect(await listed()).toEqual([
        ['id1', 3],
        ['id4', 1],
      ]);
    });

    test('of nothing, or too long, is refused', async () => {
      const { referrals } = await start();
      expect(await referrals.reportGap('  ')).toEqual({
        kind: 'refused',
        message: 'Please write something before you send it.',
      });
      expect((await referrals.reportGap('x'.repeat(3001))).kind).toBe('refused');
      expect(await referrals.gaps()).toEqual([]);
    });
  });

  test('ids of its own do not repeat, and can be typed', async () => {
    const { store, clock } = await start();
    const referrals = createReferrals({ store, clock, school, people: () => people });
    await referrals.reportGap('One?');
    await referrals.reportGap('Two?');
    const [one, two] = await referrals.gaps();
    expect(one?.id).toMatch(/^[0-9a-f]{10}$/);
    expect(one?.id).not.toBe(two?.id);
  });
});

test('every button’s label fits on every platform', async () => {
  const { messageCard, threadCard } = await import('../../src/referrals/cards.ts');
  const asker = { ...tia, name: 'T'.repeat(200) };
  const referral = {
    id: 'id1',
    asker,
    role: 'office',
    receivers: [{ ...ola, name: 'O' }],
    question: 'Q?',
    created: new Date(0),
    state: 'waiting',
    messages: [],
    cards: [],
  } as const;
  const told = { title: 'school office', dayOf: () => '2026-11-23' };
  const all = [threadCard(referral, ola, told), messageCard(referral, { by: ola, text: 'A' }, asker)].flatMap(
    buttons,
  );
  expect(all).not.toHaveLength(0);
  for (const { label } of all) expect(label.length).toBeLessThanOrEqual(75);
});
