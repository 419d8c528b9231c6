import { randomUUID } from 'node:crypto';
import { row } from '../chat/buttons.ts';
import {
  type AnonymousForm,
  action,
  type Card,
  type Element,
  type FormValues,
  field,
  form as forms,
  type Response,
} from '../chat/mod.ts';
import {
  createStateSealer,
  type DraftState,
  readDraftState,
  readEnds,
  writeDraftState,
  writeEnds,
} from '../concerns/form-state.ts';
import {
  aboutForm,
  codeForm,
  receiptForm,
  repliedCard,
  sentCard,
  textForm,
  threadForm,
} from '../concerns/forms.ts';
import { aboutOf, kindOf } from '../concerns/kinds.ts';
import {
  type NoticeParts,
  nobodyYet,
  nobodyYetElements,
  noticeElements,
  outsideOnlyElements,
} from '../concerns/notice.ts';
import { endsOf, isEnd } from '../concerns/sealing/code.ts';
import type { Senders, ShownRoute } from '../concerns/senders.ts';
import { says, type Turns, toAsker } from './turns.ts';

export interface ConcernTurnsParts {
  readonly senders: Senders;
  /** Asked anew each time, since people and days change while the bot runs. */
  readonly notice: () => NoticeParts;
}

/**
 * Door A: the same buttons for everybody, and forms that come back without a sender. All answers to them are
 * shown in the form's own window: nothing about a concern is ever a message in a chat.
 */
export function concernTurns({ senders, notice }: ConcernTurnsParts): Turns {
  const sealer = createStateSealer();

  async function open(): Promise<Response> {
    if (!(await senders.opening())) return page(busyCard);
    const choices = await senders.choices();
    if (choices.length === 0) return page(nobodyCard(notice()));
    return { kind: 'form', form: aboutForm(noticeElements(notice(), 'chat'), choices) };
  }

  const openCode = async (): Promise<Response> =>
    (await senders.opening()) ? { kind: 'form', form: receiptForm() } : page(busyCard);

  /** `written` is what was typed before the readers changed. */
  function showReaders(
    route: ShownRoute,
    { about, exclude }: Pick<DraftState, 'about' | 'exclude'>,
    written?: string,
  ): Response {
    if (route.kind === 'outside') return page(outsideCard(notice(), written));
    const state = writeDraftState({
      about,
      exclude,
      readers: route.readers.map(({ id }) => id),
      nonce: randomUUID(),
    });
    return { kind: 'form', form: textForm(about, route.readers, state, written) };
  }

  async function chooseReaders({ values }: AnonymousForm): Promise<Response> {
    const about = aboutOf(values[field.concernAbout]);
    if (!about) return invalid(field.concernAbout, 'Please choose one.');
    const exclude = listOf(values, field.concernExclude);
    const route = await senders.readersFor({ about, exclude });
    if (route.kind === 'refused') return invalid(field.concernExclude, route.message);
    return showReaders(route, { about, exclude });
  }

  async function send({ state, values }: AnonymousForm): Promise<Response> {
    const draft = readDraftState(state);
    if (!draft) return open();
    const text = textOf(values, field.concernText);
    const kind = kindOf(values[field.concernKind]) ?? 'other';
    const submitted = await senders.submit({ ...draft, kind, text });
    switch (submitted.kind) {
      case 'refused':
        return invalid(field.concernText, submitted.message);
      case 'changed':
        return showReaders(submitted.route, draft, text);
      case 'stored':
        return { kind: 'form', form: codeForm(submitted.receipt, writeEnds(endsOf(submitted.receipt))) };
    }
  }

  function finish({ state, values }: AnonymousForm): Response {
    const ends = readEnds(state);
    if (ends && !isEnd(textOf(values, field.concernLastFour), ends))
      return invalid(field.concernLastFour, 'These are not its last four characters. Please look again.');
    return page(sentCard);
  }

  async function openThread({ values }: AnonymousForm): Promise<Response> {
    const receipt = textOf(values, field.codeReceipt);
    const text = textOf(values, field.codeReply);
    // Both at once, where a form had grown too old.
    if (text !== '') return reply(field.codeReceipt, receipt, text, randomUUID());
    const thread = await senders.openThread(receipt);
    if (thread.kind !== 'open') return invalid(field.codeReceipt, noThread[thread.kind]);
    return { kind: 'form', form: threadForm(thread, await sealer.write({ receipt, nonce: randomUUID() })) };
  }

  async function writeAgain({ state, values }: AnonymousForm): Promise<Response> {
    const text = textOf(values, field.codeReply);
    const known = await sealer.read(state);
    if (!known) return { kind: 'form', form: receiptForm(text) };
    return reply(field.codeReply, known.receipt, text, known.nonce);
  }

  /** `where` is the field that says so where the code opens nothing. */
  async function reply(where: string, receipt: string, text: string, nonce: string): Promise<Response> {
    const replied = await senders.reply(receipt, text, nonce);
    switch (replied.kind) {
      case 'stored':
        return page(repliedCard);
      case 'refused':
        return invalid(field.codeReply, replied.message);
      default:
        return invalid(where, noThread[replied.kind]);
    }
  }

  return {
    words: {
      concern: () => toAsker(wordCard),
      concerns: () => toAsker(wordCard),
    },
    presses: { [action.concern]: open, [action.concernCode]: openCode },
    anonymousForms: {
      [forms.concern]: chooseReaders,
      [forms.concernText]: send,
      [forms.concernCode]: finish,
      [forms.code]: openThread,
      [forms.codeThread]: writeAgain,
    },
    home: () => buttons,
  };
}

const page = (card: Card): Response => ({ kind: 'page', title: 'Raise a concern', card });

const invalid = (name: string, message: string): Response => ({
  kind: 'invalid',
  errors: { [name]: message },
});

/** The same for everybody, wherever they are shown. */
const buttons: readonly Element[] = row([
  { action: action.concern, value: '', label: 'Raise a concern' },
  { action: action.concernCode, value: '', label: 'I have a code' },
]);

const wordCard: Card = {
  summary: 'Raise a concern without your name',
  elements: [
    { kind: 'text', text: 'Raise a concern without your name', tone: 'strong' },
    {
      kind: 'text',
      text: 'Please don’t type it here: the chat is kept. The form says first what is kept, and who reads it.',
    },
    ...buttons,
  ],
};

const busyCard = says(
  'Very many people are opening this at the moment. Please try again in a minute.',
  'warning',
);

const nobodyCard = (parts: NoticeParts): Card => ({ summary: nobodyYet, elements: nobodyYetElements(parts) });

/** What was written is shown once more, so that it can be taken elsewhere; it is kept nowhere. */
function outsideCard(parts: NoticeParts, written: string | undefined): Card {
  const elements = outsideOnlyElements(parts);
  const quote: Element[] =
    written === undefined || written === ''
      ? []
      : [{ kind: 'quote', text: written, source: 'What you wrote; it was not kept' }];
  return { summary: 'This can’t be sent here', elements: [...elements, ...quote] };
}

const noThread = {
  none: 'No concern opens with this code. Please look at it again, one character at a time. A concern that has been deleted can’t be opened any more.',
  busy: 'Very many codes are being tried at the moment. Please try again in a minute.',
} as const;

function textOf(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

function listOf(values: FormValues, name: string): readonly string[] {
  const value = values[name] ?? [];
  return typeof value === 'string' ? (value === '' ? [] : [value]) : value;
}
