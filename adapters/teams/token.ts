import jsonwebtoken from 'jsonwebtoken';
import type { SigningKey } from './keys.ts';

/** What a token must say. */
export interface Expected {
  /** The bot's app id. */
  readonly audience: string;
  readonly issuer: string;
  /** Seconds since 1970. */
  readonly now: number;
}

export type Checked =
  /** `serviceUrl` is where the sender says the platform is reached: the message must say the same. */
  | { readonly kind: 'genuine'; readonly serviceUrl: string | undefined }
  /** `why` is for the log and holds nothing of the token. */
  | { readonly kind: 'refused'; readonly why: string };

/** Clocks differ by so many seconds; Microsoft's own number. */
const tolerance = 5 * 60;
const channel = 'msteams';

/**
 * Whether a request comes from Teams, by its `Authorization` header, after the rules at
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication:
 *
 * 1. the header is `Bearer` and a token
 * 2. the token names one of the platform's keys, which may sign for Teams
 * 3. it is signed with that key by RS256 and nothing else
 * 4. its issuer is the platform
 * 5. its audience is this bot
 * 6. it has an end, which is not past, and it is valid already, give or take five minutes
 *
 * Two more are looked at once the message is read: it was sent from where the token says (`serviceUrl`), and by
 * somebody of this school (`door.ts`).
 * @param keyOf the platform's key of an id; what it throws comes out
 */
export async function checkToken(
  header: string | undefined,
  expected: Expected,
  keyOf: (id: string) => Promise<SigningKey | undefined>,
): Promise<Checked> {
  const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header ?? '') ?? [];
  if (token === undefined) return refused(header === undefined ? 'it has no token' : 'its token is no token');
  const id = jsonwebtoken.decode(token, { complete: true })?.header.kid;
  const key = id === undefined ? undefined : await keyOf(id);
  if (!key) return refused('its token is signed with an unknown key');
  if (key.endorsements.length > 0 && !key.endorsements.includes(channel))
    return refused('its token is signed with a key that is not for Teams');
  try {
    const claims = jsonwebtoken.verify(token, key.key, {
      algorithms: ['RS256'],
      issuer: expected.issuer,
      audience: expected.audience,
      clockTimestamp: expected.now,
      clockTolerance: tolerance,
    });
    if (typeof claims === 'string' || claims.exp === undefined) return refused('its token has no end');
    const { serviceurl } = claims;
    return { kind: 'genuine', serviceUrl: typeof serviceurl === 'string' ? serviceurl : undefined };
  } catch (error) {
    return refused(`its token is not valid: ${reasonOf(error)}`);
  }
}

const refused = (why: string): Checked => ({ kind: 'refused', why });

/** The library's messages may quote what it expected or got; only their kinds go out. */
function reasonOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  if (name === 'TokenExpiredError') return 'it has expired';
  if (name === 'NotBeforeError') return 'it is not valid yet';
  if (message.startsWith('jwt audience')) return 'it is for another bot (is MicrosoftAppId right?)';
  if (message.startsWith('jwt issuer')) return 'it is from another issuer';
  return 'its signature is wrong';
}
