import { passphraseFault, type SealedReader, toText } from '../../../../src/concerns/sealing/mod.ts';
import { button, type Child, h } from '../browser/dom.ts';
import { type Field, form, Invalid, textField } from '../browser/form.ts';
import { showKeep } from '../browser/keep.ts';
import { show } from '../browser/screen.ts';

export interface NewKeysOptions {
  readonly title: string;
  /** Whose they are: `Priya Raman, designated safeguarding lead`. */
  readonly owner: string;
  readonly before: Child;
  /** Asked for before the new passphrase. */
  readonly first?: Field<string>;
  /** Further buttons. */
  readonly beside?: Child;
  /** Throws where what was asked for first is not right. */
  readonly check?: () => Promise<void>;
  readonly make: (
    passphrase: string,
  ) => Promise<{ readonly sealed: SealedReader; readonly recoveryKey: string }>;
  /** Once the recovery key has been put away. */
  readonly keep: (sealed: SealedReader) => Promise<void>;
}

/** A new passphrase and the recovery key that goes with it. Nothing counts before the recovery key has been put away. */
export function askForNewKeys(options: NewKeysOptions): void {
  const { title, before, first, beside, check, make } = options;
  const passphrase = textField({
    label: 'New passphrase',
    hint: 'At least 16 characters. Four or five words that do not belong together are good, and easy to remember.',
    type: 'password',
    autocomplete: 'new-password',
  });
  const again = textField({ label: 'The same once more', type: 'password', autocomplete: 'new-password' });
  show(
    title,
    before,
    form({
      fields: [...(first ? [first] : []), passphrase, again],
      submitLabel: 'Next: your recovery key',
      beside,
      async submit() {
        await check?.();
        const fault = passphraseFault(passphrase.value());
        if (fault !== undefined) throw new Invalid(passphrase, fault);
        if (again.value() !== passphrase.value())
          throw new Invalid(again, 'This is not the same. Please type both again.');
        showRecoveryKey(options, await make(passphrase.value()));
      },
    }),
  );
}

function showRecoveryKey(
  { owner, keep }: NewKeysOptions,
  { sealed, recoveryKey }: { readonly sealed: SealedReader; readonly recoveryKey: string },
): void {
  showKeep({
    title: 'Your recovery key',
    code: recoveryKey,
    before: h(
      'p',
      { class: 'text' },
      `Of ${owner}. It opens the inbox for concerns where the passphrase is lost.`,
    ),
    after: [
      h(
        'p',
        { class: 'text warning' },
        '⚠ Print it or write it down, and lock it away on paper. It is shown only this once. ' +
          'Whoever has it can read what you can read. Without it and without the passphrase nobody can help you: ' +
          'what only you can read is lost.',
      ),
    ],
    beside: button('Print', () => print()),
    kept: () => keep(sealed),
  });
}

/** What the server keeps of a reader's keys. */
export const keysToJson = ({ sealedByPassphrase, sealedByRecovery, verifier }: SealedReader) => ({
  sealedByPassphrase: toText(sealedByPassphrase),
  sealedByRecovery: toText(sealedByRecovery),
  verifier: toText(verifier),
});
