import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './support/content.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules = await import('../.dependency-cruiser.json', { with: { type: 'json' } });

/** What the rules say of the code below a folder. */
async function structureOf(baseDir: string): Promise<ICruiseResult> {
  const { options, forbidden } = structuredClone(rules.default);
  const { output } = await cruise(['src', 'adapters'], {
    ...(options as object),
    baseDir,
    validate: true,
    ruleSet: { forbidden: forbidden as never },
    outputType: 'json',
  });
  return JSON.parse(String(output)) as ICruiseResult;
}

const violated = ({ summary }: ICruiseResult): string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

describe('the shape of the house', () => {
  test('data flows one way', async () => {
    const result = await structureOf(root);
    expect(violated(result)).toEqual([]);
    // A cruise that could not read TypeScript finds nothing wrong with nothing.
    expect(result.summary.totalCruised).toBeGreaterThan(80);
    expect(result.summary.totalDependenciesCruised ?? 0).toBeGreaterThan(200);
  });

  test.each([
    ['src/chat/x.ts', "import '../../adapters/console/adapter.ts';", 'no-way-back-to-adapters'],
    [
      'adapters/console/x.ts',
      "import type { Store } from '../../src/store/open.ts';",
      'adapters-know-only-chat',
    ],
    ['adapters/web/door/x.ts', "import '../../../src/concerns/sealing/mod.ts';", 'adapters-know-only-chat'],
    [
      'adapters/web/assets/x.ts',
      "import '../../../src/concerns/concerns.ts';",
      'browser-scripts-stand-alone',
    ],
    ['src/answers/x.ts', "import '../referrals/referrals.ts';", 'jobs-apart'],
    ['src/answers/x.ts', "import '../store/open.ts';", 'answers-without-store'],
    ['src/school/x.ts', "import type { Reply } from '../answers/reply.ts';", 'ground-stays-below'],
    ['src/chat/x.ts', "import '../school/clock.ts';", 'chat-is-neutral'],
  ])('%s may not %s', async (path, line, rule) => {
    const folder = temporaryFolder();
    for (const part of ['src', 'adapters']) cpSync(join(root, part), join(folder, part), { recursive: true });
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), `${line}\n`);
    expect(violated(await structureOf(folder)).some((each) => each.startsWith(rule))).toBe(true);
  });
});
