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
