import type { Logger } from 'pino';
import type { AdapterFactory } from '../chat/mod.ts';
import { type Composed, compose } from '../compose.ts';
import { enrolExampleReaders } from '../concerns/example-readers.ts';
import { isLoopback, type Settings, SettingsError } from '../config.ts';
import type { RouteTable } from '../server.ts';
import { openPreviewFolder } from './preview-folder.ts';
import type { Shell } from './shell.ts';

export interface PreviewOptions {
  readonly settings: Pick<Settings, 'contentDir' | 'dataDir'>;
  readonly shell: Pick<Shell, 'previewChat'>;
  readonly routes: RouteTable;
  readonly logger: Logger;
  /** Where the web server is reached, without a slash at the end. */
  readonly url: string;
  /** Where the preview lies there: `` or `/preview`. */
  readonly base: string;
  /** What else the same bot is to speak through. */
  readonly beside?: readonly AdapterFactory[];
}

/** A bot of its own in a browser: data apart from the school's, and a clock that can be moved. */
export async function composePreview({
  settings: { contentDir, dataDir },
  shell,
  routes,
  logger,
  url,
  base,
  beside = [],
}: PreviewOptions): Promise<Composed> {
  const { path, clock } = openPreviewFolder(dataDir);
  const chat = await shell.previewChat({
    base,
    school() {
      const {
        name,
        example,
        time_zone: timeZone,
        working_hours,
        reminders,
        concerns,
        roles,
      } = composed.content.school;
      const titles = Object.entries(roles).map(([role, { title }]) => [role, title]);
      const dayBegins = (reminders.hours ?? working_hours).from;
      const alsoAt = concerns.notices;
      return { name, example, roles: Object.fromEntries(titles), timeZone, dayBegins, alsoAt };
    },
    clock,
    tick: () => composed.tick(),
    exampleReaders: () => enrolExampleReaders(composed.concerns, composed.content.school),
    report: (person) => composed.reminders.report({ platform: chat.name, person }),
  });
  const composed = await compose({
    settings: { contentDir, dataDir: path, databaseUrl: undefined, publicUrl: url + base },
    clock,
    adapters: [chat, ...beside],
    logger,
    routes,
  });
  return composed;
}

/** @throws SettingsError where others than this computer would reach the preview: it asks nobody who they are */
export function refuseOpenPreview({ host, preview }: Pick<Settings, 'host' | 'preview'>): void {
  if (isLoopback(host)) return;
  const why =
    preview === undefined ? 'Without a chat platform the bot serves its preview' : 'PREVIEW=1 is set';
  throw new SettingsError([
    `HOST is ${JSON.stringify(host)}, which others can reach. ${why}, where anybody may be anybody, so it is for this machine alone. Set HOST=127.0.0.1, or turn the preview off: PREVIEW=0`,
  ]);
}
