import { afterEach, describe, expect, test } from 'vitest';
import {
  type Connected,
  type ConnectOptions,
  connected,
  fastTime,
  type Mode,
  says,
} from '../../support/slack/connected.ts';
import { until } from '../../support/slack/person.ts';
import { botUser, readSurface } from '../../support/slack/workspace.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) {
    await each.close();
    expect(each.slack.badBlocks).toEqual([]);
  }
});

async function started(options: ConnectOptions = {}): Promise<Connected> {
  const connection = await connected(options);
  open.push(connection);
  return connection;
}

const said = ({ slack }: Connected) => slack.workspace.messages.filter(({ user }) => user === botUser);

/** What the bot has said, once that is so many messages. */
const saying = (connection: Connected, count: number) =>
  until(() => said(connection).length === count && said(connection), `${count} messages`);

const modes: Mode[] = ['socket', 'http'];

describe.each(modes)('over %s', (mode) => {
  test('a direct message is answered in the chat, one in a thread in the thread', async () => {
    const connection = await started({ mode });
    const { aisha, bot } = connection;
    await aisha.write('can I <post> & <!channel> this?');
    await aisha.write('and this?', '1764000000.000001');
    const [first, second] = await saying(connection, 2);
    expect(first).toMatchObject({ channel: 'D0AISHA', thread: undefined });
    expect(second).toMatchObject({ channel: 'D0AISHA', thread: '1764000000.000001' });
    expect(bot.requests).toMatchObject([
      {
        kind: 'question',
        text: 'can I <post> & <!channel> this?',
        origin: { platform: 'slack', person: 'U0AISHA', conversation: 'U0AISHA', place: 'direct' },
      },
      { origin: { conversation: 'U0AISHA' }, under: 'D0AISHA:1764000000.000001' },
    ]);
    expect(bot.requests[0]).not.toHaveProperty('under');
  });

  test('a mention is answered in its thread, which is one conversation', async () => {
    const connection = await started({ mode });
    const { slack, aisha, grace, bot } = connection;
    slack.workspace.channels.set('C0STAFF', new Set(['U0AISHA', 'U0GRACE', botUser]));
    const { ts } = await aisha.mention('C0STAFF', 'can I post this?');
    await grace.mention('C0STAFF', 'and that?', ts);
    await grace.mention('C0STAFF', 'something else');
    const all = await saying(connection, 3);
    expect(all.map(({ channel, thread }) => [channel, thread === ts])).toEqual([
      ['C0STAFF', true],
      ['C0STAFF', true],
      ['C0STAFF', false],
    ]);
    const origins = bot.requests.map(({ origin }) => origin);
    expect(origins).toMatchObject([
      { person: 'U0AISHA', place: 'channel' },
      { person: 'U0GRACE', place: 'channel' },
      { place: 'channel' },
    ]);
    expect(origins[1]!.conversation).toBe(origins[0]!.conversation);
    expect(origins[2]!.conversation).not.toBe(origins[0]!.conversation);
    expect(bot.requests[0]).toMatchObject({ text: 'can I post this?' });
  });

  test('what is for the asker alone is shown to them alone in a channel, or else in their direct chat', async () => {
    const connection = await started({ mode });
    const { slack, aisha, grace, bot } = connection;
    slack.workspace.channels.set('C0STAFF', new Set(['U0AISHA', botUser]));
    bot.answer = () => ({ kind: 'card', audience: 'asker', card: says('Only you') });
    await aisha.mention('C0STAFF', 'a child told me');
    // Slack shows nothing to who is not in the channel.
    await grace.mention('C0STAFF', 'a child told me');
    const all = await saying(connection, 2);
    expect(all.map(({ channel, ephemeralFor }) => [channel, ephemeralFor])).toEqual([
      ['C0STAFF', 'U0AISHA'],
      ['D0GRACE', undefined],
    ]);
  });

  test('where the bot may not write, the asker is answered in their direct chat', async () => {
    const connection = await started({ mode });
    connection.slack.workspace.channels.set('C0STAFF', new Set(['U0AISHA']));
    await connection.aisha.mention('C0STAFF', 'can I?');
    expect(await saying(connection, 1)).toMatchObject([{ channel: 'D0AISHA' }]);
  });

  test('a command is answered to the asker alone, also where the bot is no member; the answer can be shared', async () => {
    const connection = await started({ mode });
    const { slack, aisha, bot } = connection;
    slack.workspace.channels.set('C0LEAD', new Set(['U0AISHA', 'U0GRACE']));
    bot.answer = (request) =>
      request.kind === 'press'
        ? { kind: 'card', audience: 'place', card: says('Shared') }
        : {
            kind: 'card',
            audience: 'asker',
            card: {
              summary: 'Answer',
              elements: [
                { kind: 'buttons', buttons: [{ action: 'answer.share', value: '1', label: 'Share' }] },
              ],
            },
          };
    const { mark } = aisha;
    expect((await aisha.command('can I &amp; may I?', 'C0LEAD')).ok).toBe(true);
    const shown = await aisha.next(mark);
    expect(bot.requests[0]).toMatchObject({
      text: 'can I & may I?',
      origin: { place: 'command', conversation: 'C0LEAD' },
    });
    await aisha.press(shown, 'Share');
    const all = await saying(connection, 2);
    expect(all.map(({ channel, ephemeralFor }) => [channel, ephemeralFor])).toEqual([
      ['C0LEAD', 'U0AISHA'],
      ['C0LEAD', undefined],
    ]);
    expect(bot.requests[1]).toMatchObject({
      kind: 'press',
      origin: { place: 'command', conversation: 'C0LEAD' },
    });
  });

  test('a command is answered all the same where its address does not work any more', async () => {
    const connection = await started({ mode });
    connection.slack.faults.add('response_url', { status: 404 });
    await connection.aisha.command('can I?');
    expect(await saying(connection, 1)).toMatchObject([{ channel: 'D0AISHA' }]);
  });

  test('the shortcut asks with the words of a message, for the asker alone', async () => {
    const connection = await started({ mode });
    await connection.aisha.shortcut('C0LEAD', 'shall we <all> post this?');
    expect(await saying(connection, 1)).toMatchObject([{ channel: 'C0LEAD', ephemeralFor: 'U0AISHA' }]);
    expect(connection.bot.requests).toMatchObject([
      {
        kind: 'question',
        text: 'shall we <all> post this?',
        origin: { place: 'command', person: 'U0AISHA' },
      },
    ]);
  });

  test('the home tab shows what the bot says, and who opens it for the first time is greeted, once', async () => {
    const connection = await started({ mode });
    const { slack, aisha, bot } = connection;
    await aisha.openHome();
    await aisha.openHome('messages');
    await until(() => slack.workspace.homes.get('U0AISHA'), 'the home tab');
    expect(await saying(connection, 1)).toMatchObject([{ channel: 'D0AISHA', text: 'welcome' }]);
    expect(bot.requests.map(({ kind }) => kind).toSorted()).toEqual(['home', 'welcome']);
    // Another process knows of nobody, and asks the chat.
    await connection.adapter.stop();
    const second = await started({ mode, slack });
    open.pop();
    await aisha.openHome('messages');
    await until(() => slack.callsOf('conversations.history').length === 2, 'the chat to be looked at');
    expect(said(connection)).toHaveLength(1);
    await second.adapter.stop();
  });

  test('messages of machines, changes and others’ chats are passed over', async () => {
    const connection = await started({ mode });
    const { slack, aisha, bot } = connection;
    const message = { type: 'message', channel_type: 'im', channel: 'D0AISHA', user: 'U0AISHA', text: 'x' };
    const others = [
      { ...message, subtype: 'message_changed', message: { user: 'U0AISHA', text: 'y' } },
      { ...message, subtype: 'message_deleted' },
      { ...message, subtype: 'bot_message', bot_id: 'B1' },
      { ...message, bot_id: 'B0BOT', user: botUser },
      { ...message, user: undefined },
      { ...message, channel_type: 'channel', channel: 'C1' },
      { ...message, channel_type: 'mpim', channel: 'G1' },
      { type: 'app_mention', channel: 'C1', bot_id: 'B1', user: 'U1', text: '<@U0BOT> x' },
      { type: 'reaction_added', user: 'U0AISHA', item: { channel: 'D0AISHA' } },
      { type: 'made_up' },
    ];
    for (const [n, event] of others.entries())
      expect((await slack.deliver(aisha.event({ ts: `1764000009.00000${n}`, ...event }))).ok).toBe(true);
    for (const subtype of ['file_share', 'me_message', 'thread_broadcast'])
      await slack.deliver(aisha.event({ ...message, subtype, ts: slack.workspace.ts() }));
    await saying(connection, 3);
    expect(bot.requests).toHaveLength(3);
  });

  test('answers of one conversation come in the order of the questions, whatever each takes', async () => {
    const connection = await started({ mode });
    const { aisha, grace, bot } = connection;
    bot.answer = async (request) => {
      const text = request.kind === 'question' ? request.text : '';
      await new Promise((resolve) => setTimeout(resolve, text.startsWith('slow') ? 400 : 0));
      return { kind: 'card', audience: 'place', card: says(text) };
    };
    const own = ['slow 1', '2', 'slow 3', '4'].map((text) => aisha.write(text));
    await Promise.all([...own, grace.write('other')]);
    const all = await saying(connection, 5);
    expect(all.filter(({ channel }) => channel === 'D0AISHA').map(({ text }) => text)).toEqual([
      'slow 1',
      '2',
      'slow 3',
      '4',
    ]);
    expect(all[0]!.text).toBe('other');
  });

  test('everything is acknowledged at once, however long the bot takes', async () => {
    const connection = await started({ mode });
    const { slack, aisha, bot } = connection;
    const { promise, resolve } = Promise.withResolvers<void>();
    bot.answer = async () => {
      await promise;
      return { kind: 'nothing' };
    };
    const acknowledged = [
      await aisha.write('One'),
      await aisha.command('Two'),
      await aisha.shortcut('C1', 'Three'),
      await aisha.openHome(),
      await slack.deliver(aisha.event({ type: 'team_join', user: { id: 'U1' } })),
    ];
    for (const { ok, took } of acknowledged) {
      expect(ok).toBe(true);
      expect(took).toBeLessThan(1_000);
    }
    resolve();
  });

  test('an answer goes out although Slack limits, fails and hangs up meanwhile, and goes out once', async () => {
    const connection = await started({ mode, time: fastTime() });
    const { slack, aisha, log } = connection;
    slack.faults.add('chat.postMessage', { limit: 1 });
    slack.faults.add('chat.postMessage', { status: 503 });
    slack.faults.add('chat.postMessage', { hangUp: true });
    slack.faults.add('chat.postMessage', { lose: true });
    await aisha.write('can I?');
    await saying(connection, 1);
    await until(() => slack.callsOf('conversations.history').length >= 3, 'the chat to be looked at');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(said(connection)).toHaveLength(1);
    expect(log.filter((line) => line.startsWith('warn'))).toHaveLength(1);
  }, 30_000);
});

test('what Slack delivers again after a restart is not said twice', async () => {
  const first = await started();
  const { slack, aisha } = first;
  const message = aisha.message('can I?');
  await slack.deliver(message);
  await saying(first, 1);
  await first.adapter.stop();
  const second = await started({ slack });
  open.pop();
  await slack.deliver({ ...message, retry: 1 });
  await until(() => second.bot.requests.length === 1, 'the bot to be asked');
  await until(() => slack.callsOf('conversations.history').length === 1, 'the chat to be looked at');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(said(first)).toHaveLength(1);
  await second.adapter.stop();
});

test('an answer that Slack will not have is told of in the log, once', async () => {
  const connection = await started();
  const { slack, aisha, log } = connection;
  slack.faults.add('chat.postMessage', { refuse: 'restricted_action' }, 2);
  await aisha.write('One');
  await aisha.write('Two');
  await aisha.write('Three');
  await saying(connection, 1);
  expect(log).toEqual([
    'warn: An answer has not reached whoever asked: Slack refused it (restricted_action).',
  ]);
});

test('stopping waits for what has been begun', async () => {
  const connection = await started();
  const { aisha, adapter, bot } = connection;
  bot.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return { kind: 'card', audience: 'place', card: says('Late') };
  };
  await aisha.write('can I?');
  await adapter.stop();
  expect(said(connection).map(({ text }) => text)).toEqual(['Late']);
});

test('a press that says nothing of where it was is answered in the direct chat', async () => {
  const connection = await started();
  const { slack } = connection;
  const { ok } = await slack.deliver({
    type: 'interactive',
    payload: {
      type: 'block_actions',
      user: { id: 'U0AISHA', team_id: 'T0SCHOOL' },
      team: { id: 'T0SCHOOL' },
      trigger_id: 'trigger.1',
      container: { type: 'message', channel_id: '', is_ephemeral: false },
      channel: { id: '', name: '' },
      actions: [{ type: 'button', action_id: 'answer.ask', block_id: 'b', value: 'x', action_ts: '1.1' }],
    },
  });
  expect(ok).toBe(true);
  expect(await saying(connection, 1)).toMatchObject([{ channel: 'D0AISHA', text: 'press' }]);
});

test('what is read on a message is what the card says', async () => {
  const connection = await started();
  const { aisha } = connection;
  const { mark } = aisha;
  await aisha.write('Hello');
  const surface = await aisha.next(mark, (each) => each.kind === 'message' && each.message.user === botUser);
  expect(readSurface(surface).text).toBe('You said: Hello');
});
