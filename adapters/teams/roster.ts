import { type TeamsChannelAccount, TeamsInfo, type TurnContext } from 'botbuilder';
import type { AdapterLog, PlatformPerson } from '../../src/chat/mod.ts';
import { type Activity, isPersonal } from './activity.ts';
import { isReachable } from './address.ts';
import type { Cloud } from './cloud.ts';
import { faultInWords } from './faults.ts';
import type { Known, KnownPeople, Team } from './people.ts';

export interface RosterParts {
  readonly cloud: Cloud;
  readonly people: KnownPeople;
  readonly log: AdapterLog;
  readonly now: () => number;
  readonly tenantId: string;
  readonly local: boolean;
  /** Tells the bot that there are other people now; resolves once it knows them. */
  readonly peopleChanged: () => Promise<void>;
}

const pageSize = 500;
/** Lists of teams are asked for anew about as often as the bot asks who there is: every hour. */
const fresh = 50 * 60_000;

/** Keeps up with who can be written to: from what people do, from installs, and from the teams that the bot is in. */
export class Roster {
  readonly #parts: RosterParts;
  /** What was seen of a person last: only what is new is looked into. */
  readonly #seen = new Map<string, string>();
  #listed = Number.NEGATIVE_INFINITY;
  #saidWhy = false;

  constructor(parts: RosterParts) {
    this.#parts = parts;
  }

  /** Somebody did something: keeps how they are reached, and asks once who they are. Never throws: they are answered all the same. */
  async seen(context: TurnContext, activity: Activity): Promise<void> {
    const { from, serviceUrl, conversation, localTimezone } = activity;
    const sign = JSON.stringify([serviceUrl, isPersonal(activity) && conversation.id, localTimezone]);
    if (this.#seen.get(from.id) === sign) return;
    try {
      const changed = await this.#parts.people.change(from.id, (known) => met(known, activity));
      const looked = await this.#lookUp(context, from.id);
      this.#seen.set(from.id, sign);
      if (changed || looked) await this.#parts.peopleChanged();
    } catch (fault) {
      this.#parts.log.error(`a person could not be remembered: ${faultInWords(fault)}`);
    }
  }

  /** The bot was added. Tells whether it has to say hello: Teams tells of it twice. */
  async added(context: TurnContext, activity: Activity): Promise<boolean> {
    const { people } = this.#parts;
    if (isPersonal(activity)) {
      await this.seen(context, activity);
      return people.change(activity.from.id, (known) => known && { ...known, welcomed: true });
    }
    const team = { id: teamOf(activity), serviceUrl: activity.serviceUrl };
    const known = (await people.teams()).some(({ id }) => id === team.id);
    await people.addTeam(team);
    if (!known) await this.#relist(team);
    return !known;
  }

  /** The bot was taken away. */
  async removed(activity: Activity): Promise<void> {
    const { people, peopleChanged } = this.#parts;
    if (isPersonal(activity)) {
      const { id } = activity.from;
      this.#seen.delete(id);
      await people.change(id, (known) => known && { ...reachless(known), removed: true });
    } else {
      const id = teamOf(activity);
      await people.removeTeam(id);
      await this.#leave(id, () => true);
    }
    await peopleChanged();
  }

  /** People came to or left a team that the bot is in. */
  async changed(activity: Activity): Promise<void> {
    const id = teamOf(activity);
    const team = (await this.#parts.people.teams()).find((each) => each.id === id);
    if (team) await this.#relist({ ...team, serviceUrl: activity.serviceUrl });
  }

  /**
   * Everybody who could be written to, and who took the bot away: they are still there, and the office is told
   * why nothing reaches them. Asks the platform for what may have changed.
   */
  async *list(): AsyncIterable<PlatformPerson> {
    const { people, now } = this.#parts;
    if (now() - this.#listed >= fresh) {
      this.#listed = now();
      for (const team of await people.teams()) await this.#said(() => this.#listTeam(team));
      for await (const known of people.all()) await this.#said(() => this.#lookUpLater(known));
    }
    for await (const known of people.all()) {
      const { id, name, email, timeZone, guest } = known;
      if (guest) continue;
      yield {
        id,
        name: name ?? email ?? 'Somebody on Teams',
        ...(email !== undefined && { email }),
        ...(timeZone !== undefined && { timeZone }),
      };
    }
  }

  async #relist(team: Team): Promise<void> {
    await this.#said(() => this.#listTeam(team));
    await this.#parts.peopleChanged();
  }

  /** Reads a team's list, a page at a time: who is in it is known from it, who is not in it no more. */
  async #listTeam(team: Team): Promise<void> {
    const { cloud, people, local } = this.#parts;
    if (!isReachable(team.serviceUrl, local)) return;
    const members = await cloud.inConversation(
      { serviceUrl: team.serviceUrl, conversation: team.id },
      async (context) => {
        const all: TeamsChannelAccount[] = [];
        let next: string | undefined;
        do {
          const page = await TeamsInfo.getPagedTeamMembers(context, team.id, pageSize, next);
          all.push(...page.members);
          next = page.continuationToken;
        } while (next);
        return all;
      },
    );
    const byId = new Map(members.map((member) => [member.id, member]));
    await people.changeEach([...byId.keys()], (id, known) => {
      const teams = [...new Set([...(known?.teams ?? []), team.id])];
      const described = this.#described(known ?? { id, serviceUrl: team.serviceUrl }, byId.get(id)!);
      return { ...described, teams };
    });
    await this.#leave(team.id, ({ id }) => !byId.has(id));
  }

  /** Those who are not in a team any more. */
  async #leave(team: string, gone: (known: Known) => boolean): Promise<void> {
    const { people } = this.#parts;
    const leavers: string[] = [];
    for await (const known of people.all())
      if (known.teams?.includes(team) && gone(known)) leavers.push(known.id);
    await people.changeEach(leavers, (_, known) => {
      if (!known) return undefined;
      const teams = known.teams?.filter((each) => each !== team) ?? [];
      // Nobody is kept whom the bot can't reach any more.
      return teams.length === 0 && known.conversation === undefined ? undefined : { ...known, teams };
    });
  }

  /** Asks for somebody's name and address within a conversation that they are in, unless that is known. */
  async #lookUp(context: TurnContext, id: string): Promise<boolean> {
    const { people, log } = this.#parts;
    if ((await people.find(id))?.looked) return false;
    try {
      const member = await TeamsInfo.getMember(context, id);
      return await people.change(id, (known) => known && this.#described(known, member));
    } catch (fault) {
      log.warn(`a person’s name and address could not be asked for: ${faultInWords(fault)}`);
      return false;
    }
  }

  async #lookUpLater({ id, looked, conversation, serviceUrl, removed }: Known): Promise<void> {
    const { cloud, people, local } = this.#parts;
    if (looked || removed || conversation === undefined || !isReachable(serviceUrl, local)) return;
    const member = await cloud.inConversation({ serviceUrl, conversation }, (context) =>
      TeamsInfo.getMember(context, id),
    );
    await people.change(id, (known) => known && this.#described(known, member));
  }

  #described(
    known: Known,
    { name, email, userPrincipalName, tenantId, userRole }: TeamsChannelAccount,
  ): Known {
    const own = this.#parts.tenantId;
    const stranger = own !== '' && tenantId !== undefined && tenantId.toLowerCase() !== own.toLowerCase();
    const address = email || userPrincipalName;
    const { guest: _, ...rest } = known;
    return {
      ...rest,
      ...(name && { name }),
      ...(address && { email: address }),
      ...((stranger || (userRole !== undefined && userRole !== 'user')) && { guest: true as const }),
      looked: true,
    };
  }

  /** A list that can't be had leaves the people as they were known; the log says why, once until it works again. */
  async #said(ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
      this.#saidWhy = false;
    } catch (fault) {
      if (!this.#saidWhy)
        this.#parts.log.warn(`Teams did not say who its people are: ${faultInWords(fault)}`);
      this.#saidWhy = true;
    }
  }
}

/** What is known of somebody after they did something. */
function met(known: Known | undefined, activity: Activity): Known {
  const { from, serviceUrl, conversation, localTimezone } = activity;
  const { removed, ...kept } = known ?? { id: from.id, serviceUrl };
  return {
    ...kept,
    serviceUrl,
    ...(from.name && !kept.name && { name: from.name }),
    ...(localTimezone && { timeZone: localTimezone }),
    ...(isPersonal(activity) ? { conversation: conversation.id } : removed && { removed }),
  };
}

/** Without what a chat of their own brings. */
function reachless({ conversation: _, welcomed: __, ...rest }: Known): Known {
  return rest;
}

/** A team, or a group chat, which is as good as one. */
const teamOf = ({ channelData, conversation }: Activity): string =>
  channelData?.team?.id ?? conversation.id.split(';')[0]!;
