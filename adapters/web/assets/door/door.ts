import { call } from '../browser/call.ts';
import { button, h } from '../browser/dom.ts';
import { renderElements } from '../browser/elements.ts';
import { choiceField, form, Invalid } from '../browser/form.ts';
import { show } from '../browser/screen.ts';
import { askForCode } from './come-back.ts';
import type { FirstScreen } from './first-screen.ts';
import { showRoute } from './write.ts';

/** Asks the server for the first screen, and shows it. @throws CallError */
export async function openDoor(): Promise<void> {
  showFirst(await call<FirstScreen>('form', {}));
}

function showFirst(first: FirstScreen): void {
  const { notice, abouts, readers } = first;
  const about = choiceField({ label: 'Whom or what is it about?', options: abouts });
  const exclude = choiceField({
    label: 'Who must not read it? (if you like)',
    options: readers.map(({ id, name, title }) => ({ value: id, label: `${name}, ${title}` })),
    many: true,
  });
  const start = form({
    fields: [about, exclude],
    submitLabel: 'Next: who reads it',
    async submit() {
      const [chosen] = about.value();
      if (chosen === undefined) throw new Invalid(about, 'Please choose one.');
      await showRoute({ about: chosen, exclude: exclude.value() }, first, () => showFirst(first));
    },
  });
  const back = (): void => showFirst(first);
  show(
    'Raise a concern',
    h(
      'p',
      { class: 'buttons' },
      button('I have a code', () => askForCode(first, back)),
    ),
    renderElements(notice),
    readers.length > 0 ? start : undefined,
  );
}
