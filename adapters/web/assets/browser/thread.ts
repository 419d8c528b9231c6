import { type Message, readersInWords } from '../../../../src/concerns/sealing/mod.ts';
import { h } from './dom.ts';
import { weekInWords } from './weeks.ts';

/** A value that is stored, with what people call it. */
export interface Word {
  readonly value: string;
  readonly label: string;
}

/** What people call it; what nobody knows is given the other words. */
export const wordFor = (words: readonly Word[], value: string, otherwise: string): string =>
  words.find((word) => word.value === value)?.label ?? otherwise;

/** What a message says, but for who wrote it and when. */
export function textOf(message: Message, statuses: readonly Word[]): string {
  switch (message.type) {
    case 'status':
      return [`Now: ${wordFor(statuses, message.status, 'changed')}.`, message.text].join('\n').trim();
    case 'mute':
      return message.muted ? 'Muted this concern.' : 'Took the mute off this concern.';
    case 'readers':
      return readersInWords(message.readers);
    default:
      return message.text;
  }
}

/** `Priya Raman, designated safeguarding lead, in the week of 23 November 2026` */
export function sourceOf({ author, week }: Message, sender: string): string {
  const who = author === 'sender' ? sender : `${author.name}, ${author.title}`;
  return `${who}, in ${weekInWords(week)}`;
}

/** A thread, oldest first. `sender` is what its sender is called. */
export function renderThread(
  messages: readonly Message[],
  { statuses, sender }: { readonly statuses: readonly Word[]; readonly sender: string },
): HTMLElement {
  return h(
    'ol',
    { class: 'thread', 'aria-label': 'Messages, oldest first' },
    messages.map((message) =>
      h(
        'li',
        { class: message.author === 'sender' ? 'sender' : 'reader' },
        h(
          'figure',
          {},
          h('figcaption', {}, sourceOf(message, sender)),
          h('blockquote', {}, textOf(message, statuses)),
        ),
      ),
    ),
  );
}
