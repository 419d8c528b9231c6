/** One bot on Teams in a process of its own: this one, or a bare botbuilder that repeats what it hears. */
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express from 'express';
import { createTeams } from '../../adapters/teams/adapter.ts';
import { compose } from '../../src/compose.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { systemClock } from '../../src/school/clock.ts';
import { openServer, RouteTable } from '../../src/server.ts';
import { testCredentials } from '../support/teams/credentials.ts';

/** What the parent says on the command line. */
export interface TeamsJob {
  readonly kind: 'bot' | 'echo';
  readonly app: { readonly id: string; readonly password: string; readonly tenantId: string };
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
}

const job = JSON.parse(process.argv[2] ?? '{}') as TeamsJob;
// It ends with its parent.
process.once('disconnect', () => process.exit());
process.send?.(job.kind === 'bot' ? await openBot() : await openEcho());

async function openBot(): Promise<string> {
  const routes = new RouteTable();
  const teams = createTeams({ ...job, local: false, loginUrl: undefined }, { credentials: testCredentials });
  const dataDir = mkdtempSync(join(tmpdir(), 'teams-bench-'));
  const settings = { contentDir: shippedContent, dataDir, databaseUrl: undefined };
  const composed = await compose({ settings, clock: systemClock, adapters: [teams], routes });
  await composed.start();
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: composed.ready, routes });
  return `${server.url}/api/messages`;
}

/** As botbuilder's own samples have it. */
async function openEcho(): Promise<string> {
  const addresses = {
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: job.tokenIssuer,
    OAuthUrl: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: job.openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: job.openIdMetadataUrl,
    CallerId: '',
  };
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(addresses, testCredentials));
  const app = express();
  app.use(express.json());
  app.post('/api/messages', (request, response) =>
    adapter.process(request, response, async (context) => {
      await context.sendActivity(`Echo: ${context.activity.text}`);
    }),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
}
