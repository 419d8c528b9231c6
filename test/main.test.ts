import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { hillPrimary, temporaryFolder } from './support/content.ts';

const { PATH } = process.env;
const environment = { PATH, CONTENT_DIR: hillPrimary, DATA_DIR: temporaryFolder(), PORT: '0', NO_COLOR: '1' };

/** As package.json's scripts start it. */
function start(given: readonly string[], node = process.execPath) {
  const child = spawn(node, ['--require', './src/node-version.cjs', 'src/main.ts', ...given], {
    env: environment,
  });
  child.stdin.on('error', () => {});
  return child;
}

async function run(given: readonly string[], input = '', node?: string) {
  const child = start(given, node);
  child.stdin.end(input);
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { out, errors, code: code as number };
}

describe('node src/main.ts', () => {
  test('runs a command and hands back its exit code', async () => {
    expect(await run(['ask', '--json', 'where does my phone go'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\{"id":null,"kind":"answer".*\}\n$/),
      errors: '',
    });
    expect(await run(['ask', '--jsonl'], 'broken\n')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^\{"line":1,/),
    });
  });

  test('says what there is where the command is none', async () => {
    expect(await run([])).toEqual({
      code: 2,
      out: '',
      errors: 'Which command? Use one of: start, ask, content.\n',
    });
    expect(await run(['constructor'])).toMatchObject({
      code: 2,
      errors: expect.stringContaining('There is no command "constructor".'),
    });
  });

  test('ends quietly where nobody reads on', async () => {
    const child = start(['ask', '--jsonl']);
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.end('{"id":1,"q":"hi"}\n'.repeat(20_000));
    const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect({ errors, code }).toEqual({ errors: '', code: 0 });
  });

  test('answers lines on standard input, stays when they end, and stops at SIGTERM', async () => {
    const child = start(['start']);
    const written = gather(child.stdout);
    child.stdin.end('where does my phone go\n');
    await written.until('Keep it in the staffroom.');
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
  });

  // Debian's Node, for one, is older; where this machine has no other, npm's own `node` is all there is to try.
  const older = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path));
  test.skipIf(older === undefined)('says what to do where Node is too old', async () => {
    const { out } = await run(['--version'], '', older);
    const version = await run(['ask', 'x'], '', older);
    if (version.code === 0) return;
    expect(out).toBe('');
    expect(version).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^This needs Node 24 or later, and this is Node .*npm ci.*\n$/),
    });
  });
});

function gather(stream: NodeJS.ReadableStream) {
  let all = '';
  stream.on('data', (chunk: Buffer) => {
    all += chunk.toString();
  });
  return {
    async until(wanted: string): Promise<void> {
      while (!all.includes(wanted)) await once(stream, 'data');
    },
  };
}
