import { webApi } from '@slack/bolt';

/**
 * Why a call to Slack did not come back with a result. `limited`: nothing was done, and Slack asks to be left
 * alone for `wait` milliseconds · `away`: it never got there, or Slack said itself that it did nothing · `lost`:
 * it may have been done, though hardly where it is `unavailable` · `refused`: Slack will not do it, by the code of its reference pages.
 */
export type Fault =
  | { readonly kind: 'limited'; readonly wait: number }
  | { readonly kind: 'away' }
  | { readonly kind: 'lost'; readonly unavailable?: true }
  | { readonly kind: 'refused'; readonly code: string };

/** Where Slack asks to be left alone and does not say for how long. */
const someWhile = 1_000;

export function faultOf(error: unknown): Fault {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'limited', wait: Math.max(error.retryAfter * 1_000, someWhile) };
  if (error instanceof webApi.WebAPIPlatformError) return faultOfCode(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError) return faultOfStatus(error.statusCode);
  if (error instanceof webApi.WebAPIRequestError && neverSent(error.original)) return { kind: 'away' };
  return { kind: 'lost' };
}

function faultOfStatus(status: number): Fault {
  if (status === 502 || status === 503) return { kind: 'lost', unavailable: true };
  return status < 500 && status !== 408 ? { kind: 'refused', code: `http_${status}` } : { kind: 'lost' };
}

function faultOfCode(code: string): Fault {
  // Anything else is a page of some machine between here and Slack, not an answer; nor may it be repeated.
  if (!/^[a-z][a-z0-9_]{1,60}$/.test(code)) return { kind: 'lost' };
  if (limiting.has(code)) return { kind: 'limited', wait: someWhile };
  if (undone.has(code)) return { kind: 'away' };
  if (unsure.has(code)) return { kind: 'lost' };
  return { kind: 'refused', code };
}

const limiting: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
const undone: ReadonlySet<string> = new Set(['service_unavailable', 'team_added_to_org']);
/** "Some aspect of the operation may have succeeded", say Slack's reference pages of these. */
const unsure: ReadonlySet<string> = new Set(['fatal_error', 'internal_error', 'request_timeout']);

/** Codes that say that the token itself is not, or no longer, good. */
export const tokenCodes: ReadonlySet<string> = new Set([
  'account_inactive',
  'app_uninstalled',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
]);

/** Whether the connection was not even made. */
function neverSent(error: Error): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string' && unreached.test(at.code)) return true;
  return false;
}

const unreached =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;
