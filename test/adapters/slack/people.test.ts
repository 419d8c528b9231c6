import { afterEach, describe, expect, test } from 'vitest';
import { type Connected, type ConnectOptions, connectTo, FakeTime } from '../../support/slack/connected.ts';
import { until } from '../../support/slack/person.ts';
import { team } from '../../support/slack/workspace.ts';

const open: Connected[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function unstarted(options: ConnectOptions = {}): Promise<Connected> {
  const connection = await connectTo(options);
  open.push(connection);
  return connection;
}

const listed = async ({ adapter }: Connected) => Array.fromAsync(adapter.people());

const strangers = [
  { id: 'U0LEFT', name: 'Left', deleted: true },
  { id: 'U0MACHINE', name: 'Machine', is_bot: true },
  { id: 'U0FLOW', name: 'Workflow', is_workflow_bot: true },
  { id: 'USLACKBOT', name: 'Slackbot' },
  { id: 'U0GUEST', name: 'Guest', is_restricted: true },
  { id: 'U0ONE', name: 'Single-channel guest', is_ultra_restricted: true },
  { id: 'U0OTHER', name: 'Other school', team_id: 'T0OTHER' },
  { id: 'U0FAR', name: 'Stranger', is_stranger: true },
];

describe('people', () => {
  test('lists the workspace’s own staff, over all pages', async () => {
    const many = Array.from({ length: 25 }, (_, n) => ({ id: `U1${n}`, name: `Person ${n}` }));
    const here = { id: 'U0GRID', name: 'Of the grid', team_id: 'T0GRID', enterprise_user: { teams: [team] } };
    const connection = await unstarted({ members: [...strangers, ...many, here], pageSize: 4 });
    const people = await listed(connection);
    expect(people.map(({ id }) => id)).toEqual([...many.map(({ id }) => id), 'U0GRID']);
    expect(connection.slack.callsOf('users.list').length).toBeGreaterThan(8);
  });

  test('gives what Slack knows of them: e-mail, time zone, groups by name and handle', async () => {
    const groups = [
      { id: 'S1', name: 'All teachers', handle: 'teachers', users: ['U0AISHA'] },
      { id: 'S2', name: 'Leadership', handle: 'slt', users: ['U0AISHA', 'U0GRACE'] },
    ];
    const members = [
      { id: 'U0AISHA', name: 'Aisha  \u202EMalik', email: 'aisha@hill.example', tz: 'Europe/Dublin' },
      { id: 'U0GRACE', name: 'Grace Holloway' },
      { id: 'U0BEN', name: 'Ben Carrow', tz: '' },
    ];
    expect(await listed(await unstarted({ members, groups }))).toEqual([
      {
        id: 'U0AISHA',
        name: 'Aisha Malik',
        email: 'aisha@hill.example',
        timeZone: 'Europe/Dublin',
        groups: ['All teachers', 'teachers', 'Leadership', 'slt'],
      },
      { id: 'U0GRACE', name: 'Grace Holloway', timeZone: 'Europe/London', groups: ['Leadership', 'slt'] },
      { id: 'U0BEN', name: 'Ben Carrow' },
    ]);
  });

  test('goes without groups where the app may not see them, and says so once', async () => {
    const connection = await unstarted();
    expect(await listed(connection)).toHaveLength(2);
    expect(connection.log).toEqual([
      'info: Slack does not show its user groups (missing_scope), so roles come from school.yaml alone.',
    ]);
  });

  test('waits where Slack asks for it in the middle', async () => {
    const many = Array.from({ length: 9 }, (_, n) => ({ id: `U1${n}`, name: `Person ${n}` }));
    const connection = await unstarted({ members: many, pageSize: 4 });
    connection.slack.faults.add('users.list', { hangUp: true });
    connection.slack.faults.add('users.list', { limit: 1 });
    expect(await listed(connection)).toHaveLength(9);
  });

  test('throws where Slack does not say, rather than listing nobody or a half', async () => {
    const connection = await unstarted({ pageSize: 1 });
    connection.slack.faults.add('users.list', { refuse: 'fatal_error' }, 20);
    await expect(listed(connection)).rejects.toThrow('Slack did not list its people: it can’t be reached');
    const other = await unstarted({ botToken: 'xoxb-wrong' });
    await expect(listed(other)).rejects.toThrow('Slack did not list its people (invalid_auth).');
  });

  test('asks anew only after most of an hour; joiners, leavers and changes come as events meanwhile', async () => {
    const time = new FakeTime();
    let told = 0;
    const ports = { peopleChanged: async () => void told++ };
    const connection = await unstarted({ time, ports });
    const { slack, aisha } = connection;
    await listed(connection);
    await connection.start();
    const user = (member: object) => ({
      id: 'U0NEW',
      team_id: team,
      profile: { real_name: 'New Teacher', email: 'new@hill.example' },
      ...member,
    });
    const tell = async (type: string, member: object) => {
      const before = told;
      await slack.deliver(aisha.event({ type, user: user(member) }));
      await new Promise((resolve) => setTimeout(resolve, 20));
      time.move(1_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return told - before;
    };
    expect(await tell('team_join', {})).toBe(1);
    expect(await listed(connection)).toContainEqual({
      id: 'U0NEW',
      name: 'New Teacher',
      email: 'new@hill.example',
    });
    expect(
      await tell('user_change', {
        profile: { real_name: 'New Teacher', email: 'new@hill.example', status_text: 'Out' },
      }),
    ).toBe(0);
    expect(await tell('user_change', { profile: { real_name: 'Newly Wed' } })).toBe(1);
    expect(await listed(connection)).toContainEqual({ id: 'U0NEW', name: 'Newly Wed' });
    expect(await tell('user_change', { deleted: true })).toBe(1);
    expect(await listed(connection)).toHaveLength(2);
    expect(await tell('team_join', { is_restricted: true })).toBe(0);
    expect(slack.callsOf('users.list')).toHaveLength(1);
    time.move(3_600_000);
    await listed(connection);
    expect(slack.callsOf('users.list')).toHaveLength(2);
  });

  test('asks the bot to list again once Slack can be reached that was away', async () => {
    let told = 0;
    const connection = await unstarted({ ports: { peopleChanged: async () => void told++ } });
    await connection.start();
    await until(() => told === 1, 'the bot to be told');
  });
});
