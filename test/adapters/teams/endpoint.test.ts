import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRig, type Rig } from '../../support/teams/bot.ts';
import { type Claims, issuerName, signingPair } from '../../support/teams/issuer.ts';
import { appId, tenantId } from '../../support/teams/service.ts';

const secretWords = 'may I ring a pupil';

describe('a request to the endpoint', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig.close());

  const token = (own: Partial<Claims> = {}, pair?: ReturnType<typeof signingPair>): string =>
    rig.teams.issuer.token({ audience: appId, serviceUrl: rig.teams.serviceUrl, ...own }, pair);
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const forged = (algorithm: string, sign: (signed: string) => string): string => {
    const [, body = ''] = token().split('.');
    const signed = `${encode({ alg: algorithm, typ: 'JWT', kid: rig.teams.issuer.pair.id })}.${body}`;
    return `${signed}.${sign(signed)}`;
  };

  test('that Teams signed is answered', async () => {
    const amy = rig.persona('Amy');
    const { status, posted } = await amy.say('hello');
    expect(status).toBe(200);
    expect(posted[0]?.summary).toBe('hello');
  });

  test.each<[string, () => string | null]>([
    ['without a token', () => null],
    ['with a token that is none', () => 'abc'],
    ['with three dots and nothing', () => '..'],
    ['signed with another key', () => token({}, signingPair())],
    [
      'signed with another key under the name of the right one',
      () => token({}, { ...signingPair(), id: rig.teams.issuer.pair.id }),
    ],
    ['not signed at all', () => forged('none', () => '')],
    [
      'signed with the public key as if that were a secret',
      () =>
        forged('HS256', (signed) =>
          createHmac('sha256', String(rig.teams.issuer.pair.jwk.n)).update(signed).digest('base64url'),
        ),
    ],
    [
      'changed after it was signed',
      () =>
        token().replace(
          /\.[^.]+\./,
          `.${encode({ iss: issuerName, aud: appId, exp: 9_999_999_999, serviceurl: rig.teams.serviceUrl })}.`,
        ),
    ],
    ['for another bot', () => token({ audience: '99999999-aaaa-4aaa-8aaa-999999999999' })],
    ['from another issuer', () => token({ issuer: 'https://sts.windows.net/x/' })],
    ['that has expired', () => token({ ends: -301 })],
    ['that never ends', () => token({ ends: null })],
    ['that is not valid yet', () => token({ begins: 400 })],
    ['for another service address', () => token({ serviceUrl: 'https://elsewhere.test/' })],
  ])('%s is refused with 401, and nothing of it goes further', async (_, make) => {
    const amy = rig.persona('Amy');
    const before = rig.bot.requests.length;
    const { status, body, posted } = await amy.post(amy.message(secretWords), make());
    expect({ status, body, posted }).toEqual({ status: 401, body: undefined, posted: [] });
    expect(rig.bot.requests).toHaveLength(before);
  });

  test('a little after its end is still taken: clocks differ', async () => {
    const amy = rig.persona('Amy');
    expect((await amy.post(amy.message('hello'), token({ ends: -200 }))).status).toBe(200);
  });

  test('signed with a key that is not for Teams is refused', async () => {
    const other = signingPair(['webchat']);
    const own = await openRig();
    own.teams.keys = [own.teams.issuer.pair, other];
    const amy = own.persona('Amy');
    const claims = { audience: appId, serviceUrl: own.teams.serviceUrl };
    // The keys were asked for at the start; this one has come since.
    expect((await amy.post(amy.message('hello'), own.teams.issuer.token(claims, other))).status).toBe(401);
    await own.close();
  });

  test.each([
    ['of another tenant', { conversation: { tenantId: 'other' } }],
    ['that names two tenants', { channelData: { tenant: { id: 'other' } } }],
    ['that names none', { conversation: { tenantId: undefined }, channelData: {} }],
    ['of another channel', { channelId: 'webchat' }],
  ])('%s is refused with 401', async (_, change) => {
    const amy = rig.persona('Amy');
    const activity = amy.message(secretWords);
    const changed = Object.fromEntries(
      Object.entries({ ...activity, ...change }).map(([key, value]) => [
        key,
        key === 'conversation' ? { ...(activity.conversation as object), ...(value as object) } : value,
      ]),
    );
    expect((await amy.post(changed)).status).toBe(401);
  });

  test('takes the tenant’s id however it is written', async () => {
    const amy = rig.persona('Amy');
    const tenant = tenantId.toUpperCase();
    const activity = { ...amy.message('hello'), channelData: { tenant: { id: tenant } } };
    expect((await amy.post(activity)).status).toBe(200);
  });

  test.each<[string, RequestInit, number]>([
    ['GET', { method: 'GET' }, 405],
    ['text', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{}' }, 415],
  ])('by %s is refused', async (_, init, status) => {
    expect((await fetch(rig.url, init)).status).toBe(status);
  });

  test.each<[string, string, number]>([
    ['no JSON', '{', 400],
    ['no activity', '[]', 400],
    ['nothing', '', 400],
    ['5 MB', `"${'x'.repeat(5_000_000)}"`, 413],
  ])('with %s in it is refused', async (_, body, status) => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token()}` };
    const answer = await fetch(rig.url, { method: 'POST', headers, body }).then(
      (response) => response.status,
      // The connection is closed before all of it was sent.
      () => status,
    );
    expect(answer).toBe(status);
    expect((await fetch(rig.url, { method: 'GET' })).status).toBe(405);
  });

  test('says why in the log, once for each reason, and nothing of what it held', () => {
    const lines = rig.log.filter((line) => line.includes('refused'));
    expect(lines).toContain(
      'warn a request to /api/messages was refused: its token is not valid: its signature is wrong',
    );
    expect(lines).toContain(
      'warn a request to /api/messages was refused: its sender is of another tenant than MicrosoftAppTenantId',
    );
    expect(new Set(lines).size).toBe(lines.length);
    expect(rig.log.join('\n')).not.toMatch(/pupil|Amy|eyJ|29:|BEGIN/);
  });

  test('of Teams is answered 503 while Microsoft’s keys can’t be had, and taken once they can', async () => {
    const own = await openRig({ options: { openIdMetadataUrl: 'http://127.0.0.1:9/openid' } });
    const amy = own.persona('Amy');
    expect((await amy.say(secretWords)).status).toBe(503);
    expect(own.adapter.ready()).toBe(false);
    expect(own.log.filter((line) => line.includes('can’t be had'))).toHaveLength(2);
    await own.close();
  });
});

describe('without a registration', () => {
  test('nobody has to prove who they are, and nothing goes to another machine', async () => {
    const rig = await openRig({ options: { app: undefined, local: true } });
    const amy = rig.persona('Amy');
    expect((await amy.post(amy.message('hello'), null)).posted[0]?.summary).toBe('hello');
    const elsewhere = { ...amy.message('hello'), serviceUrl: 'https://elsewhere.test/' };
    expect((await amy.post(elsewhere, null)).status).toBe(400);
    expect(rig.log.join()).toContain('TEAMS_LOCAL=1');
    expect(rig.adapter.ready()).toBe(true);
    await rig.close();
  });

  test('but an app id, tokens are looked at all the same', async () => {
    const rig = await openRig({
      options: { app: { id: appId, password: undefined, tenantId: undefined }, local: true },
    });
    const amy = rig.persona('Amy');
    expect((await amy.say('hello')).status).toBe(200);
    expect((await amy.post(amy.message('hello'), null)).status).toBe(401);
    await rig.close();
  });

  test('does not start for a school', async () => {
    const rig = await openRig({ options: { app: undefined, local: false }, start: false });
    await expect(rig.adapter.start(rig.bot)).rejects.toThrow(/Set it, or TEAMS_LOCAL=1/);
    await rig.close();
  });
});
