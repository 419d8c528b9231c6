import { createHash } from 'node:crypto';

/** SHA-256 of what a row holds, hexadecimal. What is not there counts as little as a column that is null. */
export function digestOf(value: Readonly<Record<string, string | number | null | undefined>>): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** One and only one way to write it: names in order, and nothing of what is not there. */
function canonical(value: Readonly<Record<string, string | number | null | undefined>>): string {
  const there = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return JSON.stringify(Object.fromEntries(there.sort(([one], [other]) => (one < other ? -1 : 1))));
}
