/** One bot on Slack in a process of its own: this one, or a bare Bolt that repeats what it hears. */
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, LogLevel } from '@slack/bolt';
import { createSlack } from '../../adapters/slack/adapter.ts';
import { compose } from '../../src/compose.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { systemClock } from '../../src/school/clock.ts';
import { openServer, RouteTable } from '../../src/server.ts';

/** What the parent says on the command line. */
export interface SlackJob {
  readonly kind: 'bot' | 'echo';
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
}

const job = JSON.parse(process.argv[2] ?? '{}') as SlackJob;
// It ends with its parent, and tells it what it has used of the processor, in milliseconds.
process.once('disconnect', () => process.exit());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1_000);
});
process.send?.(job.kind === 'bot' ? await openBot() : await openEcho());

async function openBot(): Promise<string> {
  const { botToken, signingSecret, apiUrl } = job;
  const routes = new RouteTable();
  const slack = createSlack({ botToken, connection: { mode: 'http', signingSecret }, apiUrl });
  const dataDir = mkdtempSync(join(tmpdir(), 'slack-bench-'));
  const settings = { contentDir: shippedContent, dataDir, databaseUrl: undefined, publicUrl: undefined };
  const composed = await compose({ settings, clock: systemClock, adapters: [slack], routes });
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: composed.ready, routes });
  await composed.start();
  return `${server.url}/slack/events`;
}

/** As Bolt's own starting page has it. */
async function openEcho(): Promise<string> {
  const { botToken: token, signingSecret, apiUrl: slackApiUrl } = job;
  const app = new App({ token, signingSecret, clientOptions: { slackApiUrl }, logLevel: LogLevel.ERROR });
  app.message(async ({ message, say }) => {
    await say(`You said: ${'text' in message ? message.text : ''}`);
  });
  const server = (await app.start(0)) as { address(): AddressInfo };
  return `http://127.0.0.1:${server.address().port}/slack/events`;
}
