import { afterEach, describe, expect, test } from 'vitest';
import type { Means } from '../../../adapters/teams/adapter.ts';
import { AdapterError } from '../../../src/chat/adapter-error.ts';
import { openRig, type Rig } from '../../support/teams/bot.ts';

let rig: Rig | undefined;
afterEach(() => rig?.close());

/** A login at Microsoft that fails so, as its library says it. */
function refusing(code: string, message: string): NonNullable<Means['credentials']> {
  return {
    isValidAppId: async () => true,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => {
      const credentials = {
        signRequest: async <Signed>(request: Signed) => request,
        async getToken() {
          throw Object.assign(new Error(message), { errorCode: code });
        },
      };
      return credentials;
    },
  };
}

describe('a start', () => {
  test.each([
    [
      'a wrong password',
      'invalid_client',
      '7000215 - AADSTS7000215: Invalid client secret provided.',
      /its “Secret ID”/,
    ],
    ['a password that has expired', 'invalid_client', 'AADSTS7000222: expired', /has expired/],
    [
      'an unknown app',
      'unauthorized_client',
      'AADSTS700016: Application not found',
      /knows no app with this MicrosoftAppId/,
    ],
    ['an unknown tenant', 'invalid_request', 'AADSTS90002: Tenant not found', /knows no tenant/],
    [
      'something else',
      'invalid_request',
      'AADSTS123456: secret stuff',
      /\(AADSTS123456\)\. Check MicrosoftAppId/,
    ],
  ])('with %s ends with a line that says what to do', async (_, code, message, line) => {
    rig = await openRig({ means: { credentials: refusing(code, message) }, start: false });
    const start = rig.adapter.start(rig.bot);
    await expect(start).rejects.toThrow(AdapterError);
    await expect(start).rejects.toThrow(line);
    await expect(start).rejects.not.toThrow(/secret stuff|Invalid client/);
  });

  test('where Microsoft is away goes on; the bot is ready only once it is there', async () => {
    rig = await openRig({ means: { credentials: refusing('network_error', 'getaddrinfo ENOTFOUND') } });
    expect(rig.adapter.ready()).toBe(false);
    expect(rig.log).toEqual([
      'warn Microsoft’s login can’t be reached (network_error). Is MicrosoftAppTenantId right? The bot goes on trying.',
    ]);
  });

  test('is ready once there are a token and keys', async () => {
    rig = await openRig();
    expect(rig.adapter.ready()).toBe(true);
    expect(rig.log).toEqual([]);
  });
});
