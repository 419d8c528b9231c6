import manifest from './manifest.json' with { type: 'json' };

/** Below the address where Slack reaches the bot: the one path for events, buttons, forms and commands. */
const path = '/slack/events';

/**
 * What a school pastes into Slack to make the app: for Socket Mode, where the bot calls Slack; or, with the
 * address at which Slack reaches the bot, for HTTP.
 * @throws TypeError for an address that Slack could not call; its message says what is wrong
 */
export function slackManifest(address?: string): object {
  if (address === undefined) return manifest;
  const url = requestUrl(address);
  const { features, settings } = manifest;
  return {
    ...manifest,
    features: {
      ...features,
      slash_commands: features.slash_commands.map((command) => ({ ...command, url })),
    },
    settings: {
      ...settings,
      event_subscriptions: { ...settings.event_subscriptions, request_url: url },
      interactivity: { ...settings.interactivity, request_url: url },
      socket_mode_enabled: false,
    },
  };
}

function requestUrl(address: string): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:')
    throw new TypeError(
      `"${address}" is not an address that Slack can call. It has to begin with https://, such as https://guidance.example.sch.uk`,
    );
  if (url.username || url.password || url.search || url.hash)
    throw new TypeError(
      `"${address}" has more in it than an address. Leave out what follows ? or #, and any password.`,
    );
  const base = url.href.replace(/\/+$/, '');
  return base.endsWith(path) ? base : `${base}${path}`;
}
