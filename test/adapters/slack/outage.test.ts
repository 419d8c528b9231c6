import { afterEach, describe, expect, test } from 'vitest';
import { type Connected, type ConnectOptions, connected, FakeTime } from '../../support/slack/connected.ts';
import type { FaultKind } from '../../support/slack/faults.ts';
import { until } from '../../support/slack/person.ts';
import { botUser } from '../../support/slack/workspace.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) {
    await each.close();
    expect(each.slack.badBlocks).toEqual([]);
  }
});

async function started(
  options: ConnectOptions = {},
): Promise<Connected & { readonly time: FakeTime; readonly begun: number }> {
  const time = new FakeTime();
  const connection = await connected({ time, ...options });
  open.push(connection);
  return { ...connection, time, begun: time.now() };
}

const texts = ({ slack }: Connected) =>
  slack.workspace.messages.filter(({ user }) => user === botUser).map(({ text }) => text);

/** Moves the time on, second by second, until something holds. */
async function passing(time: FakeTime, holds: () => boolean): Promise<void> {
  await until(() => {
    if (!holds()) time.move(1_000);
    return holds();
  }, 'what time brings');
}

const minute = 60_000;
/** With the pauses in between, more than nine minutes. */
const longOutage = 33;

const kinds: readonly [string, FaultKind][] = [
  ['answers 503', { status: 503 }],
  ['answers 500', { status: 500 }],
  ['hangs up', { hangUp: true }],
  ['asks to be left alone', { limit: 18 }],
];

describe('while Slack takes no messages', () => {
  test.each(kinds)(
    'and %s, answers wait, each once and in order',
    async (_, fault) => {
      const connection = await started();
      const { slack, aisha, grace, time, begun, log } = connection;
      slack.faults.add('chat.postMessage', fault, longOutage);
      await aisha.write('one');
      await aisha.write('two');
      // Whom Slack answers is not held up by them.
      slack.workspace.channels.set('C0LEAD', new Set(['U0GRACE']));
      await grace.command('three', 'C0LEAD');
      await until(() => texts(connection).length === 1, 'Grace’s answer');
      await passing(time, () => texts(connection).length === 3);
      expect(texts(connection)).toEqual(['You said: three', 'You said: one', 'You said: two']);
      expect(time.now() - begun).toBeGreaterThan(8 * minute);
      expect(log.filter((line) => line.includes('has not reached'))).toEqual([]);
    },
    30_000,
  );

  test('an answer in a channel waits too', async () => {
    const connection = await started();
    const { slack, aisha, time } = connection;
    slack.workspace.channels.set('C0STAFF', new Set(['U0AISHA', botUser]));
    slack.faults.add('chat.postMessage', { status: 503 }, longOutage);
    await aisha.mention('C0STAFF', 'one');
    await passing(time, () => texts(connection).length === 1);
  }, 30_000);

  test('what may have gone is not said again while the chat can’t be looked at', async () => {
    const connection = await started();
    const { slack, aisha, time } = connection;
    slack.faults.add('chat.postMessage', { lose: true });
    slack.faults.add('conversations.history', { status: 503 }, 30);
    await aisha.write('one');
    await passing(time, () => slack.callsOf('conversations.history').length > 30);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(texts(connection)).toEqual(['You said: one']);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  }, 30_000);

  test('the log says once that it is away, and once that it answers again', async () => {
    const connection = await started();
    const { slack, aisha, time, log } = connection;
    slack.faults.add('chat.postMessage', { status: 503 }, 8);
    await aisha.write('one');
    // The chat can be looked at meanwhile, which says nothing of what Slack will take.
    await passing(time, () => slack.callsOf('chat.postMessage').length === 8);
    expect(log).toHaveLength(1);
    await passing(time, () => texts(connection).length === 1);
    await until(() => log.length === 2, 'the log');
    expect(log).toEqual([
      'warn: Slack can’t be reached, or does not answer. Trying again until it does.',
      'info: Slack answers again.',
    ]);
  });
});

describe('somebody who opens the bot', () => {
  const remembered = (kept: Map<string, string>) => ({
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: string) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
  });

  test('is greeted where the chat is empty, and leaves nothing in the store', async () => {
    const kept = new Map<string, string>();
    const connection = await connected({ ports: { memory: remembered(kept) } });
    open.push(connection);
    await connection.aisha.openHome('messages');
    await until(() => texts(connection).length === 1, 'the greeting');
    expect(kept.size).toBe(0);
  });

  test('is not greeted where they have written before, nor where the chat can’t be seen', async () => {
    const connection = await connected();
    open.push(connection);
    const { slack, aisha, grace, bot } = connection;
    await aisha.write('one');
    await until(() => texts(connection).length === 1, 'the answer');
    await aisha.openHome('messages');
    await until(() => slack.callsOf('conversations.history').length === 1, 'the first look');
    slack.faults.add('conversations.history', { refuse: 'missing_scope' });
    await grace.openHome('messages');
    await until(() => slack.callsOf('conversations.history').length === 2, 'the second look');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bot.requests.map(({ kind }) => kind)).toEqual(['question']);
  });
});
