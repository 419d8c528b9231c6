import {
  fromText,
  isForSender,
  keysOfReceipt,
  type Message,
  nextOrder,
  openKey,
  openMessages,
  sealMessage,
  TEXT_LIMIT,
  toText,
} from '../../../../src/concerns/sealing/mod.ts';
import { call } from '../browser/call.ts';
import { button } from '../browser/dom.ts';
import { renderElements } from '../browser/elements.ts';
import { form, Invalid, textField } from '../browser/form.ts';
import { guardLeaving, show } from '../browser/screen.ts';
import { stretch } from '../browser/stretch.ts';
import { checkText } from '../browser/text.ts';
import { renderThread, type Word } from '../browser/thread.ts';
import { weekInWords } from '../browser/weeks.ts';
import type { FirstScreen } from './first-screen.ts';

/** A thread as the server has it. Bytes are base64url. */
interface SealedThread {
  readonly statusWords: string;
  readonly week: string;
  readonly purgeWeek: string;
  readonly publicKey: string;
  readonly sealedKey: string;
  readonly messages: readonly string[];
  /** This week. */
  readonly now: string;
  readonly statuses: readonly Word[];
}

/** A thread that the code has opened. */
interface OpenThread {
  readonly lookup: string;
  readonly secretKey: Uint8Array;
  readonly sealed: SealedThread;
  readonly messages: readonly Message[];
}

/** Asks for the code that somebody has from before. */
export function askForCode(first: FirstScreen, back: () => void): void {
  const code = textField({
    label: 'Your code',
    hint: 'Small letters, spaces and dashes make no difference.',
    maxLength: 60,
  });
  show(
    'I have a code',
    form({
      fields: [code],
      submitLabel: 'Open',
      beside: button('Back', back),
      async submit() {
        if (code.value().trim() === '') throw new Invalid(code, 'Please type your code.');
        showThread(await open(code.value()), first);
      },
    }),
  );
}

/** @throws CallError where no concern opens with it */
async function open(typed: string): Promise<OpenThread> {
  const { lookup, unlock } = await keysOfReceipt(typed, stretch);
  return openWith(toText(lookup), (sealed) =>
    openKey(fromText(sealed.sealedKey)!, unlock, fromText(sealed.publicKey)!),
  );
}

async function openWith(
  lookup: string,
  keyOf: (sealed: SealedThread) => Uint8Array | undefined,
): Promise<OpenThread> {
  const sealed = await call<SealedThread>('open', { lookup });
  const secretKey = keyOf(sealed);
  if (!secretKey) throw new Error('The server gave another thread than the code’s.');
  const messages = openMessages(
    sealed.messages.flatMap((each) => fromText(each) ?? []),
    secretKey,
  );
  return { lookup, secretKey, sealed, messages };
}

function showThread(thread: OpenThread, first: FirstScreen): void {
  const { sealed, messages } = thread;
  const own = messages.filter(isForSender);
  const text = textField({ label: 'Write to the readers', lines: 6, maxLength: TEXT_LIMIT });
  text.element.addEventListener('input', () => guardLeaving(text.value() !== ''));
  show(
    'Your concern',
    renderElements([
      {
        kind: 'fields',
        fields: [
          { label: 'Now', value: sealed.statusWords },
          { label: 'Sent', value: `in ${weekInWords(sealed.week)}` },
          { label: 'Kept', value: `until the end of ${weekInWords(sealed.purgeWeek)}` },
        ],
      },
    ]),
    renderThread(own, { statuses: sealed.statuses, sender: 'You' }),
    form({
      fields: [text],
      submitLabel: 'Seal and send',
      async submit() {
        await reply(
          thread,
          checkText(text),
          () => new Invalid(text, 'This is too long. Please make it shorter.'),
        );
        guardLeaving(false);
        show(
          'Sent',
          renderElements(first.words.replied),
          form({
            fields: [],
            submitLabel: 'Look at it again',
            submit: async () => showThread(await openWith(thread.lookup, () => thread.secretKey), first),
          }),
        );
      },
    }),
  );
}

async function reply(
  { lookup, secretKey, messages, sealed }: OpenThread,
  text: string,
  tooLong: () => Error,
): Promise<void> {
  const message = sealMessage(
    { type: 'message', order: nextOrder(messages), author: 'sender', week: sealed.now, text },
    secretKey,
  );
  if (!message) throw tooLong();
  await call('reply', { lookup, message: toText(message) });
}
