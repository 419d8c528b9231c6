import { field, form as forms } from '../chat/actions.ts';
import type { Card, Element } from '../chat/card.ts';
import type { Form } from '../chat/form.ts';
import { type About, abouts } from '../content/schema/concerns.ts';
import { aboutWords, kinds, kindWords } from './kinds.ts';
import type { Message, ReaderName } from './sealing/message.ts';
import { readersInWords } from './sealing/passed-on.ts';
import type { Receipt } from './sealing/receipt.ts';
import { TEXT_LIMIT } from './sealing/sizes.ts';
import type { OpenThread } from './senders.ts';
import { type Status, statuses } from './store/tables.ts';
import { weekInWords } from './weeks.ts';
import { statusWords } from './words.ts';

/** The forms of door A. Each carries all that the next one needs; none is remembered. */

/** What it is about. `choices` are the readers who can be left out. */
export function aboutForm(notice: readonly Element[], choices: readonly ReaderName[]): Form {
  return {
    id: forms.concern,
    title: 'Raise a concern',
    intro: notice,
    inputs: [
      {
        kind: 'choice',
        name: field.concernAbout,
        label: 'Whom or what is it about?',
        options: abouts.map((about) => ({ value: about, label: aboutWords[about] })),
      },
      {
        kind: 'choice',
        name: field.concernExclude,
        label: 'Who must not read it?',
        options: choices.map(({ id, name, title }) => ({ value: id, label: `${name}, ${title}` })),
        many: true,
        optional: true,
      },
    ],
    submitLabel: 'Next: who reads it',
    anonymous: true,
  };
}

/** Who will read it, by name, and how to write: above the room to write in. */
export function routeElements(about: About, readers: readonly ReaderName[], door: 'chat' | 'web'): Element[] {
  const welfare: Element[] =
    about === 'child'
      ? [text('This is no referral. Please speak to the safeguarding lead now as well.', 'warning')]
      : [];
  const server: Element[] =
    about === 'server' && door === 'chat'
      ? [text('The web form is the stronger choice here: it seals what you write first.')]
      : [];
  return [
    ...welfare,
    ...server,
    text('These people will read it:', 'strong'),
    text([...new Set(readers.map(({ name, title }) => `• ${name}, ${title}`))].join('\n')),
    text('If they pass it on, you see with your code to whom. It never goes to somebody you left out.'),
    text(
      'Say what happened, where, and how you know. Leave out what only you could know, if you can.',
      'quiet',
    ),
  ];
}

/** Who will read it, by name, and room to write. `written` is what was typed before the readers changed. */
export function textForm(
  about: About,
  readers: readonly ReaderName[],
  state: string,
  written?: string,
): Form {
  const changed: Element[] =
    written !== undefined
      ? [text('Who reads it has changed since. Nothing has been sent yet. Please look again.', 'warning')]
      : [];
  return {
    id: forms.concernText,
    title: 'Raise a concern',
    intro: [...changed, ...routeElements(about, readers, 'chat')],
    inputs: [
      {
        kind: 'choice',
        name: field.concernKind,
        label: 'What kind of concern is it?',
        options: kinds.map((kind) => ({ value: kind, label: kindWords[kind] })),
        optional: true,
      },
      {
        kind: 'text',
        name: field.concernText,
        label: 'Your concern',
        multiline: true,
        maxLength: TEXT_LIMIT,
        ...(written !== undefined && { initial: written }),
      },
    ],
    submitLabel: 'Send',
    state,
    anonymous: true,
  };
}

/** Above the code, and below it. */
export const codeElements = {
  before: [text('Your concern has been sent. This is your code:')],
  after: [
    text(
      'Write it down now, on paper or on your own phone. It is shown only this once. With it you read the answer, ' +
        'from any account or device. Without it nobody can answer you.',
      'warning',
    ),
  ],
} as const satisfies Record<string, readonly Element[]>;

/** The code, this once. */
export function codeForm(receipt: Receipt, state: string): Form {
  return {
    id: forms.concernCode,
    title: 'Your code',
    intro: [...codeElements.before, { kind: 'heading', text: receipt }, ...codeElements.after],
    inputs: [
      { kind: 'text', name: field.concernLastFour, label: 'Type its last four characters', maxLength: 20 },
    ],
    submitLabel: 'I have written it down',
    cancelLabel: 'Close',
    state,
    anonymous: true,
  };
}

/** Once the code has been written down. */
export const sentCard: Card = {
  summary: 'That is all',
  elements: [
    { kind: 'text', text: 'That is all. Your concern is with its readers.', tone: 'strong' },
    {
      kind: 'text',
      text: 'Somebody takes it on within 7 days, and you hear what came of it within 3 months.',
    },
    {
      kind: 'text',
      text: 'We never write to you about it. Come back with your code: press “I have a code”.',
    },
  ],
};

/** To come back with a code. `reply` is what was written in a form that has grown too old. */
export function receiptForm(reply?: string): Form {
  return {
    id: forms.code,
    title: 'I have a code',
    intro: reply
      ? [text('This took too long. Please type your code once more. Nothing has been sent yet.', 'warning')]
      : [text('Small letters, spaces and dashes make no difference.')],
    inputs: [
      { kind: 'text', name: field.codeReceipt, label: 'Your code', maxLength: 60 },
      ...(reply ? [replyInput(reply)] : []),
    ],
    submitLabel: reply ? 'Send' : 'Open',
    anonymous: true,
  };
}

/** What came of a concern, and room to write again. */
export function threadForm(thread: OpenThread, state: string): Form {
  const { status, week, purgeWeek, messages } = thread;
  const latest = latestOf(messages);
  const earlier = messages.length - latest.length;
  return {
    id: forms.codeThread,
    title: 'Your concern',
    intro: [
      {
        kind: 'fields',
        fields: [
          { label: 'Now', value: statusWords[status] },
          { label: 'Sent', value: `in ${weekInWords(week)}` },
          { label: 'Kept', value: `until the end of ${weekInWords(purgeWeek)}` },
        ],
      },
      ...(earlier > 0 ? [text(`${earlier} earlier messages are not shown here.`, 'quiet')] : []),
      ...latest.map(messageElement),
    ],
    inputs: [replyInput()],
    submitLabel: 'Send',
    cancelLabel: 'Close',
    state,
    anonymous: true,
  };
}

export const repliedCard: Card = {
  summary: 'Your message is with the readers',
  elements: [
    { kind: 'text', text: 'Your message is with the readers.', tone: 'strong' },
    { kind: 'text', text: 'Keep your code, and come back with it to read the answer.' },
  ],
};

/** Characters of messages that one form shows, the newest first: platforms have room for so much. */
const SHOWN = 9_000;

function latestOf(messages: readonly Message[]): readonly Message[] {
  let room = SHOWN;
  const latest: Message[] = [];
  for (const message of messages.toReversed()) {
    room -= wordsOf(message).length;
    if (room < 0 && latest.length > 0) break;
    latest.unshift(message);
  }
  return latest;
}

function messageElement(message: Message): Element {
  const { author, week } = message;
  const who = author === 'sender' ? 'You' : `${author.name}, ${author.title}`;
  const source = `${who}, in ${weekInWords(week)}`;
  return { kind: 'quote', text: wordsOf(message), source };
}

function wordsOf(message: Message): string {
  switch (message.type) {
    case 'status':
      return [`Now: ${statusOf(message.status)}.`, message.text].join(' ').trim();
    case 'readers':
      return readersInWords(message.readers);
    case 'mute':
      return '';
    default:
      return message.text;
  }
}

/** What is inside a message comes from a browser. */
function statusOf(value: string): string {
  const status = statuses.find((each): each is Status => each === value);
  return status ? statusWords[status] : 'changed';
}

const replyInput = (initial?: string): Form['inputs'][number] => ({
  kind: 'text',
  name: field.codeReply,
  label: 'Write to the readers',
  multiline: true,
  maxLength: TEXT_LIMIT,
  ...(initial !== undefined && { initial }),
});

function text(words: string, tone: 'normal' | 'strong' | 'quiet' | 'warning' = 'normal'): Element {
  return { kind: 'text', text: words, tone };
}
