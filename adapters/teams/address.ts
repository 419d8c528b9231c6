/** Whether a host is this machine. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * Whether the bot may call an address that a message gave: over HTTPS, or on this machine. A stand-in for Teams
 * is on this machine alone.
 */
export function isReachable(address: string, local: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  if (isLoopback(hostname)) return protocol === 'http:' || protocol === 'https:';
  return !local && protocol === 'https:';
}
