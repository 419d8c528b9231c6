import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';

/** What a token says; what is left out is as Teams has it. */
export interface Claims {
  readonly audience: string;
  readonly serviceUrl: string;
  readonly issuer?: string;
  /** Seconds from now; none where null. */
  readonly ends?: number | null;
  /** Seconds from now. */
  readonly begins?: number;
}

export interface SigningPair {
  readonly id: string;
  readonly key: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** A key to sign with, as Teams lists it. */
export function signingPair(endorsements: readonly string[] = ['msteams']): SigningPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const id = randomUUID();
  return {
    id,
    key: privateKey,
    jwk: { ...publicKey.export({ format: 'jwk' }), kid: id, use: 'sig', endorsements },
  };
}

export const issuerName = 'https://issuer.teams.test';

/** Signs as the Teams service does. */
export class Issuer {
  readonly pair = signingPair();

  token(
    { audience, serviceUrl, issuer = issuerName, ends = 600, begins = -60 }: Claims,
    pair = this.pair,
  ): string {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: issuer,
      aud: audience,
      serviceurl: serviceUrl,
      nbf: now + begins,
      ...(ends !== null && { exp: now + ends }),
    };
    return jsonwebtoken.sign(claims, pair.key, { algorithm: 'RS256', keyid: pair.id, noTimestamp: true });
  }
}
