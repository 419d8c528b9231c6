import { type Logger, pino } from 'pino';
import { createAnswerer } from './answers/answerer.ts';
import { prepare } from './answers/prepare.ts';
import { createBot } from './bot.ts';
import type { Adapter, AdapterFactory, Bot, Outcome, PlatformPerson } from './chat/mod.ts';
import type { Settings } from './config.ts';
import type { Content } from './content/content.ts';
import { faultOf } from './log.ts';
import { createReferrals, type Delivery } from './referrals/referrals.ts';
import type { Clock } from './school/clock.ts';
import { createPeople, type Listing } from './school/people.ts';
import { adapterMemory } from './store/memory.ts';
import { openStore } from './store/open.ts';

export interface Parts {
  readonly settings: Pick<Settings, 'contentDir' | 'dataDir' | 'databaseUrl'>;
  readonly clock: Clock;
  readonly adapters: readonly AdapterFactory[];
  readonly logger?: Logger;
}

/** One bot with everything it stands on. Nothing of it is shared with another. */
export interface Composed {
  readonly bot: Bot;
  readonly content: Content;
  readonly adapters: readonly Adapter[];
  /** Starts the adapters. Where one can't start, `stop` is still to be called. */
  start(): Promise<void>;
  /** Stops the adapters and closes the store. A second call waits for the first. */
  stop(): Promise<void>;
  /** Whether people are being answered on every platform. */
  ready(): boolean;
}

const minute = 60_000;

/**
 * Puts one bot together: reads the content, opens the store.
 * @throws ContentError for content that can't be used, StoreError for a store that can't be opened
 */
export async function compose({
  settings,
  clock,
  adapters: factories,
  logger = pino({ level: 'silent' }),
}: Parts): Promise<Composed> {
  const { contentDir, dataDir, databaseUrl } = settings;
  const { content, learnt } = await prepare(contentDir);
  const { school } = content;
  const answerer = createAnswerer(content, learnt);
  const store = await openStore({ dataDir, clock, ...(databaseUrl !== undefined && { databaseUrl }) });

  const named = school.people.map(
    ({ name, email, roles }): PlatformPerson => ({ id: email, name, email, groups: roles }),
  );
  const adapters = factories.map(({ name, create }) =>
    create({ memory: adapterMemory(store, name), people: named }),
  );
  let people = createPeople(school, []);

  async function deliver({ to, card, key }: Delivery): Promise<Outcome> {
    const adapter = adapters.find(({ name }) => name === to.platform);
    if (!adapter) return { kind: 'blocked', reason: 'that chat is not in use any more' };
    try {
      return await adapter.send(to.person, card, key);
    } catch (error) {
      logger.error({ adapter: adapter.name, ...faultOf(error) }, 'a message may not have gone');
      return { kind: 'unknown', reason: 'the chat failed' };
    }
  }

  const bot = createBot({
    content,
    answerer,
    referrals: createReferrals({ store, clock, school, people: () => people }),
    clock,
    people: () => people,
    deliver,
    onFault: (error, request) => logger.error({ request, ...faultOf(error) }, 'a request failed'),
  });

  /** A platform that can't list its people now still serves them; it is asked again with the next start. */
  async function listing(adapter: Adapter): Promise<Listing> {
    try {
      const listed: PlatformPerson[] = [];
      for await (const person of adapter.people()) listed.push(person);
      return { platform: adapter.name, people: listed };
    } catch (error) {
      logger.warn(
        { adapter: adapter.name, ...faultOf(error) },
        'the people of this platform could not be listed',
      );
      return { platform: adapter.name, people: [] };
    }
  }

  let state: 'new' | 'started' | 'stopped' = 'new';
  let forgetting: NodeJS.Timeout | undefined;
  let stopping: Promise<void> | undefined;

  async function stop(): Promise<void> {
    state = 'stopped';
    clearInterval(forgetting);
    const stopped = await Promise.allSettled(adapters.map((adapter) => adapter.stop()));
    for (const result of stopped)
      if (result.status === 'rejected')
        logger.error(faultOf(result.reason), 'an adapter did not stop cleanly');
    await store.close();
  }

  return {
    bot,
    content,
    adapters,
    async start() {
      forgetting = setInterval(() => bot.forget(), minute).unref();
      for (const adapter of adapters) await adapter.start(bot);
      people = createPeople(school, await Promise.all(adapters.map(listing)));
      state = 'started';
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
    ready: () => state === 'started' && adapters.every((adapter) => adapter.ready()),
  };
}
