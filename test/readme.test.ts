import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url);

test('the answer that the README shows is the one that the bot gives', () => {
  const shown = /\$ npm run -s ask -- "([^"]+)"\n([\s\S]+?)\n```/.exec(
    readFileSync(new URL('README.md', root), 'utf8'),
  );
  const given = execFileSync('npm', ['run', '-s', 'ask', '--', shown![1]!], { cwd: root, encoding: 'utf8' });
  expect(given.trimEnd()).toBe(shown![2]);
});
