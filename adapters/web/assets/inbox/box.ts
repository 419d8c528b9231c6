import {
  type ListedReader,
  type Message,
  nextOrder,
  openGrants,
  openMessages,
  proveAccess,
  readersOf,
  sealMessage,
  toText,
} from '../../../../src/concerns/sealing/mod.ts';
import { CallError } from '../browser/call.ts';
import type { Word } from '../browser/thread.ts';
import { bytes, type Session } from './session.ts';

/** A reader as all readers see them. */
export interface KnownReader extends ListedReader {
  readonly state: 'active' | 'left';
  /** Holds the role still, and is at the school. */
  readonly present: boolean;
}

/** Something that a reader did, with the day. */
interface LoggedAction {
  readonly reader: string;
  readonly action: string;
  readonly day: string;
}

interface Deadlines {
  readonly acknowledgeBy: string;
  readonly feedbackBy: string;
  readonly overdue?: 'acknowledge' | 'feedback';
  /** It has been overdue for so long that it is everybody's to act. */
  readonly escalated: boolean;
}

interface SealedConcern {
  readonly status: string;
  readonly week: string;
  readonly purgeWeek: string;
  readonly deadlines: Deadlines;
  readonly messages: readonly string[];
  readonly log: readonly LoggedAction[];
}

/** A concern that this reader can open, opened. */
export interface OpenConcern extends Omit<SealedConcern, 'messages'> {
  readonly id: string;
  readonly threadSecret: Uint8Array;
  /** Shows the server that this reader can open it. */
  readonly proof: string;
  readonly messages: readonly Message[];
}

/** All that a reader sees. */
export interface Box {
  readonly session: Session;
  readonly readers: readonly KnownReader[];
  /** What readers did that is about no concern. */
  readonly log: readonly LoggedAction[];
  /** This week, and this day. */
  readonly week: string;
  readonly today: string;
  readonly words: {
    readonly abouts: readonly Word[];
    readonly kinds: readonly Word[];
    readonly statuses: readonly Word[];
  };
  readonly concerns: readonly OpenConcern[];
}

/** Fetches all that is there, and opens what was sealed to this reader. @throws CallError */
export async function load(session: Session): Promise<Box> {
  const [known, granted] = await Promise.all([
    session.call<
      Pick<Box, 'log' | 'week' | 'today' | 'words'> & {
        readonly readers: readonly (Omit<KnownReader, 'publicKey'> & { readonly publicKey: string })[];
      }
    >('readers', {}),
    session.call<{
      readonly concerns: readonly { readonly id: string; readonly grants: readonly string[] }[];
    }>('concerns', {}),
  ]);
  const concerns: OpenConcern[] = [];
  for (const { id, grants } of granted.concerns) {
    const threadSecret = openGrants(grants.map(bytes), session.keys);
    const opened = threadSecret && (await open(session, id, threadSecret));
    if (opened) concerns.push(opened);
  }
  const readers = known.readers
    .map((reader) => ({ ...reader, publicKey: bytes(reader.publicKey) }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en-GB'));
  return { ...known, session, readers, concerns };
}

/** Undefined where it went while the others were being opened. */
async function open(
  session: Session,
  id: string,
  threadSecret: Uint8Array,
): Promise<OpenConcern | undefined> {
  const proof = toText(proveAccess(threadSecret, session.sessionKey, bytes(id)));
  try {
    const sealed = await session.call<SealedConcern>('read', { concern: id, proof });
    return {
      ...sealed,
      id,
      threadSecret,
      proof,
      messages: openMessages(sealed.messages.map(bytes), threadSecret),
    };
  } catch (error) {
    if (error instanceof CallError && error.status === 403) return undefined;
    throw error;
  }
}

/** What a message says, without what every message has. */
export type Said = Message extends infer Each
  ? Each extends Message
    ? Omit<Each, 'order' | 'author' | 'week'>
    : never
  : never;

/** What is changed beside the message. */
export interface Change {
  readonly status?: string;
  readonly renew?: true;
  readonly grants?: readonly string[];
}

/**
 * Writes into a concern's thread in this reader's name, and changes what goes with it, in one go.
 * @throws CallError, also where the text is too long
 */
export async function change(
  { session, week }: Pick<Box, 'session' | 'week'>,
  { id, proof, threadSecret, messages }: OpenConcern,
  said: Said | undefined,
  changes: Change = {},
): Promise<void> {
  const { id: me, title, name } = session.me;
  const message =
    said &&
    sealMessage({ ...said, order: nextOrder(messages), author: { id: me, title, name }, week }, threadSecret);
  if (said && !message) throw new CallError(0, 'This is too long. Please make it shorter.');
  await session.call('change', {
    concern: id,
    proof,
    ...changes,
    ...(message && { message: toText(message) }),
  });
}

/** What its sender wrote first. */
export const startOf = ({ messages }: OpenConcern) =>
  messages.flatMap((message) => (message.type === 'concern' ? [message] : []))[0];

export const isMuted = ({ messages }: OpenConcern): boolean =>
  messages.flatMap((message) => (message.type === 'mute' ? [message.muted] : [])).at(-1) ?? false;

/** Whether the sender wrote last, and waits. */
export const senderWaits = ({ messages, status }: OpenConcern): boolean =>
  status !== 'closed' &&
  messages.findLast(({ type }) => type !== 'mute' && type !== 'readers')?.author === 'sender';

/** Who reads a concern now, as they are known; in the order in which they are to act. */
export const nowReading = ({ readers }: Box, { messages }: OpenConcern): readonly KnownReader[] =>
  readersOf(messages).flatMap(({ id }) => readers.find((reader) => reader.id === id) ?? []);
