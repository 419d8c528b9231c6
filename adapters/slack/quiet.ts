import { type Logger, LogLevel } from '@slack/bolt';

/**
 * The log that Slack's libraries are given: none. They log whole payloads, replies to forms and addresses that
 * work like passwords; the adapter says itself what whoever runs the bot must know.
 */
export const quiet: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
