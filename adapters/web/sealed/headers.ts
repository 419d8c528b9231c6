import type { IncomingMessage } from 'node:http';

/**
 * What the pages that seal are served with: nothing from elsewhere, nothing inline, in no frame, no address of
 * theirs told to anybody, and nothing of them kept in the browser. WebAssembly is what seals.
 */
export const headers: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
  'cache-control': 'no-store',
};

/**
 * Whether a call came from a page of this very server. A browser always says from where a call comes that
 * changes something; who does not say it is no page. `publicUrl` is where people reach this server, where
 * something stands in front of it.
 */
export function isOwnPage({ headers: given }: IncomingMessage, publicUrl: string | undefined): boolean {
  const { origin, host } = given;
  const site = given['sec-fetch-site'];
  if (origin === undefined || (site !== undefined && site !== 'same-origin')) return false;
  const own = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  return origin === `http://${host}` || origin === `https://${host}` || origin === own;
}
