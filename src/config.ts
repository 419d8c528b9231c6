import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'dotenv';
import * as z from 'zod';

/** Everything that can be set from outside, read and checked. */
export interface Settings {
  /** TCP port; 0 takes any that is free. */
  readonly port: number;
  readonly host: string;
  /** Where people reach this server from outside, without a slash at the end. */
  readonly publicUrl: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  /** Absolute path. */
  readonly contentDir: string;
  /** PostgreSQL; SQLite in `dataDir` without it. */
  readonly databaseUrl: string | undefined;
  /** Undefined: as the command sees fit. */
  readonly logLevel: LogLevel | undefined;
  readonly allowExampleSchool: boolean;
  /** Whether the preview is served; undefined: only where the bot runs on no chat platform. */
  readonly preview: boolean | undefined;
  /** Undefined where the bot does not run on Slack. */
  readonly slack: SlackSettings | undefined;
  /** Undefined where the bot does not run on Microsoft Teams. */
  readonly teams: TeamsSettings | undefined;
}

interface TeamsSettings {
  /** The bot's registration at Microsoft; undefined where it is tried out without one. */
  readonly app:
    | { readonly id: string; readonly password: string | undefined; readonly tenantId: string | undefined }
    | undefined;
  /** Whether Teams is a stand-in on this machine. */
  readonly local: boolean;
  /** Microsoft's own where undefined. */
  readonly openIdMetadataUrl: string | undefined;
  readonly loginUrl: string | undefined;
  readonly tokenIssuer: string | undefined;
}

interface SlackSettings {
  readonly botToken: string;
  /** Socket Mode where there is a token for it, also beside a signing secret. */
  readonly connection:
    | { readonly mode: 'socket'; readonly appToken: string }
    | { readonly mode: 'http'; readonly signingSecret: string };
  /** Slack's own where undefined. */
  readonly apiUrl: string | undefined;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** Environment variables, or the lines of a `.env` file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that can't be used: one line for each fault, saying which, what is wrong, and an example. */
export class SettingsError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

/** One setting. A `secret` one is never repeated in a message. */
interface Setting<T> {
  readonly schema: z.ZodType<T>;
  readonly example: string;
  readonly secret?: true;
}

const url = (protocols: RegExp, message: string): z.ZodType<string> =>
  z.url({ protocol: protocols, error: message }).transform((text) => text.replace(/\/+$/, ''));

const path = z.string().transform((text) => resolve(text));

const yesOrNo = z.enum(['0', '1'], { error: 'must be 1 (yes) or 0 (no)' }).transform((text) => text === '1');

const server = {
  PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535'),
    example: '3000',
  },
  HOST: {
    schema: z.string().regex(/^[\w.:-]+$/, 'must be an address or a host name, without "http://" or a port'),
    example: '127.0.0.1',
  },
  PUBLIC_URL: {
    schema: url(/^https?$/, 'must be a whole web address'),
    example: 'https://guidance.example.sch.uk',
  },
  DATA_DIR: { schema: path, example: './data' },
  CONTENT_DIR: { schema: path, example: './content' },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/, error: 'must be the address of a PostgreSQL database' }),
    example: 'postgres://guidance:password@127.0.0.1:5432/guidance',
    secret: true,
  },
  LOG_LEVEL: {
    schema: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }),
    example: 'info',
  },
  ALLOW_EXAMPLE_SCHOOL: { schema: yesOrNo, example: '1' },
  PREVIEW: { schema: yesOrNo, example: '1' },
} satisfies Record<string, Setting<unknown>>;

const secret = (pattern: RegExp, message: string): z.ZodType<string> => z.string().regex(pattern, message);

const slack = {
  SLACK_BOT_TOKEN: {
    schema: secret(/^xoxb-\S+$/, 'must be the "Bot User OAuth Token", which starts with "xoxb-"'),
    example: 'xoxb-1234567890-abcdef',
    secret: true,
  },
  SLACK_APP_TOKEN: {
    schema: secret(/^xapp-\S+$/, 'must be the "App-Level Token", which starts with "xapp-"'),
    example: 'xapp-1-A0123456789-abcdef',
    secret: true,
  },
  SLACK_SIGNING_SECRET: {
    schema: secret(/^\S+$/, 'must be the "Signing Secret", without spaces'),
    example: '8f742231b10e8888abcd99yyyzzz85a5',
    secret: true,
  },
  SLACK_API_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'must be a whole web address' }),
    example: 'https://slack.com/api/',
  },
} satisfies Record<string, Setting<unknown>>;

const guid = (what: string): z.ZodType<string> =>
  z.guid(`must be the "${what}", letters and digits in five groups`);

const teams = {
  MicrosoftAppId: {
    schema: guid('Application (client) ID'),
    example: '00000000-aaaa-4000-8000-000000000000',
  },
  MicrosoftAppPassword: {
    schema: secret(/^\S{8,}$/, 'must be the "Value" of a client secret, without spaces'),
    example: 'abc8Q~defghijklmnop',
    secret: true,
  },
  MicrosoftAppTenantId: {
    schema: guid('Directory (tenant) ID'),
    example: '00000000-bbbb-4000-8000-000000000000',
  },
  MicrosoftAppType: {
    schema: z
      .string()
      .regex(/^SingleTenant$/i, 'must be SingleTenant: Microsoft takes no other new bots with a secret'),
    example: 'SingleTenant',
  },
  TEAMS_OPENID_METADATA_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'must be a whole web address' }),
    example: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  },
  TEAMS_LOGIN_URL: {
    schema: url(/^https$/, 'must be a whole web address that begins with https://'),
    example: 'https://login.microsoftonline.com',
  },
  TEAMS_TOKEN_ISSUER: {
    schema: z.string().regex(/^\S+$/, 'must be the "iss" of the tokens that Teams sends, without spaces'),
    example: 'https://api.botframework.com',
  },
  TEAMS_LOCAL: { schema: yesOrNo, example: '1' },
} satisfies Record<string, Setting<unknown>>;

/**
 * Reads the settings; one that is empty counts as not set.
 * @throws SettingsError with every fault.
 */
export function readSettings(environment: Environment): Settings {
  const faults: string[] = [];
  const values = readGroup(server, environment, faults);
  const slackSettings = readSlack(environment, faults);
  const host = values.HOST ?? '127.0.0.1';
  const teamsSettings = readTeams(environment, host, faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    port: values.PORT ?? 3000,
    host,
    publicUrl: values.PUBLIC_URL,
    dataDir: values.DATA_DIR ?? resolve('data'),
    contentDir: values.CONTENT_DIR ?? resolve('content'),
    databaseUrl: values.DATABASE_URL,
    logLevel: values.LOG_LEVEL,
    allowExampleSchool: values.ALLOW_EXAMPLE_SCHOOL ?? false,
    preview: values.PREVIEW,
    slack: slackSettings,
    teams: teamsSettings,
  };
}

function readSlack(environment: Environment, faults: string[]): SlackSettings | undefined {
  const before = faults.length;
  const values = readGroup(slack, environment, faults);
  if (Object.values(values).every((value) => value === undefined) || faults.length > before) return undefined;
  const botToken = values.SLACK_BOT_TOKEN;
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  if (botToken === undefined) faults.push(missing('SLACK_BOT_TOKEN', 'Slack', slack.SLACK_BOT_TOKEN.example));
  if (appToken === undefined && signingSecret === undefined)
    faults.push(
      `${missing('SLACK_APP_TOKEN', 'Slack', slack.SLACK_APP_TOKEN.example)} Or, where Slack reaches this server over HTTPS, set SLACK_SIGNING_SECRET.`,
    );
  if (botToken === undefined || faults.length > before) return undefined;
  const connection =
    appToken === undefined
      ? ({ mode: 'http', signingSecret: signingSecret! } as const)
      : ({ mode: 'socket', appToken } as const);
  return { botToken, connection, apiUrl: values.SLACK_API_URL };
}

function readTeams(environment: Environment, host: string, faults: string[]): TeamsSettings | undefined {
  const before = faults.length;
  const {
    MicrosoftAppType: _,
    TEAMS_LOCAL: local = false,
    ...values
  } = readGroup(teams, environment, faults);
  const nothing = !local && Object.values(values).every((value) => value === undefined);
  if (nothing || faults.length > before) return undefined;
  const { MicrosoftAppId: id, MicrosoftAppPassword: password, MicrosoftAppTenantId: tenantId } = values;
  if (local && !isLoopback(host))
    faults.push(
      `TEAMS_LOCAL is 1 but HOST is ${JSON.stringify(host)}: without Microsoft’s proof of who writes, the bot may be reached from this machine only. Example: HOST=127.0.0.1`,
    );
  if (!local)
    for (const name of ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId'] as const)
      if (values[name] === undefined) faults.push(missing(name, 'Teams', teams[name].example));
  if (faults.length > before) return undefined;
  return {
    app: id === undefined ? undefined : { id, password, tenantId },
    local,
    openIdMetadataUrl: values.TEAMS_OPENID_METADATA_URL,
    loginUrl: values.TEAMS_LOGIN_URL,
    tokenIssuer: values.TEAMS_TOKEN_ISSUER,
  };
}

/** Whether a host that the server listens on is this machine alone. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);

/** A setting of a group of which others are set. */
const missing = (name: string, group: string, example: string): string =>
  `${name} is not set, but other settings of ${group} are. Set it, or take the others away. Example: ${name}=${example}`;

/**
 * The process's environment over the lines of `.env` in a folder: what is set for one run wins.
 * @throws SettingsError where there is a `.env` that can't be read.
 */
export function readEnvironment(directory: string, environment: Environment = process.env): Environment {
  return { ...readDotenv(join(directory, '.env')), ...environment };
}

function readDotenv(file: string): Environment {
  try {
    return parse(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw new SettingsError([
      `${file} can't be read (${code}). Make it a text file that the bot may read, or remove it.`,
    ]);
  }
}

type Values<Group extends Record<string, Setting<unknown>>> = {
  readonly [Name in keyof Group]: z.output<Group[Name]['schema']> | undefined;
};

function readGroup<Group extends Record<string, Setting<unknown>>>(
  group: Group,
  environment: Environment,
  faults: string[],
): Values<Group> {
  const entries = Object.entries(group).map(([name, setting]) => {
    const text = environment[name]?.trim();
    if (!text) return [name, undefined];
    const read = setting.schema.safeParse(text);
    if (read.success) return [name, read.data];
    const given = setting.secret ? '' : ` is ${JSON.stringify(text.slice(0, 80))} but`;
    faults.push(`${name}${given} ${read.error.issues[0]!.message}. Example: ${name}=${setting.example}`);
    return [name, undefined];
  });
  return Object.fromEntries(entries) as Values<Group>;
}
