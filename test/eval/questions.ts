import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Question } from './score.ts';

/** Sets of questions written from the policy by people who had not seen the content: file name to questions. */
export function questionSets(): ReadonlyMap<string, readonly Question[]> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(here).filter((name) => name.endsWith('.jsonl'));
  return new Map(
    files.sort().map((name) => [
      name,
      readFileSync(`${here}${name}`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Question),
    ]),
  );
}
