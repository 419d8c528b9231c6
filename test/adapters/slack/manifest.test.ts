import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { slackManifest } from '../../../adapters/slack/manifest.ts';

const root = new URL('../../..', import.meta.url);

/** What a bot may ask for, and what each lets it be told of, as far as this bot could have a use for it. */
const scopes: Readonly<Record<string, readonly string[]>> = {
  'app_mentions:read': ['app_mention'],
  'chat:write': [],
  commands: [],
  'im:history': ['message.im'],
  'im:write': [],
  'usergroups:read': [],
  'users:read': ['team_join', 'user_change'],
  'users:read.email': [],
};
const free = ['app_home_opened'];

const url = z.url({ protocol: /^https$/ }).max(3000);

/**
 * From https://docs.slack.dev/reference/app-manifest, and from the schema that Slack publishes at
 * https://github.com/slackapi/manifest-schema (version 0.5), as strict as either.
 */
const manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1), minor_version: z.literal(1) }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(24),
          type: z.enum(['message', 'global']),
          callback_id: z.string().min(1).max(255),
          description: z.string().min(1).max(150),
        }),
      )
      .min(1)
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z-]{1,31}$/),
          url: url.optional(),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().min(1).max(1000),
          should_escape: z.boolean(),
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({
      bot: z.array(z.enum(Object.keys(scopes))).min(1),
      bot_optional: z.array(z.enum(Object.keys(scopes))),
    }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: url.optional(),
      bot_events: z.array(z.string()).min(1),
    }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: url.optional() }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

const print = (...words: string[]) =>
  spawnSync('npm', ['run', '-s', 'slack:manifest', '--', ...words], { cwd: root, encoding: 'utf8' });

describe('the app manifest', () => {
  test.each([
    ['Socket Mode', undefined],
    ['HTTP', 'https://guidance.example.sch.uk'],
  ])('for %s is one that Slack takes', (_mode, address) => {
    const { settings, oauth_config: oauth, features } = manifest.parse(slackManifest(address));
    const expected = address === undefined ? undefined : `${address}/slack/events`;
    expect(settings.socket_mode_enabled).toBe(address === undefined);
    expect(settings.event_subscriptions.request_url).toBe(expected);
    expect(settings.interactivity.request_url).toBe(expected);
    expect(features.slash_commands.map((command) => command.url)).toEqual([expected]);
    // Slack refuses what is optional and not asked for, and an event without the scope that it needs.
    expect(oauth.scopes.bot).toEqual(expect.arrayContaining(oauth.scopes.bot_optional));
    const told = [...free, ...oauth.scopes.bot.flatMap((scope) => scopes[scope] ?? [])];
    expect(told.toSorted()).toEqual(settings.event_subscriptions.bot_events.toSorted());
  });

  test('has the names that the bot listens to', () => {
    const { features } = manifest.parse(slackManifest());
    expect(features.slash_commands.map(({ command }) => command)).toEqual(['/guidance']);
    expect(features.shortcuts).toMatchObject([{ type: 'message', callback_id: 'ask_policy' }]);
  });

  test('asks for nothing that the README does not explain', () => {
    const { oauth_config: oauth } = manifest.parse(slackManifest());
    const readme = readFileSync(new URL('README.md', root), 'utf8');
    const [, table = ''] = readme.split('| permission |');
    const rows = table.split('\n\n')[0]!.matchAll(/^\| `([a-z_:.]+)` \| .{5,}/gm);
    expect([...rows].map(([, scope]) => scope)).toEqual(oauth.scopes.bot);
  });

  test.each([
    ['https://guidance.example.sch.uk/', 'https://guidance.example.sch.uk/slack/events'],
    ['https://example.sch.uk:8443/bot', 'https://example.sch.uk:8443/bot/slack/events'],
    ['https://example.sch.uk/slack/events', 'https://example.sch.uk/slack/events'],
  ])('knows %s as %s', (address, request) => {
    expect(slackManifest(address)).toMatchObject({ settings: { interactivity: { request_url: request } } });
  });

  test.each([
    'http://guidance.example.sch.uk',
    'guidance.example.sch.uk',
    '',
    'https://a:b@example.uk',
    'https://a.uk/?x=1',
  ])('refuses %j as an address', (address) => {
    expect(() => slackManifest(address)).toThrow(TypeError);
  });

  test('is printed by a command, ready to be pasted', () => {
    const printed = execFileSync('npm', ['run', '-s', 'slack:manifest', '--', '--url', 'https://a.sch.uk'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(JSON.parse(printed)).toEqual(slackManifest('https://a.sch.uk'));
    expect(JSON.parse(print().stdout)).toEqual(slackManifest());
  });

  test('says what is wrong where it can’t be made', () => {
    const refused = print('--url', 'http://a.sch.uk');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('has to begin with https://');
    expect(print('--address').stderr).toContain('Usage: npm run -s slack:manifest');
  });
});
