import { namesOf, TEXT_LIMIT } from '../../../../src/concerns/sealing/mod.ts';
import { button, h } from '../browser/dom.ts';
import { renderElements } from '../browser/elements.ts';
import { form, Invalid, selectField, textField } from '../browser/form.ts';
import { guardLeaving } from '../browser/screen.ts';
import { checkText } from '../browser/text.ts';
import { renderThread, wordFor } from '../browser/thread.ts';
import { dayInWords, weekInWords } from '../browser/weeks.ts';
import { type Box, change, isMuted, nowReading, type OpenConcern, startOf } from './box.ts';
import { download } from './export.ts';
import type { Inbox } from './inbox.ts';
import { deadlineInWords } from './list.ts';
import { passOnForm } from './pass-on.ts';

/** One concern with all that can be done about it. */
export function showConcern(inbox: Inbox, concern: OpenConcern): void {
  const { box } = inbox;
  const { words } = box;
  const start = startOf(concern);
  inbox.show(
    wordFor(words.kinds, start?.kind ?? '', 'Something else'),
    h(
      'p',
      { class: 'buttons' },
      button('Back to the inbox', () => inbox.go({ page: 'list' })),
    ),
    renderElements([
      {
        kind: 'fields',
        fields: [
          { label: 'About', value: wordFor(words.abouts, start?.about ?? '', 'Something else') },
          { label: 'Where it is', value: wordFor(words.statuses, concern.status, concern.status) },
          { label: 'Sent', value: `in ${weekInWords(concern.week)}` },
          { label: 'Kept', value: `until the end of ${weekInWords(concern.purgeWeek)}` },
          { label: 'Read by', value: namesOf(nowReading(box, concern)) },
        ],
      },
    ]),
    h('p', { class: concern.deadlines.overdue ? 'text warning' : 'text' }, deadlineInWords(box, concern)),
    isMuted(concern) ? h('p', { class: 'text strong' }, 'This concern is muted.') : undefined,
    h('h2', {}, 'Messages'),
    renderThread(concern.messages, { statuses: words.statuses, sender: 'The sender' }),
    h('h2', {}, 'What you can do'),
    answerForm(inbox, concern),
    statusForm(inbox, concern),
    h('details', {}, h('summary', {}, 'Pass it on, or change who reads it'), passOnForm(inbox, concern)),
    h('details', {}, h('summary', {}, 'Copy, mute, keep longer'), more(inbox, concern)),
    h('details', {}, h('summary', {}, 'What readers did'), logOf(box, concern)),
  );
}

/** The page of this concern, once something was done. */
const done = (inbox: Inbox, { id }: OpenConcern, words: string): Promise<void> =>
  inbox.done({ page: 'concern', id }, words);

function answerForm(inbox: Inbox, concern: OpenConcern): HTMLElement {
  const text = textField({
    label: 'Your answer to the sender',
    hint: 'They read it once they come back with their code, with your name and role above it.',
    lines: 6,
    maxLength: TEXT_LIMIT,
  });
  text.element.addEventListener('input', () => guardLeaving(text.value() !== ''));
  return form({
    label: 'Answer',
    fields: [text],
    submitLabel: 'Seal and send',
    async submit() {
      await change(inbox.box, concern, { type: 'message', text: checkText(text) });
      await done(inbox, concern, 'Your answer has been sent.');
    },
  });
}

function statusForm(inbox: Inbox, concern: OpenConcern): HTMLElement {
  const { statuses } = inbox.box.words;
  const next = concern.status === 'received' ? 'acknowledged' : concern.status;
  const status = selectField(
    'Where it is now',
    statuses
      .filter(({ value }) => value !== 'received')
      .map((each) => ({ ...each, checked: each.value === next })),
  );
  const text = textField({
    label: 'What the sender is told with it',
    hint: 'If you like. Where you close it, say why.',
    lines: 3,
    maxLength: TEXT_LIMIT,
  });
  return form({
    label: 'Say where it is',
    fields: [status, text],
    submitLabel: 'Change',
    async submit() {
      const value = status.value();
      if (value === 'closed' && text.value().trim() === '')
        throw new Invalid(text, 'Please tell the sender why you close it.');
      const words = text.value().trim() === '' ? '' : checkText(text);
      await change(inbox.box, concern, { type: 'status', status: value, text: words }, { status: value });
      await done(inbox, concern, `Changed to: ${wordFor(statuses, value, value)}.`);
    },
  });
}

function more(inbox: Inbox, concern: OpenConcern): Node[] {
  const muted = isMuted(concern);
  return [
    h(
      'p',
      { class: 'text' },
      'A copy is a text file on this computer, for the school’s own safeguarding file. It is not sealed any more. ' +
        'All readers of this concern see that you made it.',
    ),
    form({
      fields: [],
      submitLabel: 'Make a copy',
      async submit() {
        await inbox.box.session.call('exported', { concern: concern.id, proof: concern.proof });
        download(inbox.box, concern);
        await done(inbox, concern, 'The copy is among your downloads.');
      },
    }),
    h(
      'p',
      { class: 'text' },
      'A muted concern stands at the end of the list. It can still be read and answered, and nobody learns who sent it.',
    ),
    form({
      fields: [],
      submitLabel: muted ? 'Take the mute off' : 'Mute',
      async submit() {
        await change(inbox.box, concern, { type: 'mute', muted: !muted });
        await done(inbox, concern, muted ? 'It is not muted any more.' : 'It is muted.');
      },
    }),
    ...(concern.status === 'closed'
      ? []
      : [
          h(
            'p',
            { class: 'text' },
            'A concern is deleted a year after it was sent, unless a reader keeps it longer.',
          ),
          form({
            fields: [],
            submitLabel: 'Keep it for another year',
            async submit() {
              await change(inbox.box, concern, undefined, { renew: true });
              await done(inbox, concern, 'It is kept for another year from now.');
            },
          }),
        ]),
  ];
}

export const actionWords: Readonly<Record<string, string>> = {
  enrolled: 'was enrolled',
  read: 'had it in their inbox',
  wrote: 'wrote',
  status: 'said where it is',
  renewed: 'keeps it for another year',
  granted: 'changed who reads it',
  exported: 'made a copy',
  keys: 'changed their passphrase',
  recovered: 'came in with the recovery key',
  left: 'stopped being a reader',
};

function logOf({ readers }: Box, { log }: OpenConcern): HTMLElement {
  return h(
    'ul',
    {},
    log.map(({ reader: id, action, day }) => {
      const name = readers.find((reader) => reader.id === id)?.name ?? 'A reader who is gone';
      return h('li', {}, `${dayInWords(day)}: ${name} ${actionWords[action] ?? action}.`);
    }),
  );
}
