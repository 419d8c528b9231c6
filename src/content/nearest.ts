/**
 * What to do about a name that nobody knows: what was probably meant, the known name that shares the most of
 * its beginning and end.
 */
export function nearest(name: string, known: Iterable<string>): string {
  const best = [...known]
    .map((other) => ({ other, shared: sharedEnds(name, other) }))
    .filter(({ shared }) => shared >= 4)
    .map(({ other, shared }) => ({ other, share: shared / (name.length + other.length) }))
    .sort((one, another) => another.share - one.share)[0];
  return best ? `Did you mean "${best.other}"?` : 'Use one that stands there.';
}

function sharedEnds(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  let end = 0;
  while (start + end < most && one.at(-1 - end) === other.at(-1 - end)) end++;
  return start + end;
}
