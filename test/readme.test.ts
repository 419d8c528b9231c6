import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadContent } from '../src/content/load.ts';
import { readPeopleFile } from '../src/school/people-file.ts';

const root = new URL('..', import.meta.url);

test('the answer that the README shows is the one that the bot gives', () => {
  const shown = /\$ npm run -s ask -- "([^"]+)"\n([\s\S]+?)\n```/.exec(
    readFileSync(new URL('README.md', root), 'utf8'),
  );
  const given = execFileSync('npm', ['run', '-s', 'ask', '--', shown![1]!], { cwd: root, encoding: 'utf8' });
  expect(given.trimEnd()).toBe(shown![2]);
});

test('the list of people that the README shows can be imported', () => {
  const shown = /```\n(id,email,[\s\S]+?)```/.exec(readFileSync(new URL('README.md', root), 'utf8'));
  const { roles } = loadContent(fileURLToPath(new URL('content', root))).school;
  const { people, faults } = readPeopleFile(Buffer.from(shown![1]!), roles);
  expect(faults).toEqual([]);
  expect(people).toHaveLength(3);
});
