import type { webApi } from '@slack/bolt';
import { AdapterError } from '../../src/chat/adapter-error.ts';
import { type Fault, faultOf, tokenCodes } from './faults.ts';

/** Who the bot is in its workspace. */
export interface Identity {
  readonly botUserId: string;
  readonly botId: string;
  /** The workspace; undefined where Slack does not say. */
  readonly team: string | undefined;
}

/** What the features need; the manifest asks for these, and for `usergroups:read`, which the bot can do without. */
const neededScopes = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'im:history',
  'im:write',
  'users:read',
  'users:read.email',
] as const;

const howToReinstall =
  'On https://api.slack.com/apps choose your app, then “Install App” to install it again, and put the token that is shown there into SLACK_BOT_TOKEN.';

/**
 * Asks Slack whose token it is. Undefined where Slack can't be asked just now.
 * @throws AdapterError where the token is not good, or not good for all that the bot does
 */
export async function identify(client: webApi.WebClient): Promise<Identity | undefined> {
  let answer: webApi.AuthTestResponse;
  try {
    answer = await client.auth.test();
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'refused') throw new AdapterError(inWords(fault));
    return undefined;
  }
  const { user_id: botUserId, bot_id: botId, team_id: team, response_metadata } = answer;
  if (botUserId === undefined || botId === undefined)
    throw new AdapterError(
      `SLACK_BOT_TOKEN is the token of a person, not of the app’s bot. ${howToReinstall}`,
    );
  const granted = response_metadata?.scopes;
  const missing = granted === undefined ? [] : neededScopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0)
    throw new AdapterError(
      `The Slack app lacks permissions that the bot needs: ${missing.join(', ')}. Add them under “OAuth & Permissions”, “Bot Token Scopes”. ${howToReinstall}`,
    );
  return { botUserId, botId, team };
}

function inWords({ code }: Extract<Fault, { kind: 'refused' }>): string {
  if (!tokenCodes.has(code) && code !== 'not_allowed_token_type')
    return `Slack did not let the bot start (${code}). See that SLACK_BOT_TOKEN and SLACK_API_URL are right. ${howToReinstall}`;
  return `Slack does not accept SLACK_BOT_TOKEN (${code}). It may have been mistyped, or taken back. ${howToReinstall}`;
}

/** What is wrong with the app-level token, for whoever started the bot; undefined where nothing is. */
export function appTokenTrouble(fault: Fault): string | undefined {
  if (fault.kind !== 'refused') return undefined;
  return `Slack does not open a connection with SLACK_APP_TOKEN (${fault.code}). On https://api.slack.com/apps choose your app: under “Basic Information”, “App-Level Tokens”, make a token with the scope connections:write, and see that “Socket Mode” is switched on.`;
}
