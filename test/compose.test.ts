import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import {
  type Adapter,
  type AdapterFactory,
  type AdapterPorts,
  action,
  type Bot,
  field,
  form,
  type Outcome,
  type PlatformPerson,
  type Response,
} from '../src/chat/mod.ts';
import { compose } from '../src/compose.ts';
import { createLogger } from '../src/log.ts';
import { manualClock } from '../src/school/clock.ts';
import { copyOfHillPrimary, hillPrimary, temporaryFolder } from './support/content.ts';
import { hillPrimaryAsking } from './support/reminders/content.ts';

/** An adapter that does what a test says. */
function fakeAdapter(own: Partial<Adapter> = {}, name = 'fake') {
  const seen: { ports?: AdapterPorts; bot?: Bot; calls: string[] } = { calls: [] };
  const factory: AdapterFactory = {
    name,
    create(ports) {
      seen.ports = ports;
      return {
        name,
        async start(bot) {
          seen.bot = bot;
          seen.calls.push('start');
        },
        async stop() {
          seen.calls.push('stop');
        },
        ready: () => true,
        send: async (): Promise<Outcome> => ({ kind: 'sent', message: 'm' }),
        update: async (): Promise<Outcome> => ({ kind: 'sent', message: 'm' }),
        async *people() {
          yield* ports.people;
        },
        ...own,
      };
    },
  };
  return { factory, seen };
}

const clock = () => manualClock(new Date('2026-11-23T09:00:00Z'));
const settings = (dataDir = temporaryFolder()) => ({
  contentDir: hillPrimary,
  dataDir,
  databaseUrl: undefined,
});

test('starts every adapter with the bot, is ready, and stops once, store last', async () => {
  const one = fakeAdapter();
  const two = fakeAdapter({}, 'other');
  const composed = await compose({
    settings: settings(),
    clock: clock(),
    adapters: [one.factory, two.factory],
  });
  expect(composed.ready()).toBe(false);
  await composed.start();
  expect(composed.ready()).toBe(true);
  expect(one.seen.bot).toBe(two.seen.bot);
  await Promise.all([composed.stop(), composed.stop()]);
  expect(composed.ready()).toBe(false);
  expect(one.seen.calls).toEqual(['start', 'stop']);
  await expect(one.seen.ports!.memory.get('k')).rejects.toThrow();
});

test('a stop answers what is being asked before the store closes, and waits for the web server', async () => {
  const sending = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const { factory, seen } = fakeAdapter({
    async send() {
      sending.resolve();
      await gone.promise;
      return { kind: 'sent', message: 'm' };
    },
  });
  const composed = await compose({ settings: settings(), clock: clock(), adapters: [factory] });
  await composed.start();
  const origin = {
    platform: 'fake',
    person: 'aisha@hill.example',
    conversation: 'a',
    place: 'direct',
  } as const;
  const values = { [field.personText]: 'May I?' };
  const asked = { kind: 'form', origin, form: form.askPerson, state: 'headteacher', values } as const;
  const answered = composed.bot.handle(asked);
  await sending.promise;
  const served = Promise.withResolvers<void>();
  const stopped = composed.stop(served.promise);
  gone.resolve();
  expect(await answered).toEqual({ kind: 'nothing' });
  await vi.waitFor(() => expect(seen.calls).toEqual(['start', 'stop']));
  // A request whose body was still on its way.
  expect(JSON.stringify(await composed.bot.handle(asked))).not.toContain('went wrong');
  expect((await composed.concernPages.sender('start', {})).status).not.toBe(500);
  const last = composed.bot.handle(asked);
  served.resolve();
  expect(JSON.stringify(await last)).not.toContain('went wrong');
  await stopped;
  await expect(seen.ports!.memory.get('k')).rejects.toThrow();
});

test('what was answered before a restart is not answered again', async () => {
  const parts = { settings: settings(), clock: clock() };
  const question = (delivery: string) =>
    ({
      kind: 'question',
      text: 'can I ring a pupil',
      origin: {
        platform: 'fake',
        person: 'aisha@hill.example',
        conversation: 'a',
        place: 'channel',
        delivery,
      },
    }) as const;
  for (const answered of ['card', 'nothing', 'nothing']) {
    const composed = await compose({ ...parts, adapters: [fakeAdapter().factory] });
    await composed.start();
    expect((await composed.bot.handle(question('one'))).kind).toBe(answered);
    await composed.stop();
  }
});

test('a stop does not wait for ever for an answer or a web server that hangs', async () => {
  const sending = Promise.withResolvers<void>();
  const { factory } = fakeAdapter({
    send() {
      sending.resolve();
      return new Promise(() => {});
    },
  });
  const parts = { settings: settings(), clock: clock(), adapters: [factory], patience: 20 };
  const composed = await compose(parts);
  await composed.start();
  const origin = { platform: 'fake', person: 'x', conversation: 'x', place: 'direct' } as const;
  const values = { [field.personText]: 'May I?' };
  void composed.bot.handle({
    kind: 'form',
    origin,
    form: form.askPerson,
    state: 'headteacher',
    values,
  });
  await sending.promise;
  await composed.stop(new Promise(() => {}));
});

test('is not ready while an adapter is not', async () => {
  let ready = false;
  const { factory } = fakeAdapter({ ready: () => ready });
  const composed = await compose({ settings: settings(), clock: clock(), adapters: [factory] });
  await composed.start();
  expect(composed.ready()).toBe(false);
  ready = true;
  expect(composed.ready()).toBe(true);
  await composed.stop();
});

test('hands an adapter the school’s people, and a memory of its own that lasts', async () => {
  const dataDir = temporaryFolder();
  const first = [fakeAdapter(), fakeAdapter({}, 'other')] as const;
  const composed = await compose({
    settings: settings(dataDir),
    clock: clock(),
    adapters: first.map(({ factory }) => factory),
  });
  expect(first[0].seen.ports!.people[0]).toEqual({
    id: 'head@hill.example',
    name: 'Grace Holloway',
    email: 'head@hill.example',
    groups: ['headteacher'],
  });
  await first[0].seen.ports!.memory.set('k', 'v');
  expect(await first[1].seen.ports!.memory.get('k')).toBeUndefined();
  await composed.stop();

  const again = fakeAdapter();
  const second = await compose({ settings: settings(dataDir), clock: clock(), adapters: [again.factory] });
  expect(await again.seen.ports!.memory.get('k')).toBe('v');
  await second.stop();
});

test('two bots side by side share nothing', async () => {
  const made = [fakeAdapter(), fakeAdapter()] as const;
  const [one, two] = await Promise.all(
    made.map(({ factory }) => compose({ settings: settings(), clock: clock(), adapters: [factory] })),
  );
  const origin = {
    platform: 'fake',
    person: 'a',
    conversation: 'a',
    place: 'direct',
    delivery: '1',
  } as const;
  for (const { bot } of [one!, two!])
    expect((await bot.handle({ kind: 'question', origin, text: 'help' })).kind).toBe('card');
  await Promise.all([one!.stop(), two!.stop()]);
});

test('goes on where people can’t be listed or an adapter can’t be stopped, and logs it without names', async () => {
  let logged = '';
  const logger = createLogger('info', {
    write(line) {
      logged += line;
    },
  });
  const { factory } = fakeAdapter({
    // biome-ignore lint/correctness/useYield: a platform that fails at once
    async *people() {
      throw new Error('Aisha Malik');
    },
    stop: () => Promise.reject(new Error('Aisha Malik')),
  });
  const composed = await compose({ settings: settings(), clock: clock(), adapters: [factory], logger });
  await composed.start();
  expect(composed.ready()).toBe(true);
  await composed.stop();
  expect(logged).toContain('could not be listed');
  expect(logged).toContain('did not stop cleanly');
  expect(logged).not.toContain('Aisha');
});

test('says that a message may not have gone where its adapter fails', async () => {
  const { factory } = fakeAdapter({ send: () => Promise.reject(new Error('broken')) });
  const composed = await compose({ settings: settings(), clock: clock(), adapters: [factory] });
  await composed.start();
  const origin = {
    platform: 'fake',
    person: 'aisha@hill.example',
    conversation: 'a',
    place: 'direct',
  } as const;
  const response = await composed.bot.handle({
    kind: 'form',
    origin,
    form: form.askPerson,
    state: 'headteacher',
    values: { [field.personText]: 'May I?' },
  });
  expect(JSON.stringify(response)).toContain('It may not have reached Grace Holloway.');
  await composed.stop();
});

test('hands an adapter the key of the message, so that a retry is harmless', async () => {
  const send = vi.fn(async (): Promise<Outcome> => ({ kind: 'sent', message: 'm' }));
  const { factory } = fakeAdapter({ send });
  const composed = await compose({ settings: settings(), clock: clock(), adapters: [factory] });
  await composed.start();
  const origin = { platform: 'fake', person: 'x', conversation: 'x', place: 'direct' } as const;
  const values = { [field.personText]: 'May I?' };
  await composed.bot.handle({ kind: 'form', origin, form: form.askPerson, state: 'headteacher', values });
  expect(send.mock.calls).toEqual([
    ['head@hill.example', expect.anything(), expect.stringMatching(/^referral:[0-9a-f]{10}:question:1$/), {}],
    ['x', expect.anything(), expect.stringMatching(/^referral:[0-9a-f]{10}:own$/), {}],
  ]);
  await composed.stop();
});

test('knows the people before it serves, and sees who joins and leaves while it runs', async () => {
  vi.useFakeTimers();
  try {
    let people: PlatformPerson[] = [{ id: 'U1', name: 'Grace', email: 'head@hill.example' }];
    let known = 'nothing';
    const ask = async (bot: Bot): Promise<string> => {
      const origin = { platform: 'fake', person: 'x', conversation: 'x', place: 'direct' } as const;
      return (await bot.handle({ kind: 'press', origin, action: action.askPerson, value: '' })).kind;
    };
    const { factory, seen } = fakeAdapter({
      async *people() {
        yield* people;
      },
      async start(bot) {
        seen.bot = bot;
        known = await ask(bot);
      },
    });
    const composed = await compose({
      settings: settings(),
      clock: clock(),
      adapters: [factory],
      refresh: 500,
    });
    await composed.start();
    expect(known).toBe('form');
    people = [];
    expect(await ask(composed.bot)).toBe('form');
    await vi.advanceTimersByTimeAsync(500);
    expect(await ask(composed.bot)).toBe('card');
    people = [{ id: 'U1', name: 'Grace', email: 'head@hill.example' }];
    await vi.advanceTimersByTimeAsync(500);
    expect(await ask(composed.bot)).toBe('form');
    await composed.stop();
  } finally {
    vi.useRealTimers();
  }
});

test('asks again for the people after the start where a platform can’t say before', async () => {
  let started = false;
  const { factory } = fakeAdapter({
    async *people() {
      if (!started) throw new Error('not yet');
      yield { id: 'U1', name: 'Grace', email: 'head@hill.example' };
    },
    async start() {
      started = true;
    },
  });
  const composed = await compose({ settings: settings(), clock: clock(), adapters: [factory] });
  await composed.start();
  const origin = { platform: 'fake', person: 'x', conversation: 'x', place: 'direct' } as const;
  const press = { kind: 'press', origin, action: action.askPerson, value: '' } as const;
  expect((await composed.bot.handle(press)).kind).toBe('form');
  await composed.stop();
});

test('closes the store where an adapter can’t be made', async () => {
  let memory: AdapterPorts['memory'] | undefined;
  const factory: AdapterFactory = {
    name: 'fake',
    create(ports) {
      memory = ports.memory;
      throw new Error('no token');
    },
  };
  const composing = compose({ settings: settings(), clock: clock(), adapters: [factory] });
  await expect(composing).rejects.toThrow('no token');
  await expect(memory!.get('k')).rejects.toThrow();
});

test('lets an adapter’s own fault at the start through, and can still be stopped', async () => {
  const { factory, seen } = fakeAdapter({ start: () => Promise.reject(new Error('no token')) });
  const composed = await compose({ settings: settings(), clock: clock(), adapters: [factory] });
  await expect(composed.start()).rejects.toThrow('no token');
  await composed.stop();
  expect(seen.calls).toEqual(['stop']);
});

describe('reminders', () => {
  const asking = () => ({ ...settings(), contentDir: hillPrimaryAsking() });
  const outcome = (message: string): Outcome => ({ kind: 'sent', message });

  test('go out every minute, each once, as bulk and under their key', async () => {
    vi.useFakeTimers();
    try {
      const send = vi.fn<Adapter['send']>(async (_person, _card, key) => outcome(key));
      const { factory } = fakeAdapter({ send });
      const composed = await compose({ settings: asking(), clock: clock(), adapters: [factory] });
      await composed.start();
      expect(send).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(60_000);
      await composed.tick();
      const reminders = send.mock.calls.filter(([, , key]) => key.startsWith('reminder:'));
      expect(reminders.map(([person]) => person).sort()).toEqual([
        'aisha@hill.example',
        'dsl@hill.example',
        'head@hill.example',
      ]);
      for (const call of reminders) expect(call[3]).toEqual({ bulk: true });
      const before = send.mock.calls.length;
      await vi.advanceTimersByTimeAsync(180_000);
      await composed.tick();
      expect(send).toHaveBeenCalledTimes(before);
      await composed.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  test('can be sent without anything being started', async () => {
    const { factory, seen } = fakeAdapter();
    const composed = await compose({ settings: asking(), clock: clock(), adapters: [factory] });
    await composed.prepare();
    expect(await composed.reminders.send(new Date('2026-12-01T09:00:00Z'))).toMatchObject({ sent: 3 });
    await composed.stop();
    expect(seen.calls).toEqual(['stop']);
  });

  test('a stop waits for the message in flight, and the adapter goes after it', async () => {
    const answer = Promise.withResolvers<Outcome>();
    const sending = Promise.withResolvers<void>();
    const order: string[] = [];
    const { factory } = fakeAdapter({
      async send() {
        sending.resolve();
        const sent = await answer.promise;
        order.push('sent');
        return sent;
      },
      async stop() {
        order.push('stop');
      },
    });
    const composed = await compose({ settings: asking(), clock: clock(), adapters: [factory] });
    await composed.start();
    const ticking = composed.tick();
    await sending.promise;
    const stopping = composed.stop();
    answer.resolve(outcome('m'));
    await Promise.all([ticking, stopping]);
    expect(order).toEqual(['sent', 'stop']);
  });

  test('are no reason to log a name, whatever fails', async () => {
    let logged = '';
    const logger = createLogger('trace', {
      write(line) {
        logged += line;
      },
    });
    const { factory } = fakeAdapter({ send: () => Promise.reject(new Error('no Aisha Malik here')) });
    const composed = await compose({ settings: asking(), clock: clock(), adapters: [factory], logger });
    await composed.start();
    const ticking = composed.tick();
    await vi.waitFor(() => expect(logged).toContain('a message may not have gone'));
    await composed.stop();
    await ticking;
    expect(logged).not.toMatch(/Aisha|hill\.example|Grace|Priya/);
  });
});

test('leaves no timer behind', async () => {
  vi.useFakeTimers();
  try {
    const { factory } = fakeAdapter();
    const composed = await compose({ settings: settings(), clock: clock(), adapters: [factory] });
    await composed.start();
    expect(vi.getTimerCount()).toBe(4);
    await composed.stop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('keeps and logs no word of what was asked, until its asker presses the button that says so', async () => {
  let logged = '';
  const logger = createLogger('trace', {
    write(line) {
      logged += line;
    },
  });
  const dataDir = temporaryFolder();
  const { factory } = fakeAdapter();
  const composed = await compose({
    settings: settings(dataDir),
    clock: clock(),
    adapters: [factory],
    logger,
  });
  await composed.start();
  const origin = {
    platform: 'fake',
    person: 'aisha@hill.example',
    conversation: 'a',
    place: 'direct',
  } as const;
  const ask = (text: string) => composed.bot.handle({ kind: 'question', origin, text });
  const press = (response: Response, wanted: string) => {
    const buttons =
      'card' in response
        ? response.card.elements.flatMap((each) => (each.kind === 'buttons' ? each.buttons : []))
        : [];
    const { value } = buttons.find((button) => button.action === wanted)!;
    return composed.bot.handle({ kind: 'press', origin, action: wanted, value });
  };
  const kept = (): string =>
    readdirSync(dataDir).reduce((all, file) => all + readFileSync(join(dataDir, file), 'latin1'), logged);

  await press(await ask('where does my phone go needle'), action.helpful);
  await press(await ask('where does my phone go needle'), action.askPerson);
  await ask('a child called needle told me his dad hits him');
  await ask('i want to report a colleague called needle');
  const none = await ask('what is the dinner menu, needle');
  expect(kept()).not.toContain('needle');
  await press(none, action.reportGap);
  expect(kept()).toContain('what is the dinner menu, needle');
  expect(logged).not.toContain('needle');
  await composed.stop();
});

test('says what is wrong with the content, before anything is opened', async () => {
  const broken = copyOfHillPrimary();
  writeFileSync(join(broken, 'school.yaml'), 'nome: x\n');
  const { factory, seen } = fakeAdapter();
  await expect(
    compose({ settings: { ...settings(), contentDir: broken }, clock: clock(), adapters: [factory] }),
  ).rejects.toThrow(/school\.yaml/);
  expect(seen.ports).toBeUndefined();
});
