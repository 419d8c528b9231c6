import { join } from 'node:path';
import { type Settings, SettingsError } from '../config.ts';
import type { Content } from '../content/content.ts';

/**
 * To be asked before anybody on a chat platform is written to.
 * @throws SettingsError for a made-up school: nobody may ever be sent to a number that does not exist
 */
export function refuseExample(
  { school, directory }: Pick<Content, 'school' | 'directory'>,
  { allowExampleSchool }: Pick<Settings, 'allowExampleSchool'>,
): void {
  if (!school.example || allowExampleSchool) return;
  throw new SettingsError([
    `${join(directory, 'school.yaml')} says "example: true": its people and numbers are made up, so the bot does not start on a chat platform. Put in your school's own, then take that line away. To try it out all the same: ALLOW_EXAMPLE_SCHOOL=1`,
  ]);
}
