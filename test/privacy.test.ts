import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBot } from '../src/bot.ts';
import { type AdapterFactory, action, field, form, type Origin, type Response } from '../src/chat/mod.ts';
import { compose } from '../src/compose.ts';
import { loadContent } from '../src/content/load.ts';
import { createLogger, faultOf } from '../src/log.ts';
import { createReferrals } from '../src/referrals/referrals.ts';
import { createReminders } from '../src/reminders/reminders.ts';
import { manualClock } from '../src/school/clock.ts';
import { createPeople } from '../src/school/people.ts';
import { openStore } from '../src/store/open.ts';
import { hillPrimary, temporaryFolder } from './support/content.ts';

const origin: Origin = { platform: 'fake', person: 'aisha@hill.example', conversation: 'a', place: 'direct' };
const clock = () => manualClock(new Date('2026-11-23T09:00:00Z'));

/** A log at its most talkative, and whatever it has been told. */
function openLog() {
  let told = '';
  const logger = createLogger('trace', {
    write(line) {
      told += line;
    },
  });
  return { logger, told: () => Buffer.from(told) };
}

const filesIn = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));

/** Whether some bytes hold a word: as it is, in UTF-16 either way round, or in base64 at any offset. */
function holds(bytes: Buffer, word: string): boolean {
  const wide = Buffer.from(word, 'utf16le');
  const coded = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), Buffer.from(word)]).toString('base64');
    // The first and last signs depend on what stands beside the word.
    return shifted.slice(4, -4);
  });
  return [Buffer.from(word), wide, Buffer.from(wide).swap16(), ...coded].some((form) => bytes.includes(form));
}

/** What follows whatever the word is typed into. */
const requests: Readonly<Record<string, (handle: Handle, word: string) => Promise<unknown>>> = {
  question: (handle, word) =>
    handle({ kind: 'question', origin, text: `can i ring a pupil called ${word} on my phone` }),
  'question and its buttons': async (handle, word) => {
    const response = await handle({ kind: 'question', origin, text: `may i ring a pupil, ${word}` });
    const elements = response.kind === 'card' ? response.card.elements : [];
    const buttons = elements.flatMap((each) => (each.kind === 'buttons' ? each.buttons : []));
    for (const { action: name, value } of buttons)
      if (name !== action.reportGap) await handle({ kind: 'press', origin, action: name, value });
  },
  'follow-up': async (handle, word) => {
    await handle({ kind: 'question', origin, text: 'can i ring a pupil on my phone' });
    await handle({ kind: 'question', origin, text: `and ${word}?` });
  },
  disclosure: (handle, word) =>
    handle({ kind: 'question', origin, text: `a child called ${word} told me his dad hits him` }),
  concern: (handle, word) =>
    handle({ kind: 'question', origin, text: `i want to report a colleague called ${word}` }),
  press: async (handle, word) => {
    for (const name of Object.values(action))
      await handle({ kind: 'press', origin, action: name, value: word });
  },
  'unknown press and form': async (handle, word) => {
    await handle({ kind: 'press', origin, action: word, value: word });
    await handle({ kind: 'form', origin, form: word, state: word, values: { [word]: word } });
  },
  'form that is refused': async (handle, word) => {
    const values = { [field.personText]: word };
    await handle({ kind: 'form', origin, form: form.askPerson, state: word, values });
    await handle({ kind: 'form', origin, form: form.personReply, state: word, values });
  },
};

type Handle = (request: Parameters<ReturnType<typeof createBot>['handle']>[0]) => Promise<Response>;

const refusing: AdapterFactory = {
  name: 'fake',
  create: ({ people }) => ({
    name: 'fake',
    start: async () => {},
    stop: async () => {},
    ready: () => true,
    send: (_person, card) => Promise.reject(new Error(`can’t send ${JSON.stringify(card)}`)),
    update: async () => ({ kind: 'blocked', reason: '' }),
    async *people() {
      yield* people;
    },
  }),
};

test('of nothing that was typed is a word in the log or on the disk', async () => {
  const { logger, told } = openLog();
  const dataDir = temporaryFolder();
  const settings = { contentDir: hillPrimary, dataDir, databaseUrl: undefined };
  const composed = await compose({ settings, clock: clock(), adapters: [refusing], logger });
  await composed.start();
  for (const [index, request] of Object.values(requests).entries())
    await request(composed.bot.handle, `zqneedleinahaystack${index}`);
  await composed.bot.anonymous({
    form: 'zqneedleinahaystack',
    state: 'zqneedleinahaystack',
    values: { zqneedleinahaystack: 'zqneedleinahaystack' },
  });
  for (const bytes of [told(), ...filesIn(dataDir)]) expect(holds(bytes, 'zqneedleinahaystack')).toBe(false);

  // What is sent to a person is kept, and logged by no fault of its delivery.
  const values = { [field.personText]: 'zqsentonpurposetosomebody' };
  await composed.bot.handle({ kind: 'form', origin, form: form.askPerson, state: 'headteacher', values });
  expect(filesIn(dataDir).some((bytes) => holds(bytes, 'zqsentonpurposetosomebody'))).toBe(true);
  expect(told().toString()).toContain('a message may not have gone');
  expect(holds(told(), 'zqsentonpurposetosomebody')).toBe(false);
  await composed.stop();
});

test('what was reported as missing is gone from the disk once it is dismissed', async () => {
  const dataDir = temporaryFolder();
  const store = await openStore({ dataDir, clock: clock() });
  const { school } = loadContent(hillPrimary);
  const people = createPeople(school, []);
  const referrals = createReferrals({ store, clock: clock(), school, people: () => people });
  await referrals.reportGap('what of zqneedleinahaystack');
  expect(filesIn(dataDir).some((bytes) => holds(bytes, 'zqneedleinahaystack'))).toBe(true);
  const [gap] = await referrals.gaps();
  await referrals.dismissGap(gap!.id);
  await store.close();
  expect(filesIn(dataDir).some((bytes) => holds(bytes, 'zqneedleinahaystack'))).toBe(false);
});

test('no fault of the answerer or the store brings what was typed into the log', async () => {
  const { logger, told } = openLog();
  const content = loadContent(hillPrimary);
  const store = await openStore({ dataDir: temporaryFolder(), clock: clock() });
  await store.close();
  const people = createPeople(content.school, [
    { platform: 'fake', people: [{ id: 'U1', name: 'Grace', email: 'head@hill.example' }] },
  ]);
  const bot = createBot({
    content,
    answerer: {
      answer(question) {
        throw new Error(`can’t answer ${question}`);
      },
    },
    referrals: createReferrals({ store, clock: clock(), school: content.school, people: () => people }),
    reminders: createReminders({
      store,
      content,
      clock: clock(),
      people: () => people,
      deliver: async () => ({ kind: 'sent', message: 'm' }),
      revise: async () => ({ kind: 'sent', message: 'm' }),
      onFault: () => {},
    }),
    clock: clock(),
    people: () => people,
    deliver: async () => ({ kind: 'sent', message: 'm' }),
    revise: async () => ({ kind: 'sent', message: 'm' }),
    onFault: (error, request) => logger.error({ request, ...faultOf(error) }, 'a request failed'),
  });
  for (const request of Object.values(requests)) await request(bot.handle, 'zqneedleinahaystack');
  const values = { [field.personText]: 'zqneedleinahaystack' };
  await bot.handle({ kind: 'form', origin, form: form.askPerson, state: 'headteacher', values });
  for (const kind of ['question', 'form']) expect(told().toString()).toContain(`"request":"${kind}"`);
  expect(holds(told(), 'zqneedleinahaystack')).toBe(false);
});
