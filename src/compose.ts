import { setTimeout as pause } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { createAnswerer } from './answers/answerer.ts';
import { type Prepared, prepare } from './answers/prepare.ts';
import { createBot } from './bot.ts';
import type {
  Adapter,
  AdapterFactory,
  AdapterLog,
  Bot,
  ConcernPages,
  Outcome,
  PlatformPerson,
  Routes,
  SendOptions,
} from './chat/mod.ts';
import { createConcernService } from './concern-service.ts';
import type { Concerns } from './concerns/concerns.ts';
import { type ConcernStore, openConcernStore } from './concerns/store/open.ts';
import type { Settings } from './config.ts';
import type { Content } from './content/content.ts';
import { Deliveries } from './deliveries.ts';
import { Directory } from './directory.ts';
import { faultOf } from './log.ts';
import { createReferrals, type Delivery, type Revision } from './referrals/referrals.ts';
import { asksEverybody } from './reminders/campaigns.ts';
import { createReminders, type Reminders } from './reminders/reminders.ts';
import { createCalendar } from './school/calendar.ts';
import type { Clock } from './school/clock.ts';
import { createHeard } from './store/heard.ts';
import { adapterMemory } from './store/memory.ts';
import { openStore, type Store } from './store/open.ts';
import { createRoster } from './store/platform-people.ts';
import { UnderWay } from './under-way.ts';

export interface Parts {
  readonly settings: Pick<Settings, 'contentDir' | 'dataDir' | 'databaseUrl'> &
    Partial<Pick<Settings, 'publicUrl'>>;
  readonly clock: Clock;
  readonly adapters: readonly AdapterFactory[];
  readonly logger?: Logger;
  /** The web server's; nothing is served where left out. */
  readonly routes?: Routes;
  /** How often the platforms are asked who their people are, in milliseconds; every hour where left out. */
  readonly refresh?: number;
  /**
   * How long a stop waits, all in all, for messages in flight and for what is being answered, in milliseconds;
   * ten seconds where left out.
   */
  readonly patience?: number;
}

/** One bot with everything it stands on. Nothing of it is shared with another. */
export interface Composed {
  readonly bot: Bot;
  readonly content: Content;
  readonly adapters: readonly Adapter[];
  readonly reminders: Reminders;
  readonly concerns: Concerns;
  /** What door B and the readers' inbox stand on. */
  readonly concernPages: ConcernPages;
  /**
   * Learns who the people are, and keeps the texts that they are asked to acknowledge: enough to send without
   * being started. Returns the adapters that can't say yet who their people are.
   */
  prepare(): Promise<readonly Adapter[]>;
  /** Prepares, then starts the adapters. Where one can't start, `stop` is still to be called. */
  start(): Promise<void>;
  /** Sends what is due by the clock, as it does by itself every minute. Never rejects. */
  tick(): Promise<void>;
  /**
   * Stops the adapters, waits some seconds for what is being answered, and closes the store. `served` resolves
   * once the web server has answered all that it took on. A second call waits for the first.
   */
  stop(served?: Promise<unknown>): Promise<void>;
  /** Whether people are being answered on every platform. */
  ready(): boolean;
}

const second = 1000;
const minute = 60 * second;
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
  let concernStore: ConcernStore | undefined;
  try {
    concernStore = await openConcernStore(dataDir, clock);
    return composeOn(store, concernStore, prepared, parts);
  } catch (error) {
    await concernStore?.close();
    await store.close();
    throw error;
  }
}

function composeOn(
  store: Store,
  concernStore: ConcernStore,
  { content, learnt }: Prepared,
  {
    settings: { publicUrl },
    clock,
    adapters: factories,
    logger = pino({ level: 'silent' }),
    routes = { add() {} },
    refresh = hour,
    patience = 10 * second,
  }: Parts,
): Composed {
  const { school } = content;
  const answerer = createAnswerer(content, learnt);
  const named = school.people.map(
    ({ name, email, roles }): PlatformPerson => ({ id: email, name, email, groups: roles }),
  );
  const concerning = createConcernService({
    store: concernStore,
    publicUrl,
    school,
    clock,
    people: () => directory.people,
    deliver: ({ to, card, key, again }) =>
      deliver({ to, card, key }, { bulk: true, ...(again && { again }) }),
    logger,
  });
  const underWay = new UnderWay();
  const concernPages: ConcernPages = {
    ...concerning.pages,
    sender: (call, body) => underWay.run(() => concerning.pages.sender(call, body)),
    reader: (call, body, session) => underWay.run(() => concerning.pages.reader(call, body, session)),
  };
  const adapters: readonly Adapter[] = factories.map(({ name, create }) =>
    create({
      memory: adapterMemory(store, name),
      people: named,
      routes,
      log: logOf(logger, name),
      peopleChanged: () => directory.changed(name),
      concerns: concernPages,
    }),
  );
  const calendar = createCalendar(school);
  const roster = createRoster(store, () => calendar.dayOf(clock.now()), asksEverybody(content));
  const directory = new Directory(school, adapters, logger, roster);

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

  const deliver = ({ to, card, key, under }: Delivery, options: SendOptions = {}): Promise<Outcome> =>
    through(to.platform, (adapter) =>
      adapter.send(to.person, card, key, under === undefined ? options : { ...options, under }),
    );
  const revise = ({ owner, message, card }: Revision): Promise<Outcome> =>
    through(owner.platform, (adapter) => adapter.update(message, card));

  const people = () => directory.people;
  const reminders = createReminders({
    store,
    content,
    clock,
    people,
    deliver,
    revise,
    onFault: (error) => logger.error(faultOf(error), 'reminders failed'),
  });
  const heard = createHeard(store);
  const deliveries = new Deliveries(() => clock.now().getTime());
  const turns = createBot({
    deliveries,
    content,
    answerer,
    referrals: createReferrals({ store, clock, school, people }),
    reminders,
    clock,
    people,
    deliver,
    revise,
    concerns: concerning.turns,
    onFault: (error, request) => logger.error({ request, ...faultOf(error) }, 'a request failed'),
  });
  const bot: Bot = {
    handle: (request) => underWay.run(() => turns.handle(request)),
    anonymous: (form) => underWay.run(() => turns.anonymous(form)),
  };

  let state: 'new' | 'started' | 'stopped' = 'new';
  let timers: readonly NodeJS.Timeout[] = [];
  let stopping: Promise<void> | undefined;

  async function prepare(): Promise<readonly Adapter[]> {
    await reminders.recordVersions();
    return directory.list();
  }

  async function tick(): Promise<void> {
    await Promise.all([reminders.tick(), concerning.tick()]);
  }

  async function stop(served?: Promise<unknown>): Promise<void> {
    const started = state === 'started';
    state = 'stopped';
    for (const timer of timers) clearInterval(timer);
    const settled = new AbortController();
    // A platform or a client that hangs holds up no stop.
    const enough = pause(patience, undefined, { signal: settled.signal }).catch(() => {});
    // Before the adapters, which messages in flight and forms that send to others need.
    await Promise.race([Promise.all([reminders.stop(), underWay.begun()]), enough]);
    const stopped = await Promise.allSettled(adapters.map((adapter) => adapter.stop()));
    for (const result of stopped)
      if (result.status === 'rejected')
        logger.error(faultOf(result.reason), 'an adapter did not stop cleanly');
    // Whoever was let in is answered before what the answer stands on is closed.
    await Promise.race([Promise.allSettled([served]).then(() => underWay.done()), enough]);
    settled.abort();
    await concerning.stop();
    if (started)
      await heard
        .keep(deliveries.digests())
        .catch((error: unknown) => logger.error(faultOf(error), 'what has been answered could not be noted'));
    await store.close();
  }

  return {
    bot,
    content,
    adapters,
    reminders,
    concerns: concerning.concerns,
    concernPages,
    prepare,
    async start() {
      timers = [
        setInterval(() => turns.forget(), minute).unref(),
        setInterval(tick, minute).unref(),
        setInterval(() => directory.refresh(), refresh).unref(),
      ];
      concerning.start();
      deliveries.recall(await heard.take());
      // Before anybody is served, so that whoever asks first is known by name.
      const late = await prepare();
      for (const adapter of adapters) await adapter.start(bot);
      await directory.refresh(late);
      state = 'started';
    },
    tick,
    stop(served) {
      stopping ??= stop(served);
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
