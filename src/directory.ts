import type { Logger } from 'pino';
import type { Adapter, PlatformPerson } from './chat/mod.ts';
import type { School } from './content/schema/school.ts';
import { faultOf } from './log.ts';
import { createPeople, type Listing, type People } from './school/people.ts';

/** Who there is: the people of school.yaml on the platforms, as these listed them last. */
export class Directory {
  readonly #school: School;
  readonly #adapters: readonly Adapter[];
  readonly #logger: Logger;
  /** By platform. */
  readonly #listings = new Map<string, Listing>();
  readonly #asking = new Set<Adapter>();
  #people: People;

  /** Knows nobody's account before the first listing. */
  constructor(school: School, adapters: readonly Adapter[], logger: Logger) {
    this.#school = school;
    this.#adapters = adapters;
    this.#logger = logger;
    this.#people = createPeople(school, []);
  }

  get people(): People {
    return this.#people;
  }

  /** Asks every platform before it has started. Returns those that can't say yet, to be asked again. */
  async list(): Promise<readonly Adapter[]> {
    const heard = await Promise.allSettled(this.#adapters.map((adapter) => this.#ask(adapter)));
    return this.#adapters.filter((_, index) => heard[index]?.status === 'rejected');
  }

  /** Asks again, so that joiners and leavers are seen. A platform that can't say keeps the people it had. */
  async refresh(adapters: readonly Adapter[] = this.#adapters): Promise<void> {
    await Promise.all(
      adapters.map(async (adapter) => {
        // One that takes long is not asked twice at once.
        if (this.#asking.has(adapter)) return;
        this.#asking.add(adapter);
        try {
          await this.#ask(adapter);
        } catch (error) {
          const fault = { adapter: adapter.name, ...faultOf(error) };
          this.#logger.warn(fault, 'the people of this platform could not be listed');
        } finally {
          this.#asking.delete(adapter);
        }
      }),
    );
  }

  async #ask(adapter: Adapter): Promise<void> {
    const people: PlatformPerson[] = [];
    for await (const person of adapter.people()) people.push(person);
    this.#listings.set(adapter.name, { platform: adapter.name, people });
    const listed = this.#adapters.flatMap(({ name }) => this.#listings.get(name) ?? []);
    this.#people = createPeople(this.#school, listed);
  }
}
