import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, test } from 'vitest';
import { readEnvironment, readSettings, SettingsError } from '../src/config.ts';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
};

describe('readSettings', () => {
  test('needs nothing', () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: undefined,
      dataDir: resolve('data'),
      contentDir: resolve('content'),
      databaseUrl: undefined,
      logLevel: undefined,
      allowExampleSchool: false,
      slack: undefined,
      teams: undefined,
    });
  });

  test('counts an empty setting as not set', () => {
    expect(readSettings({ PORT: '', HOST: '  ', DATABASE_URL: '' })).toEqual(readSettings({}));
  });

  test('reads every setting that .env.example names, with the values it shows', () => {
    const text = readFileSync('.env.example', 'utf8');
    const shown = parse(text.replace(/^#(?=\w+=)/gm, ''));
    expect(readSettings(shown)).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'https://guidance.example.sch.uk',
      dataDir: resolve('data'),
      contentDir: resolve('content'),
      databaseUrl: 'postgres://guidance:password@127.0.0.1:5432/guidance',
      logLevel: 'info',
      allowExampleSchool: true,
      preview: true,
      slack: {
        botToken: 'xoxb-1234567890-abcdef',
        connection: { mode: 'socket', appToken: 'xapp-1-A0123456789-abcdef' },
        apiUrl: 'https://slack.com/api/',
      },
      teams: {
        app: {
          id: '00000000-aaaa-4000-8000-000000000000',
          password: 'abc8Q~defghijklmnop',
          tenantId: '00000000-bbbb-4000-8000-000000000000',
        },
        local: true,
        openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
        loginUrl: 'https://login.microsoftonline.com',
        tokenIssuer: 'https://api.botframework.com',
      },
    });
  });

  test('takes the slash off the public address', () => {
    expect(readSettings({ PUBLIC_URL: 'https://a.sch.uk/bot/' }).publicUrl).toBe('https://a.sch.uk/bot');
  });

  test.each([
    ['PORT', '99999', 'PORT is "99999" but must be a whole number from 0 to 65535. Example: PORT=3000'],
    ['PORT', '80a', 'PORT is "80a" but must be a whole number from 0 to 65535. Example: PORT=3000'],
    [
      'HOST',
      'http://x',
      'HOST is "http://x" but must be an address or a host name, without "http://" or a port. Example: HOST=127.0.0.1',
    ],
    [
      'PUBLIC_URL',
      'a.sch.uk',
      'PUBLIC_URL is "a.sch.uk" but must be a whole web address. Example: PUBLIC_URL=https://guidance.example.sch.uk',
    ],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL is "loud" but must be one of trace, debug, info, warn, error, fatal, silent. Example: LOG_LEVEL=info',
    ],
    [
      'ALLOW_EXAMPLE_SCHOOL',
      'yes',
      'ALLOW_EXAMPLE_SCHOOL is "yes" but must be 1 (yes) or 0 (no). Example: ALLOW_EXAMPLE_SCHOOL=1',
    ],
    ['PREVIEW', 'on', 'PREVIEW is "on" but must be 1 (yes) or 0 (no). Example: PREVIEW=1'],
  ])('says in one line what is wrong with %s=%s', (name, value, line) => {
    expect(faultsOf({ [name]: value })).toEqual([line]);
  });

  test.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN is not set.* Or, .* set SLACK_SIGNING_SECRET\.$/],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN is not set, but other settings of Slack are\./],
    [{ SLACK_API_URL: 'https://slack.com/api/' }, /^SLACK_BOT_TOKEN is not set/],
    [{ SLACK_BOT_TOKEN: 'xoxp-secret', SLACK_APP_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN must be .*"xoxb-"\./],
  ])('says what is missing of Slack in %j', (environment, line) => {
    const faults = faultsOf(environment);
    expect(faults[0]).toMatch(line);
    expect(faults.join()).not.toContain('xoxp-secret');
  });

  test('uses HTTP on Slack where there is a signing secret alone', () => {
    const { slack } = readSettings({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' });
    expect(slack).toEqual({
      botToken: 'xoxb-1',
      connection: { mode: 'http', signingSecret: 's' },
      apiUrl: undefined,
    });
  });

  const app = {
    MicrosoftAppId: '00000000-aaaa-4000-8000-000000000000',
    MicrosoftAppPassword: 'abc8Q~defghijklmnop',
    MicrosoftAppTenantId: '00000000-bbbb-4000-8000-000000000000',
  };

  test('runs on Teams with a registration, at Microsoft’s own addresses where no others are set', () => {
    expect(readSettings({ ...app, MicrosoftAppType: 'singletenant' }).teams).toEqual({
      app: { id: app.MicrosoftAppId, password: app.MicrosoftAppPassword, tenantId: app.MicrosoftAppTenantId },
      local: false,
      openIdMetadataUrl: undefined,
      loginUrl: undefined,
      tokenIssuer: undefined,
    });
  });

  test.each([['MicrosoftAppId'], ['MicrosoftAppPassword'], ['MicrosoftAppTenantId']])(
    'says that %s is missing where the others of Teams are set',
    (name) => {
      const faults = faultsOf({ ...app, [name]: '' });
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatch(
        new RegExp(`^${name} is not set, but other settings of Teams are\\..*Example: ${name}=`),
      );
    },
  );

  test.each([
    [{ MicrosoftAppId: 'my app' }, /^MicrosoftAppId is "my app" but must be the "Application \(client\) ID"/],
    [
      { MicrosoftAppTenantId: 'contoso' },
      /^MicrosoftAppTenantId is "contoso" but must be the "Directory \(tenant\) ID"/,
    ],
    [
      { MicrosoftAppPassword: 'my pass word' },
      /^MicrosoftAppPassword must be the "Value" of a client secret/,
    ],
    [{ MicrosoftAppType: 'MultiTenant' }, /^MicrosoftAppType is "MultiTenant" but must be SingleTenant/],
    [{ TEAMS_LOGIN_URL: 'http://login.test' }, /^TEAMS_LOGIN_URL is .* begins with https:/],
    [
      { TEAMS_OPENID_METADATA_URL: 'login' },
      /^TEAMS_OPENID_METADATA_URL is "login" but must be a whole web address/,
    ],
    [{ TEAMS_LOCAL: 'yes' }, /^TEAMS_LOCAL is "yes" but must be 1 \(yes\) or 0 \(no\)/],
  ])('says in one line what is wrong with a setting of Teams: %j', (wrong, line) => {
    const faults = faultsOf({ ...app, ...wrong });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(line);
    expect(faults[0]).not.toContain('my pass word');
  });

  test('tries Teams out without a registration, on this machine only', () => {
    expect(readSettings({ TEAMS_LOCAL: '1' }).teams).toMatchObject({ app: undefined, local: true });
    expect(readSettings({ TEAMS_LOCAL: '1', HOST: 'localhost' }).teams).toMatchObject({ local: true });
    for (const HOST of ['0.0.0.0', '::', '10.0.0.1', 'bot.a.sch.uk'])
      expect(faultsOf({ TEAMS_LOCAL: '1', HOST })[0]).toMatch(
        /^TEAMS_LOCAL is 1 but HOST is .* Example: HOST=127\.0\.0\.1$/,
      );
    expect(readSettings({ TEAMS_LOCAL: '0' }).teams).toBeUndefined();
  });

  test('never repeats a secret', () => {
    const [fault] = faultsOf({ DATABASE_URL: 'mysql://me:hunter2@db/x' });
    expect(fault).toMatch(/^DATABASE_URL must be the address of a PostgreSQL database\. Example: /);
    expect(fault).not.toContain('hunter2');
  });

  test('names every fault at once, each on one line', () => {
    const faults = faultsOf({ PORT: 'x', LOG_LEVEL: 'y\nz', HOST: '?' });
    expect(faults).toHaveLength(3);
    for (const fault of faults) expect(fault).not.toContain('\n');
  });
});

describe('readEnvironment', () => {
  const folder = (): string => mkdtempSync(join(tmpdir(), 'settings-'));

  test('takes .env, and lets the environment win over it', () => {
    const directory = folder();
    writeFileSync(join(directory, '.env'), 'PORT=4000\nLOG_LEVEL=warn\n');
    expect(readEnvironment(directory, { PORT: '5000' })).toEqual({ PORT: '5000', LOG_LEVEL: 'warn' });
  });

  test('does without a .env', () => {
    expect(readEnvironment(folder(), { PORT: '5000' })).toEqual({ PORT: '5000' });
  });

  test('says so where .env is no file', () => {
    const directory = folder();
    mkdirSync(join(directory, '.env'));
    expect(() => readEnvironment(directory, {})).toThrow(/\.env can't be read \(EISDIR\)/);
  });
});
