import type { Origin } from '../../src/chat/mod.ts';
import type { Posted } from './post.ts';

/** Where somebody asked, pressed or sent a form, and so where the reply is shown. */
export interface Place {
  readonly origin: Origin;
  /** Where messages go; the person's direct chat where left out. */
  readonly channel?: string;
  /** The first message of the thread that replies belong in. */
  readonly thread?: string;
  /** The message whose button was pressed, or led to the form. */
  readonly message?: Posted;
  /** Takes a few replies for a while, shown to the asker or in the channel, also where the bot is no member. */
  readonly responseUrl?: string;
  /** The modal that the button is in. */
  readonly modal?: Modal;
  /** Slack has delivered this before, perhaps to an earlier life of the process. */
  readonly again?: boolean;
}

export interface Modal {
  readonly id: string;
  readonly title: string;
  /** How many modals lie on each other, this one included; Slack takes three. */
  readonly depth: number;
}

/** A direct chat is one conversation, whichever of its surfaces somebody uses: messages, home tab, modals. */
export function directly(person: string, delivery?: string): Origin {
  return {
    platform: 'slack',
    person,
    conversation: person,
    place: 'direct',
    ...(delivery !== undefined && { delivery }),
  };
}

/** What is shown with the same name keeps the order in which it was asked for. */
export function orderOf({ origin: { conversation, person, place } }: Place): string {
  return JSON.stringify([conversation, place === 'channel' ? '' : person]);
}

/** What a modal carries of the place that it was opened from, and of the form's state; read back by `readKept`. */
export function keep({ origin, channel, thread, message }: Place, state?: string): string {
  const kept: Kept = [
    state ?? null,
    origin.place,
    origin.conversation,
    channel ?? null,
    thread ?? null,
    message?.ts ?? null,
  ];
  return JSON.stringify(kept);
}

type Kept = [
  state: string | null,
  place: Origin['place'],
  conversation: string,
  channel: string | null,
  thread: string | null,
  message: string | null,
];

/** The place that a modal was opened from, for what somebody does in it; their direct chat where it says none. */
export function readKept(
  metadata: string,
  person: string,
  delivery?: string,
): { readonly place: Place; readonly state?: string } {
  const kept = parse(metadata);
  if (!kept) return { place: { origin: directly(person, delivery) } };
  const [state, place, conversation, channel, thread, ts] = kept;
  return {
    place: {
      origin: { ...directly(person, delivery), conversation, place },
      ...(channel !== null && { channel }),
      ...(thread !== null && { thread }),
      ...(channel !== null && ts !== null && { message: { channel, ts } }),
    },
    ...(state !== null && { state }),
  };
}

function parse(metadata: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(metadata);
    return Array.isArray(kept) && kept.length === 6 ? (kept as unknown as Kept) : undefined;
  } catch {
    return undefined;
  }
}
