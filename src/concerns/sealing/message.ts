import sodium from 'libsodium-wrappers-sumo';
import { open, seal } from './bytes.ts';
import { PLAIN_BYTES } from './sizes.ts';

/** Who wrote a message. A reader's own id tells their answers apart; the sender is never anything but that. */
export type Author = 'sender' | ReaderName;

export interface ReaderName {
  /** Of the reader's enrolment, base64url. */
  readonly id: string;
  readonly title: string;
  readonly name: string;
}

/** Whom a concern must never be shown to, as it was when it was sent. */
export interface Excluded {
  /** As `ListedReader.person`. */
  readonly people: readonly string[];
  readonly roles: readonly string[];
}

interface Written {
  /** Place in the thread, from 0. Two that were written at once may share one. */
  readonly order: number;
  readonly author: Author;
  /** ISO week, `2026-W48`. */
  readonly week: string;
}

/** What is inside a sealed message. */
export type Message = Written &
  (
    | {
        readonly type: 'concern';
        readonly about: string;
        readonly kind: string;
        readonly text: string;
        /** In the order in which they are to act. */
        readonly readers: readonly ReaderName[];
        readonly excluded: Excluded;
      }
    | { readonly type: 'message'; readonly text: string }
    /** A reader has changed the status; `text` is the reason or what else the sender should know, or empty. */
    | { readonly type: 'status'; readonly status: string; readonly text: string }
    /** Readers are not to be told of this thread any more, or again. Not shown to the sender. */
    | { readonly type: 'mute'; readonly muted: boolean }
    /** Who reads the concern from now on. */
    | { readonly type: 'readers'; readonly readers: readonly ReaderName[] }
  );

/** Seals a message to a thread. Undefined where it is too long. */
export function sealMessage(message: Message, threadSecret: Uint8Array): Uint8Array | undefined {
  const plain = sodium.from_string(JSON.stringify(message));
  if (plain.length >= PLAIN_BYTES) return undefined;
  return seal(sodium.pad(plain, PLAIN_BYTES), messageKey(threadSecret));
}

/** Undefined where it was not sealed to this thread, or is no message. */
export function openMessage(sealed: Uint8Array, threadSecret: Uint8Array): Message | undefined {
  const padded = open(sealed, messageKey(threadSecret));
  if (!padded) return undefined;
  try {
    const value: unknown = JSON.parse(sodium.to_string(sodium.unpad(padded, PLAIN_BYTES)));
    return isMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The messages that can be opened, in the order in which they were written. */
export function openMessages(sealed: readonly Uint8Array[], threadSecret: Uint8Array): readonly Message[] {
  return sealed
    .flatMap((each) => openMessage(each, threadSecret) ?? [])
    .sort((one, other) => one.order - other.order);
}

/** The place of the next message in a thread. */
export const nextOrder = (messages: readonly Message[]): number =>
  Math.max(-1, ...messages.map(({ order }) => order)) + 1;

/** Whoever holds the thread's secret key can write and read; nobody else can do either. */
const messageKey = (threadSecret: Uint8Array): Uint8Array =>
  sodium.crypto_generichash(sodium.crypto_secretbox_KEYBYTES, 'Messages of a thread', threadSecret);

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isList = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isItem);
const isReader = (value: unknown): boolean => has(value, { id: isText, title: isText, name: isText });
const readers = (value: unknown): boolean => isList(value, isReader);

const shapes: Readonly<Record<Message['type'], Shape>> = {
  concern: {
    about: isText,
    kind: isText,
    text: isText,
    readers,
    excluded: (value) =>
      has(value, { people: (item) => isList(item, isText), roles: (item) => isList(item, isText) }),
  },
  message: { text: isText },
  status: { status: isText, text: isText },
  mute: { muted: (value) => typeof value === 'boolean' },
  readers: { readers },
};

/** What is in a message was put there by somebody else's browser. */
function isMessage(value: unknown): value is Message {
  const isAuthor = (author: unknown): boolean => author === 'sender' || isReader(author);
  if (!has(value, { order: Number.isSafeInteger, author: isAuthor, week: isText, type: isText }))
    return false;
  const { type } = value;
  return (
    typeof type === 'string' && Object.hasOwn(shapes, type) && has(value, shapes[type as Message['type']])
  );
}

function has(value: unknown, shape: Shape): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  return Object.entries(shape).every(([name, isRight]) => isRight(fields[name]));
}
