import { randomUUID } from 'node:crypto';
import { buttonsOf, type Part } from './cards.ts';
import { appId, type Conversation, type FakeTeams, type Member, type Posted, tenantId } from './service.ts';

/** What the bot answered a request with. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
  /** What it posted meanwhile, in any conversation; of the messages that it changed, how they are now. */
  readonly posted: readonly Posted[];
}

export interface Place {
  readonly id: string;
  readonly type: Conversation['type'];
  readonly team?: string;
}

const botId = `28:${appId}`;
const botName = 'Staff guidance';

/** Somebody in Teams: sends what Teams sends when they do something. */
export class Persona {
  readonly member: Member;
  readonly chat: Place;
  readonly #teams: FakeTeams;
  readonly #botUrl: string;

  constructor(teams: FakeTeams, botUrl: string, member: Member) {
    this.#teams = teams;
    this.#botUrl = botUrl;
    this.member = member;
    this.chat =
      teams.conversations.get(`a:${member.id}`) ??
      teams.conversation(`a:${member.id}`, 'personal', [member.id]);
  }

  /** An activity as Teams writes it. */
  activity(
    type: string,
    own: Readonly<Record<string, unknown>> = {},
    place: Place = this.chat,
  ): Record<string, unknown> {
    const { id, name, aadObjectId } = this.member;
    return {
      type,
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      localTimezone: 'Europe/London',
      channelId: 'msteams',
      serviceUrl: this.#teams.serviceUrl,
      from: { id, name, aadObjectId },
      recipient: { id: botId, name: botName },
      conversation: {
        id: place.id,
        conversationType: place.type,
        tenantId,
        ...(place.type !== 'personal' && { isGroup: true }),
      },
      channelData: {
        tenant: { id: tenantId },
        ...(place.team !== undefined && { team: { id: place.team } }),
      },
      locale: 'en-GB',
      ...own,
    };
  }

  /** Posts an activity to the bot, signed as Teams signs; with a token of its own, or none where null. */
  async post(activity: unknown, token?: string | null): Promise<Answered> {
    const before = this.#teams.calls.length;
    const { serviceUrl } = this.#teams;
    const bearer = token === undefined ? this.#teams.issuer.token({ audience: appId, serviceUrl }) : token;
    const response = await fetch(this.#botUrl, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(bearer !== null && { Authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    const posted = this.#teams.calls
      .slice(before)
      .filter(({ path, method }) => path.includes('/activities') && (method === 'POST' || method === 'PUT'))
      .map(({ body }) => body as Posted);
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), posted };
  }

  /** Adds the bot to a place, as Teams tells of it: twice. */
  async install(place?: Place): Promise<readonly Answered[]> {
    const membersAdded = [{ id: botId }, { id: this.member.id }];
    return [
      await this.post(this.activity('conversationUpdate', { membersAdded }, place)),
      await this.post(this.activity('installationUpdate', { action: 'add' }, place)),
    ];
  }

  uninstall(place?: Place): Promise<Answered> {
    return this.post(this.activity('installationUpdate', { action: 'remove' }, place));
  }

  say(text: string, place: Place = this.chat): Promise<Answered> {
    return this.post(this.message(text, place));
  }

  /** What Teams sends when somebody writes; in company, to the bot by its name. */
  message(text: string, place: Place = this.chat): Record<string, unknown> {
    if (place.type === 'personal') return this.activity('message', { text, textFormat: 'plain' }, place);
    const mention = `<at>${botName}</at>`;
    return this.activity(
      'message',
      {
        text: `${mention} ${text}`,
        textFormat: 'plain',
        entities: [{ type: 'mention', text: mention, mentioned: { id: botId, name: botName } }],
      },
      place,
    );
  }

  invoke(name: string, value: unknown, place?: Place, replyToId?: string): Promise<Answered> {
    return this.post(
      this.activity('invoke', { name, value, ...(replyToId !== undefined && { replyToId }) }, place),
    );
  }

  /** Presses a button of a message. */
  press(button: Part, place?: Place, message?: string): Promise<Answered> {
    const data = button.data as Record<string, unknown>;
    if (button.type === 'Action.Execute') {
      const action = { type: button.type, verb: button.verb, data };
      return this.invoke('adaptiveCard/action', { action, trigger: 'manual' }, place, message);
    }
    return this.invoke('task/fetch', { data, context: { theme: 'default' } }, place, message);
  }

  /** Sends a dialog, by the button of its card, with what is filled in. */
  submit(button: Part, values: Readonly<Record<string, string>> = {}, place?: Place): Promise<Answered> {
    const data = { ...(button.data as Record<string, unknown>), ...values };
    return this.invoke('task/submit', { data, context: { theme: 'default' } }, place);
  }
}

/** The card of a message, of a dialog, or in place of another, as the bot sent it or answered with it. */
export function cardOf(sent: unknown): unknown {
  const { attachments, task, type, value } = (sent ?? {}) as {
    readonly attachments?: Posted['attachments'];
    readonly task?: { readonly value?: { readonly card?: { readonly content?: unknown } } };
    readonly type?: unknown;
    readonly value?: unknown;
  };
  if (attachments) return attachments[0]?.content;
  if (task) return task.value?.card?.content;
  return type === 'application/vnd.microsoft.card.adaptive' ? value : undefined;
}

/** A button by its label; the first of that name. */
export function buttonOf(card: unknown, label: string): Part {
  const found = buttonsOf(card).find(({ title }) => title === label);
  if (!found)
    throw new Error(
      `There is no button ${label} among ${buttonsOf(card)
        .map(({ title }) => title)
        .join(', ')}`,
    );
  return found;
}
