import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'dotenv';
import { makePackage, PackageError } from './package.ts';

const usage = `Usage: npm run -s teams:package -- --school "Your School" --website https://www.your-school.sch.uk
Makes teams-app.zip, the app package to upload to Microsoft Teams.

--app-id ID      the bot's "Application (client) ID"; MicrosoftAppId of the settings where left out
--school NAME    the school's name, which Teams shows as who offers the app
--website URL    the school's own pages, which Teams links to; PUBLIC_URL of the settings where left out
--version 1.1.0  higher than that of the package you uploaded before; 1.0.0 where left out
--out FILE       where to put the package; teams-app.zip where left out`;

const options = {
  'app-id': { type: 'string' },
  school: { type: 'string' },
  website: { type: 'string' },
  version: { type: 'string', default: '1.0.0' },
  out: { type: 'string', default: 'teams-app.zip' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What a run of the command works with. */
export interface Surroundings {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Makes the package. The exit code: 0, 1 for settings that can't be used, 2 for a call that is not known. */
export function packageCommand(
  given: readonly string[],
  { directory, environment, say, complain }: Surroundings,
): number {
  const read = readArguments(given);
  if (typeof read === 'string') {
    complain(`${read}\n${usage}`);
    return 2;
  }
  if (read.help) {
    say(usage);
    return 0;
  }
  const settings = { ...readDotenv(join(directory, '.env')), ...environment };
  const appId = read['app-id'] ?? settings.MicrosoftAppId ?? '';
  const website = read.website ?? settings.PUBLIC_URL ?? '';
  const school = read.school?.trim() ?? '';
  const faults = [
    ...(guid.test(appId)
      ? []
      : [
          'There is no app id. Set MicrosoftAppId to the "Application (client) ID" of the bot, or give it with --app-id.',
        ]),
    ...(school === '' ? ['There is no name. Give the school’s with --school "Your School".'] : []),
    ...(isSecure(website)
      ? []
      : ['There is no website. Give the school’s with --website https://www.your-school.sch.uk']),
    ...(/^\d+\.\d+\.\d+$/.test(read.version)
      ? []
      : ['The version must be three numbers, such as --version 1.1.0']),
  ];
  try {
    if (faults.length > 0) throw new PackageError(faults);
    const file = resolve(directory, read.out);
    writeFileSync(file, makePackage({ appId, school, website, version: read.version }));
    say(
      `${file} is made. Upload it in the Teams admin centre: Teams apps, Manage apps, Actions, Upload new app.`,
    );
    return 0;
  } catch (error) {
    complain(error instanceof PackageError ? error.message : `${read.out} can’t be written.`);
    return 1;
  }
}

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const isSecure = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'https:';

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : 'The arguments can’t be read.';
  }
}

function readDotenv(file: string): Readonly<Record<string, string>> {
  try {
    return parse(readFileSync(file));
  } catch {
    return {};
  }
}
