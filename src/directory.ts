import type { Logger } from 'pino';
import { AdapterError } from './chat/adapter-error.ts';
import type { Adapter, PlatformPerson } from './chat/mod.ts';
import type { School } from './content/schema/school.ts';
import { faultOf } from './log.ts';
import { createPeople, type ListedPerson, type Listing, type People, type Roster } from './school/people.ts';

/** Who there is: the office's list and the people of school.yaml, on the platforms as these listed them last. */
export class Directory {
  readonly #school: School;
  readonly #adapters: readonly Adapter[];
  readonly #logger: Logger;
  readonly #roster: Roster;
  /** As it was read last. */
  #listed: readonly ListedPerson[] = [];
  /** By platform. */
  readonly #listings = new Map<string, Listing>();
  readonly #asking = new Map<Adapter, Promise<void>>();
  /** Listings that were asked for and have not begun, by platform. */
  readonly #soon = new Map<string, Promise<void>>();
  #people: People;

  /** Knows nobody's account, and nobody of the office's list, before the first listing. */
  constructor(
    school: School,
    adapters: readonly Adapter[],
    logger: Logger,
    roster: Roster = { list: async () => [], keep: async () => [] },
  ) {
    this.#school = school;
    this.#adapters = adapters;
    this.#logger = logger;
    this.#roster = roster;
    this.#people = createPeople(school, []);
  }

  get people(): People {
    return this.#people;
  }

  /**
   * Reads the office's list and asks every platform, before these have started. Returns those that can't say
   * yet, to be asked again. @throws StoreError where the list can't be read
   */
  async list(): Promise<readonly Adapter[]> {
    await this.#readList();
    const heard = await Promise.allSettled(this.#adapters.map((adapter) => this.#ask(adapter)));
    return this.#adapters.filter((_, index) => heard[index]?.status === 'rejected');
  }

  /** Asks again, so that joiners and leavers are seen. A source that can't say keeps the people it had. */
  async refresh(adapters: readonly Adapter[] = this.#adapters): Promise<void> {
    try {
      await this.#readList();
    } catch (error) {
      this.#logger.warn(faultOf(error), 'the office’s list of people could not be read');
    }
    // One that takes long is not asked twice at once.
    const idle = adapters.filter((adapter) => !this.#asking.has(adapter));
    await Promise.all(idle.map((adapter) => this.#askAgain(adapter)));
  }

  /** A platform says that its people are others now: asks it as soon as it is not being asked. Never throws. */
  changed(platform: string): Promise<void> {
    const adapter = this.#adapters.find(({ name }) => name === platform);
    if (!adapter) return Promise.resolve();
    const begin = async (): Promise<void> => {
      // What is being heard now may be from before the change.
      await this.#asking.get(adapter);
      this.#soon.delete(platform);
      await this.#askAgain(adapter);
    };
    const soon = this.#soon.get(platform) ?? begin();
    this.#soon.set(platform, soon);
    return soon;
  }

  /** A platform that can't say keeps the people it had. */
  async #askAgain(adapter: Adapter): Promise<void> {
    const asking = this.#ask(adapter).catch((error: unknown) => {
      const what = 'the people of this platform could not be listed';
      // Its words are the adapter's own, and say all there is to know.
      if (error instanceof AdapterError)
        this.#logger.warn({ adapter: adapter.name }, `${what}: ${error.message}`);
      else this.#logger.warn({ adapter: adapter.name, ...faultOf(error) }, what);
    });
    this.#asking.set(adapter, asking);
    await asking;
    if (this.#asking.get(adapter) === asking) this.#asking.delete(adapter);
  }

  async #ask(adapter: Adapter): Promise<void> {
    const people: PlatformPerson[] = [];
    for await (const person of adapter.people()) people.push(person);
    const platform = adapter.name;
    const { vanished = [] } = this.#listings.get(platform) ?? {};
    this.#listings.set(platform, { platform, people, vanished });
    this.#join();
    await this.#keep(platform, people);
  }

  /** Remembers who was there, so that nobody drops out of sight when a platform lists them no more. */
  async #keep(platform: string, people: readonly PlatformPerson[]): Promise<void> {
    const seen = this.#people.all.flatMap(({ name, email, roles, rolesFrom, accounts }) => {
      const own = accounts.find((account) => account.platform === platform);
      if (!own || rolesFrom !== 'platform') return [];
      return [{ id: own.person, name, roles, ...(email !== undefined && { email }) }];
    });
    try {
      const vanished = await this.#roster.keep(platform, seen, new Set(people.map(({ id }) => id)));
      this.#listings.set(platform, { platform, people, vanished });
      this.#join();
    } catch (error) {
      this.#logger.warn(faultOf(error), 'who was on this platform could not be kept');
    }
  }

  async #readList(): Promise<void> {
    this.#listed = await this.#roster.list();
    this.#join();
  }

  #join(): void {
    const listings = this.#adapters.flatMap(({ name }) => this.#listings.get(name) ?? []);
    this.#people = createPeople(this.#school, listings, this.#listed);
  }
}
