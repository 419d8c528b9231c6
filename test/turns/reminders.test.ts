import { describe, expect, test } from 'vitest';
import { action, type Card, form, type Origin, type Response } from '../../src/chat/mod.ts';
import { reminderTurns } from '../../src/turns/reminders.ts';
import {
  aisha,
  ben,
  grace,
  labelsOf,
  openScene,
  type SceneOptions,
  valueOn,
  wordsOf,
} from '../support/reminders/scene.ts';

const originOf = (who: { readonly email: string }, place: Origin['place'] = 'direct'): Origin => ({
  platform: 'chat',
  person: who.email,
  conversation: 'c',
  place,
});

async function open(options: SceneOptions = {}) {
  const scene = await openScene(options);
  const turns = reminderTurns({
    reminders: scene.reminders,
    referrals: {
      asked: async ({ person }) => (person === aisha.email ? [{ kind: 'text', text: 'Asked: may I?' }] : []),
    },
  });
  const press = async (who: typeof aisha, name: string, value: string): Promise<Response> =>
    turns.presses![name]!({ kind: 'press', origin: originOf(who), action: name, value });
  return { ...scene, turns, press };
}

function cardOf(response: Response): Card {
  if (!('card' in response)) throw new Error(response.kind);
  return response.card;
}

describe('status', () => {
  test.each([
    ['direct', 'place'],
    ['channel', 'asker'],
    ['command', 'asker'],
  ] as const)('in a %s is for the %s', async (place, audience) => {
    const { turns } = await open();
    const response = await turns.words!.status!({
      kind: 'question',
      origin: originOf(aisha, place),
      text: 'status',
    });
    expect(response).toMatchObject({ kind: 'card', audience });
    expect(wordsOf(cardOf(response))).toContain('You have 1 policy to acknowledge.');
    expect(wordsOf(cardOf(response))).toContain('Asked: may I?');
  });

  test('comes back in place of the card that led away from it', async () => {
    const { press } = await open();
    const response = await press(aisha, action.status, '');
    expect(response.kind).toBe('replace');
    expect(wordsOf(cardOf(response))).toContain('Your policies');
  });
});

test('each button of a reminder does what it says', async () => {
  const { reminders, chat, press, turns } = await open();
  await reminders.tick();
  const { card } = chat.shown.find(({ to }) => to.person === aisha.email)!;
  expect(await press(aisha, action.acknowledgeQuestion, valueOn(card, 'I have a question'))).toMatchObject({
    kind: 'card',
    audience: 'asker',
  });
  expect((await press(aisha, action.acknowledgeTomorrow, valueOn(card, 'Remind me tomorrow'))).kind).toBe(
    'replace',
  );
  const policy = await press(aisha, action.acknowledgeOpen, valueOn(card, 'Read and acknowledge'));
  const value = valueOn(cardOf(policy), 'I have read and understood');
  expect(await press(ben, action.acknowledgeConfirm, value)).toMatchObject({
    kind: 'card',
    audience: 'asker',
  });
  const done = await turns.forms![form.acknowledge]!({
    kind: 'form',
    origin: originOf(aisha),
    form: form.acknowledge,
    state: value,
    values: {},
  });
  expect(wordsOf(cardOf(done))).toContain('✔ Acknowledged on 23 November 2026');
  expect(await turns.home!(originOf(aisha))).toContainEqual(
    expect.objectContaining({ text: 'You have acknowledged everything that is asked of you.' }),
  );
});

test('a form without its state records nothing', async () => {
  const { turns } = await open();
  const request = { kind: 'form', origin: originOf(aisha), form: form.acknowledge, values: {} } as const;
  expect(await turns.forms![form.acknowledge]!(request)).toMatchObject({ kind: 'card', audience: 'asker' });
});

test('pausing asks first, and each decision shows how things stand then', async () => {
  const { reminders, press } = await open();
  const status = await reminders.status(originOf(grace));
  const value = valueOn(status, 'Pause reminders');
  expect(labelsOf(cardOf(await press(grace, action.campaignPause, value)))).toEqual([
    'Pause',
    'Leave as it is',
  ]);
  const paused = cardOf(await press(grace, action.campaignPauseNow, value));
  expect(wordsOf(paused)).toContain('Paused by Grace Holloway');
  const resumed = cardOf(
    await press(grace, action.campaignResume, valueOn(paused, 'Carry on with reminders')),
  );
  expect(labelsOf(resumed)).toContain('Pause reminders');
  expect(await press(aisha, action.campaignPauseNow, value)).toMatchObject({
    kind: 'card',
    audience: 'asker',
  });
  for (const name of [action.campaignPreview, action.campaignStanding])
    expect((await press(grace, name, value)).kind).toBe('page');
});
