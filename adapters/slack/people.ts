import { AdapterError } from '../../src/chat/adapter-error.ts';
import { cut } from '../../src/chat/cut.ts';
import { harmlessLine } from '../../src/chat/harmless.ts';
import type { PlatformPerson } from '../../src/chat/mod.ts';
import type { Called, Calls } from './calls.ts';
import type { Time } from './options.ts';
import type { Troubles } from './troubles.ts';

/** As far as it is read here. Slack leaves out what an app may not see. */
export interface Member {
  readonly id?: string;
  readonly team_id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly is_workflow_bot?: boolean;
  readonly tz?: string;
  readonly profile?: { readonly real_name?: string; readonly email?: string };
  readonly enterprise_user?: { readonly teams?: readonly string[] };
}

/** Slack recommends no more than this. */
const pageSize = 200;
/** Between two of these lists, changes come as events. */
const freshFor = 50 * 60_000;
/** Milliseconds that a page may be waited for. The first list holds up the start, which goes on without it. */
const waitForFirst = 3_000;
const waitForMore = 30_000;
const nameLength = 100;

interface Parts {
  readonly calls: Calls;
  readonly time: Time;
  readonly troubles: Troubles;
}

/** Who is in the workspace: listed every so often, kept up to date by events. */
export class PeopleList {
  readonly #parts: Parts;
  /** By id; undefined until there has been a whole list. */
  #people: Map<string, PlatformPerson> | undefined;
  #groups: ReadonlyMap<string, readonly string[]> = new Map();
  #listedAt = 0;
  /** The workspace that the bot is in. */
  #team: string | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get listed(): boolean {
    return this.#people !== undefined;
  }

  /** Everybody with an account of the workspace's own. @throws where Slack does not say */
  async *all(): AsyncIterable<PlatformPerson> {
    const { now } = this.#parts.time;
    if (!this.#people || now() - this.#listedAt > freshFor) {
      this.#people = await this.#list();
      this.#listedAt = now();
    }
    yield* this.#people.values();
  }

  /** Takes over what Slack says of a joiner, a leaver or somebody who has changed. True where that matters here. */
  heed(member: Member): boolean {
    const { id } = member;
    if (!this.#people || id === undefined) return false;
    const before = this.#people.get(id);
    const person = this.#personOf(member);
    if (JSON.stringify(person) === JSON.stringify(before)) return false;
    if (person) this.#people.set(id, person);
    else this.#people.delete(id);
    return true;
  }

  nameOf(id: string): string | undefined {
    return this.#people?.get(id)?.name;
  }

  async #list(): Promise<Map<string, PlatformPerson>> {
    const { calls } = this.#parts;
    this.#team ??= orThrow(
      await calls.insist(() => calls.bulk.auth.test(), { longest: this.#patience }),
    ).team_id;
    this.#groups = await this.#listGroups();
    const people = new Map<string, PlatformPerson>();
    let cursor: string | undefined;
    do {
      const page = await calls.insist(
        () => calls.bulk.users.list({ limit: pageSize, ...(cursor !== undefined && { cursor }) }),
        { longest: this.#patience },
      );
      const { members = [], response_metadata } = orThrow(page);
      for (const member of members as readonly Member[]) {
        const person = this.#personOf(member);
        if (person) people.set(person.id, person);
      }
      cursor = response_metadata?.next_cursor || undefined;
    } while (cursor !== undefined);
    return people;
  }

  get #patience(): number {
    return this.listed ? waitForMore : waitForFirst;
  }

  #personOf(member: Member): PlatformPerson | undefined {
    const { id, profile, tz } = member;
    if (id === undefined || !this.#isStaff(member)) return undefined;
    const name = harmlessLine(profile?.real_name || member.real_name || member.name || id);
    const groups = this.#groups.get(id);
    return {
      id,
      name: cut(name, nameLength),
      ...(profile?.email && { email: profile.email }),
      ...(tz && { timeZone: tz }),
      ...(groups && { groups }),
    };
  }

  /** Neither a machine, nor a guest, nor somebody of another organisation, nor gone. */
  #isStaff(member: Member): boolean {
    const { id, team_id: team, enterprise_user: enterprise } = member;
    if (member.deleted || member.is_bot || member.is_workflow_bot || id === 'USLACKBOT') return false;
    if (member.is_restricted || member.is_ultra_restricted || member.is_stranger) return false;
    return (
      team === undefined ||
      this.#team === undefined ||
      team === this.#team ||
      enterprise?.teams?.includes(this.#team) === true
    );
  }

  /** Names and handles of the user groups, by who is in them; none where Slack has none to show. */
  async #listGroups(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { calls, troubles } = this.#parts;
    const called = await calls.optional(() => calls.bulk.usergroups.list({ include_users: true }), {
      longest: this.#patience,
    });
    const groups = new Map<string, string[]>();
    if (called.kind === 'refused') {
      troubles.meet(
        'groups',
        `Slack does not show its user groups (${called.code}), so roles come from school.yaml alone.`,
        'info',
      );
      return groups;
    }
    for (const { name, handle, users = [] } of orThrow(called).usergroups ?? [])
      for (const user of users) {
        const own = groups.get(user) ?? [];
        own.push(...[name, handle].filter((each) => each !== undefined));
        groups.set(user, own);
      }
    return groups;
  }
}

/** Told apart from a list with nobody on it. */
function orThrow<Result>(called: Called<Result>): Result {
  if (called.kind === 'done') return called.result;
  throw new AdapterError(
    called.kind === 'refused'
      ? `Slack did not list its people (${called.code}).`
      : 'Slack did not list its people: it can’t be reached, or does not answer. It is asked again later.',
  );
}
