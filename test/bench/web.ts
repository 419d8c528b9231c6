import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { shippedContent } from '../../src/content/shipped.ts';
import { openClient } from '../support/web/client.ts';
import { print, progress, quantile } from './figure.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const PEOPLE = 200;
/** What each asks, one after the other. */
const QUESTIONS = [
  'can I friend a parent?',
  'can I post a photo of my class?',
  'what is for lunch',
  'policy',
];
const ROUNDS = 15;
/** How long somebody takes to type the next question, in milliseconds: from nothing to twice this. */
const TYPING = 1_000;
const MESSAGES = 50_000;
const AT_ONCE = 16;

/** How long 200 people wait who chat in the preview at once, and what 50,000 messages leave in memory. */
export async function chattingInBrowsers(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-web-'));
  const preview = await startPreview(folder);
  const bare = await startBare();
  try {
    progress(`${PEOPLE} people chat at once`);
    const waits = await chat(preview.url);
    const echoes = await chat(bare.url);
    for (const [share, name] of [
      [0.5, 'median'],
      [0.99, 'slowest in a hundred'],
    ] as const)
      print({
        name: `browser: ${PEOPLE} people at once, ${name}`,
        value: quantile(waits, share),
        unit: 'ms',
        vs: { 'a bare server': quantile(echoes, share) },
        note: `each has a page open that hears what comes, and types for ${TYPING / 1_000} s between two questions`,
      });

    const memory: number[] = [];
    const started = performance.now();
    for (let sent = 0; sent < MESSAGES; sent += MESSAGES / 5) {
      progress(`${sent} of ${MESSAGES} messages`);
      await flood(preview.url, MESSAGES / 5);
      memory.push(memoryOf(preview.child));
    }
    print({
      name: `browser: memory after ${MESSAGES} messages`,
      value: memory.at(-1)!,
      unit: 'MB',
      vs: Object.fromEntries(
        memory.slice(0, -1).map((each, index) => [`after ${((index + 1) * MESSAGES) / 5}`, each]),
      ),
      note: 'what the bot remembers for a while is full after 20000',
    });
    print({
      name: 'browser: messages with answers',
      value: (MESSAGES / (performance.now() - started)) * 1_000,
      unit: 'per second',
      vs: {},
    });
  } finally {
    for (const { child } of [preview, bare]) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    rmSync(folder, { recursive: true });
  }
}

const nameOf = (index: number): string => `person${index}@whitefield.example`;

/** As `npm start` runs it, for a school of 200. */
async function startPreview(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const content = join(folder, 'content');
  cpSync(shippedContent, content, { recursive: true });
  const school = join(content, 'school.yaml');
  const people = Array.from(
    { length: PEOPLE },
    (_, index) => `  - { name: Person ${index}, email: ${nameOf(index)}, roles: [teacher] }\n`,
  );
  writeFileSync(
    school,
    readFileSync(school, 'utf8').replace(/^people:.*\n/m, (line) => line + people.join('')),
  );
  const child = spawn(
    process.execPath,
    [
      '--max-semi-space-size=1',
      '--heap-growing-percent=30',
      '--require',
      './src/before-main.cjs',
      'src/main.ts',
      'start',
    ],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        CONTENT_DIR: content,
        DATA_DIR: join(folder, 'data'),
        PORT: '0',
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await lineOf(child, /Open in a browser: (\S+)\//);
  while (!(await fetch(`${url}/readyz`)).ok) await pause(50);
  return { url, child };
}

/** What any answer costs that goes through the same library, on the same machine, at the same time. */
async function startBare(): Promise<{ url: string; child: ChildProcess }> {
  const program = `
    const app = require('express')();
    app.use(require('express').urlencoded());
    app.get('/as/:person', (_, response) => response.send('<input name="token" value="x">'));
    app.post('/as/:person/say', (request, response) => response.send(request.body.text));
    const server = app.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`;
  const child = spawn(process.execPath, ['-e', program], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  return { url: await lineOf(child, /^(http:.*)$/), child };
}

async function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) {
      // What it says afterwards is to be read, or it would wait for that.
      child.stdout!.resume();
      return found;
    }
  }
  throw new Error('It ended before it was ready.');
}

/** Milliseconds that each answer took. */
async function chat(url: string): Promise<number[]> {
  const waits: number[] = [];
  await Promise.all(
    Array.from({ length: PEOPLE }, async (_, index) => {
      const { say, leave } = await open(url, nameOf(index));
      for (let round = 0; round < ROUNDS; round++) {
        await pause(Math.random() * 2 * TYPING);
        const begin = performance.now();
        await say(QUESTIONS[(index + round) % QUESTIONS.length]!);
        waits.push(performance.now() - begin);
      }
      leave();
    }),
  );
  return waits;
}

async function flood(url: string, messages: number): Promise<void> {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, index) => {
      const { say, leave } = await open(url, nameOf(index));
      for (let sent = 0; sent < messages / AT_ONCE; sent++) await say(QUESTIONS[sent % QUESTIONS.length]!);
      leave();
    }),
  );
}

const agent = new Agent({ keepAlive: true });

/** Somebody's page, with the stream that a browser keeps open. */
async function open(
  url: string,
  person: string,
): Promise<{ say(text: string): Promise<void>; leave(): void }> {
  const own = `/as/${encodeURIComponent(person)}`;
  const page = await (await openClient(url).get(own)).text();
  const [, token = ''] = /name="token" value="([^"]+)"/.exec(page) ?? [];
  const [, events] = /hx-sse:connect="([^"]+)"/.exec(page) ?? [];
  const stream =
    events === undefined
      ? undefined
      : get(url + events.replaceAll('&amp;', '&'), (response) => {
          response.on('error', () => {});
          response.resume();
        }).on('error', () => {});
  const [, name = ''] = /[?&;]page=([^&"]+)/.exec(events ?? '') ?? [];
  return {
    say: (text) => send(url, `${own}/say`, new URLSearchParams({ token, text, page: name }).toString()),
    leave: () => stream?.destroy(),
  };
}

function send(url: string, path: string, body: string): Promise<void> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    origin: url,
    'hx-request': 'true',
  };
  return new Promise((resolve, reject) => {
    request(url + path, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`Status ${response.statusCode}`));
      response.on('end', resolve).resume();
    })
      .on('error', reject)
      .end(body);
  });
}

/** Resident, in megabytes. */
function memoryOf({ pid }: ChildProcess): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
