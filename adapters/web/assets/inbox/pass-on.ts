import {
  HandOverError,
  type ListedReader,
  mayRead,
  regrant,
  toText,
} from '../../../../src/concerns/sealing/mod.ts';
import { h } from '../browser/dom.ts';
import { choiceField, form, Invalid } from '../browser/form.ts';
import { type Box, change, type KnownReader, nowReading, type OpenConcern, startOf } from './box.ts';
import type { Inbox } from './inbox.ts';

/** Whom a concern may go to: who is here, and whom it is not about. */
export function candidates({ readers }: Box, concern: OpenConcern): readonly KnownReader[] {
  const excluded = startOf(concern)?.excluded;
  return readers.filter(
    (reader) =>
      reader.state === 'active' && reader.present && excluded !== undefined && mayRead(excluded, reader),
  );
}

/**
 * Seals a concern to these readers and nobody else.
 * @throws CallError, and HandOverError where one of them must not read it
 */
export async function giveTo(
  box: Box,
  concern: OpenConcern,
  readers: readonly ListedReader[],
): Promise<void> {
  const grants = regrant(concern.threadSecret, concern.messages, readers).map(toText);
  const names = readers.map(({ id, title, name }) => ({ id, title, name }));
  await change(box, concern, { type: 'readers', readers: names }, { grants });
}

export function passOnForm(inbox: Inbox, concern: OpenConcern): HTMLElement {
  const { box } = inbox;
  const now = nowReading(box, concern);
  const possible = candidates(box, concern);
  const gone = now.filter(({ id }) => possible.every((reader) => reader.id !== id));
  const barred = box.readers.filter(
    ({ id, state, present }) =>
      state === 'active' && present && [...possible, ...now].every((reader) => reader.id !== id),
  );
  const who = choiceField({
    label: 'Who reads it from now on?',
    options: [
      ...possible.map((reader) => ({
        value: reader.id,
        label: `${reader.name}, ${reader.title}`,
        checked: now.some(({ id }) => id === reader.id),
      })),
      ...gone.map(({ id, name, title }) => ({
        value: id,
        label: `${name}, ${title}: is not here at the moment`,
        checked: true,
      })),
      ...barred.map(({ id, name, title }) => ({
        value: id,
        label: `${name}, ${title}: can’t read it: the sender left them out, or it is about their role`,
        disabled: true,
      })),
    ],
    many: true,
  });
  return h(
    'div',
    {},
    h(
      'p',
      { class: 'text' },
      'Whoever you add can read all of it. Whoever you take off can’t open it any more.',
    ),
    form({
      fields: [who],
      submitLabel: 'Change who reads it',
      async submit() {
        const chosen = new Set(who.value());
        // Who reads it already stays before who comes new: the first is the first to act.
        const readers = [
          ...now,
          ...possible.filter(({ id }) => now.every((reader) => reader.id !== id)),
        ].filter(({ id }) => chosen.has(id));
        try {
          await giveTo(box, concern, readers);
        } catch (error) {
          if (error instanceof HandOverError) throw new Invalid(who, error.message);
          throw error;
        }
        const stays = chosen.has(box.session.me.id);
        await inbox.done(
          stays ? { page: 'concern', id: concern.id } : { page: 'list' },
          stays ? 'Who reads it has been changed.' : 'It has been passed on. You can’t open it any more.',
        );
      },
    }),
  );
}
