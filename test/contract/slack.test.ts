import { expect } from 'vitest';
import { createSlack } from '../../adapters/slack/adapter.ts';
import type { SlackOptions } from '../../adapters/slack/options.ts';
import { openServer, RouteTable } from '../../src/server.ts';
import { slackDriver } from '../support/slack/driver.ts';
import { FakeSlack, tokens } from '../support/slack/fake-slack.ts';
import { describeAdapter } from './contract.ts';
import type { Harness } from './harness.ts';

const members = [
  { id: 'U0GRACE', name: 'Grace Holloway', email: 'head@hill.example' },
  { id: 'U0PRIYA', name: 'Priya Raman', email: 'dsl@hill.example' },
  { id: 'U0AISHA', name: 'Aisha Malik', email: 'aisha@hill.example' },
];

const connections = {
  socket: { mode: 'socket', appToken: tokens.app },
  http: { mode: 'http', signingSecret: tokens.secret },
} as const satisfies Record<string, SlackOptions['connection']>;

/** What Slack would take for a mention, a link or a command, and what would disturb a screen. */
const forbidden = /<[@#!]|<https?:|(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u;

async function openSlack(mode: keyof typeof connections): Promise<Harness> {
  const slack = await FakeSlack.start({ members });
  const routes = new RouteTable();
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: () => true, routes });
  slack.eventsUrl = `${server.url}/slack/events`;
  const { name, create } = createSlack({
    botToken: tokens.bot,
    connection: connections[mode],
    apiUrl: slack.apiUrl,
  });
  return {
    factory: { name, create: (ports) => create({ ...ports, routes }) },
    driver: async () => slackDriver(slack),
    forbidden,
    async close() {
      expect(slack.badBlocks).toEqual([]);
      expect(slack.workspace.notifications.join('\n')).not.toMatch(forbidden);
      await server.close();
      await slack.close();
    },
  };
}

describeAdapter('Slack over a socket', () => openSlack('socket'));
describeAdapter('Slack over HTTP', () => openSlack('http'));
