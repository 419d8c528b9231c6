import { afterEach, describe, expect, test } from 'vitest';
import { type Connected, connected, type Mode } from '../../support/slack/connected.ts';
import type { Delivered } from '../../support/slack/deliver.ts';
import { until } from '../../support/slack/person.ts';
import { botUser } from '../../support/slack/workspace.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const from = (team: string, { payload, ...event }: Delivered, allowed: readonly string[]): Delivered => ({
  ...event,
  payload: { ...payload, team_id: team, authorizations: allowed.map((team_id) => ({ team_id })) },
});

const modes: Mode[] = ['socket', 'http'];

describe.each(modes)('over %s', (mode) => {
  test('what comes from another workspace is acknowledged and passed over, and told of once', async () => {
    const connection = await connected({ mode });
    open.push(connection);
    const { slack, aisha, bot, log } = connection;
    const command = {
      type: 'slash_commands',
      payload: { command: '/guidance', text: 'x', user_id: 'U1', channel_id: 'C1', team_id: 'T0OTHER' },
    } as const;
    const press = {
      type: 'interactive',
      payload: { type: 'block_actions', team: { id: 'T0OTHER' }, user: { id: 'U1' }, actions: [{}] },
    } as const;
    for (const delivered of [
      from('T0OTHER', aisha.message('one'), ['T0OTHER']),
      from('T0OTHER', aisha.message('two'), []),
      command,
      press,
    ])
      expect((await slack.deliver(delivered)).ok).toBe(true);
    // Said in a channel that two workspaces share.
    await slack.deliver(from('T0OTHER', aisha.message('shared'), ['T0SCHOOL']));
    await aisha.write('own');
    await until(
      () => slack.workspace.messages.filter(({ user }) => user === botUser).length === 2,
      'two answers',
    );
    expect(bot.requests.map((request) => request.kind === 'question' && request.text)).toEqual([
      'shared',
      'own',
    ]);
    expect(log.filter((line) => line.includes('another Slack workspace'))).toHaveLength(1);
    expect(log).toHaveLength(1);
  });
});
