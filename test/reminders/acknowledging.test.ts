import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/reminders/desk.ts';
import { createPeople } from '../../src/school/people.ts';
import { listAcknowledgements } from '../../src/store/acknowledgements.ts';
import {
  accountOf,
  aisha,
  ben,
  grace,
  labelsOf,
  openScene,
  type Scene,
  type SceneOptions,
  type SchoolPolicy,
  valueOn,
  wordsOf,
} from '../support/reminders/scene.ts';

const me = accountOf(aisha);

/** A scene in which everybody has been reminded. */
async function reminded(options: SceneOptions = {}): Promise<Scene> {
  const scene = await openScene(options);
  await scene.reminders.tick();
  expect(scene.faults).toEqual([]);
  return scene;
}

const cardsOf = ({ chat }: Scene, who = me) => chat.shown.filter(({ to }) => to.person === who.person);
const cardOf = (scene: Scene, who = me) => cardsOf(scene, who).at(-1)!.card;

function replaced(answer: Answer) {
  if (answer.kind !== 'replace') throw new Error(`Not replaced: ${JSON.stringify(answer)}`);
  return answer.card;
}

const kept = async ({ store }: Scene) =>
  (await listAcknowledgements(store)).map(({ person, policy, version, how }) => [
    person.name,
    policy,
    version,
    how,
  ]);

/** From the reminder to the policy, and what its button hands back. */
async function opened(scene: Scene, label = 'Read and acknowledge', who = me) {
  const card = replaced(await scene.reminders.open(who, valueOn(cardOf(scene, who), label)));
  return { card, value: valueOn(card, 'I have read and understood') };
}

const asking: SchoolPolicy = {
  id: 'phones',
  acknowledgement: {
    check_questions: [
      {
        question: 'Where do phones go?',
        options: ['The staffroom', 'Your pocket'],
        answer: 'The staffroom',
        because: 'work.staffroom',
      },
      { question: 'May you call a pupil?', options: ['Yes', 'No'], answer: 'No' },
    ],
  },
};

describe('a reminder', () => {
  test('says what is owed and until when, and what can be done about it', async () => {
    const scene = await reminded();
    expect(wordsOf(cardOf(scene))).toBe(`A policy to read and acknowledge
Your school asks you to read it every school year, and to say that you have understood.
Phones Policy, version 2: Due 11 December 2026 (18 days left)`);
    expect(labelsOf(cardOf(scene))).toEqual([
      'Read and acknowledge',
      'I have a question',
      'Remind me tomorrow',
    ]);
    expect(cardsOf(scene)[0]!.options).toEqual({ bulk: true });
  });

  test('holds everything that is owed, the most urgent first, each with a button that names it', async () => {
    const scene = await reminded({
      policies: [{ id: 'phones' }, { id: 'keys', acknowledgement: { due: '2026-11-20' } }],
    });
    expect(wordsOf(cardOf(scene))).toContain(
      'Keys Policy, version 2: Due 20 November 2026 (3 days overdue)\nPhones Policy',
    );
    expect(wordsOf(cardOf(scene))).toMatch(/^Overdue: 2 policies to acknowledge/);
    expect(labelsOf(cardOf(scene)).slice(0, 2)).toEqual([
      'Read and acknowledge: Keys Policy',
      'Read and acknowledge: Phones Policy',
    ]);
  });

  test('of very many policies shows ten, and how many more', async () => {
    const policies = Array.from({ length: 13 }, (_, index) => ({ id: `p${index + 10}` }));
    const card = cardOf(await reminded({ policies }));
    expect(labelsOf(card)).toHaveLength(12);
    expect(wordsOf(card)).toContain('And 3 more policies, once these are done.');
  });

  test('on the due day says so', async () => {
    const scene = await reminded({ at: '2026-12-11T09:00:00Z' });
    expect(wordsOf(cardOf(scene))).toMatch(
      /^Due today: a policy to acknowledge[\s\S]*Due today, 11 December 2026$/,
    );
  });
});

describe('reading and acknowledging', () => {
  test('shows the policy, what to read and the words, in place of the card; the press is recorded', async () => {
    const scene = await reminded();
    const { card, value } = await opened(scene);
    expect(wordsOf(card)).toBe(`Phones Policy
Version: 2
To acknowledge: Due 11 December 2026 (18 days left)
It speaks of: At work.
By pressing it you say: “I have read and understood: Phones Policy, version 2.”`);
    expect(labelsOf(card)).toEqual(['Read the policy', 'I have read and understood', 'I have a question']);
    expect(await kept(scene)).toEqual([]);

    const done = replaced(await scene.reminders.confirm(me, value));
    expect(wordsOf(done)).toBe(`✔ Acknowledged on 23 November 2026
Phones Policy, version 2
There is nothing else for you to do.`);
    const [event] = await listAcknowledgements(scene.store);
    expect(event).toMatchObject({
      person: {
        id: 'aisha@hill.example',
        email: 'aisha@hill.example',
        name: 'Aisha Malik',
        platform: 'chat',
      },
      policy: 'phones',
      version: '2',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      wording: 'I have read and understood: Phones Policy, version 2.',
      at: new Date('2026-11-23T09:00:00Z'),
    });
    expect(event).not.toHaveProperty('attempts');
  });

  test('shows what answers say in short, and that the review is overdue', async () => {
    const scene = await reminded({ policies: [{ id: 'phones', front: { review_due: '2018-06' } }] });
    const { card } = await opened(scene);
    expect(wordsOf(card)).toContain('Review overdue since June 2018.');
  });

  test('of one policy leaves the others on the card', async () => {
    const scene = await reminded({ policies: [{ id: 'phones' }, { id: 'keys' }] });
    const { card, value } = await opened(scene, 'Read and acknowledge: Keys Policy');
    expect(wordsOf(card)).toContain('1 more policy waits for you after this one.');
    const done = replaced(await scene.reminders.confirm(me, value));
    expect(wordsOf(done)).toContain(
      '✔ Acknowledged on 23 November 2026\nKeys Policy, version 2\nStill to acknowledge:',
    );
    expect(wordsOf(done)).toContain('Phones Policy, version 2: Due');
    const next = replaced(await scene.reminders.open(me, valueOn(done, 'Read and acknowledge')));
    await scene.reminders.confirm(me, valueOn(next, 'I have read and understood'));
    expect(await kept(scene)).toHaveLength(2);
  });

  test('names no version where the policy has none, and asks again when its text changes', async () => {
    const plain = { id: 'phones', front: { version: undefined } };
    const scene = await reminded({ policies: [plain] });
    const { card, value } = await opened(scene);
    expect(wordsOf(card)).toContain('“I have read and understood: Phones Policy.”');
    await scene.reminders.confirm(me, value);
    const later = await scene.again({
      policies: [{ ...plain, text: '## At work {#work}\n\nNo phones. {#work.none}\n' }],
    });
    expect(wordsOf(await later.reminders.status(me))).toContain('You have 1 policy to acknowledge.');
  });
});

describe('check questions', () => {
  test('come in a form whose sending is the acknowledgement', async () => {
    const scene = await reminded({ policies: [asking] });
    const { card, value } = await opened(scene);
    expect(wordsOf(card)).toContain('The button asks you 2 short questions first.');
    const answer = await scene.reminders.confirm(me, value);
    expect(answer).toMatchObject({
      kind: 'form',
      form: {
        id: 'acknowledge.confirm',
        submitLabel: 'Read and understood',
        state: value,
        inputs: [
          { name: 'check.1', label: 'Where do phones go?', kind: 'choice' },
          {
            name: 'check.2',
            options: [
              { value: '1', label: 'Yes' },
              { value: '2', label: 'No' },
            ],
          },
        ],
      },
    });
    expect(JSON.stringify(answer)).toContain('“I have read and understood: Phones Policy, version 2.”');
    const done = await scene.reminders.check(me, value, { 'check.1': '1', 'check.2': '2' });
    expect(wordsOf(replaced(done))).toContain('✔ Acknowledged');
    expect(await listAcknowledgements(scene.store)).toMatchObject([{ attempts: 1 }]);
  });

  test('that are answered wrong name the clause, each at its field; tries are counted, nothing is recorded', async () => {
    const scene = await reminded({ policies: [asking] });
    const { value } = await opened(scene);
    expect(await scene.reminders.check(me, value, { 'check.1': '2', 'check.2': '2' })).toEqual({
      kind: 'invalid',
      errors: {
        'check.1':
          'That is not what the policy says. At work, clause 1: “Keep phones in the staffroom.” Please choose again.',
      },
    });
    for (const values of [{}, { 'check.1': 'constructor', 'check.2': ['2', '1'] }, { 'check.1': '0' }])
      expect(await scene.reminders.check(me, value, values)).toMatchObject({
        kind: 'invalid',
        errors: { 'check.2': expect.stringContaining('Please look it up, and choose again.') },
      });
    expect(await kept(scene)).toEqual([]);
    await scene.reminders.check(me, value, { 'check.1': '1', 'check.2': '2' });
    expect(await listAcknowledgements(scene.store)).toMatchObject([{ attempts: 5 }]);
  });
});

describe('whoever presses, and whenever', () => {
  test('twice: it counts once, and says so', async () => {
    const scene = await reminded();
    const { value } = await opened(scene);
    const [first, second] = await Promise.all([
      scene.reminders.confirm(me, value),
      scene.reminders.confirm(me, value),
    ]);
    for (const answer of [first, second])
      expect(wordsOf(replaced(answer))).toContain('✔ Acknowledged on 23 November');
    scene.clock.moveTo(new Date('2026-11-25T09:00:00Z'));
    const third = replaced(await scene.reminders.confirm(me, value));
    expect(wordsOf(third)).toContain('✔ Acknowledged on 23 November 2026');
    expect(wordsOf(third)).toContain('You had done this before. It counts once.');
    expect(
      wordsOf(replaced(await scene.reminders.open(me, valueOn(cardOf(scene), 'Read and acknowledge')))),
    ).toBe(wordsOf(third));
    expect(await kept(scene)).toHaveLength(1);
  });

  test('on last month’s card: it counts, and every card that still asked says so', async () => {
    const scene = await reminded();
    scene.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
    await scene.reminders.tick();
    expect(cardsOf(scene)).toHaveLength(2);
    const [old, fresh] = cardsOf(scene) as [
      (typeof scene.chat.shown)[number],
      (typeof scene.chat.shown)[number],
    ];
    const open = replaced(await scene.reminders.open(me, valueOn(old.card, 'Read and acknowledge')));
    await scene.reminders.confirm(me, valueOn(open, 'I have read and understood'));
    await scene.reminders.stop();
    expect(wordsOf(fresh.card)).toContain('✔ Acknowledged on 1 December 2026');
    expect(labelsOf(fresh.card)).toEqual([]);
    // The adapter puts the answer in place of the card that was pressed.
    expect(old.changes).toBe(0);
    expect(cardsOf(scene, accountOf(ben)).map(({ changes }) => changes)).toEqual([0, 0]);
  });

  test('on last school year’s card: it counts for this year', async () => {
    const scene = await reminded();
    const old = cardOf(scene);
    const { value } = await opened(scene);
    await scene.reminders.confirm(me, value);
    scene.clock.moveTo(new Date('2027-09-02T09:00:00Z'));
    const again = replaced(await scene.reminders.open(me, valueOn(old, 'Read and acknowledge')));
    expect(wordsOf(again)).toContain(
      'No clause has changed since you acknowledged version 2 on 23 November 2026.',
    );
    await scene.reminders.confirm(me, valueOn(again, 'I have read and understood'));
    expect((await listAcknowledgements(scene.store)).map(({ at }) => at.getUTCFullYear())).toEqual([
      2026, 2027,
    ]);
  });

  test('on a superseded version: nothing is recorded, and the new one takes its place, with what changed', async () => {
    const scene = await reminded();
    const { value } = await opened(scene);
    await scene.reminders.confirm(me, value);
    const next: SchoolPolicy = {
      id: 'phones',
      front: { version: '3' },
      text: `## At work {#work}\n\nKeep phones in your locker. {#work.staffroom}\n\nNever film. {#work.film}\n`,
    };
    const later = await scene.again({ policies: [next] });
    for (const act of [later.reminders.open, later.reminders.confirm]) {
      const card = replaced(await act(me, value));
      expect(wordsOf(card)).toContain('The policy has changed since this card was sent.');
      expect(wordsOf(card)).toContain('Nothing was recorded.');
      expect(wordsOf(card)).toContain(`What has changed since you acknowledged version 2 on 23 November 2026:
New: Never film.
Changed: Keep phones in your locker.
Taken out: Never call a pupil from your own phone.`);
      expect(labelsOf(card)).toContain('Changed: At work');
    }
    expect(await later.reminders.check(me, value, {})).toMatchObject({ kind: 'replace' });
    expect(await kept(scene)).toHaveLength(1);
    const card = replaced(await later.reminders.open(me, value));
    await later.reminders.confirm(me, valueOn(card, 'I have read and understood'));
    expect(await kept(scene)).toEqual([
      ['Aisha Malik', 'phones', '2', 'chat'],
      ['Aisha Malik', 'phones', '3', 'chat'],
    ]);
  });

  test('on a version that only a minor change followed: what was signed still counts', async () => {
    const scene = await reminded();
    const { value } = await opened(scene);
    await scene.reminders.confirm(me, value);
    const later = await scene.again({
      policies: [{ id: 'phones', front: { version: '2.1', change: 'minor' } }],
    });
    expect(wordsOf(replaced(await later.reminders.confirm(me, value)))).toContain(
      'Phones Policy, version 2\nYou had',
    );
    expect(await kept(scene)).toHaveLength(1);
  });

  test('somebody else: nothing is recorded for anybody, and no card changes', async () => {
    const scene = await reminded({ policies: [asking] });
    const { value } = await opened(scene);
    const { open, confirm, question, putOff, check } = scene.reminders;
    for (const act of [
      open,
      confirm,
      question,
      putOff,
      (who: typeof me, text: string) => check(who, text, {}),
    ])
      expect(await act(accountOf(ben), value)).toEqual({
        kind: 'said',
        message:
          'This card was sent to somebody else, so nothing was recorded. Type “status” to see your own.',
      });
    await scene.reminders.stop();
    expect(await kept(scene)).toEqual([]);
    expect(scene.chat.shown.every(({ changes }) => changes === 0)).toBe(true);
  });

  test.each([
    '',
    'nonsense',
    '[]',
    '["","","",""]',
    '{"person":"x"}',
    'null',
    '["aisha@hill.example","","",""]',
  ])('with a value that no card hands back: %j', async (value) => {
    const scene = await reminded();
    const { open, confirm } = scene.reminders;
    for (const act of [open, confirm])
      expect(await act(me, value)).toMatchObject({
        kind: 'said',
        message: expect.stringContaining('nothing was recorded'),
      });
    expect(await kept(scene)).toEqual([]);
  });

  test('whom nobody knows', async () => {
    const scene = await reminded();
    const { value } = await opened(scene);
    scene.people = createPeople({ people: [], roles: {} }, []);
    expect(await scene.reminders.confirm(me, value)).toMatchObject({
      kind: 'said',
      message: expect.stringMatching(
        /^I don’t know you as somebody of this school, so nothing was recorded\./,
      ),
    });
  });

  test('after leaving', async () => {
    const leaver = { ...aisha, leave: '2026-11-30' };
    const scene = await reminded({ people: [grace, leaver] });
    const { value } = await opened(scene);
    scene.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
    expect(await scene.reminders.confirm(me, value)).toMatchObject({
      kind: 'said',
      message: expect.stringContaining('says that you have left'),
    });
    expect(await kept(scene)).toEqual([]);
  });

  test('while away: who reads it all the same has acknowledged it', async () => {
    const scene = await openScene({ people: [grace, { ...aisha, away_until: '2027-02-01' }] });
    await scene.reminders.tick();
    expect(cardsOf(scene)).toEqual([]);
    const status = await scene.reminders.status(me);
    expect(wordsOf(status)).toContain('You are away until 1 February 2027: no reminders come until then.');
    const card = replaced(await scene.reminders.open(me, valueOn(status, 'Read and acknowledge')));
    await scene.reminders.confirm(me, valueOn(card, 'I have read and understood'));
    expect(await kept(scene)).toHaveLength(1);
  });

  test('a policy that has been taken out, or is asked of others', async () => {
    const scene = await reminded({ policies: [{ id: 'phones' }, { id: 'keys' }] });
    const { value } = await opened(scene, 'Read and acknowledge: Keys Policy');
    const later = await scene.again({
      policies: [{ id: 'phones' }, { id: 'keys', front: { audience: ['governor'] } }],
    });
    expect(await later.reminders.confirm(me, value)).toMatchObject({
      kind: 'said',
      message: expect.stringContaining('You are not asked to acknowledge this policy'),
    });
  });

  test('before it opens', async () => {
    const scene = await reminded();
    const { value } = await opened(scene);
    const later = await scene.again({
      policies: [{ id: 'phones', front: { version: '3' }, acknowledgement: { opens: '2026-12-01' } }],
    });
    expect(await later.reminders.confirm(me, value)).toEqual({
      kind: 'said',
      message: 'You are asked to acknowledge this from 1 December 2026 on. Nothing was recorded.',
    });
  });
});

describe('“Remind me tomorrow”', () => {
  const tomorrow = 'Remind me tomorrow';

  test('puts it off until the next school day, three times', async () => {
    const scene = await reminded();
    const days = ['2026-11-23', '2026-11-24', '2026-11-25'];
    for (const [index, day] of days.entries()) {
      scene.clock.moveTo(new Date(`${day}T09:30:00Z`));
      await scene.reminders.tick();
      expect(cardsOf(scene)).toHaveLength(index + 1);
      const card = replaced(await scene.reminders.putOff(me, valueOn(cardOf(scene), tomorrow)));
      const times = ['2 more times', 'once more', 'That was the last time'][index]!;
      expect(wordsOf(card)).toMatch(
        new RegExp(`^I’ll remind you again on ${24 + index} November 2026\\.\n.*${times}`),
      );
      expect(labelsOf(card)).toEqual(['Read and acknowledge', 'I have a question']);
    }
    const first = valueOn(cardsOf(scene)[0]!.card, tomorrow);
    scene.clock.moveTo(new Date('2026-11-26T09:30:00Z'));
    await scene.reminders.tick();
    expect(labelsOf(cardOf(scene))).not.toContain(tomorrow);
    expect(await scene.reminders.putOff(me, first)).toEqual({
      kind: 'said',
      message:
        'You have put this off 3 times already, which is as often as it goes. Please read the policy when you can.',
    });
  });

  test('pressed twice on a day counts once', async () => {
    const scene = await reminded();
    const value = valueOn(cardOf(scene), tomorrow);
    const [one, two] = [await scene.reminders.putOff(me, value), await scene.reminders.putOff(me, value)];
    expect(two).toEqual(one);
  });

  test('goes by school days', async () => {
    const scene = await reminded({ at: '2026-11-27T09:00:00Z' });
    const card = replaced(await scene.reminders.putOff(me, valueOn(cardOf(scene), tomorrow)));
    expect(wordsOf(card)).toContain('again on 30 November 2026');
  });

  test('has nothing to put off once all is acknowledged', async () => {
    const scene = await reminded();
    const { value } = await opened(scene);
    const putOff = valueOn(cardOf(scene), tomorrow);
    await scene.reminders.confirm(me, value);
    expect(await scene.reminders.putOff(me, putOff)).toMatchObject({ kind: 'said' });
  });

  test('is not offered where the school does not want it', async () => {
    const scene = await reminded({ reminders: { tomorrow: 0 } });
    expect(labelsOf(cardOf(scene))).toEqual(['Read and acknowledge', 'I have a question']);
  });
});

describe('“I have a question”', () => {
  test('invites to ask, names the policy, and leaves what is owed', async () => {
    const scene = await reminded();
    const answer = await scene.reminders.question(me, valueOn(cardOf(scene), 'I have a question'));
    if (answer.kind !== 'card') throw new Error(answer.kind);
    expect(wordsOf(answer.card)).toContain(
      'Type your question here, and I look for the answer in the Phones Policy.',
    );
    expect(valueOn(answer.card, 'Ask a person')).toBe('phones');
    expect(wordsOf(await scene.reminders.status(me))).toContain('You have 1 policy to acknowledge.');
  });

  test('of several policies names none', async () => {
    const scene = await reminded({ policies: [{ id: 'phones' }, { id: 'keys' }] });
    const answer = await scene.reminders.question(me, valueOn(cardOf(scene), 'I have a question'));
    expect(answer.kind === 'card' && wordsOf(answer.card)).toContain('the answer in the policy.');
  });
});

test('no label is too long for a platform, however long a title', async () => {
  const title = 'Very long title '.repeat(20).trim();
  const scene = await reminded({ policies: [{ id: 'phones', front: { title } }, { id: 'keys' }] });
  const { card } = await opened(scene, labelsOf(cardOf(scene))[1]!);
  for (const label of [...labelsOf(cardOf(scene)), ...labelsOf(card)])
    expect(label.length).toBeLessThanOrEqual(75);
});
