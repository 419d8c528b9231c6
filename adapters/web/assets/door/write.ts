import type { Element as CardElement } from '../../../../src/chat/card.ts';
import {
  type Excluded,
  fromText,
  keysOfReceipt,
  newReceipt,
  newThread,
  type ReaderName,
  sealGrants,
  sealKey,
  sealMessage,
  TEXT_LIMIT,
  toText,
} from '../../../../src/concerns/sealing/mod.ts';
import { call } from '../browser/call.ts';
import { button, h } from '../browser/dom.ts';
import { renderElements } from '../browser/elements.ts';
import { choiceField, form, Invalid, textField } from '../browser/form.ts';
import { showKeep } from '../browser/keep.ts';
import { guardLeaving, show } from '../browser/screen.ts';
import { stretch } from '../browser/stretch.ts';
import { checkText } from '../browser/text.ts';
import type { FirstScreen } from './first-screen.ts';

interface Subject {
  readonly about: string;
  readonly exclude: readonly string[];
}

interface ReaderRoute {
  readonly kind: 'readers';
  readonly readers: readonly (ReaderName & { readonly publicKey: string })[];
  readonly excluded: Excluded;
  /** This week. */
  readonly week: string;
  /** Who reads it, and how to write, in words. */
  readonly intro: readonly CardElement[];
}

type Route = ReaderRoute | { readonly kind: 'outside'; readonly notice: readonly CardElement[] };

/** What somebody has typed so far. */
interface Typed {
  readonly kind: string | undefined;
  readonly text: string;
}

const routeOf = (subject: Subject): Promise<Route> => call('readers', subject);

/** Asks who would read it, and lets somebody write. @throws CallError */
export async function showRoute(subject: Subject, first: FirstScreen, back: () => void): Promise<void> {
  const route = await routeOf(subject);
  if (route.kind === 'outside') showOutside(route.notice, back);
  else showWriting({ subject, first, back }, route);
}

/** `written` is shown once more, so that it can be taken elsewhere; it is kept nowhere. */
function showOutside(notice: readonly CardElement[], back: () => void, written = ''): void {
  guardLeaving(false);
  const quote: readonly CardElement[] =
    written === '' ? [] : [{ kind: 'quote', text: written, source: 'What you wrote; it was not kept' }];
  show('This can’t be sent here', renderElements([...notice, ...quote]), button('Back', back));
}

interface Setting {
  readonly subject: Subject;
  readonly first: FirstScreen;
  readonly back: () => void;
}

function showWriting(setting: Setting, route: ReaderRoute, typed?: Typed): void {
  const { subject, first, back } = setting;
  const kind = choiceField({
    label: 'What kind of concern is it? (if you like)',
    options: first.kinds.map((each) => ({ ...each, checked: each.value === typed?.kind })),
  });
  const text = textField({
    label: 'Your concern',
    lines: 8,
    maxLength: TEXT_LIMIT,
    ...(typed && { initial: typed.text }),
  });
  const changed: readonly CardElement[] = typed
    ? [
        {
          kind: 'text',
          text: 'Who reads it has changed since. Nothing has been sent yet. Please look again.',
          tone: 'warning',
        },
      ]
    : [];
  let sealed: Sealed | undefined;
  text.element.addEventListener('input', () => guardLeaving(text.value() !== ''));
  show(
    'Raise a concern',
    renderElements([...changed, ...route.intro]),
    form({
      fields: [kind, text],
      submitLabel: 'Seal and send',
      beside: button('Back', () => {
        guardLeaving(false);
        back();
      }),
      async submit() {
        const words = checkText(text);
        const [chosen] = kind.value();
        const now = await routeOf(subject);
        if (now.kind === 'outside') return showOutside(now.notice, back, words);
        if (!sameReaders(now, route)) return showWriting(setting, now, { kind: chosen, text: words });
        const draft = { about: subject.about, kind: chosen ?? 'other', text: words };
        // Sealed once: sent again, because an answer got lost, it is the same concern with the same code.
        if (!sealed?.isOf(draft)) sealed = await seal(draft, now);
        if (!sealed) throw new Invalid(text, 'This is too long. Please make it shorter.');
        await call('submit', sealed.body);
        showCode(sealed.receipt, first);
      },
    }),
  );
}

interface Draft {
  readonly about: string;
  readonly kind: string;
  readonly text: string;
}

interface Sealed {
  readonly receipt: string;
  readonly body: unknown;
  isOf(draft: Draft): boolean;
}

/** Undefined where it is too long. */
async function seal(draft: Draft, { readers, excluded, week }: ReaderRoute): Promise<Sealed | undefined> {
  const receipt = newReceipt();
  const { lookup, unlock } = await keysOfReceipt(receipt, stretch);
  const { publicKey, secretKey } = newThread();
  const message = sealMessage(
    {
      type: 'concern',
      order: 0,
      author: 'sender',
      week,
      ...draft,
      readers: readers.map(({ id, title, name }) => ({ id, title, name })),
      excluded,
    },
    secretKey,
  );
  if (!message) return undefined;
  const grants = sealGrants(
    secretKey,
    readers.flatMap((reader) => fromText(reader.publicKey) ?? []),
  );
  return {
    receipt,
    body: {
      kind: draft.kind,
      lookup: toText(lookup),
      publicKey: toText(publicKey),
      sealedKey: toText(sealKey(secretKey, unlock)),
      grants: grants.map(toText),
      message: toText(message),
    },
    isOf: ({ about, kind, text }) => about === draft.about && kind === draft.kind && text === draft.text,
  };
}

const sameReaders = (one: ReaderRoute, other: ReaderRoute): boolean =>
  one.readers.length === other.readers.length &&
  one.readers.every(({ id }) => other.readers.some((reader) => reader.id === id));

function showCode(receipt: string, { words }: FirstScreen): void {
  showKeep({
    title: 'Your code',
    code: receipt,
    before: renderElements(words.code.before),
    after: renderElements(words.code.after),
    async kept() {
      show(
        'That is all',
        renderElements(words.sent),
        h(
          'p',
          { class: 'text' },
          'You can close this page now. Your browser’s history may show that you were here.',
        ),
      );
    },
  });
}
