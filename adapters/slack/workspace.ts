import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Troubles } from './troubles.ts';

/** What Slack says of the workspace that something comes from; commands and events, or what is pressed. */
interface From {
  readonly team_id?: unknown;
  readonly team?: { readonly id?: unknown } | null;
  /** Of an event: the workspaces of the app that may see it. */
  readonly authorizations?: readonly { readonly team_id?: unknown }[] | null;
}

/**
 * Passes over what comes from another workspace than `team`, and says so once. It stands before the door, and
 * reads nothing but names of workspaces.
 */
export function ownWorkspace(team: string | undefined, troubles: Troubles): Middleware<AnyMiddlewareArgs> {
  return async ({ body, next, ...received }) => {
    if (team === undefined || isFrom(body as From, team)) return next();
    troubles.meet(
      'foreign',
      'Something came from another Slack workspace and was passed over: this bot is for one workspace. See under “Manage Distribution” on https://api.slack.com/apps that the app is not shared with others.',
    );
    // Slack repeats what is not acknowledged. Events have been by now.
    if ('ack' in received && typeof received.ack === 'function') await received.ack();
  };
}

/** True also where nothing is said of a workspace. */
function isFrom({ team_id: sent, team: pressed, authorizations }: From, team: string): boolean {
  const from = sent ?? pressed?.id;
  return (
    typeof from !== 'string' ||
    from === team ||
    authorizations?.some(({ team_id: allowed }) => allowed === team) === true
  );
}
