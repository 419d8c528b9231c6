import { fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { StoreError } from '../../src/store/error.ts';
import { holdFolder } from '../../src/store/hold-folder.ts';
import { temporaryFolder } from '../support/content.ts';

test('one at a time has a folder, and the next once it is let go', () => {
  const folder = join(temporaryFolder(), 'data');
  const one = holdFolder(folder);
  for (const _ of [1, 2])
    expect(() => holdFolder(folder)).toThrow(`Another bot is running on the data in ${folder}.`);
  const file = statSync(join(folder, 'running.db'));
  expect([file.size, file.mode & 0o777]).toEqual([0, 0o600]);
  one.release();
  holdFolder(folder).release();
});

test('a process that is killed has let go of it', async () => {
  const folder = temporaryFolder();
  const script = join(temporaryFolder(), 'holds.ts');
  const module = fileURLToPath(new URL('../../src/store/hold-folder.ts', import.meta.url));
  writeFileSync(
    script,
    `import { holdFolder } from ${JSON.stringify(module)};
holdFolder(${JSON.stringify(folder)});
process.send?.('held');
setInterval(() => {}, 1000);
`,
  );
  const other = fork(script);
  await once(other, 'message');
  expect(() => holdFolder(folder)).toThrow(StoreError);
  other.kill('SIGKILL');
  await once(other, 'exit');
  holdFolder(folder).release();
});

test('says where it can’t be written', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'data'), '');
  expect(() => holdFolder(join(folder, 'data'))).toThrow(/a file is in its place/);
});
