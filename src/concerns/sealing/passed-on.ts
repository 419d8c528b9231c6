import type { Message } from './message.ts';

type Named = { readonly name: string; readonly title: string };

/** `Priya Raman (designated safeguarding lead), Helen Marsh (chair of governors)` */
export const namesOf = (readers: readonly Named[]): string =>
  readers.map(({ name, title }) => `${name} (${title})`).join(', ');

/** What readers and the sender are told once it has been settled anew who reads a concern. */
export const readersInWords = (readers: readonly Named[]): string =>
  `From now on it is read by ${namesOf(readers)}.`;

/** Whether a message is shown to the sender: who reads it is theirs to know, what is muted is the readers’ own. */
export const isForSender = ({ type }: Pick<Message, 'type'>): boolean => type !== 'mute';
