import { pino } from 'pino';
import type { PlatformPerson } from '../chat/mod.ts';
import { readEnvironment, readSettings, type Settings } from '../config.ts';
import type { Content } from '../content/content.ts';
import { loadContent } from '../content/load.ts';
import { Directory } from '../directory.ts';
import { asksEverybody } from '../reminders/campaigns.ts';
import { createCalendar } from '../school/calendar.ts';
import { type Clock, systemClock } from '../school/clock.ts';
import { createPeople, type People } from '../school/people.ts';
import { adapterMemory } from '../store/memory.ts';
import { openStore, type Store } from '../store/open.ts';
import { listPeople } from '../store/people.ts';
import { createRoster, listVanished } from '../store/platform-people.ts';
import type { Shell } from './shell.ts';

/** What the school office works on: the content, and the bot's own store. */
export interface Office {
  readonly settings: Settings;
  readonly content: Content;
  readonly store: Store;
  readonly clock: Clock;
  /** Whom the office's list and school.yaml name, and who has vanished from a platform. */
  listed(): Promise<People>;
  /**
   * The same, with whom the platforms list. One that can't be asked is said to be so on standard error, and
   * `whole` is false.
   */
  everybody(): Promise<{ readonly people: People; readonly whole: boolean }>;
}

/** Opens the office for some work, and closes it again. */
export async function withOffice<T>(shell: Shell, work: (office: Office) => Promise<T>): Promise<T> {
  const settings = readSettings(readEnvironment(process.cwd(), shell.environment));
  const { contentDir, dataDir, databaseUrl } = settings;
  const content = loadContent(contentDir);
  const clock = systemClock;
  const store = await openStore({ dataDir, clock, ...(databaseUrl !== undefined && { databaseUrl }) });
  try {
    return await work({
      settings,
      content,
      store,
      clock,
      async listed() {
        const gone = { platform: '', people: [], vanished: await listVanished(store) };
        return createPeople(content.school, [gone], await listPeople(store));
      },
      everybody: () => askPlatforms(settings, content, store, shell),
    });
  } finally {
    await store.close();
  }
}

async function askPlatforms(
  settings: Settings,
  content: Content,
  store: Store,
  shell: Shell,
): Promise<{ people: People; whole: boolean }> {
  const { school } = content;
  const named = school.people.map(
    ({ name, email, roles }): PlatformPerson => ({ id: email, name, email, groups: roles }),
  );
  const calendar = createCalendar(school);
  const roster = createRoster(store, () => calendar.dayOf(systemClock.now()), asksEverybody(content));
  const log = { info() {}, warn() {}, error() {} };
  const factories = await shell.platforms(settings);
  const adapters = factories.map(({ name, create }) =>
    create({
      memory: adapterMemory(store, name),
      people: named,
      routes: { add() {} },
      log,
      peopleChanged: async () => {},
    }),
  );
  const directory = new Directory(school, adapters, pino({ level: 'silent' }), roster);
  try {
    const silent = await directory.list();
    for (const { name } of silent) sayUnlisted(name, shell);
    return { people: directory.people, whole: silent.length === 0 };
  } finally {
    await Promise.allSettled(adapters.map((adapter) => adapter.stop()));
  }
}

export function sayUnlisted(platform: string, { errors }: Pick<Shell, 'errors'>): void {
  errors.write(
    `The people of ${platform} can’t be listed now, so those whom only ${platform} knows are left out. ` +
      'Check its settings in .env and the network, and try again.\n',
  );
}
