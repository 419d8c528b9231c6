import { afterEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/chat/mod.ts';
import {
  type Connected,
  type ConnectOptions,
  connectTo,
  FakeTime,
  says,
} from '../../support/slack/connected.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** An adapter that has not been started: a command line sends with one. */
async function unstarted(options: ConnectOptions = {}): Promise<Connected & { readonly time: FakeTime }> {
  const time = new FakeTime();
  const connection = await connectTo({ time, ...options });
  open.push(connection);
  return { ...connection, time };
}

const posts = ({ slack }: Connected) => slack.workspace.messages.filter(({ user }) => user === 'U0BOT');
const sent = { kind: 'sent', message: expect.stringMatching(/^D0AISHA:\d+\.\d+$/) };

/** Moves the time on until a promise has settled. */
async function passing<Result>(time: FakeTime, promise: Promise<Result>, step = 100): Promise<Result> {
  let done = false;
  const settled = promise.finally(() => {
    done = true;
  });
  while (!done) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    time.move(step);
  }
  return settled;
}

describe('send', () => {
  test('remembers the chats that it has opened for many, for the next process too', async () => {
    const kept = new Map<string, string>();
    const memory = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, value: string) => void kept.set(key, value),
      delete: async (key: string) => void kept.delete(key),
    };
    const bulk = { bulk: true } as const;
    const first = await unstarted({ ports: { memory } });
    expect(await first.adapter.send('U0AISHA', says('One'), '1', bulk)).toEqual(sent);
    expect(await passing(first.time, first.adapter.send('U0AISHA', says('Two'), '2', bulk))).toEqual(sent);
    expect(first.slack.callsOf('conversations.open')).toHaveLength(1);
    const second = await unstarted({ ports: { memory } });
    expect(await second.adapter.send('U0AISHA', says('Three'), '3', bulk)).toEqual(sent);
    expect(second.slack.callsOf('conversations.open')).toHaveLength(0);
  });

  test('asks Slack for the chat of somebody who is written to now, and takes the known one where Slack is busy', async () => {
    const connection = await unstarted();
    const { adapter, slack, time } = connection;
    expect(await adapter.send('U0AISHA', says('One'), '1')).toEqual(sent);
    slack.faults.add('conversations.open', { limit: 60 });
    expect(await passing(time, adapter.send('U0AISHA', says('Two'), '2'))).toEqual(sent);
    expect(slack.callsOf('conversations.open')).toHaveLength(2);
  });

  test('opens the chat anew where the one that it remembers is gone', async () => {
    const memory = { get: async () => 'D0GONE', async set() {}, async delete() {} };
    const connection = await unstarted({ ports: { memory } });
    expect(await connection.adapter.send('U0AISHA', says('One'), '1', { bulk: true })).toEqual(sent);
  });

  test('sends all the same where the store fails', async () => {
    const failing = () => Promise.reject(new Error('disk'));
    const connection = await unstarted({
      ports: { memory: { get: failing, set: failing, delete: failing } },
    });
    expect(await connection.adapter.send('U0AISHA', says('One'), '1')).toEqual(sent);
  });

  test('sends the same key once, also at the same moment', async () => {
    const connection = await unstarted();
    const { adapter } = connection;
    const both = await Promise.all([
      adapter.send('U0AISHA', says('One'), 'same'),
      adapter.send('U0AISHA', says('One'), 'same'),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(posts(connection)).toHaveLength(1);
  });

  test('goes under an earlier message of the same chat, and of no other', async () => {
    const connection = await unstarted();
    const { adapter } = connection;
    const first = await adapter.send('U0AISHA', says('One'), '1');
    if (first.kind !== 'sent') throw new Error(first.kind);
    await adapter.send('U0AISHA', says('Two'), '2', { under: first.message });
    await adapter.send('U0GRACE', says('Three'), '3', { under: first.message });
    await adapter.send('U0GRACE', says('Four'), '4', { under: 'console:1' });
    const [one, ...others] = posts(connection);
    expect(others.map(({ thread }) => thread)).toEqual([one?.ts, undefined, undefined]);
  });

  test.each<[string, Outcome['kind']]>([
    ['user_not_found', 'blocked'],
    ['user_disabled', 'blocked'],
    ['cannot_dm_bot', 'blocked'],
    ['token_revoked', 'wait'],
    ['missing_scope', 'wait'],
    ['fatal_error', 'unknown'],
  ])('is honest about %s', async (refuse, kind) => {
    const connection = await unstarted();
    connection.slack.faults.add('conversations.open', { refuse }, 50);
    const outcome = await passing(connection.time, connection.adapter.send('U0AISHA', says('One'), '1'));
    expect(outcome.kind).toBe(kind);
    expect(posts(connection)).toEqual([]);
  });

  test('says of a bad gateway that it may have gone, and tries again when it is told to', async () => {
    const connection = await unstarted();
    const { adapter, slack, time } = connection;
    slack.faults.add('chat.postMessage', { status: 502, body: '<html>' });
    expect(await passing(time, adapter.send('U0AISHA', says('One'), '1'))).toMatchObject({ kind: 'unknown' });
    expect(await passing(time, adapter.send('U0AISHA', says('One'), '1'))).toEqual(sent);
    expect(posts(connection)).toHaveLength(1);
  });

  test('finds out that a message has gone whose answer was lost', async () => {
    const connection = await unstarted();
    connection.slack.faults.add('chat.postMessage', { lose: true });
    expect(await connection.adapter.send('U0AISHA', says('One'), '1')).toEqual(sent);
    expect(posts(connection)).toHaveLength(1);
  });

  test('looks first whether an earlier life of the process has sent it, in the chat or in the thread', async () => {
    const first = await unstarted();
    const parent = await first.adapter.send('U0AISHA', says('Parent'), 'parent');
    if (parent.kind !== 'sent') throw new Error(parent.kind);
    const chat = await first.adapter.send('U0AISHA', says('One'), 'chat');
    const thread = await first.adapter.send('U0AISHA', says('Two'), 'thread', { under: parent.message });
    const second = await unstarted({ slack: first.slack });
    open.pop();
    const { adapter } = second;
    expect(await adapter.send('U0AISHA', says('One'), 'chat', { again: true })).toEqual(chat);
    expect(
      await adapter.send('U0AISHA', says('Two'), 'thread', { again: true, under: parent.message }),
    ).toEqual(thread);
    expect(await adapter.send('U0AISHA', says('New'), 'new', { again: true })).toEqual(sent);
    expect(posts(first)).toHaveLength(4);
    await adapter.stop();
  });

  test('waits a little where Slack asks for it, and hands back what would take long', async () => {
    const connection = await unstarted();
    const { adapter, slack, time } = connection;
    slack.faults.add('chat.postMessage', { limit: 2 });
    slack.faults.add('chat.postMessage', { limit: 'no header' });
    expect(await passing(time, adapter.send('U0AISHA', says('One'), '1'))).toEqual(sent);
    slack.faults.add('chat.postMessage', { limit: 60 });
    const outcome = await adapter.send('U0AISHA', says('Two'), '2');
    expect(outcome).toEqual({ kind: 'wait', until: new Date(time.now() + 60_000) });
    expect(posts(connection)).toHaveLength(1);
  });

  test('shows the words where Slack does not take the card', async () => {
    const connection = await unstarted();
    connection.slack.faults.add('chat.postMessage', { refuse: 'invalid_blocks' });
    expect(await connection.adapter.send('U0AISHA', says('One & <all>'), '1')).toEqual(sent);
    expect(posts(connection)).toMatchObject([{ text: 'One &amp; &lt;all&gt;', blocks: [] }]);
  });

  test('says that it was not sent where Slack can’t be reached', async () => {
    const connection = await unstarted();
    await connection.slack.close();
    const outcome = await passing(connection.time, connection.adapter.send('U0AISHA', says('One'), '1'), 500);
    expect(outcome.kind).toBe('wait');
    expect(connection.log).toEqual([
      'warn: Slack can’t be reached, or does not answer. Trying again until it does.',
    ]);
    open.pop();
    await connection.adapter.stop();
  });
});

describe('send in bulk', () => {
  test('keeps Slack’s rates: chats opened, messages in all, messages to one person', async () => {
    const time = new FakeTime();
    const many = Array.from({ length: 60 }, (_, n) => ({ id: `U${100 + n}`, name: `Person ${n}` }));
    const connection = await unstarted({ time, members: many });
    const { adapter } = connection;
    const at: number[] = [];
    const waits: Outcome[] = [];
    for (const { id } of many) {
      const outcome = await passing(time, adapter.send(id, says('Reminder'), id, { bulk: true }), 50);
      if (outcome.kind === 'sent') at.push(time.now());
      else waits.push(outcome);
    }
    // Slack opens some 50 a minute: the others are told when to come again.
    expect(connection.slack.callsOf('conversations.open').length).toBe(at.length);
    expect(at.length).toBeGreaterThanOrEqual(45);
    expect(at.length).toBeLessThanOrEqual(55);
    expect(waits.every(({ kind }) => kind === 'wait')).toBe(true);
    // Sixty in a minute would be too many in any ten seconds of it.
    for (const moment of at)
      expect(at.filter((each) => each >= moment && each < moment + 1_000).length).toBeLessThanOrEqual(4);
    const start = time.now();
    const own = [1, 2, 3].map((n) => adapter.send('U100', says(`More ${n}`), `more ${n}`, { bulk: true }));
    const outcomes = await passing(time, Promise.all(own), 50);
    expect(outcomes.filter(({ kind }) => kind === 'sent')).toHaveLength(3);
    expect(time.now() - start).toBeGreaterThanOrEqual(2_000);
  });

  test('leaves Slack alone for as long as it asks, and does not ask it meanwhile', async () => {
    const connection = await unstarted();
    const { adapter, slack, time } = connection;
    slack.faults.add('chat.postMessage', { limit: 30 });
    const until = new Date(time.now() + 30_000);
    const send = (key: string) => adapter.send('U0AISHA', says('Reminder'), key, { bulk: true });
    expect(await passing(time, send('1'), 0)).toEqual({ kind: 'wait', until });
    expect(await passing(time, send('2'), 0)).toEqual({ kind: 'wait', until });
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    time.move(30_000);
    expect(await passing(time, send('1'))).toEqual(sent);
  });
});

describe('update', () => {
  test('changes a card, and says what is not there any more', async () => {
    const connection = await unstarted();
    const { adapter } = connection;
    const first = await adapter.send('U0AISHA', says('One'), '1');
    if (first.kind !== 'sent') throw new Error(first.kind);
    expect(await adapter.update(first.message, says('Two'))).toEqual(first);
    expect(posts(connection)).toMatchObject([{ text: 'Two' }]);
    expect(await adapter.update('D0AISHA:1.000001', says('Two'))).toMatchObject({
      kind: 'blocked',
      reason: 'that message is not there any more',
    });
    expect(await adapter.update('console:1', says('Two'))).toMatchObject({ kind: 'blocked' });
  });
});
