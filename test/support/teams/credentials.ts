import type { Means } from '../../../adapters/teams/adapter.ts';

/** The bot's token towards the fake Teams. */
export const botToken = 'the-bots-own-token';

/** Signs what the bot sends without a login at Microsoft. */
export const testCredentials: NonNullable<Means['credentials']> = {
  isValidAppId: async () => true,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    async signRequest(request) {
      request.headers.set('authorization', `Bearer ${botToken}`);
      return request;
    },
  }),
};
