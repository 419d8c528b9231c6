import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRig, type Rig, saying } from '../../support/teams/bot.ts';
import { checkCard, textOf } from '../../support/teams/cards.ts';
import { cardOf, type Persona } from '../../support/teams/persona.ts';
import type { Fault } from '../../support/teams/service.ts';

let rig: Rig;
let amy: Persona;

beforeEach(async () => {
  rig = await openRig();
  amy = rig.persona('Amy', 'amy@a.example');
  await amy.install();
  rig.teams.conversations.get(amy.chat.id)!.messages.clear();
});
afterEach(() => rig.close());

const texts = (conversation = amy.chat.id): string[] =>
  rig.teams.messages(conversation).map((message) => textOf(cardOf(message)));
/** Answers the first so many posts with a fault. */
const failing = (fault: Fault, times = 1): void => {
  let left = times;
  rig.teams.fault = ({ path, method }) =>
    method === 'POST' && path.includes('/activities') && left-- > 0 ? fault : undefined;
};
const send = (key = 'k', options = {}) => rig.adapter.send(amy.member.id, saying('Hello'), key, options);

describe('send', () => {
  test('brings a card to somebody’s own chat, and says which message it is', async () => {
    const sent = await send();
    expect(sent).toMatchObject({ kind: 'sent' });
    expect(checkCard(cardOf(rig.teams.messages(amy.chat.id)[0]))).toEqual([]);
    expect(texts()).toEqual(['Hello']);
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    expect(await rig.adapter.update(sent.message, saying('Changed'))).toEqual(sent);
    expect(texts()).toEqual(['Changed']);
  });

  test('sends once for a key, also when asked for at the same time', async () => {
    const [first, second] = await Promise.all([send(), send()]);
    expect(second).toEqual(first);
    expect(await send()).toEqual(first);
    expect(texts()).toEqual(['Hello']);
    await send('another');
    expect(texts()).toEqual(['Hello', 'Hello']);
  });

  test('works without a start, with what was remembered', async () => {
    const command = rig.again();
    expect(await command.send(amy.member.id, saying('From a command'), 'k')).toMatchObject({ kind: 'sent' });
    expect(texts()).toEqual(['From a command']);
    const people = [];
    for await (const person of command.people()) people.push(person);
    expect(people).toMatchObject([{ id: amy.member.id, name: 'Amy', email: 'amy@a.example' }]);
    await command.stop();
  });

  test.each([412, 429, 502, 503, 504])(
    'tries again after %i, and counts it as sent only then',
    async (status) => {
      failing({ status }, 3);
      expect(await send()).toMatchObject({ kind: 'sent' });
      expect(texts()).toEqual(['Hello']);
      const [first = 0, second = 0, third = 0] = rig.waits;
      expect(first).toBeGreaterThanOrEqual(500);
      expect(second).toBeGreaterThanOrEqual(1_000);
      expect(third).toBeGreaterThanOrEqual(2_000);
    },
  );

  test.each([
    [412, 'wait'],
    [429, 'wait'],
    [503, 'wait'],
    [502, 'unknown'],
    [504, 'unknown'],
    [500, 'unknown'],
    [401, 'wait'],
    [403, 'blocked'],
    [404, 'blocked'],
    [413, 'blocked'],
    [400, 'blocked'],
  ])('after %i for good it says “%s”, and never “sent”', async (status, kind) => {
    failing({ status }, Number.POSITIVE_INFINITY);
    expect(await send()).toMatchObject({ kind });
    expect(texts()).toEqual([]);
    rig.teams.fault = () => undefined;
    // The same key is tried anew: it has not gone.
    expect(await send()).toMatchObject({ kind: 'sent' });
  });

  test('after 429 it says until when, as Teams said', async () => {
    failing({ status: 429, retryAfter: 60 }, Number.POSITIVE_INFINITY);
    const outcome = await send();
    if (outcome.kind !== 'wait') throw new Error(outcome.kind);
    expect(outcome.until.getTime() - Date.now()).toBeGreaterThan(55_000);
    expect(rig.waits).toEqual([]);
  });

  test('where Teams breaks off, it may have gone: it is not tried again, and not counted', async () => {
    failing('late');
    expect(await send()).toMatchObject({ kind: 'unknown' });
    expect(texts()).toEqual(['Hello']);
    failing('hang up');
    expect(await send('other')).toMatchObject({ kind: 'unknown' });
  });

  test('where Teams is not there, it is to be tried later', async () => {
    await rig.teams.close();
    const outcome = await send();
    expect(['wait', 'unknown']).toContain(outcome.kind);
    expect(await send('again')).toMatchObject({ kind: 'wait' });
  });

  test('tells the office of who can’t be reached, without a name', async () => {
    failing({ status: 403, code: 'BotNotInConversationRoster' });
    expect(await send()).toEqual({
      kind: 'blocked',
      reason: 'they have blocked or removed the bot in Teams',
    });
    expect(rig.log.at(-1)).toBe(
      'warn a person can’t be reached: Teams answered 403 (BotNotInConversationRoster)',
    );
    expect(rig.log.join()).not.toMatch(/Amy|29:|Hello/);
  });

  test('does not change what it does not know', async () => {
    for (const reference of ['', 'x', '[]', '["http://evil.test","a","b"]', '{"a":1}'])
      expect(await rig.adapter.update(reference, saying('x'))).toMatchObject({ kind: 'blocked' });
    const calls = rig.teams.calls.length;
    expect(rig.teams.calls).toHaveLength(calls);
  });
});

describe('one of many', () => {
  test('keeps to the platform’s rate', async () => {
    const people = Array.from({ length: 100 }, (_, index) => rig.persona(`P${index}`));
    for (const person of people) await person.install();
    const begin = rig.waits.length;
    const outcomes = await Promise.all(
      people.map(({ member }) => rig.adapter.send(member.id, saying('Reminder'), 'digest', { bulk: true })),
    );
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    // Twenty at once, then twenty a second.
    const waited = rig.waits.slice(begin).reduce((sum, each) => sum + each, 0);
    expect(waited).toBeGreaterThanOrEqual(3_900);
    expect(waited).toBeLessThan(6_000);
  });

  test('refused, holds up the others of its kind until Teams is ready, and nobody else', async () => {
    failing({ status: 429, retryAfter: 30 });
    const first = await send('1', { bulk: true });
    const second = await send('2', { bulk: true });
    expect([first.kind, second.kind]).toEqual(['wait', 'wait']);
    expect(second).toEqual(first);
    expect(rig.waits).toEqual([]);
    expect(await send('3')).toMatchObject({ kind: 'sent' });
    expect(texts()).toEqual(['Hello']);
  });

  test('does not flood one conversation', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => send(`k${index}`, { bulk: true })),
    );
    // Sixty in half a minute; what would wait longer than ten seconds is given back.
    const sent = outcomes.filter(({ kind }) => kind === 'sent').length;
    expect(sent).toBeGreaterThan(7);
    expect(sent).toBeLessThanOrEqual(60);
    expect(outcomes.filter(({ kind }) => kind === 'wait').length).toBe(100 - sent);
  });
});
