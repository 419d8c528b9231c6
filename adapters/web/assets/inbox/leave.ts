import { CallError } from '../browser/call.ts';
import { h } from '../browser/dom.ts';
import { choiceField, form, Invalid } from '../browser/form.ts';
import { type Box, type KnownReader, load, nowReading, type OpenConcern } from './box.ts';
import type { Inbox } from './inbox.ts';
import { candidates, giveTo } from './pass-on.ts';

/** Hands over the concerns of somebody who leaves, and ends one's own time as a reader. */
export function showLeaving(inbox: Inbox): void {
  const { box } = inbox;
  inbox.show(
    'Hand over',
    h(
      'p',
      { class: 'text' },
      'Somebody changes role or leaves the school? Give their place in every concern that you can open to another ' +
        'reader. It never goes to somebody whom its sender left out, or whom it is about.',
    ),
    handOverForm(inbox),
    h('h2', {}, 'Stop being a reader'),
    endForm(inbox, box),
  );
}

function handOverForm(inbox: Inbox): HTMLElement {
  const { box } = inbox;
  const reading = box.readers.filter(({ id }) => concernsOf(box, id).length > 0);
  if (reading.length === 0) return h('p', { class: 'text' }, 'There is no concern to hand over.');
  const from = choiceField({
    label: 'Whose place?',
    options: reading.map(({ id, name, title }) => ({
      value: id,
      label: `${name}, ${title}${id === box.session.me.id ? ' (you)' : ''}: ${concernsOf(box, id).length}`,
    })),
  });
  // Who does this reads them all already.
  const others = box.readers.filter(
    ({ id, state, present }) => state === 'active' && present && id !== box.session.me.id,
  );
  if (others.length === 0)
    return h(
      'p',
      { class: 'text' },
      'There is no other reader to hand over to. Please have one enrolled first.',
    );
  const to = choiceField({
    label: 'Who takes it?',
    options: others.map(({ id, name, title }) => ({ value: id, label: `${name}, ${title}` })),
  });
  return form({
    fields: [from, to],
    submitLabel: 'Hand over',
    async submit() {
      const [leaver] = from.value();
      const successor = box.readers.find(({ id }) => id === to.value()[0]);
      if (leaver === undefined) throw new Invalid(from, 'Please choose one.');
      if (!successor) throw new Invalid(to, 'Please choose one.');
      if (successor.id === leaver) throw new Invalid(to, 'Please choose somebody else.');
      const kept = await handOver(box, leaver, successor);
      await inbox.done(
        { page: 'leave' },
        kept === 0
          ? 'All of them have been handed over.'
          : `⚠ Not handed over: ${kept}. ${successor.name} can’t read them, and nobody else would be left. Open each, and pass it on to somebody else.`,
      );
    },
  });
}

/** Concerns that somebody reads, among those that can be opened here. */
const concernsOf = (box: Box, reader: string): readonly OpenConcern[] =>
  box.concerns.filter((concern) => nowReading(box, concern).some(({ id }) => id === reader));

/** Returns how many could not be handed over. @throws CallError */
async function handOver(box: Box, leaver: string, successor: KnownReader): Promise<number> {
  let kept = 0;
  for (const concern of concernsOf(box, leaver)) {
    const readers = nowReading(box, concern);
    const may = candidates(box, concern).some(({ id }) => id === successor.id);
    const others = readers.filter(({ id }) => id !== leaver && id !== successor.id);
    const next = may ? [...others, successor] : readers.filter(({ id }) => id !== leaver);
    if (next.length === 0) kept++;
    else await giveTo(box, concern, next);
  }
  return kept;
}

function endForm(inbox: Inbox, box: Box): HTMLElement {
  const { session } = box;
  const left = concernsOf(box, session.me.id).length;
  if (left > 0)
    return h(
      'p',
      { class: 'text' },
      `First hand over your own place. Concerns that you still read: ${left}.`,
    );
  const sure = choiceField({
    label: 'Your keys are destroyed. You can’t open any concern any more.',
    options: [{ value: 'yes', label: 'Yes, I stop being a reader' }],
    many: true,
  });
  return form({
    fields: [sure],
    submitLabel: 'Stop being a reader',
    async submit() {
      if (sure.value().length === 0) throw new Invalid(sure, 'Please tick the box if you are sure.');
      // What came while this page was open must not be lost with the key.
      if (concernsOf(await load(session), session.me.id).length > 0)
        throw new CallError(0, 'A new concern has come. Please hand it over first.');
      await session.call('leave', {});
      await inbox.logOut('You are no reader any more.');
    },
  });
}
