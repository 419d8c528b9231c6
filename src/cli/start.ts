import type { Logger } from 'pino';
import type { AdapterFactory } from '../chat/mod.ts';
import { type Composed, compose } from '../compose.ts';
import { readEnvironment, readSettings, type Settings, SettingsError } from '../config.ts';
import { createLogger } from '../log.ts';
import { systemClock } from '../school/clock.ts';
import { openServer, RouteTable } from '../server.ts';
import { holdFolder } from '../store/hold-folder.ts';
import { readFlags } from './flags.ts';
import { composePreview, refuseOpenPreview } from './preview.ts';
import { deletePreviewFolder } from './preview-folder.ts';
import { refuseExample } from './refuse-example.ts';
import { type Command, type Shell, screenOf, UsageError } from './shell.ts';
import { startedCard } from './started-card.ts';

const usage = `Usage: npm start
       npm start -- --fresh     begins the preview anew: deletes what was tried out, and nothing else
Starts the bot. Its settings are in .env; .env.example explains each.`;

const options = { fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** Runs the bot until it is told to stop. */
export const command: Command = async (given, shell) => {
  const { values, positionals } = readFlags(given, options, usage);
  if (values.help) {
    shell.output.write(`${usage}\n`);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`What is "${positionals[0]}"?`, usage);

  const environment = readEnvironment(process.cwd(), shell.environment);
  const settings = readSettings(environment);
  const platforms = await shell.platforms(settings);
  const previewed = settings.preview ?? platforms.length === 0;
  if (previewed) refuseOpenPreview(settings);
  else if (values.fresh)
    throw new SettingsError([
      '--fresh begins the preview anew, and there is none. Set PREVIEW=1, or leave --fresh out.',
    ]);

  // Several may share a database server, though not the files of a folder.
  const held = previewed || !settings.databaseUrl ? holdFolder(settings.dataDir) : undefined;
  try {
    await run({ settings, shell, platforms, previewed, fresh: values.fresh === true });
  } finally {
    held?.release();
  }
  return 0;
};

interface Run {
  readonly settings: Settings;
  readonly shell: Shell;
  readonly platforms: readonly AdapterFactory[];
  readonly previewed: boolean;
  /** Whether the preview is to begin anew. */
  readonly fresh: boolean;
}

/** From the opening of the web server until all is closed again. */
async function run({ settings, shell, platforms, previewed, fresh }: Run): Promise<void> {
  const interactive = shell.input.isTTY === true && shell.output.isTTY === true;
  // A log line in the middle of a conversation on the terminal is for trouble only.
  const logger = createLogger(settings.logLevel ?? (interactive ? 'warn' : 'info'));
  const leaving = Promise.withResolvers<void>();
  const screen = screenOf(shell.output, shell.environment);
  const { colour } = screen;
  const routes = new RouteTable();
  const bots: Composed[] = [];
  // Before anything is deleted or opened: nothing is to be lost where the bot can't start.
  const server = await openServer({
    host: settings.host,
    port: settings.port,
    ready: () => bots.length > 0 && bots.every((bot) => bot.ready()),
    routes,
  });
  const forget = shell.onStopSignal(leaving.resolve);
  try {
    if (fresh) deletePreviewFolder(settings.dataDir);
    const beside =
      platforms.length > 0
        ? []
        : [await shell.terminalChat({ interactive, colour, onLeave: leaving.resolve })];
    const { url } = server;
    await composeAll({ settings, shell, platforms, beside, previewed, routes, logger, url }, bots);
    if (platforms.length > 0) refuseExample(bots[0]!.content, settings);
    const alone = platforms.length === 0;
    const preview = previewed ? `${url}${alone ? '' : '/preview'}/` : undefined;
    // Opened by itself only for somebody who is there to see it, and came for it.
    const wanted = preview !== undefined && alone && interactive;
    const browser = wanted ? await shell.browser() : undefined;
    const draw = await shell.cardDrawer();
    const show = (ready: boolean) => {
      const card = startedCard({
        content: bots[0]!.content,
        url,
        platform: !alone,
        ready,
        interactive,
        ...(preview !== undefined && { preview: { address: preview, noBrowser: wanted && !browser } }),
      });
      shell.output.write(`${draw(card, screen)}\n\n`);
    };
    // A chat on the terminal begins with its prompt; what is true of a platform shows once it has been tried.
    if (alone) show(true);
    for (const bot of bots) await bot.start();
    if (!alone) show(bots.every((bot) => bot.ready()));
    if (preview !== undefined && browser && !(await browser(preview)))
      logger.warn(`No browser could be opened. Open one yourself, and go to ${preview}`);
    logger.info({ url }, 'started');
    await leaving.promise;
    logger.info('stopping');
  } finally {
    forget();
    // Begun side by side: it is the adapters that end the pages which would hold on to the server.
    const served = server.close();
    await Promise.all([served, ...bots.map((bot) => bot.stop(served))]);
  }
}

interface Plan extends Omit<Run, 'fresh'> {
  /** What a bot without a platform speaks through, but for the preview. */
  readonly beside: readonly AdapterFactory[];
  readonly routes: RouteTable;
  readonly logger: Logger;
  /** The web server's, without a slash at the end. */
  readonly url: string;
}

/** The school's own bot first, where there is one. Each is put down at once, so that it is stopped whatever follows. */
async function composeAll(
  { settings, shell, platforms, beside, previewed, routes, logger, url }: Plan,
  bots: Composed[],
): Promise<void> {
  const alone = platforms.length === 0;
  if (!alone || !previewed) {
    const adapters = alone ? beside : platforms;
    const bot = await compose({ settings, clock: systemClock, adapters, logger, routes });
    bots.push(bot);
    const { school } = bot.content;
    await shell.addConcernPages(routes, { pages: bot.concernPages, school, publicUrl: settings.publicUrl });
  }
  if (previewed) {
    const base = alone ? '' : '/preview';
    bots.push(await composePreview({ settings, shell, routes, logger, url, base, beside }));
  }
}
