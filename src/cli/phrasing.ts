import { isMap, isNode, isSeq, parseDocument, stringify, type YAMLSeq } from 'yaml';

/**
 * Adds a way of asking to an entry (or a gap) of a guidance.yaml. Nothing else in the file changes: comments
 * and layout stay to the letter. Undefined where the file has no such entry with a list of phrasings.
 */
export function withPhrasing(guidance: string, entry: string, phrasing: string): string | undefined {
  const phrasings = phrasingsOf(guidance, entry);
  const last = phrasings?.items.at(-1);
  if (!phrasings || !isNode(last) || !last.range) return undefined;
  const [start, end] = last.range;
  if (phrasings.flow) return `${guidance.slice(0, end)}, ${JSON.stringify(phrasing)}${guidance.slice(end)}`;
  // A line of its own, below the last item and the comment beside it.
  const before = guidance.slice(guidance.lastIndexOf('\n', start - 1) + 1, start);
  const indent = /^ */.exec(before)![0];
  const lineEnd = guidance.indexOf('\n', Math.max(start, end - 1));
  const at = lineEnd < 0 ? guidance.length : lineEnd;
  return `${guidance.slice(0, at)}\n${indent}- ${stringify(phrasing, { lineWidth: 0 }).trimEnd()}${guidance.slice(at)}`;
}

function phrasingsOf(guidance: string, entry: string): YAMLSeq | undefined {
  const document = parseDocument(guidance);
  for (const group of ['entries', 'gaps']) {
    const items = document.get(group);
    const found = isSeq(items)
      ? items.items.find((item) => isMap(item) && item.get('id') === entry)
      : undefined;
    const phrasings = isMap(found) ? found.get('phrasings') : undefined;
    if (isSeq(phrasings)) return phrasings;
  }
  return undefined;
}
