import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answers/answerer.ts';
import { learn } from '../../src/answers/learn.ts';
import { prepare } from '../../src/answers/prepare.ts';
import { ContentError } from '../../src/content/fault.ts';
import { loadContent } from '../../src/content/load.ts';
import { temporaryFolder } from '../support/content.ts';
import { contentOf } from '../support/policies.ts';

const folder = (): string => contentOf({ keys: '# Keys\n\n## Copies\n\nStaff must not copy a key.\n' });

describe('preparing content', () => {
  test('gives what reading and learning give', async () => {
    const directory = folder();
    const { content, learnt } = await prepare(directory);
    const here = loadContent(directory);
    expect(content).toEqual(here);
    expect(learnt).toEqual(learn(here));
    expect(createAnswerer(content, learnt).answer('can i copy a key')).toEqual(
      createAnswerer(here).answer('can i copy a key'),
    );
  });

  test('a changed file is read anew', async () => {
    const directory = folder();
    expect((await prepare(directory)).content.policies[0]!.clauses).toHaveLength(1);
    appendFileSync(join(directory, 'keys', 'policy.md'), '\nNor lend one.\n');
    expect((await prepare(directory)).content.policies[0]!.clauses).toHaveLength(2);
  });

  test('unusable content is refused with its faults', async () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'a'));
    writeFileSync(join(directory, 'a', 'policy.md'), '# Only a title\n');
    await expect(prepare(directory)).rejects.toThrow(ContentError);
    await expect(prepare(directory)).rejects.toThrow(/has no text/);
  });
});
