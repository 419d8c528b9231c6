import { describe, expect, test } from 'vitest';
import { sentReminders } from '../../src/store/reminder-outcomes.ts';
import {
  accountOf,
  aisha,
  ben,
  dan,
  grace,
  labelsOf,
  openScene,
  type Scene,
  type SchoolPerson,
  valueOn,
  wordsOf,
} from '../support/reminders/scene.ts';

const head = accountOf(grace);

/** Ticks at instants, and says who got what by then: `name: summary`. */
async function ticks(
  { reminders, clock, chat, faults }: Scene,
  ...times: readonly string[]
): Promise<string[]> {
  const before = chat.shown.length;
  for (const time of times) {
    clock.moveTo(new Date(time));
    await reminders.tick();
  }
  expect(faults).toEqual([]);
  return chat.shown.slice(before).map(({ to, card }) => `${to.person.split('@')[0]}: ${card.summary}`);
}

const everybody = ['aisha', 'ben', 'dan', 'head'].map(
  (who) => `${who}: A policy to read and acknowledge: Phones Policy`,
);

describe('what goes out by itself', () => {
  test('goes to everybody once, on a school day, in working hours', async () => {
    const scene = await openScene({ at: '2026-11-22T12:00:00Z' });
    expect(await ticks(scene, '2026-11-22T12:00:00Z', '2026-11-23T07:59:00Z')).toEqual([]);
    expect((await ticks(scene, '2026-11-23T08:00:00Z')).sort()).toEqual(everybody);
    expect(
      await ticks(scene, '2026-11-23T08:01:00Z', '2026-11-23T16:29:00Z', '2026-11-24T09:00:00Z'),
    ).toEqual([]);
  });

  test('is told beforehand, and can be asked for any moment without anything going out', async () => {
    const scene = await openScene();
    const due = await scene.reminders.due(new Date('2026-12-04T09:00:00Z'));
    expect(due.map(({ person, rung }) => [person.name, rung])).toEqual(
      [grace, dan, aisha, ben].map(({ name }) => [name, 'week_before']),
    );
    expect(scene.chat.shown).toEqual([]);
  });

  test('can be sent for a moment by hand, with its progress', async () => {
    const scene = await openScene();
    const told: number[] = [];
    const progress = await scene.reminders.send(new Date('2026-12-01T09:00:00Z'), {
      onProgress: ({ sent }) => told.push(sent),
    });
    expect(progress).toMatchObject({ sent: 4, total: 4, waiting: 0 });
    expect(told).toEqual([0, 1, 2, 3, 4]);
    expect((await sentReminders(scene.store, '2026-11-01')).map(({ day }) => day)).toEqual(
      Array(4).fill('2026-12-01'),
    );
  });

  test('stops where somebody acknowledges while the others are being sent', async () => {
    const scene = await openScene();
    const status = await scene.reminders.status(accountOf(ben));
    const open = await scene.reminders.open(accountOf(ben), valueOn(status, 'Read and acknowledge'));
    if (open.kind !== 'replace') throw new Error(open.kind);
    const value = valueOn(open.card, 'I have read and understood');
    scene.chat.outcome = async (to) => {
      if (to.person !== ben.email) await scene.reminders.confirm(accountOf(ben), value);
      return undefined;
    };
    const sent = await ticks(scene, '2026-11-23T09:00:00Z');
    const mine = sent.filter((line) => line.startsWith('ben'));
    // Ben's may have been the first to go; it says then that it is done.
    if (sent[0] === mine[0]) expect(mine).toEqual(['ben: Acknowledged on 23 November 2026: Phones Policy']);
    else expect(mine).toEqual([]);
    expect(sent.filter((line) => !line.startsWith('ben'))).toHaveLength(3);
  });

  test('begins nothing after working hours, however long the messages before took', async () => {
    const scene = await openScene({ at: '2026-11-23T16:29:00Z' });
    let sent = 0;
    scene.chat.outcome = () => {
      if (++sent === 2) scene.clock.moveTo(new Date('2026-11-23T16:30:00Z'));
      return undefined;
    };
    expect(await ticks(scene, '2026-11-23T16:29:00Z')).toHaveLength(2);
    scene.chat.outcome = () => undefined;
    expect(await ticks(scene, '2026-11-23T20:00:00Z')).toEqual([]);
    expect(await ticks(scene, '2026-11-24T08:00:00Z')).toHaveLength(2);
  });

  test('tries again what was not sent, and leaves those alone who have it', async () => {
    const scene = await openScene();
    scene.chat.outcome = (to) =>
      to.person === ben.email ? { kind: 'blocked', reason: 'they left' } : undefined;
    expect(await ticks(scene, '2026-11-23T09:00:00Z', '2026-11-23T09:01:00Z')).toHaveLength(3);
    scene.chat.outcome = () => undefined;
    expect(await ticks(scene, '2026-11-24T09:00:00Z')).toEqual([everybody[1]]);
  });

  test('does not run twice at once, and is waited for when the bot stops; the message in flight is finished', async () => {
    const scene = await openScene();
    const first = Promise.withResolvers<undefined>();
    let asked = 0;
    scene.chat.outcome = () => {
      asked++;
      return first.promise;
    };
    const [one, two] = [scene.reminders.tick(), scene.reminders.tick()];
    while (asked === 0) await new Promise((resolve) => setImmediate(resolve));
    let stopped = false;
    const stopping = scene.reminders.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    first.resolve(undefined);
    await Promise.all([one, two, stopping]);
    expect(asked).toBe(1);
    expect(await sentReminders(scene.store, '2026-11-01')).toHaveLength(1);
    await scene.reminders.tick();
    expect(asked).toBe(1);
  });

  test('is forgotten once it has been kept long enough', async () => {
    const scene = await openScene({ people: [grace] });
    await ticks(scene, '2026-11-23T09:00:00Z');
    const kept = async () => (await sentReminders(scene.store, '2026-01-01')).map(({ day }) => day);
    expect(await kept()).toEqual(['2026-11-23']);
    await ticks(scene, '2027-12-20T09:00:00Z');
    expect(await kept()).toContain('2026-11-23');
    await ticks(scene, '2027-12-24T09:00:00Z');
    expect(await kept()).not.toContain('2026-11-23');
  });

  test('tells of a fault once, until all went well again', async () => {
    const scene = await openScene();
    await scene.store.close();
    for (const minute of [1, 2, 3]) {
      scene.clock.moveTo(new Date(`2026-11-23T09:0${minute}:00Z`));
      await scene.reminders.tick();
    }
    expect(scene.faults).toHaveLength(1);
  });

  test('leaves a paused campaign out, and says so to who looks', async () => {
    const scene = await openScene();
    const status = await scene.reminders.status(head);
    const asks = await scene.reminders.pause(head, valueOn(status, 'Pause reminders'));
    if (asks.kind !== 'replace') throw new Error(asks.kind);
    expect(wordsOf(asks.card)).toContain('Nobody is reminded of it until you carry on.');
    expect(await scene.reminders.decide(head, valueOn(asks.card, 'Pause'), 'paused')).toBe('done');
    expect(await ticks(scene, '2026-11-23T09:01:00Z')).toEqual([]);
    const paused = await scene.reminders.status(head);
    expect(wordsOf(paused)).toContain('Paused by Grace Holloway: no reminders go out.');
    expect(await scene.reminders.decide(head, valueOn(paused, 'Carry on with reminders'), 'resumed')).toBe(
      'done',
    );
    expect(await ticks(scene, '2026-11-23T09:02:00Z')).toHaveLength(4);
  });
});

describe('the headteacher’s list', () => {
  const acknowledge = async ({ reminders }: Scene, who: SchoolPerson) => {
    const open = await reminders.open(
      accountOf(who),
      valueOn(await reminders.status(accountOf(who)), 'Read and acknowledge'),
    );
    if (open.kind === 'replace')
      await reminders.confirm(accountOf(who), valueOn(open.card, 'I have read and understood'));
  };

  test('names who is overdue, on Monday, once those were told; each week until there is nobody', async () => {
    const scene = await openScene({ at: '2026-12-11T09:00:00Z' });
    for (const who of [grace, dan]) await acknowledge(scene, who);
    expect(await ticks(scene, '2026-12-11T09:00:00Z')).toHaveLength(2);
    // Overdue since Saturday; told a week after the due date.
    expect(await ticks(scene, '2026-12-14T09:00:00Z')).toEqual([]);
    expect(await ticks(scene, '2026-12-18T09:00:00Z')).toHaveLength(2);
    expect(await ticks(scene, '2026-12-21T09:00:00Z')).toEqual(['head: 2 people are overdue with a policy']);
    const list = scene.chat.shown.at(-1)!.card;
    expect(wordsOf(list)).toBe(`2 people are overdue with a policy
Each of them has been told.
Aisha Malik: Phones Policy, 10 days overdue, told on 18 December 2026
Ben Carrow: Phones Policy, 10 days overdue, told on 18 December 2026
This list comes once a week, as long as somebody is on it.`);
    expect(labelsOf(list)).toEqual(['How the school stands']);
    expect(await ticks(scene, '2026-12-21T15:00:00Z', '2026-12-22T09:00:00Z')).toEqual([]);
    await acknowledge(scene, aisha);
    expect(await ticks(scene, '2026-12-29T09:00:00Z')).toEqual([
      'ben: Overdue: a policy to acknowledge: Phones Policy',
      'head: 1 person is overdue with a policy',
    ]);
    await acknowledge(scene, ben);
    expect(await ticks(scene, '2027-01-04T09:00:00Z', '2027-01-11T09:00:00Z')).toEqual([]);
  });

  test('comes on the day of the week that the school sets, or the first school day after it, also after downtime', async () => {
    const scene = await openScene({
      at: '2026-12-11T09:00:00Z',
      people: [grace, ben],
      reminders: { overdue_list: { on: 'friday' } },
    });
    await acknowledge(scene, grace);
    await ticks(scene, '2026-12-11T09:00:00Z', '2026-12-18T09:00:00Z');
    // Friday 18 December: the message to Ben went out first.
    expect(scene.chat.shown.at(-1)!.card.summary).toBe('1 person is overdue with a policy');
    // Friday 25 December and the Monday after are bank holidays: nothing in that week.
    expect((await ticks(scene, '2026-12-24T09:00:00Z', '2026-12-29T09:00:00Z')).join()).not.toContain('head');
    expect(await ticks(scene, '2027-01-01T09:00:00Z', '2027-01-07T09:00:00Z')).not.toContain(
      'head: 1 person is overdue with a policy',
    );
    expect(await ticks(scene, '2027-01-08T16:00:00Z')).toContain('head: 1 person is overdue with a policy');
  });

  test('names apart who can’t be told, and nobody who is away', async () => {
    const cy = { name: 'Cy Ford', email: 'cy@hill.example', roles: ['teacher'] };
    const away = { ...aisha, away_until: '2027-05-01' };
    const scene = await openScene({
      at: '2026-12-21T09:00:00Z',
      people: [grace, away, ben, cy],
      offline: [cy],
    });
    await acknowledge(scene, grace);
    scene.chat.outcome = (to) =>
      to.person === ben.email ? { kind: 'blocked', reason: 'they left' } : undefined;
    await ticks(scene, '2026-12-21T09:00:00Z', '2026-12-21T09:01:00Z');
    const list = scene.chat.shown.at(-1)!.card;
    expect(
      wordsOf(list),
    ).toContain(`I can’t reach these with a message. Please speak to them, or have them sign on paper.
Ben Carrow: Phones Policy, 10 days overdue
Cy Ford: Phones Policy, 10 days overdue`);
    expect(wordsOf(list)).not.toContain('Aisha');
    const status = wordsOf(await scene.reminders.status(head));
    expect(status).toContain('Not reached by a message\nBen Carrow: can’t be reached (they left)');
  });

  test('never names its reader to themselves', async () => {
    const scene = await openScene({ at: '2026-12-18T09:00:00Z', people: [grace] });
    expect(await ticks(scene, '2026-12-18T09:00:00Z', '2026-12-21T09:00:00Z')).toEqual([
      'head: Overdue: a policy to acknowledge: Phones Policy',
    ]);
  });

  test('is left out where the school does not want it, and goes to another role where it says so', async () => {
    const options = { at: '2026-12-18T09:00:00Z', people: [grace, dan, ben] };
    const none = await openScene({ ...options, reminders: { overdue_list: false } });
    expect((await ticks(none, '2026-12-18T09:00:00Z', '2026-12-21T09:00:00Z')).join()).not.toContain(
      'people are',
    );
    const other = await openScene({ ...options, reminders: { overdue_list: { to: 'deputy' } } });
    const sent = await ticks(other, '2026-12-18T09:00:00Z', '2026-12-21T09:00:00Z');
    expect(sent.slice(3)).toEqual(['dan: 2 people are overdue with a policy']);
  });
});

describe('review dates', () => {
  const reviewed = (review_due: string) => ({
    id: 'phones',
    front: { review_due },
    acknowledgement: { opens: '2030-01-01', due: '2030-02-01' },
  });

  test('are told to the owner each month from the one in which the review is due', async () => {
    const scene = await openScene({ policies: [reviewed('2026-12')] });
    expect(await ticks(scene, '2026-11-23T09:00:00Z', '2026-11-30T09:00:00Z')).toEqual([]);
    expect(await ticks(scene, '2026-12-01T09:00:00Z', '2026-12-02T09:00:00Z')).toEqual([
      'head: The Phones Policy is due for review',
    ]);
    expect(wordsOf(scene.chat.shown.at(-1)!.card)).toContain('Phones Policy: Review due December 2026');
    expect(await ticks(scene, '2027-01-01T09:00:00Z')).toEqual([]);
    expect(await ticks(scene, '2027-01-04T09:00:00Z')).toHaveLength(1);
    expect(wordsOf(scene.chat.shown.at(-1)!.card)).toContain('Review overdue since December 2026');
  });

  test('of several policies come as one message, and to nobody where the school does not want it', async () => {
    const policies = [
      reviewed('2018-06'),
      { ...reviewed('2026-11-30'), id: 'keys' },
      { ...reviewed('2027-01'), id: 'cars' },
    ];
    const scene = await openScene({ policies });
    expect(await ticks(scene, '2026-11-23T09:00:00Z')).toEqual(['head: 2 policies are due for review']);
    expect(labelsOf(scene.chat.shown[0]!.card)).toEqual(['Read: Phones Policy', 'Read: Keys Policy'].sort());
    const off = await openScene({ policies, reminders: { review_dates: false } });
    expect(await ticks(off, '2026-11-23T09:00:00Z')).toEqual([]);
  });
});

describe('before a campaign opens', () => {
  const later = { id: 'phones', acknowledgement: { opens: '2027-01-11', due: '2027-02-12' } };

  test('its head hears who will be asked and when, once, and can stop it', async () => {
    const scene = await openScene({
      policies: [later],
      people: [grace, dan, { ...aisha, start: '2027-02-08' }, { ...ben, away_until: '2027-03-01' }],
    });
    expect(await ticks(scene, '2026-11-23T09:00:00Z', '2026-12-31T09:00:00Z')).toEqual([]);
    expect(await ticks(scene, '2027-01-04T09:00:00Z', '2027-01-05T09:00:00Z')).toEqual([
      'head: Who is asked for Phones Policy, version 2',
    ]);
    const { card } = scene.chat.shown.at(-1)!;
    expect(wordsOf(card)).toBe(`Who is asked for Phones Policy, version 2
School year: 2026/27
Opens: 11 January 2027
Due: 12 February 2027
People: 4
Whoever has not acknowledged it gets a message on: 11 January 2027, 1 February 2027, 5 February 2027, 11 February 2027, 12 February 2027. After that, one every 7 days. Everything that somebody owes that day comes in one message.
Headteacher (1): Grace Holloway
Deputy headteacher (1): Dan Ross
Teacher (2): Aisha Malik (due 22 February 2027), Ben Carrow (away until 1 March 2027)`);
    await scene.reminders.decide(head, valueOn(card, 'Pause reminders'), 'paused');
    expect(await ticks(scene, '2027-01-11T09:00:00Z')).toEqual([]);
  });

  test('of each later school year it is told in the last week of the one before', async () => {
    const scene = await openScene({ people: [grace], at: '2027-08-20T09:00:00Z' });
    // What she owes herself goes first, and that on a day of its own.
    expect(await ticks(scene, '2027-08-25T09:00:00Z', '2027-08-26T09:00:00Z')).toEqual([
      'head: Overdue: a policy to acknowledge: Phones Policy',
      'head: Who is asked for Phones Policy, version 2',
    ]);
    expect(wordsOf(scene.chat.shown.at(-1)!.card)).toContain('School year: 2027/28\nOpens: 1 September 2027');
  });
});
