import { type ReaderName, reseal } from '../../../../src/concerns/sealing/mod.ts';
import { CallError, call } from '../browser/call.ts';
import { button, h } from '../browser/dom.ts';
import { choiceField, form, Invalid, textField, wordsOf } from '../browser/form.ts';
import { show } from '../browser/screen.ts';
import { stretch } from '../browser/stretch.ts';
import { askForNewKeys, keysToJson } from './new-keys.ts';
import { bytes, logIn, recover, type Session } from './session.ts';
import { enter } from './view.ts';

/** What the page brings for the login of a made-up school; nothing anywhere else. */
function examples(): Node | undefined {
  const template = document.querySelector('template');
  return template ? document.importNode(template.content, true) : undefined;
}

/** Asks who is there. `notice` says why, where somebody was logged in before. */
export async function askWho(notice?: string): Promise<void> {
  const why =
    notice === undefined ? undefined : h('p', { class: 'text warning', role: 'alert' }, `⚠ ${notice}`);
  try {
    const { readers } = await call<{ readonly readers: readonly ReaderName[] }>('list', {});
    const sorted = [...readers].sort((one, other) => one.name.localeCompare(other.name, 'en-GB'));
    if (sorted.length === 0) showNobody();
    else askForPassphrase(sorted, why);
  } catch (error) {
    show('Inbox for concerns', h('p', { class: 'error', role: 'alert' }, `⚠ ${wordsOf(error)}`));
  }
}

function showNobody(): void {
  show(
    'Inbox for concerns',
    h(
      'p',
      { class: 'text' },
      'Nobody has been enrolled to read concerns yet. Whoever runs the bot makes a link for each reader with ' +
        '“npm run -s concerns -- handlers add ROLE”.',
    ),
  );
}

function askForPassphrase(readers: readonly ReaderName[], why?: Node): void {
  const who = whoField(readers);
  const passphrase = textField({ label: 'Passphrase', type: 'password', autocomplete: 'current-password' });
  show(
    'Inbox for concerns',
    why,
    h('p', { class: 'text' }, 'For those who read concerns. Your passphrase stays in this browser.'),
    form({
      fields: [who.field, passphrase],
      submitLabel: 'Log in',
      beside: button('I have lost my passphrase', () => askForRecoveryKey(readers)),
      async submit() {
        const me = who.chosen();
        if (passphrase.value().trim() === '') throw new Invalid(passphrase, 'Please type your passphrase.');
        await enterWith(await orInvalid(passphrase, logIn(me, passphrase.value())));
      },
    }),
    examples(),
  );
}

function askForRecoveryKey(readers: readonly ReaderName[]): void {
  const who = whoField(readers);
  const key = textField({
    label: 'Recovery key',
    hint: 'From the paper that you put away. Small letters, spaces and dashes make no difference.',
    maxLength: 100,
  });
  show(
    'I have lost my passphrase',
    form({
      fields: [who.field, key],
      submitLabel: 'Next: a new passphrase',
      beside: button('Back', () => askForPassphrase(readers)),
      async submit() {
        const me = who.chosen();
        if (key.value().trim() === '') throw new Invalid(key, 'Please type your recovery key.');
        const session = await orInvalid(key, recover(me, key.value()));
        showRenewal(session);
      },
    }),
  );
}

/** Whoever has lost a passphrase sets another at once; the old recovery key has been used and is good no more. */
function showRenewal(session: Session): void {
  const { id, name, title } = session.me;
  askForNewKeys({
    title: 'Choose a new passphrase',
    owner: `${name}, ${title}`,
    before: h(
      'p',
      { class: 'text' },
      'You get a new recovery key with it. The old one opens nothing any more.',
    ),
    make: (passphrase) => reseal(bytes(id), session.keys, passphrase, stretch),
    async keep(sealed) {
      await session.call('keys', keysToJson(sealed));
      await enterWith(session);
    },
  });
}

function whoField(readers: readonly ReaderName[]) {
  const [only] = readers;
  const field = choiceField({
    label: 'Who are you?',
    options: readers.map(({ id, name, title }) => ({
      value: id,
      label: `${name}, ${title}`,
      checked: readers.length === 1 && id === only?.id,
    })),
  });
  return {
    field,
    chosen(): ReaderName {
      const [id] = field.value();
      const reader = readers.find((each) => each.id === id);
      if (!reader) throw new Invalid(field, 'Please choose who you are.');
      return reader;
    },
  };
}

/** A refusal is shown at the field that was wrong. */
async function orInvalid<Result>(
  field: ReturnType<typeof textField>,
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CallError && error.status === 403) throw new Invalid(field, error.message);
    throw error;
  }
}

const enterWith = (session: Session): Promise<void> => enter(session, askWho);
