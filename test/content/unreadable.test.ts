import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { checkContent } from '../../src/content/check.ts';
import { describeFault } from '../../src/content/fault.ts';
import { loadContent } from '../../src/content/load.ts';
import { temporaryFolder } from '../support/content.ts';
import { phonesAnd } from '../support/policies.ts';

// Every school's content is read beside the shipped one, which is long.
vi.mock('../../src/content/shipped.ts', async () => ({
  shippedContent: (await import('../support/content.ts')).hillPrimary,
}));

// Whoever runs these tests may be allowed to read everything.
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const readdirSync = (path: string, options?: object): unknown => {
    if (path.endsWith('locked'))
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    return fs.readdirSync(path, options as never);
  };
  return { ...fs, readdirSync };
});

const faultsOf = (directory: string): string => checkContent(directory).map(describeFault).join('\n');

describe('what can’t be read is a fault, and never a crash', () => {
  test('a folder that may not be read, as content and within it', () => {
    const locked = join(temporaryFolder(), 'locked');
    mkdirSync(locked);
    expect(faultsOf(locked)).toMatch(/locked: This folder can't be read \(EACCES.*\)\. Let the bot read it/);
    const directory = phonesAnd({ 'locked/policy.md': 'Text.\n' });
    expect(faultsOf(directory)).toMatch(/locked: This folder can't be read/);
    expect(() => loadContent(directory)).toThrow(/locked: This folder can't be read/);
  });

  test('a file where a folder should be, and a folder where a file should be', () => {
    const directory = phonesAnd({ 'exams/policy.md/x.txt': '' });
    expect(faultsOf(directory)).toMatch(/exams\/policy\.md: This is not a file\./);
    expect(() => loadContent(directory)).toThrow(/This is not a file/);
    expect(faultsOf(phonesAnd({ 'policy.md/x.txt': '' }))).toMatch(
      /policy\.md: This policy is not read: it stands beside/,
    );
    expect(faultsOf(join(directory, 'phones', 'policy.md'))).toMatch(/policy\.md: There is no such folder\./);
  });

  test('links that lead nowhere, and links to folders', () => {
    const directory = phonesAnd({ 'exams/x.txt': '' });
    symlinkSync('/nowhere', join(directory, 'exams', 'policy.md'));
    symlinkSync('/nowhere', join(directory, 'vocabulary.yaml'));
    symlinkSync('/nowhere', join(directory, 'trips'));
    symlinkSync(join(directory, 'phones'), join(directory, 'mobiles'));
    const faults = faultsOf(directory);
    expect(faults).toMatch(/exams\/policy\.md: This file can't be read \(ENOENT/);
    expect(faults).toMatch(/vocabulary\.yaml: This file can't be read \(ENOENT/);
    expect(faults).toMatch(/trips: This link leads nowhere\./);
    expect(faults).toMatch(/mobiles: This is a link to a folder, which the bot does not follow\./);
    expect(faults.split('\n')).toHaveLength(4);
  });

  test.each([
    [
      'an alias that stands for nothing',
      'entries:\n  - *nosuch\n',
      /guidance\.yaml:2: "\*nosuch" stands for/,
    ],
    [
      'aliases of aliases',
      `a: &a [x, x]\n${[...'bcdef'].map((name, n) => `${name}: &${name} [${`*${'abcdef'[n]},`.repeat(9)}]\n`).join('')}`,
      /guidance\.yaml:2: This can't be read: Excessive alias count.*\. Write out/,
    ],
    ['an alias of what it stands in', 'entries: &a [*a]\n', /guidance\.yaml:1: /],
    ['brackets by the thousand', '['.repeat(50_000), /guidance\.yaml:1: This is not YAML/],
  ])('YAML: %s', (_, yaml, fault) => {
    expect(faultsOf(phonesAnd({ 'phones/guidance.yaml': yaml }))).toMatch(fault);
    expect(faultsOf(phonesAnd({ 'phones/policy.md': '---\nid: *nosuch\n---\n\nText.\n' }))).toMatch(
      /policy\.md:2: "\*nosuch"/,
    );
  });

  test('a file in place of the folder', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(faultsOf(file)).toMatch(/file: There is no such folder\./);
  });
});
