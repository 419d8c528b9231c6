import type { types, ViewOutput } from '@slack/bolt';
import type { FormValues } from '../../../src/chat/mod.ts';
import type { Acknowledged } from './deliver.ts';
import type { FakeSlack } from './fake-slack.ts';
import type { SeenButton } from './reading.ts';
import { botUser, type FakeMessage, type FakeView, readSurface, type Surface, team } from './workspace.ts';

/** Somebody at their Slack: types, presses, fills in, and sees what comes. */
export class Person {
  readonly id: string;
  readonly #slack: FakeSlack;

  constructor(slack: FakeSlack, id: string) {
    this.#slack = slack;
    this.id = id;
  }

  get directChat(): string {
    return this.#slack.workspace.directChat(this.id);
  }

  /** How much they have seen so far; what comes later is new. */
  get mark(): number {
    return this.#slack.workspace.seen.length;
  }

  /** What changed before their eyes since then. */
  since(mark: number): readonly Surface[] {
    return this.#slack.workspace.seen
      .slice(mark)
      .filter(({ user }) => user === this.id)
      .map(({ surface }) => surface);
  }

  /** The next thing that they see after `mark`. */
  async next(mark: number, wanted: (surface: Surface) => boolean = () => true): Promise<Surface> {
    return until(() => this.since(mark).find(wanted), 'the bot to show something');
  }

  async write(text: string, thread?: string): Promise<Acknowledged> {
    return this.#slack.deliver(this.message(text, thread));
  }

  /** A message to the bot, as Slack tells it of one. */
  message(text: string, thread?: string) {
    const ts = this.#slack.workspace.ts();
    const channel = this.directChat;
    this.#post(channel, ts, text, thread);
    return this.event({
      type: 'message',
      channel_type: 'im',
      channel,
      user: this.id,
      text: escaped(text),
      ts,
      event_ts: ts,
      client_msg_id: crypto.randomUUID(),
      ...(thread !== undefined && { thread_ts: thread }),
    });
  }

  async mention(channel: string, text: string, thread?: string): Promise<FakeMessage & Acknowledged> {
    const ts = this.#slack.workspace.ts();
    const own = this.#post(channel, ts, text, thread);
    const acknowledged = await this.#slack.deliver(
      this.event({
        type: 'app_mention',
        channel,
        user: this.id,
        text: `<@${botUser}> ${escaped(text)}`,
        ts,
        event_ts: ts,
        ...(thread !== undefined && { thread_ts: thread }),
      }),
    );
    return { ...own, ...acknowledged };
  }

  async command(text: string, channel = this.directChat): Promise<Acknowledged> {
    return this.#slack.deliver({
      type: 'slash_commands',
      payload: {
        command: '/guidance',
        text,
        user_id: this.id,
        user_name: this.id,
        team_id: team,
        channel_id: channel,
        channel_name: 'somewhere',
        response_url: this.#slack.responseUrl(channel, this.id),
        trigger_id: this.#trigger(),
        api_app_id: 'A0APP',
      },
    });
  }

  async shortcut(channel: string, text: string): Promise<Acknowledged> {
    return this.#interact({
      type: 'message_action',
      callback_id: 'ask_policy',
      message_ts: '1764000000.000001',
      message: { type: 'message', user: 'U0ELSE', ts: '1764000000.000001', text: escaped(text) },
      channel: { id: channel, name: 'somewhere' },
      response_url: this.#slack.responseUrl(channel, this.id),
      action_ts: '1764000000.000002',
    });
  }

  async openHome(tab: 'home' | 'messages' = 'home'): Promise<Acknowledged> {
    return this.#slack.deliver(
      this.event({ type: 'app_home_opened', user: this.id, channel: this.directChat, tab }),
    );
  }

  /** Presses a button on what they look at. */
  async press(surface: Surface, label: string): Promise<Acknowledged> {
    const button = readSurface(surface).buttons.find((each) => each.label === label);
    if (!button) throw new Error(`There is no button “${label}”`);
    return this.#interact({ ...this.#where(surface), ...pressed(button), type: 'block_actions' });
  }

  /** Fills in the modal that is on top, and sends it. What is not filled in stays as it was. */
  async submit(values: FormValues): Promise<Acknowledged> {
    const open = this.modal;
    if (!open) throw new Error('No modal is open');
    const acknowledged = await this.#slack.deliver(this.submission(open, values));
    this.#heed(open, acknowledged);
    return acknowledged;
  }

  /** What Slack sends of a modal that was filled in. */
  submission(open: FakeView, values: FormValues) {
    const state: ViewOutput['state'] = { values: {} };
    for (const block of open.view.blocks) {
      if (block.type !== 'input' || block.block_id === undefined) continue;
      const { element } = block as types.InputBlock;
      state.values[block.block_id] = {
        [element.action_id ?? '']: filled(element, values[block.block_id]),
      };
    }
    return {
      type: 'interactive' as const,
      payload: this.#payload({ type: 'view_submission', view: { ...viewOf(open), state } }),
    };
  }

  get modal(): FakeView | undefined {
    return this.#slack.workspace.modals.get(this.id)?.at(-1);
  }

  event(event: Readonly<Record<string, unknown>>) {
    return {
      type: 'events_api' as const,
      payload: {
        type: 'event_callback',
        team_id: team,
        api_app_id: 'A0APP',
        event_id: this.#slack.workspace.next('Ev'),
        event_time: 1_764_000_000,
        authorizations: [{ team_id: team, user_id: botUser, is_bot: true, enterprise_id: null }],
        event,
      },
    };
  }

  /** Does with a modal what the app answered. */
  #heed(open: FakeView, { ok, body }: Acknowledged): void {
    const { workspace } = this.#slack;
    if (!ok) return;
    switch (body.response_action) {
      case 'errors':
        workspace.seen.push({ user: this.id, surface: { kind: 'modal', view: open } });
        workspace.shown.push(body.errors);
        break;
      case 'update':
        workspace.change(open, body.view as types.ModalView);
        break;
      case 'push':
        workspace.push(this.id, body.view as types.ModalView, true);
        break;
      default:
        workspace.close(this.id, body.response_action === 'clear');
    }
  }

  #where(surface: Surface): Readonly<Record<string, unknown>> {
    switch (surface.kind) {
      case 'message': {
        const { channel, ts, thread, text, ephemeralFor } = surface.message;
        return {
          channel: { id: channel, name: 'somewhere' },
          container: {
            type: 'message',
            channel_id: channel,
            message_ts: ts,
            is_ephemeral: ephemeralFor !== undefined,
          },
          ...(ephemeralFor === undefined && {
            message: { type: 'message', user: botUser, ts, text, ...(thread && { thread_ts: thread }) },
          }),
          response_url: this.#slack.responseUrl(channel, this.id, ts),
        };
      }
      case 'modal':
        return {
          container: { type: 'view', view_id: surface.view.id },
          view: viewOf(surface.view),
        };
      case 'home':
        return {
          container: { type: 'view', view_id: 'V0HOME' },
          view: { id: 'V0HOME', callback_id: '', private_metadata: '', ...surface.view },
        };
      case 'closed':
        throw new Error('There is nothing to press');
    }
  }

  #interact(payload: Readonly<Record<string, unknown>>): Promise<Acknowledged> {
    return this.#slack.deliver({ type: 'interactive', payload: this.#payload(payload) });
  }

  #payload(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return {
      user: { id: this.id, name: this.id, username: this.id, team_id: team },
      team: { id: team, domain: 'school' },
      trigger_id: this.#trigger(),
      api_app_id: 'A0APP',
      token: 'verification',
      ...payload,
    };
  }

  #trigger(): string {
    return this.#slack.triggers.add(this.#slack.workspace.next('trigger.'), this.id);
  }

  #post(channel: string, ts: string, text: string, thread: string | undefined): FakeMessage {
    const own: FakeMessage = { channel, ts, thread, user: this.id, text, blocks: [] };
    this.#slack.workspace.post(own);
    return own;
  }
}

const pressed = ({ action, value, block, label }: SeenButton) => ({
  actions: [
    {
      type: 'button',
      action_id: action,
      block_id: block,
      action_ts: '1764000000.000003',
      text: { type: 'plain_text', text: label },
      ...(value !== undefined && { value }),
    },
  ],
});

function viewOf({ id, hash, view, root, previous }: FakeView): Record<string, unknown> {
  return {
    id,
    hash,
    team_id: team,
    app_id: 'A0APP',
    bot_id: 'B0BOT',
    callback_id: '',
    private_metadata: '',
    state: { values: {} },
    submit: null,
    close: null,
    ...view,
    root_view_id: root,
    previous_view_id: previous,
  };
}

function filled(element: types.InputBlock['element'], value: FormValues[string] | undefined) {
  const option = (chosen: string) => ({ text: { type: 'plain_text' as const, text: chosen }, value: chosen });
  const many = value === undefined ? [] : [value].flat();
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: many[0] ?? element.initial_value ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { type: element.type, selected_options: many.map(option) };
    default:
      return { type: element.type, selected_option: many[0] === undefined ? null : option(many[0]) };
  }
}

/** As Slack hands on what somebody typed. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Looks again and again until there is something. */
export async function until<Result>(
  look: () => Result | undefined | false,
  what: string,
  longest = 10_000,
): Promise<Result> {
  const start = performance.now();
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() - start > longest) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
