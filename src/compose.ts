import { type Logger, pino } from 'pino';
import { createAnswerer } from './answers/answerer.ts';
import { type Prepared, prepare } from './answers/prepare.ts';
import { createBot } from './bot.ts';
import type {
  Adapter,
  AdapterFactory,
  AdapterLog,
  Bot,
  Outcome,
  PlatformPerson,
  Routes,
} from './chat/mod.ts';
import type { Settings } from './config.ts';
import type { Content } from './content/content.ts';
import { Directory } from './directory.ts';
import { faultOf } from './log.ts';
import { createReferrals, type Delivery, type Revision } from './referrals/referrals.ts';
import type { Clock } from './school/clock.ts';
import { adapterMemory } from './store/memory.ts';
import { openStore, type Store } from './store/open.ts';

export interface Parts {
  readonly settings: Pick<Settings, 'contentDir' | 'dataDir' | 'databaseUrl'>;
  readonly clock: Clock;
  readonly adapters: readonly AdapterFactory[];
  readonly logger?: Logger;
  /** The web server's; nothing is served where left out. */
  readonly routes?: Routes;
  /** How often the platforms are asked who their people are, in milliseconds; every hour where left out. */
  readonly refresh?: number;
}

/** One bot with everything it stands on. Nothing of it is shared with another. */
export interface Composed {
  readonly bot: Bot;
  readonly content: Content;
  readonly adapters: readonly Adapter[];
  /** Lists the people, then starts the adapters. Where one can't start, `stop` is still to be called. */
  start(): Promise<void>;
  /** Stops the adapters and closes the store. A second call waits for the first. */
  stop(): Promise<void>;
  /** Whether people are being answered on every platform. */
  ready(): boolean;
}

const minute = 60_000;
const hour = 60 * minute;

/**
 * Puts one bot together: reads the content, opens the store.
 * @throws ContentError for content that can't be used, StoreError for a store that can't be opened; nothing
 * is left open then
 */
export async function compose(parts: Parts): Promise<Composed> {
  const { contentDir, dataDir, databaseUrl } = parts.settings;
  const prepared = await prepare(contentDir);
  const clock = parts.clock;
  const store = await openStore({ dataDir, clock, ...(databaseUrl !== undefined && { databaseUrl }) });
  try {
    return composeOn(store, prepared, parts);
  } catch (error) {
    await store.close();
    throw error;
  }
}

function composeOn(
  store: Store,
  { content, learnt }: Prepared,
  {
    clock,
    adapters: factories,
    logger = pino({ level: 'silent' }),
    routes = { add() {} },
    refresh = hour,
  }: Parts,
): Composed {
  const { school } = content;
  const answerer = createAnswerer(content, learnt);
  const named = school.people.map(
    ({ name, email, roles }): PlatformPerson => ({ id: email, name, email, groups: roles }),
  );
  const adapters = factories.map(({ name, create }) =>
    create({ memory: adapterMemory(store, name), people: named, routes, log: logOf(logger, name) }),
  );
  const directory = new Directory(school, adapters, logger);

  /** Runs something with the adapter of a platform. Never throws: what fails may have gone. */
  async function through(platform: string, work: (adapter: Adapter) => Promise<Outcome>): Promise<Outcome> {
    const adapter = adapters.find(({ name }) => name === platform);
    if (!adapter) return { kind: 'blocked', reason: 'that chat is not in use any more' };
    try {
      return await work(adapter);
    } catch (error) {
      logger.error({ adapter: adapter.name, ...faultOf(error) }, 'a message may not have gone');
      return { kind: 'unknown', reason: 'the chat failed' };
    }
  }

  const deliver = ({ to, card, key, under }: Delivery): Promise<Outcome> =>
    through(to.platform, (adapter) =>
      adapter.send(to.person, card, key, under === undefined ? {} : { under }),
    );
  const revise = ({ owner, message, card }: Revision): Promise<Outcome> =>
    through(owner.platform, (adapter) => adapter.update(message, card));

  const bot = createBot({
    content,
    answerer,
    referrals: createReferrals({ store, clock, school, people: () => directory.people }),
    clock,
    people: () => directory.people,
    deliver,
    revise,
    onFault: (error, request) => logger.error({ request, ...faultOf(error) }, 'a request failed'),
  });

  let state: 'new' | 'started' | 'stopped' = 'new';
  let timers: readonly NodeJS.Timeout[] = [];
  let stopping: Promise<void> | undefined;

  async function stop(): Promise<void> {
    state = 'stopped';
    for (const timer of timers) clearInterval(timer);
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
      timers = [
        setInterval(() => bot.forget(), minute).unref(),
        setInterval(() => directory.refresh(), refresh).unref(),
      ];
      // Before anybody is served, so that whoever asks first is known by name.
      const late = await directory.list();
      for (const adapter of adapters) await adapter.start(bot);
      await directory.refresh(late);
      state = 'started';
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
    ready: () => state === 'started' && adapters.every((adapter) => adapter.ready()),
  };
}

function logOf(logger: Logger, adapter: string): AdapterLog {
  const own = logger.child({ adapter });
  return {
    info: (message) => own.info(message),
    warn: (message) => own.warn(message),
    error: (message) => own.error(message),
  };
}
