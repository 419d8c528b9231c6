import { endsOf, isEnd } from '../../../../src/concerns/sealing/mod.ts';
import { type Child, h } from './dom.ts';
import { form, Invalid, textField } from './form.ts';
import { guardLeaving, show } from './screen.ts';

export interface KeepOptions {
  readonly title: string;
  /** Shown this once. */
  readonly code: string;
  /** Above the code. */
  readonly before: Child;
  /** Below it. */
  readonly after: Child;
  /** Further buttons. */
  readonly beside?: Child;
  /** Once its end has been typed. */
  readonly kept: () => Promise<void>;
}

/** Shows a code until somebody has written it down: they type its last four characters. */
export function showKeep({ title, code, before, after, beside, kept }: KeepOptions): void {
  const lastFour = textField({ label: 'Type its last four characters', maxLength: 60 });
  guardLeaving(true);
  show(
    title,
    before,
    h('p', { class: 'code' }, code),
    after,
    form({
      fields: [lastFour],
      submitLabel: 'I have written it down',
      beside,
      async submit() {
        if (!isEnd(lastFour.value(), endsOf(code)))
          throw new Invalid(lastFour, 'These are not its last four characters. Please look again.');
        await kept();
        guardLeaving(false);
      },
    }),
  );
}
