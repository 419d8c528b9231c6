import type { types } from '@slack/bolt';
import { checkBlocks } from './limits.ts';
import { botUser, type FakeMessage, team, type Workspace } from './workspace.ts';

export type Arguments = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;

/** Triggers open one dialog each, for three seconds. */
export class Triggers {
  readonly #owners = new Map<string, { readonly user: string; readonly until: number }>();

  add(id: string, user: string, now = Date.now()): string {
    this.#owners.set(id, { user, until: now + 3_000 });
    return id;
  }

  take(id: string): string {
    const trigger = this.#owners.get(id);
    if (!trigger) throw new Refusal('invalid_trigger_id');
    this.#owners.delete(id);
    if (Date.now() > trigger.until) throw new Refusal('expired_trigger_id');
    return trigger.user;
  }
}

/** Slack answers `ok: false` with this code. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export interface ApiParts {
  readonly workspace: Workspace;
  readonly triggers: Triggers;
  readonly pageSize: number;
  /** Undefined where the workspace has no user groups for this app. */
  readonly groups: boolean;
  /** Where the bot connects its socket to. */
  readonly socketUrl: () => string;
  /** Told of blocks and views that break Slack's limits, which are refused. */
  readonly onBadBlocks: (faults: readonly string[]) => void;
}

/** Slack's Web API, as far as the adapter calls it. Unknown methods and bad blocks are refused, as Slack does. */
export function createApi(parts: ApiParts): Readonly<Record<string, (given: Arguments) => Answer>> {
  const { workspace, triggers } = parts;

  function check(payload: unknown, code: string): void {
    const faults = checkBlocks(payload);
    if (faults.length === 0) return;
    parts.onBadBlocks(faults);
    throw new Refusal(code);
  }

  function message(given: Arguments, more: Partial<FakeMessage> = {}): FakeMessage {
    const { text, blocks } = given;
    check({ text, ...(blocks !== undefined && { blocks }) }, 'invalid_blocks');
    return {
      channel: String(given.channel),
      ts: workspace.ts(),
      thread: given.thread_ts === undefined ? undefined : String(given.thread_ts),
      user: botUser,
      text: String(text),
      blocks: (blocks ?? []) as types.KnownBlock[],
      ...(given.metadata !== undefined && {
        metadata: given.metadata as NonNullable<FakeMessage['metadata']>,
      }),
      ...more,
    };
  }

  function mayWriteTo(channel: unknown): void {
    const readers = workspace.readersOf(String(channel));
    if (!readers) throw new Refusal('channel_not_found');
    if (workspace.channels.has(String(channel)) && !readers.includes(botUser))
      throw new Refusal('not_in_channel');
  }

  function found(given: Arguments): FakeMessage {
    const own = workspace.find(String(given.channel), String(given.ts));
    if (!workspace.readersOf(String(given.channel))) throw new Refusal('channel_not_found');
    if (own?.user !== botUser || own.ephemeralFor !== undefined) throw new Refusal('message_not_found');
    return own;
  }

  const modal = (given: Arguments): types.ModalView => {
    check(given.view, 'invalid_arguments');
    return given.view as types.ModalView;
  };

  const listed = (all: readonly FakeMessage[], given: Arguments): Answer => ({
    messages: all.slice(0, Number(given.limit ?? 100)).map(({ ts, text, user, metadata }) => ({
      type: 'message',
      ts,
      text,
      user,
      ...(given.include_all_metadata === 'true' && metadata && { metadata }),
    })),
  });

  return {
    'auth.test': () => ({ user_id: botUser, bot_id: 'B0BOT', team_id: team }),
    'apps.connections.open': () => ({ url: parts.socketUrl() }),
    'conversations.open': ({ users }) => {
      const member = workspace.members.find(({ id }) => id === users);
      if (!member) throw new Refusal('user_not_found');
      if (member.deleted) throw new Refusal('user_disabled');
      return { channel: { id: workspace.directChat(member.id) } };
    },
    'conversations.history': (given) => {
      mayWriteTo(given.channel);
      const own = workspace.messages.filter(
        ({ channel, thread, ephemeralFor }) =>
          channel === given.channel && thread === undefined && ephemeralFor === undefined,
      );
      return listed(own.toReversed(), given);
    },
    'conversations.replies': (given) => {
      mayWriteTo(given.channel);
      return listed(
        workspace.messages.filter(
          ({ channel, thread, ts }) => channel === given.channel && (thread === given.ts || ts === given.ts),
        ),
        given,
      );
    },
    'chat.postMessage': (given) => {
      mayWriteTo(given.channel);
      const posted = message(given);
      workspace.post(posted);
      return { channel: posted.channel, ts: posted.ts };
    },
    'chat.postEphemeral': (given) => {
      mayWriteTo(given.channel);
      const posted = message(given, { ephemeralFor: String(given.user) });
      if (!workspace.readersOf(posted.channel)?.includes(String(given.user)))
        throw new Refusal('user_not_in_channel');
      workspace.post(posted);
      return { message_ts: posted.ts };
    },
    'chat.update': (given) => {
      const own = found(given);
      const { text, blocks } = message(given);
      Object.assign(own, { text, blocks });
      workspace.show(own);
      return { channel: own.channel, ts: own.ts };
    },
    'views.open': (given) => {
      const user = triggers.take(String(given.trigger_id));
      return { view: { id: workspace.push(user, modal(given), false).id } };
    },
    'views.push': (given) => {
      const user = triggers.take(String(given.trigger_id));
      if ((workspace.modals.get(user)?.length ?? 0) >= 3) throw new Refusal('push_limit_reached');
      return { view: { id: workspace.push(user, modal(given), true).id } };
    },
    'views.update': (given) => {
      const view = workspace.findView(String(given.view_id));
      if (!view) throw new Refusal('not_found');
      workspace.change(view, modal(given));
      return { view: { id: view.id } };
    },
    'views.publish': (given) => {
      check(given.view, 'invalid_arguments');
      workspace.publish(String(given.user_id), given.view as types.HomeView);
      return {};
    },
    'users.list': ({ cursor }) => {
      const start = Number(cursor ?? 0);
      const end = start + parts.pageSize;
      return {
        members: workspace.members.slice(start, end).map(asMember),
        response_metadata: { next_cursor: end < workspace.members.length ? String(end) : '' },
      };
    },
    'usergroups.list': () => {
      if (!parts.groups) throw new Refusal('missing_scope');
      return { usergroups: workspace.groups };
    },
  };
}

/** As Slack lists one. */
function asMember({ id, name, email, ...more }: Workspace['members'][number]): Record<string, unknown> {
  return {
    id,
    team_id: team,
    name: name.toLowerCase().replaceAll(' ', '.'),
    tz: 'Europe/London',
    deleted: false,
    is_bot: false,
    ...more,
    profile: { real_name: name, ...(email !== undefined && { email }) },
  };
}
