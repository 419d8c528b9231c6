import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { hillPrimary, temporaryFolder } from './support/content.ts';

const { PATH } = process.env;
const environment = { PATH, CONTENT_DIR: hillPrimary, DATA_DIR: temporaryFolder(), PORT: '0', NO_COLOR: '1' };

/** As package.json's scripts start it. */
function start(given: readonly string[], flags: readonly string[] = []) {
  const child = spawn(
    process.execPath,
    [...flags, '--require', './src/before-main.cjs', 'src/main.ts', ...given],
    {
      env: environment,
    },
  );
  child.stdin.on('error', () => {});
  return child;
}

async function run(given: readonly string[], input = '', flags?: readonly string[]) {
  const child = start(given, flags);
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
      errors: 'Which command? Use one of: start, ask, content, concerns, people, remind, report.\n',
    });
    expect(await run(['constructor'])).toMatchObject({
      code: 2,
      errors: expect.stringContaining('There is no command "constructor".'),
    });
  });

  test('prints a command that is none without what could harm a terminal', async () => {
    expect((await run(['a\u001B[2J'])).errors).toContain('There is no command "a␛[2J".');
    expect((await run(['ask', '--a\u001B[2J'])).errors).not.toContain('\u001B');
    expect((await run(['content', 'dismiss', '\u001B[2J'])).errors).not.toContain('\u001B');
  });

  test.skipIf(process.platform !== 'linux').each([
    [
      ['ask', 'x'],
      'ignore',
      openSync('/dev/full', 'w'),
      'The output can’t be written: the disk is full (ENOSPC).\n',
    ],
    [['ask', '--jsonl'], openSync('/', 'r'), 'ignore', 'Standard input is a folder. Put a file after "<".\n'],
  ] as const)('%j says in one line that it can’t write or read', async (given, input, output, line) => {
    const child = spawn(process.execPath, ['src/main.ts', ...given], {
      env: environment,
      stdio: [input, output, 'pipe'],
    });
    const [errors, [code]] = await Promise.all([text(child.stderr!), once(child, 'close')]);
    expect({ errors, code }).toEqual({ errors: line, code: 1 });
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

  test.skipIf(process.platform === 'win32')('stops where npm’s shell ends without a word', async () => {
    const script = `"${process.execPath}" --require ./src/before-main.cjs src/main.ts start; true`;
    const shell = spawn('/bin/sh', ['-c', script], {
      env: { ...environment, npm_lifecycle_event: 'start' },
    });
    shell.stdout.resume();
    let log = '';
    shell.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
      if (log.includes('"msg":"started"')) shell.kill('SIGTERM');
    });
    // The bot holds it open for as long as it lives.
    await once(shell.stderr, 'close');
    expect(log).toContain('"msg":"stopping"');
  });

  test('says what to do where Node is too old', async () => {
    const old = join(temporaryFolder(), 'old.cjs');
    writeFileSync(old, "Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } });");
    expect(await run(['ask', 'x'], '', ['--require', old])).toMatchObject({
      code: 1,
      out: '',
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
