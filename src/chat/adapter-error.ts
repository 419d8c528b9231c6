/**
 * A platform that the bot can't run on as it is set up: a wrong token, a missing permission. The message is
 * written for whoever started the bot, says what to do, and holds no secret.
 */
export class AdapterError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AdapterError';
  }
}
