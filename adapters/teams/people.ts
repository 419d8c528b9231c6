import * as z from 'zod';
import { Bounded } from '../../src/chat/bounded.ts';
import { InOrder } from '../../src/chat/in-order.ts';
import type { AdapterMemory } from '../../src/chat/mod.ts';

/** What is kept of somebody the bot can write to. */
const knownSchema = z.object({
  id: z.string(),
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
  timeZone: z.string().exactOptional(),
  /** Where the platform is reached for them. */
  serviceUrl: z.string(),
  /** Their own chat with the bot; made when it is needed first, for somebody known from a team alone. */
  conversation: z.string().exactOptional(),
  /** Of another school, or invited as a guest. */
  guest: z.literal(true).exactOptional(),
  /** The platform has been asked for their name and address. */
  looked: z.literal(true).exactOptional(),
  /** The teams and group chats that the bot knows them from. */
  teams: z.array(z.string()).exactOptional(),
  /** They have the bot in their own chat, and it has said hello. */
  welcomed: z.literal(true).exactOptional(),
  /** They took the bot away; kept, so that a team's list does not bring them back, and the office hears why. */
  removed: z.literal(true).exactOptional(),
});

export type Known = z.infer<typeof knownSchema>;

const teamSchema = z.object({ id: z.string(), serviceUrl: z.string() });

export type Team = z.infer<typeof teamSchema>;

/** People are kept in so many parts, since what an adapter remembers can't be listed, and one part would grow large. */
const partCount = 64;
const partNames = Array.from({ length: partCount }, (_, index) => `people/${index}`);
const teamsName = 'teams';
/** Milliseconds for which what another process has changed may not be seen in the list of everybody. */
const fresh = 60_000;

/** The people who can be written to, and the teams that the bot is in, over what the adapter remembers. */
export class KnownPeople {
  readonly #memory: AdapterMemory;
  readonly #writing = new InOrder();
  /** Parts as they were read or written last; the list of everybody is asked for often. */
  readonly #parts: Bounded<readonly Known[]>;

  /** `now` gives milliseconds. */
  constructor(memory: AdapterMemory, now: () => number) {
    this.#memory = memory;
    this.#parts = new Bounded(partCount, { lifetime: fresh, now });
  }

  async find(id: string): Promise<Known | undefined> {
    return (await this.#read(partOf(id))).find((known) => known.id === id);
  }

  /** Everybody. */
  async *all(): AsyncIterable<Known> {
    for (const part of partNames) yield* this.#parts.get(part) ?? (await this.#read(part));
  }

  /**
   * Changes what is kept of somebody; `change` gets what there is and returns what is to be kept, or nothing
   * where they are to be forgotten. Tells whether anything is different now.
   */
  change(id: string, change: (known: Known | undefined) => Known | undefined): Promise<boolean> {
    return this.changeEach([id], (_, known) => change(known));
  }

  /** The same for many at once. */
  async changeEach(
    ids: readonly string[],
    change: (id: string, known: Known | undefined) => Known | undefined,
  ): Promise<boolean> {
    const byPart = Map.groupBy(ids, partOf);
    const changed = await Promise.all(
      [...byPart].map(([part, own]) => this.#writing.run(part, () => this.#changePart(part, own, change))),
    );
    return changed.includes(true);
  }

  async #changePart(
    part: string,
    ids: readonly string[],
    change: (id: string, known: Known | undefined) => Known | undefined,
  ): Promise<boolean> {
    const people = new Map((await this.#read(part)).map((known) => [known.id, known]));
    const before = JSON.stringify([...people.values()]);
    for (const id of ids) {
      const after = change(id, people.get(id));
      if (after) people.set(id, after);
      else people.delete(id);
    }
    const after = JSON.stringify([...people.values()]);
    if (after === before) return false;
    await this.#memory.set(part, after);
    this.#parts.set(part, [...people.values()]);
    return true;
  }

  async teams(): Promise<readonly Team[]> {
    return parse(teamSchema, await this.#memory.get(teamsName));
  }

  addTeam(team: Team): Promise<void> {
    return this.#changeTeams((teams) => [...teams.filter(({ id }) => id !== team.id), team]);
  }

  removeTeam(id: string): Promise<void> {
    return this.#changeTeams((teams) => teams.filter((team) => team.id !== id));
  }

  #changeTeams(change: (teams: readonly Team[]) => readonly Team[]): Promise<void> {
    return this.#writing.run(teamsName, async () => {
      const before = await this.teams();
      const after = change(before);
      if (JSON.stringify(before) !== JSON.stringify(after))
        await this.#memory.set(teamsName, JSON.stringify(after));
    });
  }

  async #read(part: string): Promise<readonly Known[]> {
    const people = parse(knownSchema, await this.#memory.get(part));
    this.#parts.set(part, people);
    return people;
  }
}

/** What can't be read any more is as good as not there: people come back with the next thing they do. */
function parse<Kind>(schema: z.ZodType<Kind>, text: string | undefined): readonly Kind[] {
  if (text === undefined) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.flatMap((each) => schema.safeParse(each).data ?? []) : [];
  } catch {
    return [];
  }
}

function partOf(id: string): string {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return partNames[hash % partCount]!;
}
