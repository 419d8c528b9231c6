import { App, type Receiver } from '@slack/bolt';
import type { Identity } from './identity.ts';
import { quiet } from './quiet.ts';

/**
 * Slack's framework, for one workspace, with nothing of its own in between: no log, no store of conversations,
 * no calls. Connections hand it what they receive, so it has no receiver of its own.
 */
export function createApp({ botUserId, botId }: Identity, onError: (error: unknown) => void): App {
  const app = new App({
    receiver: noReceiver,
    authorize: async () => ({ botUserId, botId }),
    logger: quiet,
    convoStore: false,
    ignoreSelf: false,
  });
  app.error(async (error) => onError(error));
  return app;
}

const noReceiver: Receiver = {
  init() {},
  start: async () => {},
  stop: async () => {},
};
