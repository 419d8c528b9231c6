import { describe, expect, test } from 'vitest';
import { createSlack } from '../../../adapters/slack/adapter.ts';
import { compose } from '../../../src/compose.ts';
import { manualClock } from '../../../src/school/clock.ts';
import { openServer, RouteTable } from '../../../src/server.ts';
import { Seeded } from '../../bench/seeded.ts';
import { hillPrimary, temporaryFolder } from '../../support/content.ts';
import { FakeSlack, tokens } from '../../support/slack/fake-slack.ts';
import { Person, until } from '../../support/slack/person.ts';
import { botUser } from '../../support/slack/workspace.ts';

const people = 20;
const each = 50;

describe.each(['socket', 'http'] as const)(
  '1,000 events over %s, redelivered, reordered and doubled',
  (mode) => {
    test('are each answered exactly once', async () => {
      const members = Array.from({ length: people }, (_, n) => ({ id: `U${100 + n}`, name: `Person ${n}` }));
      const slack = await FakeSlack.start({ members });
      const routes = new RouteTable();
      const server = await openServer({ host: '127.0.0.1', port: 0, ready: () => true, routes });
      slack.eventsUrl = `${server.url}/slack/events`;
      const connection =
        mode === 'socket'
          ? ({ mode, appToken: tokens.app } as const)
          : ({ mode, signingSecret: tokens.secret } as const);
      const composed = await compose({
        settings: {
          contentDir: hillPrimary,
          dataDir: temporaryFolder(),
          databaseUrl: undefined,
          publicUrl: undefined,
        },
        clock: manualClock(new Date('2026-11-22T03:00:00Z')),
        adapters: [createSlack({ botToken: tokens.bot, connection, apiUrl: slack.apiUrl })],
        routes,
      });
      await composed.start();

      const channel = 'C0STAFF';
      slack.workspace.channels.set(channel, new Set([botUser, ...members.map(({ id }) => id)]));
      const events = members.flatMap(({ id }) => {
        const person = new Person(slack, id);
        return Array.from({ length: each }, (_, n) => person.message(`where does my phone go ${n}`));
      });
      const random = new Seeded(7);
      const deliveries = events
        .flatMap((event) =>
          Array.from({ length: 1 + Math.floor(random.next() * 3) }, (_, retry) => ({
            ...event,
            ...(retry > 0 && { retry }),
          })),
        )
        .map((event) => ({ event, place: random.next() }))
        .toSorted((one, other) => one.place - other.place);
      for (let at = 0; at < deliveries.length; at += 50)
        await Promise.all(deliveries.slice(at, at + 50).map(({ event }) => slack.deliver(event)));

      const answers = () => slack.workspace.messages.filter(({ user }) => user === botUser);
      await until(() => answers().length >= people * each, 'all answers', 60_000);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(deliveries.length).toBeGreaterThan(1_800);
      const perPerson = Map.groupBy(answers(), (message) => message.channel);
      expect([...perPerson.values()].map((own) => own.length)).toEqual(Array(people).fill(each));
      const keys = answers().map(({ metadata }) => metadata?.event_payload.key);
      expect(new Set(keys).size).toBe(people * each);

      await composed.stop();
      await server.close();
      await slack.close();
    }, 120_000);
  },
);
