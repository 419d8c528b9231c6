import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { types } from '@slack/bolt';
import { afterEach, expect, test, vi } from 'vitest';
import { createSlack } from '../../../adapters/slack/adapter.ts';
import { field } from '../../../src/chat/mod.ts';
import { type Composed, compose } from '../../../src/compose.ts';
import { enrolExampleReaders } from '../../../src/concerns/example-readers.ts';
import { createLogger } from '../../../src/log.ts';
import { manualClock } from '../../../src/school/clock.ts';
import { type OpenServer, openServer, RouteTable } from '../../../src/server.ts';
import { hillPrimary, temporaryFolder } from '../../support/content.ts';
import { type Mode, members } from '../../support/slack/connected.ts';
import { FakeSlack, tokens } from '../../support/slack/fake-slack.ts';
import { Person, until } from '../../support/slack/person.ts';
import { botUser, readSurface } from '../../support/slack/workspace.ts';

const needle = 'zqneedleinahaystack';
const modes: Mode[] = ['socket', 'http'];

interface House {
  readonly slack: FakeSlack;
  readonly server: OpenServer;
  readonly composed: Composed;
  readonly dataDir: string;
  readonly aisha: Person;
  /** All that was written to the log and to the terminal. */
  told(): string;
}

let house: House;
afterEach(async () => {
  await house.composed.stop();
  await house.server.close();
  await house.slack.close();
  vi.restoreAllMocks();
});

/** The whole bot on a fake Slack, with its log at its most talkative. */
async function open(mode: Mode): Promise<House> {
  const slack = await FakeSlack.start({ members });
  const routes = new RouteTable();
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: () => true, routes });
  slack.eventsUrl = `${server.url}/slack/events`;
  let told = '';
  const hear = (chunk: unknown): boolean => {
    told += String(chunk);
    return true;
  };
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation(hear);
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, name).mockImplementation((...words) => void hear(words.join(' ')));
  const dataDir = temporaryFolder();
  const composed = await compose({
    settings: { contentDir: hillPrimary, dataDir, databaseUrl: undefined, publicUrl: undefined },
    // A Sunday at night: nobody is reminded of anything.
    clock: manualClock(new Date('2026-11-22T03:00:00Z')),
    adapters: [
      createSlack({
        botToken: tokens.bot,
        connection: mode === 'http' ? { mode, signingSecret: tokens.secret } : { mode, appToken: tokens.app },
        apiUrl: slack.apiUrl,
      }),
    ],
    routes,
    logger: createLogger('trace', { write: hear }),
  });
  await enrolExampleReaders(composed.concerns, composed.content.school);
  await composed.start();
  house = { slack, server, composed, dataDir, aisha: new Person(slack, 'U0AISHA'), told: () => told };
  return house;
}

const filesIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n');

test.each(modes)(
  'no token and no word of a message is logged, whatever goes wrong, over %s',
  async (mode) => {
    const { slack, aisha, told, composed } = await open(mode);
    slack.faults.add('chat.postMessage', { status: 502, body: needle });
    slack.faults.add('chat.postMessage', { status: 200, body: `<p>${needle}</p>` });
    slack.faults.add('chat.postMessage', { refuse: 'invalid_blocks' });
    slack.faults.add('response_url', { status: 404 });
    slack.faults.add('views.open', { refuse: 'invalid_arguments' });
    await aisha.write(`can i ring a pupil called ${needle}`);
    const shown = await aisha.next(0, ({ kind }) => kind === 'message');
    await aisha.command(`where does my phone go, ${needle}`);
    await aisha.shortcut('C0STAFF', `where does my phone go, ${needle}`);
    await slack.deliver(aisha.event({ type: needle, channel: needle, text: needle }));
    await slack.deliver({ type: 'interactive', payload: { type: needle, value: needle } }).catch(() => {});
    await until(() => slack.workspace.messages.filter(({ user }) => user === botUser).length >= 3, 'answers');
    await aisha.press(shown, 'See the whole section').catch(() => {});
    await composed.bot.handle({
      kind: 'press',
      action: needle,
      value: needle,
      origin: { platform: 'slack', person: 'U0AISHA', conversation: 'U0AISHA', place: 'direct' },
    });
    await composed.stop();
    expect(told()).not.toMatch(new RegExp([needle, ...Object.values(tokens), 'U0AISHA', 'Aisha'].join('|')));
    expect(told()).not.toBe('');
  },
  60_000,
);

test.each(modes)(
  'of who sends a concern nothing stays, anywhere, over %s',
  async (mode) => {
    const { slack, aisha, told, dataDir, composed } = await open(mode);
    await aisha.command('concern');
    const shown = await aisha.next(0, ({ kind }) => kind === 'message');
    await aisha.press(shown, 'Raise a concern');
    await until(() => aisha.modal?.view.submit, 'the form');
    const first = aisha.modal!;
    const [about] = optionsOf(first.view.blocks, field.concernAbout);
    const calls = slack.calls.length;
    await aisha.submit({ [field.concernAbout]: about! });
    const [kind] = optionsOf(aisha.modal!.view.blocks, field.concernKind);
    expect((await aisha.submit({ [field.concernKind]: kind!, [field.concernText]: needle })).ok).toBe(true);
    const text = readSurface({ kind: 'modal', view: aisha.modal! }).text;
    const code = /[0-9A-Z]{4}(?:[ -][0-9A-Z]{4}){3}\S*/.exec(text)?.[0] ?? '';
    expect(code).not.toBe('');
    await aisha.submit({ [field.concernLastFour]: code.replace(/[ -]/g, '').slice(-4) });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(slack.calls.length).toBe(calls);
    await composed.stop();
    const own = [
      needle,
      'U0AISHA',
      'D0AISHA',
      'Aisha',
      'aisha@',
      'trigger.',
      first.id,
      code,
      code.slice(0, 9),
    ];
    const kept = filesIn(dataDir);
    for (const word of own) {
      expect(told()).not.toContain(word);
      expect(kept).not.toContain(word);
    }
  },
  60_000,
);

test('the proof finds what was planted', async () => {
  const { aisha, dataDir, composed } = await open('socket');
  await aisha.write('can i ring a pupil on my mobile');
  const shown = await aisha.next(0, ({ kind }) => kind === 'message');
  await aisha.press(shown, 'Ask a person');
  await until(() => aisha.modal?.view.submit, 'the form');
  await aisha.submit({ [field.personText]: needle });
  await composed.stop();
  expect(filesIn(dataDir)).toContain(needle);
  expect(filesIn(dataDir)).toContain('U0AISHA');
});

function optionsOf(blocks: readonly unknown[], name: string): string[] {
  const block = (blocks as types.KnownBlock[]).find(
    (each) => each.type === 'input' && each.block_id === name,
  );
  if (block?.type !== 'input' || !('options' in block.element)) return [];
  return (block.element.options ?? []).flatMap(({ value }) => value ?? []);
}
