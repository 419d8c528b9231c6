import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './content.ts';

/** A content folder of policies that have text and nothing else: folder name to Markdown. */
export function contentOf(policies: Readonly<Record<string, string>>): string {
  const directory = temporaryFolder();
  for (const [name, markdown] of Object.entries(policies)) {
    mkdirSync(join(directory, name));
    writeFileSync(join(directory, name, 'policy.md'), markdown);
  }
  return directory;
}

/** A content folder with one short policy and whatever other files are given: path to what the file holds. */
export function phonesAnd(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = temporaryFolder();
  const all = { 'phones/policy.md': '# Phones\n\n## Use\n\nKeep phones away. {#use.away}\n', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

/** A guidance.yaml for it with one entry, which ends with `more`. */
export const entryAnd = (more: string): string =>
  `entries:\n  - id: away\n    question: Where?\n    verdict: "no"\n    answer: Away.\n    clauses: [use.away]\n    phrasings: [where]\n${more}`;
