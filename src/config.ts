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
  ALLOW_EXAMPLE_SCHOOL: {
    schema: z.enum(['0', '1'], { error: 'must be 1 (yes) or 0 (no)' }).transform((text) => text === '1'),
    example: '1',
  },
} satisfies Record<string, Setting<unknown>>;

/**
 * Reads the settings; one that is empty counts as not set.
 * @throws SettingsError with every fault.
 */
export function readSettings(environment: Environment): Settings {
  const faults: string[] = [];
  // A platform's settings are one more group beside `server`, read here in the same way.
  const values = readGroup(server, environment, faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    port: values.PORT ?? 3000,
    host: values.HOST ?? '127.0.0.1',
    publicUrl: values.PUBLIC_URL,
    dataDir: values.DATA_DIR ?? resolve('data'),
    contentDir: values.CONTENT_DIR ?? resolve('content'),
    databaseUrl: values.DATABASE_URL,
    logLevel: values.LOG_LEVEL,
    allowExampleSchool: values.ALLOW_EXAMPLE_SCHOOL ?? false,
  };
}

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
