import { type Activity, isPersonal } from './activity.ts';
import {
  decodeEntities,
  executed,
  handedBack,
  messageAskedAbout,
  type Pressed,
  pressedFor,
  submitted,
} from './invoke.ts';
import { readForm, type SentForm } from './render.ts';

/** Where a button stood that was pressed. */
type Stood =
  /** On a card in a message; the answer may take the card's place. */
  | 'card'
  /** The same, but what it answers opens in a dialog. */
  | 'opener'
  /** In a dialog that is open. */
  | 'dialog';

/** What something that Teams sent means. */
export type Heard =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'home' }
  | ({ readonly kind: 'press'; readonly stood: Stood } & Pressed)
  /** A dialog for what somebody would type: a form can't be opened by a message. */
  | { readonly kind: 'dialog for words'; readonly text: string }
  | { readonly kind: 'form'; readonly sent: SentForm }
  /** "What does the policy say about this?" of somebody's message. */
  | { readonly kind: 'question about message'; readonly text: string }
  /** The bot was added: to a chat of its own with a person, to a group chat, or to a team. */
  | { readonly kind: 'added' }
  | { readonly kind: 'removed' }
  /** People came to or left a team or a group chat that the bot is in. */
  | { readonly kind: 'people changed' }
  /** An invoke that the bot does not know. */
  | { readonly kind: 'unknown' };

const nothing: Heard = { kind: 'nothing' };

export function readActivity(activity: Activity): Heard {
  switch (activity.type) {
    case 'message':
      return readMessage(activity);
    case 'invoke':
      return readInvoke(activity);
    case 'installationUpdate':
      if (activity.action?.startsWith('add')) return { kind: 'added' };
      return activity.action?.startsWith('remove') ? { kind: 'removed' } : nothing;
    case 'conversationUpdate':
      return readMembers(activity);
    default:
      return nothing;
  }
}

function readMembers({ membersAdded = [], membersRemoved = [], recipient, ...activity }: Activity): Heard {
  const isBot = ({ id }: { readonly id: string }): boolean => id === recipient.id;
  if (membersRemoved.some(isBot)) return { kind: 'removed' };
  if (membersAdded.some(isBot)) return { kind: 'added' };
  const changed = membersAdded.length > 0 || membersRemoved.length > 0;
  return changed && !isPersonal(activity) ? { kind: 'people changed' } : nothing;
}

function readMessage(activity: Activity): Heard {
  const text = wordsOf(activity);
  if (text === '' && activity.value !== undefined) {
    // A client that does not know Action.Execute sends what a button hands back as a message.
    const pressed = pressedFor(activity.value);
    return pressed && 'action' in pressed ? { kind: 'press', stood: 'card', ...pressed } : nothing;
  }
  return text.toLowerCase() === 'home' ? { kind: 'home' } : { kind: 'question', text };
}

function readInvoke(activity: Activity): Heard {
  switch (activity.name) {
    case 'adaptiveCard/action': {
      const pressed = executed(activity);
      return pressed ? { kind: 'press', stood: 'card', ...pressed } : { kind: 'unknown' };
    }
    case 'task/fetch':
      return readPress(handedBack(activity), 'opener');
    case 'task/submit':
    case 'composeExtension/submitAction': {
      const sent = readForm(submitted(activity));
      return sent ? { kind: 'form', sent } : readPress(submitted(activity), 'dialog');
    }
    case 'composeExtension/fetchTask': {
      const text = messageAskedAbout(activity);
      return text === undefined ? { kind: 'unknown' } : { kind: 'question about message', text };
    }
    default:
      return { kind: 'unknown' };
  }
}

function readPress(data: unknown, stood: 'opener' | 'dialog'): Heard {
  const pressed = pressedFor(data);
  if (!pressed) return { kind: 'unknown' };
  if ('words' in pressed) return { kind: 'dialog for words', text: pressed.words };
  return { kind: 'press', stood, ...pressed };
}

/** What somebody typed, without the bot's name in front of it; of other people's, the names alone. */
function wordsOf({ text = '', textFormat, entities = [], recipient }: Activity): string {
  let words = text;
  for (const { type, text: written, mentioned } of entities) {
    if (type !== 'mention' || !written) continue;
    words = words.replaceAll(written, mentioned?.id === recipient.id ? ' ' : (mentioned?.name ?? ' '));
  }
  words = words.replaceAll('&nbsp;', ' ');
  return (textFormat === undefined || textFormat === 'plain' ? words : decodeEntities(words)).trim();
}
