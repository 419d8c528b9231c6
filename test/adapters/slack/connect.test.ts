import { afterEach, describe, expect, test } from 'vitest';
import { AdapterError } from '../../../src/chat/adapter-error.ts';
import {
  type Connected,
  type ConnectOptions,
  connectTo,
  fastTime,
  type Mode,
} from '../../support/slack/connected.ts';
import { FakeSlack } from '../../support/slack/fake-slack.ts';
import { until } from '../../support/slack/person.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function unstarted(options: ConnectOptions = {}): Promise<Connected> {
  const connection = await connectTo(options);
  open.push(connection);
  return connection;
}

const modes: Mode[] = ['socket', 'http'];
const scopes = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'im:history',
  'im:write',
  'users:read',
  'users:read.email',
];

describe.each(modes)('start over %s', (mode) => {
  test('is ready once it is connected, and not any more once it has stopped', async () => {
    const { adapter, start } = await unstarted({ mode, scopes });
    expect(adapter.ready()).toBe(false);
    await start();
    expect(adapter.ready()).toBe(true);
    await adapter.stop();
    expect(adapter.ready()).toBe(false);
  });

  test.each(['invalid_auth', 'account_inactive', 'token_revoked', 'not_allowed_token_type'])(
    'ends with a line that says what to do where Slack says %s of the bot’s token',
    async (refuse) => {
      const { slack, start, log } = await unstarted({ mode });
      slack.faults.add('auth.test', { refuse });
      const fault = await start().catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(AdapterError);
      expect(String(fault)).toMatch(
        new RegExp(`Slack does not accept SLACK_BOT_TOKEN \\(${refuse}\\)\\..*Install App`),
      );
      expect(String(fault)).not.toContain('xoxb-fake');
      expect(log).toEqual([]);
    },
  );

  test('names the permissions that the app lacks', async () => {
    const { start } = await unstarted({ mode, scopes: scopes.filter((scope) => scope !== 'im:write') });
    await expect(start()).rejects.toThrow(/lacks permissions that the bot needs: im:write\. Add them under/);
  });

  test('does not wait for a Slack that is away: connects once it is there, and says so once', async () => {
    const away = await FakeSlack.start();
    const { port } = away;
    const connection = await unstarted({ mode, slack: away, time: fastTime() });
    open.pop();
    await away.close();
    const begun = performance.now();
    await connection.start();
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(connection.adapter.ready()).toBe(false);
    if (mode === 'http') expect((await fetch(connection.url, { method: 'POST' })).status).toBe(503);
    await new Promise((resolve) => setTimeout(resolve, 170));
    const back = await FakeSlack.start({}, port);
    await until(() => connection.adapter.ready(), 'the bot to be connected', 20_000);
    expect(connection.log).toEqual([
      'warn: Slack can’t be reached. Trying again until it can.',
      'info: Slack can be reached again.',
    ]);
    await connection.adapter.stop();
    await back.close();
  });

  test('says once that its token was taken back while it ran, and is not ready', async () => {
    const { slack, adapter, aisha, start, log, bot } = await unstarted({ mode });
    await start();
    slack.faults.add('chat.postMessage', { refuse: 'token_revoked' }, 3);
    for (const text of ['One', 'Two', 'Three']) await aisha.write(text);
    await until(() => slack.callsOf('chat.postMessage').length === 3, 'three attempts');
    await until(() => log.length > 0, 'the log');
    expect(adapter.ready()).toBe(false);
    expect(log).toEqual([
      expect.stringMatching(/^error: Slack does not accept SLACK_BOT_TOKEN \(token_revoked\)/),
    ]);
    expect(bot.requests).toHaveLength(3);
  });

  test('says so when the app is removed', async () => {
    const { slack, adapter, aisha, start, log } = await unstarted({ mode });
    await start();
    await slack.deliver(aisha.event({ type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }));
    await slack.deliver(aisha.event({ type: 'app_uninstalled' }));
    await until(() => log.length > 0, 'the log');
    expect(adapter.ready()).toBe(false);
    expect(log).toEqual([expect.stringMatching(/^error: The Slack app was removed/)]);
  });
});

describe('a socket', () => {
  test.each(['invalid_auth', 'not_allowed_token_type', 'missing_scope'])(
    'ends the start where Slack says %s of the app’s token',
    async (refuse) => {
      const { slack, start } = await unstarted();
      slack.faults.add('apps.connections.open', { refuse });
      await expect(start()).rejects.toThrow(
        new RegExp(`connection with SLACK_APP_TOKEN \\(${refuse}\\).*connections:write`),
      );
    },
  );

  test.each<[string, (slack: FakeSlack) => void]>([
    ['cut', (slack) => slack.dropSockets()],
    ['ended by Slack', (slack) => slack.askToReconnect()],
  ])('that is %s is opened again, and answers go on', async (_, end) => {
    const { slack, adapter, aisha, start, log } = await unstarted();
    await start();
    for (const text of ['One', 'Two', 'Three']) {
      const [before] = slack.sockets;
      end(slack);
      await until(
        () => slack.sockets.length === 1 && slack.sockets[0] !== before && adapter.ready(),
        'a new socket',
      );
      const { mark } = aisha;
      await aisha.write(text);
      await aisha.next(mark, (surface) => surface.kind === 'message' && surface.message.user === 'U0BOT');
    }
    expect(log).toEqual([]);
  });

  test('is opened again however often that fails', async () => {
    const { slack, adapter, start, log } = await unstarted({ time: fastTime() });
    await start();
    slack.faults.add('apps.connections.open', { status: 503 });
    slack.faults.add('apps.connections.open', { hangUp: true });
    slack.faults.add('apps.connections.open', { limit: 1 });
    slack.dropSockets();
    await until(() => !adapter.ready(), 'the socket to be gone');
    await until(() => adapter.ready(), 'a new socket', 20_000);
    expect(log).toEqual([
      'warn: Slack can’t be reached. Trying again until it can.',
      'info: Slack can be reached again.',
    ]);
  });

  test('is not said to be there before it is, also at the start', async () => {
    const { slack, adapter, start, log } = await unstarted({ time: fastTime() });
    slack.faults.add('apps.connections.open', { status: 503 }, 2);
    await start();
    expect(adapter.ready()).toBe(false);
    expect(log).toEqual(['warn: Slack can’t be reached. Trying again until it can.']);
    await until(() => adapter.ready(), 'the socket', 20_000);
    expect(log.slice(1)).toEqual(['info: Slack can be reached again.']);
  });

  test('says once that the app’s token was taken back while it ran, and goes on trying', async () => {
    const { slack, adapter, start, log } = await unstarted();
    await start();
    slack.faults.add('apps.connections.open', { refuse: 'invalid_auth' });
    slack.dropSockets();
    await until(() => log.length > 0, 'the log');
    expect(adapter.ready()).toBe(false);
    expect(log).toEqual([
      expect.stringMatching(/^error: Slack does not open a connection with SLACK_APP_TOKEN/),
    ]);
  });

  test('stops at once, also while it is not connected', async () => {
    const { slack, adapter, start } = await unstarted();
    await start();
    slack.faults.add('apps.connections.open', { status: 503 }, 100);
    slack.dropSockets();
    await until(() => !adapter.ready(), 'the socket to be gone');
    const begun = performance.now();
    await adapter.stop();
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(slack.sockets).toHaveLength(0);
  });
});
