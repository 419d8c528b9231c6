import type { Excluded, Message, ReaderName } from './message.ts';
import type { ListedReader } from './reader.ts';
import { GRANTS } from './sizes.ts';
import { sealGrants } from './thread.ts';

/** Whether a concern may ever be shown to a reader: not to whom it is about or whom its sender left out, whatever they have become since. */
export function mayRead({ people, roles }: Excluded, { person, role }: ListedReader): boolean {
  return !people.includes(person) && !roles.includes(role);
}

/** Who reads a thread now, in the order in which they are to act. */
export function readersOf(messages: readonly Message[]): readonly ReaderName[] {
  const last = messages.findLast(({ type }) => type === 'readers' || type === 'concern');
  return last && 'readers' in last ? last.readers : [];
}

/** Whom a thread must never be shown to; undefined where its first message can't be read. */
export const excludedOf = (messages: readonly Message[]): Excluded | undefined =>
  messages.flatMap((message) => (message.type === 'concern' ? [message.excluded] : []))[0];

/** Nobody may be given a concern that they must not read; nor may it be left without readers. */
export class HandOverError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HandOverError';
  }
}

/**
 * New grants, for these readers and nobody else: to pass a concern on, or to take somebody off it. They take
 * the place of all that there were.
 * @throws HandOverError with words for the reader who does this
 */
export function regrant(
  threadSecret: Uint8Array,
  messages: readonly Message[],
  readers: readonly ListedReader[],
): readonly Uint8Array[] {
  const excluded = excludedOf(messages);
  if (!excluded)
    throw new HandOverError('The start of this concern can’t be read, so it can’t be handed over.');
  const barred = readers.find((reader) => !mayRead(excluded, reader));
  if (barred)
    throw new HandOverError(
      `${barred.name} can’t read this concern: the sender left them out, or it is about their role.`,
    );
  if (readers.length === 0) throw new HandOverError('Somebody has to read this concern.');
  if (readers.length > GRANTS) throw new HandOverError(`At most ${GRANTS} people can read a concern.`);
  return sealGrants(
    threadSecret,
    readers.map(({ publicKey }) => publicKey),
  );
}
