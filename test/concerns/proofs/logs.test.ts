import type { Logger } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBot } from '../../../src/bot.ts';
import { type AnonymousForm, action, type Bot, field, form as forms } from '../../../src/chat/mod.ts';
import { createConcernPages } from '../../../src/concerns/api/pages.ts';
import { createConcerns } from '../../../src/concerns/concerns.ts';
import { loadContent } from '../../../src/content/load.ts';
import { createLogger, faultOf } from '../../../src/log.ts';
import { createReferrals } from '../../../src/referrals/referrals.ts';
import { createReminders } from '../../../src/reminders/reminders.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { fakePassing, type House, openHouse, quickStretch } from '../../support/concerns/house.ts';
import { findWords } from '../../support/concerns/search.ts';
import { needles, sender } from '../../support/concerns/world.ts';
import { hillPrimary, temporaryFolder } from '../../support/content.ts';

/** At no level of the log is there a word of a sender, whatever fails: the reader of forms, the store, the keys, the platform. */

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const receipt = '7K3M-9QXT-4WZ8-HB2N-C';

let house: House;
let botStore: Store;

beforeEach(async () => {
  house = await openHouse({ readers: ['headteacher', 'deputy-headteacher'] });
  botStore = await openStore({ dataDir: temporaryFolder(), clock: house.clock });
});

afterEach(async () => {
  await botStore.close();
  await house.close().catch(() => {});
});

/** Throws what it was given, as a careless library does. */
const quoting = (what: unknown): never => {
  throw new Error(`can’t do ${JSON.stringify(what)} for ${sender.name}, ${sender.text}`);
};

type Fault = 'none' | 'parser' | 'store' | 'keys' | 'platform';

/** Sends, comes back and answers with something failing; gives all that was logged. */
async function logOf(level: string, fault: Fault, logFault: (logger: Logger) => (error: unknown) => void) {
  let log = '';
  const logger = createLogger(level, {
    write(line) {
      log += line;
    },
  });
  const { store, clock, school } = house;
  const people = () => house.people;
  const concerns = createConcerns({
    store,
    clock,
    school,
    people,
    passing: fakePassing(),
    stretch: fault === 'keys' ? async (typed) => quoting(new TextDecoder().decode(typed)) : quickStretch,
  });
  const content = loadContent(hillPrimary);
  const told = logFault(logger);
  const deliver =
    fault === 'platform'
      ? async (delivery: unknown) => quoting(delivery)
      : async () => ({ kind: 'sent', message: 'm' }) as const;
  const bot: Bot = createBot({
    content,
    answerer: { answer: (question) => quoting(question) },
    referrals: createReferrals({ store: botStore, clock, school, people }),
    reminders: createReminders({
      store: botStore,
      content,
      clock,
      people,
      deliver,
      revise: async () => ({ kind: 'sent', message: 'm' }),
      onFault: told,
    }),
    clock,
    people,
    deliver,
    revise: async () => ({ kind: 'sent', message: 'm' }),
    concerns: {
      senders:
        fault === 'parser'
          ? { ...concerns.senders, readersFor: async (subject) => quoting(subject) }
          : concerns.senders,
      notice: () => ({ school, people: people(), day: '2026-11-25', doorB: undefined }),
    },
    onFault: told,
  });
  const pages = createConcernPages({
    concerns,
    notice: () => ({ school, people: people(), day: '2026-11-25', doorB: undefined }),
    now: () => ({ week: '2026-W48', today: '2026-11-25' }),
    onFault: told,
  });
  if (fault === 'store') await store.close();

  const origin = {
    platform: 'fake',
    person: sender.id,
    conversation: sender.conversation,
    place: 'direct',
    delivery: sender.trigger,
  } as const;
  await bot.handle({ kind: 'press', origin, action: action.concern, value: sender.text });
  await bot.handle({ kind: 'question', origin: { ...origin, delivery: 'd2' }, text: sender.text });
  const state = JSON.stringify({ about: 'adult', exclude: [], readers: [sender.text], nonce: sender.email });
  const values = {
    [field.concernAbout]: 'adult',
    [field.concernText]: sender.text,
    [field.codeReceipt]: receipt,
    [field.codeReply]: sender.text,
    [field.concernLastFour]: sender.text,
  };
  const filled: readonly AnonymousForm[] = [
    ...Object.values(forms).flatMap((form) => [
      { form, state, values },
      { form, state: sender.text, values },
    ]),
    { form: sender.text, state: sender.text, values: { [sender.name]: sender.text } },
  ];
  for (const form of filled) await bot.anonymous(form);
  for (const call of ['form', 'readers', 'submit', 'open', 'reply', 'login', 'read'])
    for (const body of [sender, { about: 'adult' }, { lookup: 'A'.repeat(43) }]) {
      await pages.sender(call, body);
      await pages.reader(call, body, sender.email);
    }
  if (fault === 'platform') await deliver({ card: sender.text }).catch(told);
  return log;
}

const careful = (logger: Logger) => (error: unknown) => logger.error(faultOf(error), 'a request failed');

describe.each(['none', 'parser', 'store', 'keys', 'platform'] as const)('with a fault of the %s', (fault) => {
  test.each(levels)('nothing of the sender is in the log at “%s”', async (level) => {
    const log = await logOf(level, fault, careful);
    const searched = [{ place: 'the log', bytes: Buffer.from(log) }];
    expect(findWords(searched, [...needles, receipt, receipt.replaceAll('-', '')])).toEqual([]);
    if (level !== 'fatal') expect(log).toContain('a request failed');
  });
});

test('planted, it is found: a fault whose message is logged', async () => {
  const careless = (logger: Logger) => (error: unknown) => logger.error(`failed: ${String(error)}`);
  const log = await logOf('error', 'keys', careless);
  const found = findWords([{ place: 'the log', bytes: Buffer.from(log) }], needles);
  expect(found).toContain(`the log: ${sender.text} (as it is)`);
  expect(found).toContain(`the log: ${sender.name} (as it is)`);
});
