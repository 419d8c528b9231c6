import { reseal } from '../../../../src/concerns/sealing/mod.ts';
import { h } from '../browser/dom.ts';
import { Invalid, textField } from '../browser/form.ts';
import { stretch } from '../browser/stretch.ts';
import type { Inbox } from './inbox.ts';
import { askForNewKeys, keysToJson } from './new-keys.ts';
import { bytes } from './session.ts';

/** A new passphrase for somebody who knows the old one. */
export function showPassphrase(inbox: Inbox): void {
  const { session } = inbox.box;
  const { id, name, title } = session.me;
  const old = textField({
    label: 'Passphrase until now',
    type: 'password',
    autocomplete: 'current-password',
  });
  askForNewKeys({
    title: 'Change your passphrase',
    owner: `${name}, ${title}`,
    before: h(
      'p',
      { class: 'text' },
      'You get a new recovery key with it. The old passphrase and the old recovery key open nothing any more.',
    ),
    first: old,
    async check() {
      if (!(await session.knows(old.value()))) throw new Invalid(old, 'This is not your passphrase.');
    },
    make: (passphrase) => reseal(bytes(id), session.keys, passphrase, stretch),
    async keep(sealed) {
      await session.call('keys', keysToJson(sealed));
      await inbox.logOut('Your passphrase has been changed. Please log in with the new one.');
    },
  });
}
