import { enrol, toText } from '../../../../src/concerns/sealing/mod.ts';
import { call } from '../browser/call.ts';
import { button, h } from '../browser/dom.ts';
import { wordsOf } from '../browser/form.ts';
import { show } from '../browser/screen.ts';
import { stretch } from '../browser/stretch.ts';
import { askWho } from './login.ts';
import { askForNewKeys, keysToJson } from './new-keys.ts';

interface Enrolling {
  readonly role: string;
  readonly title: string;
  readonly name: string;
}

/** A token as a one-time link carries it: behind the #, where no server and no log sees it. */
export function tokenIn(fragment: string): string | undefined {
  return /^#enrol=([\w-]{1,60})$/.exec(fragment)?.[1];
}

/** Somebody comes with a link to become a reader. */
export async function welcome(token: string): Promise<void> {
  try {
    showWelcome(token, await call<Enrolling>('enrolling', { token }));
  } catch (error) {
    show(
      'Become a reader of concerns',
      h('p', { class: 'error', role: 'alert' }, `⚠ ${wordsOf(error)}`),
      button('To the inbox', askWho),
    );
  }
}

function showWelcome(token: string, { name, title }: Enrolling): void {
  const owner = `${name}, ${title}`;
  askForNewKeys({
    title: 'Become a reader of concerns',
    owner,
    before: [
      h('p', { class: 'text strong' }, `Are you ${owner}?`),
      h(
        'p',
        { class: 'text' },
        'This link is for nobody else. If it is not you, please close this page and say so.',
      ),
      h(
        'p',
        { class: 'text' },
        'Choose a passphrase. It opens the concerns that are sealed to you. It never leaves this browser, so nobody ' +
          'can give you a new one.',
      ),
    ],
    make: (passphrase) => enrol(passphrase, stretch),
    async keep(sealed) {
      await call('enrol', {
        token,
        ...keysToJson(sealed),
        id: toText(sealed.id),
        publicKey: toText(sealed.publicKey),
      });
      show(
        'You are a reader now',
        h(
          'p',
          { class: 'text' },
          'All readers see that you have been enrolled. Concerns that come from now on can be sealed to you.',
        ),
        h('p', { class: 'buttons' }, button('Log in', askWho, 'primary')),
      );
    },
  });
}
