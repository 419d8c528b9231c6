import { describe, expect, test } from 'vitest';
import { reachedFrom } from '../../src/store/reminder-outcomes.ts';
import { claimReminder, queueReminders } from '../../src/store/reminders.ts';
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

/** Ticks at 09:00 of days, and says what the headteacher got: `2026-11-23: summary`. */
async function days({ reminders, clock, chat, faults }: Scene, ...all: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const day of all) {
    for (const time of ['09:00', '09:01', '15:00']) {
      const before = chat.shown.length;
      clock.moveTo(new Date(`${day}T${time}:00Z`));
      await reminders.tick();
      for (const { to, card } of chat.shown.slice(before))
        if (to.person === head.person) found.push(`${day}: ${card.summary}`);
    }
  }
  expect(faults).toEqual([]);
  return found;
}

function* weekdays(from: string, count: number): Generator<string> {
  for (let n = 0, day = Date.parse(from); n < count; day += 86_400_000) {
    if (new Date(day).getUTCDay() % 6 === 0) continue;
    n++;
    yield new Date(day).toISOString().slice(0, 10);
  }
}

async function acknowledge({ reminders }: Scene, who: SchoolPerson): Promise<void> {
  const account = accountOf(who);
  const open = await reminders.open(
    account,
    valueOn(await reminders.status(account), 'Read and acknowledge'),
  );
  if (open.kind !== 'replace') throw new Error(open.kind);
  await reminders.confirm(account, valueOn(open.card, 'I have read and understood'));
}

const digest = 'A policy to read and acknowledge: Phones Policy';
const review = 'The Phones Policy is due for review';
const overdue = { id: 'phones', front: { review_due: '2018-06' } };
const opening = (id: string, opens: string) => ({ id, acknowledgement: { opens, due: '2027-02-12' } });
const asks = (id: string) => `Who is asked for ${id} Policy, version 2`;

describe('a notice', () => {
  test('waits for a day on which nothing else goes to the same person', async () => {
    const scene = await openScene({ policies: [overdue] });
    expect(await days(scene, '2026-11-23', '2026-11-24', '2026-11-25')).toEqual([
      `2026-11-23: ${digest}`,
      `2026-11-24: ${review}`,
    ]);
  });

  test('never holds up a reminder, nor one for somebody else', async () => {
    const scene = await openScene({ policies: [overdue], people: [grace, ben] });
    const everybody = await scene.reminders.due(new Date('2026-11-23T09:00:00Z'));
    expect(everybody.map(({ person, rung }) => `${person.name} ${rung}`)).toEqual([
      'Grace Holloway digest',
      'Ben Carrow digest',
    ]);
    await acknowledge(scene, grace);
    expect(await days(scene, '2026-11-23')).toEqual([`2026-11-23: ${review}`]);
    expect(scene.chat.shown.map(({ to }) => to.person)).toContain(ben.email);
  });

  test('that went in the morning holds up no reminder that falls due later that day', async () => {
    const scene = await openScene({ policies: [overdue], people: [grace] });
    const { reminders, clock, chat } = scene;
    const asked = await reminders.pause(head, valueOn(await reminders.status(head), 'Pause reminders'));
    if (asked.kind !== 'replace') throw new Error(asked.kind);
    await reminders.decide(head, valueOn(asked.card, 'Pause'), 'paused');
    await reminders.tick();
    await reminders.decide(head, valueOn(asked.card, 'Pause'), 'resumed');
    clock.moveTo(new Date('2026-11-23T11:00:00Z'));
    expect(await reminders.due(clock.now())).toHaveLength(1);
    await reminders.tick();
    expect(chat.shown.map(({ card }) => card.summary)).toEqual([review, digest]);
  });

  test('of several, the one with the least time left goes first, and each has its own day', async () => {
    const policies = [overdue, opening('keys', '2026-11-27'), opening('cars', '2026-12-01')];
    const scene = await openScene({ policies, at: '2026-11-20T12:00:00Z' });
    await acknowledge(scene, grace);
    expect(await days(scene, '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26')).toEqual([
      `2026-11-23: ${asks('Keys')}`,
      `2026-11-24: ${asks('Cars')}`,
      `2026-11-25: ${review}`,
    ]);
  });

  test('that waited to the end of the week comes as a part of the reminder of that day, with its buttons', async () => {
    const scene = await openScene({ policies: [overdue], people: [grace], at: '2026-11-27T09:00:00Z' });
    expect(await days(scene, '2026-11-27', '2026-11-30')).toEqual([`2026-11-27: ${digest}. Also: ${review}`]);
    const [{ card }] = scene.chat.shown as [Scene['chat']['shown'][number]];
    expect(wordsOf(card)).toMatch(
      /^A policy to read and acknowledge\n[\s\S]+\nThe Phones Policy is due for review\nPhones Policy: Review overdue since June 2018/,
    );
    expect(labelsOf(card)).toEqual([
      'Read and acknowledge',
      'I have a question',
      'Remind me tomorrow',
      'Read the policy',
    ]);
  });

  test('counts as gone only once the message that carried it has', async () => {
    const scene = await openScene({ policies: [overdue], people: [grace], at: '2026-11-27T09:00:00Z' });
    scene.chat.outcome = () => ({ kind: 'unknown', reason: 'no answer' });
    expect(await days(scene, '2026-11-27')).toEqual([]);
    expect(await reachedFrom(scene.store, '2026-11-01')).toEqual([]);
    scene.chat.outcome = () => undefined;
    expect(await days(scene, '2026-11-30', '2026-12-01', '2026-12-02')).toEqual([
      `2026-11-30: ${digest}`,
      `2026-12-01: ${digest}`,
      `2026-12-02: ${review}`,
    ]);
  });

  test('with no other school day left comes with all that have none either', async () => {
    const scene = await openScene({
      policies: [opening('keys', '2026-12-01'), opening('cars', '2026-12-01'), opening('bags', '2026-12-01')],
      people: [grace],
      at: '2026-11-30T09:00:00Z',
    });
    expect(await days(scene, '2026-11-30')).toEqual([
      `2026-11-30: ${asks('Bags')}. Also: ${asks('Cars')}. Also: ${asks('Keys')}`,
    ]);
    expect(labelsOf(scene.chat.shown[0]!.card)).toEqual(Array(3).fill('Pause reminders'));
  });

  test('gives way to a reminder that another process is about to send', async () => {
    const scene = await openScene({ policies: [overdue], people: [grace] });
    await acknowledge(scene, grace);
    const [day, key] = ['2026-11-23', 'of another'];
    const person = { id: grace.email, email: grace.email };
    const reminder = { key, person, kind: 'reminder', rung: 'digest', day, items: [] };
    await queueReminders(scene.store, [reminder], new Date(0));
    expect(await days(scene, day, '2026-11-24')).toEqual([`2026-11-24: ${review}`]);
  });

  test('that a process died over is tried again the same day, as one that may have gone', async () => {
    const scene = await openScene({ policies: [overdue], people: [grace] });
    await acknowledge(scene, grace);
    const { store } = scene;
    const key = `review:${grace.email}:2026-11`;
    const [day, past] = ['2026-11-23', new Date(0)];
    const person = { id: grace.email, email: grace.email };
    await queueReminders(store, [{ key, person, kind: 'review', rung: 'review', day, items: [] }], past);
    await claimReminder(store, key, { worker: 'dead', now: past, until: past }, day, day);
    expect(await days(scene, day)).toEqual([`${day}: ${review}`]);
    expect(scene.chat.shown[0]!.options).toMatchObject({ again: true });
  });
});

test('nobody gets two messages a day, and the headteacher everything in the end, however much there is', async () => {
  const scene = await openScene({
    policies: [
      overdue,
      { id: 'keys', acknowledgement: { opens: '2026-11-10', due: '2026-11-24' } },
      opening('cars', '2026-12-14'),
      opening('bags', '2027-01-11'),
    ],
    // Every day somebody overdue hears of it.
    reminders: { overdue: 1 },
    at: '2026-11-20T09:00:00Z',
  });
  const got = await days(scene, ...weekdays('2026-11-23', 40));
  const dayOf = (line: string): string => line.slice(0, 10);
  expect(new Set(got.map(dayOf)).size).toBe(got.length);
  const about = (words: string): string[] => got.filter((line) => line.includes(words)).map(dayOf);
  expect(about('due for review').map((day) => day.slice(0, 7))).toEqual(['2026-11', '2026-12', '2027-01']);
  expect(about(asks('Cars'))).toHaveLength(1);
  expect(about(asks('Bags'))).toHaveLength(1);
  // Christmas and New Year have no list of their own: there is hardly a school day.
  expect(about('are overdue with a policy').length).toBeGreaterThanOrEqual(6);
  for (const who of [dan, aisha, ben]) {
    const all = (await reachedFrom(scene.store, '2026-11-01')).filter(
      ({ person }) => person.id === who.email,
    );
    expect(new Set(all.map(({ day }) => day)).size).toBe(all.length);
  }
});

test('two bots on one store send one message between them', async () => {
  const scene = await openScene({ policies: [overdue, opening('keys', '2026-12-03')], people: [grace] });
  const other = await scene.again({});
  await Promise.all([scene.reminders.tick(), other.reminders.tick()]);
  await Promise.all([scene.reminders.tick(), other.reminders.tick()]);
  expect(scene.chat.shown.map(({ card }) => card.summary)).toEqual([digest]);
  scene.clock.moveTo(new Date('2026-11-26T09:00:00Z'));
  for (let n = 0; n < 3; n++) await Promise.all([scene.reminders.tick(), other.reminders.tick()]);
  expect(scene.chat.shown).toHaveLength(2);
});
