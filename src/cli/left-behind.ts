/** Milliseconds. */
const looksEvery = 250;

/**
 * Calls back once the shell that npm runs a script in has ended, and returns how to take that back. On Debian and
 * Ubuntu that shell ends at a SIGTERM and hands it on to nobody, so that what it ran would live on unseen.
 */
export function whenLeftBehind(environment: NodeJS.ProcessEnv, leave: () => void): () => void {
  // Started without npm, it may well outlive the terminal that it was started from.
  if (environment.npm_lifecycle_event === undefined) return () => {};
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid !== parent) leave();
  }, looksEvery);
  looking.unref();
  return () => clearInterval(looking);
}
