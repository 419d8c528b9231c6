import { join } from 'node:path';
import type { Card } from '../chat/mod.ts';
import { compose } from '../compose.ts';
import { readEnvironment, readSettings, type Settings, SettingsError } from '../config.ts';
import type { Content } from '../content/content.ts';
import { createLogger } from '../log.ts';
import { systemClock } from '../school/clock.ts';
import { openServer, RouteTable } from '../server.ts';
import { readFlags } from './flags.ts';
import { type Command, screenOf, UsageError } from './shell.ts';

const usage = `Usage: npm start
Starts the bot. Its settings are in .env; .env.example explains each.`;

/** Runs the bot until it is told to stop. */
export const command: Command = async (given, shell) => {
  const { values, positionals } = readFlags(given, { help: { type: 'boolean', short: 'h' } }, usage);
  if (values.help) {
    shell.output.write(`${usage}\n`);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`What is "${positionals[0]}"?`, usage);

  const settings = readSettings(readEnvironment(process.cwd(), shell.environment));
  const interactive = shell.input.isTTY === true && shell.output.isTTY === true;
  // A log line in the middle of a conversation on the terminal is for trouble only.
  const logger = createLogger(settings.logLevel ?? (interactive ? 'warn' : 'info'));
  const leaving = Promise.withResolvers<void>();
  const screen = screenOf(shell.output, shell.environment);
  const draw = await shell.cardDrawer();
  const { colour } = screen;
  const platforms = await shell.platforms(settings);
  const adapters =
    platforms.length > 0
      ? platforms
      : [await shell.terminalChat({ interactive, colour, onLeave: leaving.resolve })];

  const routes = new RouteTable();
  const composed = await compose({ settings, clock: systemClock, adapters, logger, routes });
  try {
    if (platforms.length > 0) refuseExample(composed.content, settings);
    const { host, port } = settings;
    const server = await openServer({ host, port, ready: composed.ready, routes });
    const forget = shell.onStopSignal(leaving.resolve);
    try {
      shell.output.write(`${draw(started(composed.content, server.url, interactive), screen)}\n\n`);
      await composed.start();
      logger.info({ url: server.url }, 'started');
      await leaving.promise;
      logger.info('stopping');
    } finally {
      forget();
      // Side by side: a client that holds on to the server holds up neither the adapters nor the store.
      await Promise.all([server.close(), composed.stop()]);
    }
  } finally {
    await composed.stop();
  }
  return 0;
};

/** @throws SettingsError for a made-up school: nobody may ever be sent to a number that does not exist */
function refuseExample({ school, directory }: Content, { allowExampleSchool }: Settings): void {
  if (!school.example || allowExampleSchool) return;
  throw new SettingsError([
    `${join(directory, 'school.yaml')} says "example: true": its people and numbers are made up, so the bot does not start on a chat platform. Put in your school's own, then take that line away. To try it out all the same: ALLOW_EXAMPLE_SCHOOL=1`,
  ]);
}

function started({ school, policies }: Content, url: string, interactive: boolean): Card {
  const summary = 'The staff guidance bot is running.';
  const titles =
    policies.length > 5 ? String(policies.length) : policies.map(({ title }) => title).join(', ');
  return {
    summary,
    elements: [
      { kind: 'heading', text: summary },
      {
        kind: 'fields',
        fields: [
          { label: 'School', value: `${school.name}${school.example ? ' (a made-up example)' : ''}` },
          { label: 'Policies', value: titles },
          { label: 'Health', value: `${url}/healthz` },
        ],
      },
      ...(interactive ? [] : [{ kind: 'text', text: howToTalk } as const]),
    ],
  };
}

const howToTalk =
  'There is no terminal here to type in. To talk to the bot, use "npm start" in a terminal, ask one question with ' +
  'npm run -s ask -- "question", or send it lines on standard input.';
