/** The command `npm run -s slack:manifest`: prints what a school pastes into Slack to make the app. */
import { parseArgs } from 'node:util';
import { harmlessLine } from '../../src/chat/harmless.ts';
import { slackManifest } from './manifest.ts';

const usage = `Usage: npm run -s slack:manifest                                         for Socket Mode
       npm run -s slack:manifest -- --url https://guidance.example.sch.uk   for HTTP, with the bot's address`;

try {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  process.stdout.write(
    values.help ? `${usage}\n` : `${JSON.stringify(slackManifest(values.url), undefined, 2)}\n`,
  );
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.stderr.write(`${harmlessLine(error.message)}\n${usage}\n`);
  process.exitCode = 2;
}
