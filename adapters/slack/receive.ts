import type {
  App,
  BlockAction,
  ButtonAction,
  Context,
  MessageShortcut,
  types,
  ViewSubmitAction,
} from '@slack/bolt';
import { heard, type NameOf } from './heard.ts';
import type { Homes } from './home.ts';
import type { Member } from './people.ts';
import { directly, type Modal, type Place, readKept } from './place.ts';
import { readPress } from './render.ts';
import type { Turns } from './turns.ts';
import type { Underway } from './underway.ts';
import { formOf, keepsPlace } from './views.ts';

/** What is done with what Slack sends. */
interface Parts {
  readonly turns: Turns;
  readonly homes: Homes;
  readonly underway: Underway;
  readonly nameOf: NameOf;
  readonly onDirectChat: (person: string, channel: string) => void;
  readonly onMember: (member: Member) => void;
  /** The app was removed, or its token taken back. */
  readonly onRemoved: () => void;
}

/** Turns what Slack sends into requests. Everything is acknowledged first; the work comes after. */
export function receive(app: App, parts: Parts): void {
  receiveEvents(app, parts);
  receiveCommands(app, parts);
  receivePresses(app, parts);
  receiveForms(app, parts);
}

function receiveEvents(app: App, parts: Parts): void {
  const { turns, homes, underway, nameOf, onDirectChat, onMember, onRemoved } = parts;
  // All with one listener: each that there is takes its time with every event.
  app.event(/./, async ({ event, body, context }) => {
    const { botUserId = '' } = context;
    switch (event.type) {
      case 'message':
      case 'app_mention': {
        const place =
          event.type === 'message' ? placeOfMessage(event, context) : placeOfMention(event, context);
        const text = 'text' in event ? (event.text ?? '') : '';
        if (!place) break;
        if (place.origin.place === 'direct' && place.channel)
          onDirectChat(place.origin.person, place.channel);
        underway.run(() => turns.ask(place, heard(text, botUserId, nameOf)));
        break;
      }
      case 'app_home_opened': {
        const { user, channel, tab } = event;
        if (channel) onDirectChat(user, channel);
        if (tab === 'home') underway.run(() => homes.open(user, body.event_id));
        if (channel) underway.run(() => homes.greet(user, channel));
        break;
      }
      case 'team_join':
      case 'user_change':
        onMember(event.user as Member);
        break;
      case 'tokens_revoked':
      case 'app_uninstalled':
        onRemoved();
        break;
      default:
    }
  });
}

/** Subtypes of messages that people write; all others are about changes, or written by machines. */
const written: ReadonlySet<string | undefined> = new Set([
  undefined,
  'file_share',
  'me_message',
  'thread_broadcast',
]);

/** Undefined for a message that nobody wrote to the bot. */
function placeOfMessage(event: types.MessageEvent, context: Context): Place | undefined {
  if (event.channel_type !== 'im' || !written.has(event.subtype)) return undefined;
  if (!('user' in event) || typeof event.user !== 'string' || ('bot_id' in event && event.bot_id))
    return undefined;
  const { user, channel, ts } = event;
  const thread = 'thread_ts' in event ? event.thread_ts : undefined;
  return {
    origin: directly(user, `${channel} ${ts}`),
    channel,
    ...(thread !== undefined && { thread }),
    again: isAgain(context),
  };
}

/** Slack may tell of one message both so and as a message: the delivery has the same name. */
function placeOfMention(event: types.AppMentionEvent, context: Context): Place | undefined {
  const { user, channel, ts, thread_ts: thread = ts, bot_id: bot } = event;
  if (user === undefined || bot !== undefined || channel.startsWith('D')) return undefined;
  return {
    origin: { ...directly(user, `${channel} ${ts}`), conversation: `${channel} ${thread}`, place: 'channel' },
    channel,
    thread,
    again: isAgain(context),
  };
}

function receiveCommands(app: App, { turns, underway, nameOf }: Parts): void {
  app.command(/.*/, async ({ command, ack, context }) => {
    await ack();
    const { user_id: user, channel_id: channel, trigger_id: trigger, response_url: responseUrl } = command;
    const place: Place = {
      origin: { ...directly(user, trigger), conversation: channel, place: 'command' },
      channel,
      responseUrl,
    };
    underway.run(() => turns.ask(place, heard(command.text ?? '', context.botUserId ?? '', nameOf), trigger));
  });

  app.shortcut({ type: 'message_action' }, async ({ shortcut, ack, context }) => {
    await ack();
    if (shortcut.callback_id !== askPolicy) return;
    const {
      user,
      channel,
      message,
      trigger_id: trigger,
      response_url: responseUrl,
    } = shortcut as MessageShortcut;
    const place: Place = {
      origin: { ...directly(user.id, trigger), conversation: channel.id, place: 'command' },
      channel: channel.id,
      responseUrl,
    };
    const text = heard(message.text ?? '', context.botUserId ?? '', nameOf);
    underway.run(() => turns.ask(place, text, trigger));
  });
}

/** “What does the policy say about this?” */
const askPolicy = 'ask_policy';

function receivePresses(app: App, { turns, underway }: Parts): void {
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions' }, async ({ body, action, ack }) => {
    await ack();
    if (action.type !== 'button' || action.url !== undefined) return;
    const { action: name, value } = readPress(action);
    underway.run(() =>
      turns.press({ place: placeOfPress(body), trigger: body.trigger_id, action: name, value }),
    );
  });
}

/** Where a button stands: in a message, in one that only its reader sees, in a modal, or on the home tab. */
function placeOfPress({ user, channel, message, view, container, ...body }: BlockAction): Place {
  const delivery = body.trigger_id;
  if (view) {
    const own: Place = keepsPlace(view.callback_id)
      ? readKept(view.private_metadata, user.id, delivery).place
      : { origin: directly(user.id, delivery) };
    return view.type === 'modal' ? { ...own, modal: modalOf(view) } : own;
  }
  const id = channel?.id ?? '';
  if (container.is_ephemeral === true)
    return {
      origin: { ...directly(user.id, delivery), conversation: id, place: 'command' },
      channel: id,
      responseUrl: body.response_url,
    };
  const ts: unknown = message?.ts ?? container.message_ts;
  if (id === '' || typeof ts !== 'string') return { origin: directly(user.id, delivery) };
  const thread: unknown = message?.thread_ts ?? container.thread_ts;
  const posted = { channel: id, ts };
  if (id.startsWith('D'))
    return {
      origin: directly(user.id, delivery),
      channel: id,
      message: posted,
      ...(typeof thread === 'string' && { thread }),
    };
  const first = typeof thread === 'string' ? thread : ts;
  return {
    origin: { ...directly(user.id, delivery), conversation: `${id} ${first}`, place: 'channel' },
    channel: id,
    thread: first,
    message: posted,
  };
}

function modalOf(view: NonNullable<BlockAction['view']>): Modal {
  const { id, title, root_view_id: root, previous_view_id: previous } = view;
  const depth = previous === null || previous === undefined ? 1 : previous === root ? 2 : 3;
  return { id, title: title.text, depth };
}

function receiveForms(app: App, { turns, underway }: Parts): void {
  app.view<ViewSubmitAction>({ type: 'view_submission' }, async ({ body, view, ack }) => {
    const form = formOf(view.callback_id);
    if (form === undefined) return ack();
    underway.run(() => turns.submit({ form, person: body.user.id, view, ack }));
  });
}

const isAgain = ({ retryNum }: Context): boolean => typeof retryNum === 'number' && retryNum > 0;
