import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadContent } from '../../src/content/load.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { median, print, progress } from './figure.ts';
import { phrasingsOf, variedQuestions } from './questions.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const RUNS = 5;
/** A command that there is not: the bot repeats it in saying so, once all before it is answered. */
const END = '/benchmarkover';
const QUESTIONS = 2_000;
/** What a start leaves to be cleared away is gone after so long. */
const SETTLED_AFTER = 4_000;
const READY_WITHIN = 60_000;

/** How long the bot takes to be ready, and how much memory it holds, as `npm start` runs it without settings. */
export async function starts(): Promise<void> {
  const project = copyOfProject();
  try {
    const cold: Run[] = [];
    const warm: Run[] = [];
    for (let n = 1; n <= RUNS; n++) {
      progress(`start ${n} of ${RUNS}`);
      // One more empty line is other content, so all that was learnt is learnt anew.
      appendFileSync(join(project, 'content', 'elsewhere.yaml'), '\n');
      cold.push(await run(project));
      warm.push(await run(project));
    }
    const node = await nodeAlone();
    const asked = await afterQuestions(project);
    const vs = { 'node alone': node.ready };
    const memory = { 'node alone': node.memory };
    print({ name: 'start to ready, warm', value: median(warm.map(({ ready }) => ready)), unit: 'ms', vs });
    const first = 'the first start after the content has changed';
    print({
      name: 'start to ready, cold',
      value: median(cold.map(({ ready }) => ready)),
      unit: 'ms',
      vs,
      note: first,
    });
    print({
      name: 'memory, warm start',
      value: median(warm.map((each) => each.memory)),
      unit: 'MB',
      vs: memory,
    });
    print({
      name: 'memory, cold start',
      value: median(cold.map((each) => each.memory)),
      unit: 'MB',
      vs: memory,
    });
    print({ name: `memory after ${QUESTIONS} questions`, value: asked, unit: 'MB', vs: memory });
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

interface Run {
  /** Milliseconds. */
  readonly ready: number;
  /** Megabytes. */
  readonly memory: number;
}

/** A copy whose content may be changed and whose caches are its own. */
function copyOfProject(): string {
  const project = mkdtempSync(join(tmpdir(), 'guidance-bench-'));
  for (const name of ['src', 'adapters', 'content', 'package.json'])
    cpSync(join(root, name), join(project, name), { recursive: true });
  mkdirSync(join(project, 'node_modules'));
  const modules = join(root, 'node_modules');
  for (const name of readdirSync(modules))
    if (name !== '.cache') symlinkSync(join(modules, name), join(project, 'node_modules', name));
  return project;
}

/** Runs the start command of package.json and waits until the bot answers people. */
async function startIn(
  project: string,
  input: 'ignore' | 'pipe',
): Promise<{ child: ChildProcess; ready: number }> {
  const { scripts }: { scripts: { start: string } } = JSON.parse(
    readFileSync(join(project, 'package.json'), 'utf8'),
  );
  const [, ...given] = scripts.start.split(' ');
  const port = await freePort();
  const environment = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: mkdtempSync(join(project, 'data-')),
    LOG_LEVEL: 'warn',
  };
  const start = performance.now();
  const child = spawn(process.execPath, given, {
    cwd: project,
    env: environment,
    stdio: [input, 'pipe', 'inherit'],
  });
  if (input === 'ignore') child.stdout!.resume();
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() - start > READY_WITHIN) {
      child.kill();
      throw new Error('The bot did not get ready.');
    }
    await pause(4);
  }
  return { child, ready: performance.now() - start };
}

async function isReady(port: number): Promise<boolean> {
  try {
    const { status } = await fetch(`http://127.0.0.1:${port}/readyz`);
    return status === 200;
  } catch {
    return false;
  }
}

async function run(project: string): Promise<Run> {
  const { child, ready } = await startIn(project, 'ignore');
  try {
    await pause(SETTLED_AFTER);
    return { ready, memory: memoryOf(child) };
  } finally {
    await stop(child);
  }
}

/** Memory once so many questions were asked on standard input, one after the other as people do. */
async function afterQuestions(project: string): Promise<number> {
  progress(`memory after ${QUESTIONS} questions`);
  const { child } = await startIn(project, 'pipe');
  try {
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    for (const question of variedQuestions(phrasingsOf(loadContent(shippedContent)), QUESTIONS, 7)) {
      child.stdin!.write(`${question.replace(/\s+/g, ' ')}\n${END}\n`);
      for (let line = await lines.next(); !line.done && !line.value.includes(END); )
        line = await lines.next();
    }
    await pause(SETTLED_AFTER);
    return memoryOf(child);
  } finally {
    await stop(child);
  }
}

/** What any Node process takes, at the least. */
async function nodeAlone(): Promise<Run> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    ['-e', 'process.stdout.write("ready\\n"); setInterval(() => {}, 1000)'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    await once(child.stdout!, 'data');
    const ready = performance.now() - start;
    await pause(500);
    return { ready, memory: memoryOf(child) };
  } finally {
    await stop(child);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  if (child.exitCode !== null || !child.kill()) return;
  await exited;
}

/** Megabytes of memory that stand in RAM. Linux only. */
function memoryOf({ pid }: ChildProcess): number {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) / 1024;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
