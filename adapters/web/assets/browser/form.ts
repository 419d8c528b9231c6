import { CallError } from './call.ts';
import { type Child, h, newId } from './dom.ts';
import { say } from './screen.ts';

/** Something to fill in. */
export interface Field<Value> {
  readonly element: HTMLElement;
  value(): Value;
  /** Says what is wrong with it; nothing takes that back. */
  mark(problem: string | undefined): void;
  focus(): void;
}

/** What somebody filled in can't be taken. Shown at its field, which takes the keyboard. */
export class Invalid extends Error {
  readonly field: Field<unknown>;
  constructor(field: Field<unknown>, message: string) {
    super(message);
    this.name = 'Invalid';
    this.field = field;
  }
}

export interface TextOptions {
  readonly label: string;
  readonly hint?: string;
  readonly initial?: string;
  readonly maxLength?: number;
  /** Lines that there is room for, where it is more than one. */
  readonly lines?: number;
  readonly type?: 'text' | 'password';
  readonly autocomplete?: string;
}

export function textField({
  label,
  hint,
  initial = '',
  maxLength,
  lines,
  ...options
}: TextOptions): Field<string> {
  const id = newId();
  const attributes = {
    id,
    maxlength: maxLength === undefined ? undefined : String(maxLength),
    autocomplete: options.autocomplete ?? 'off',
    autocapitalize: lines ? undefined : 'none',
    // A browser may send what it checks to its maker.
    spellcheck: 'false',
    autocorrect: 'off',
  };
  const box = lines
    ? h('textarea', { ...attributes, rows: String(lines) })
    : h('input', { ...attributes, type: options.type ?? 'text' });
  box.value = initial;
  const note = hint === undefined ? undefined : h('p', { class: 'quiet', id: `${id}-hint` }, hint);
  const problem = problemOf(box, `${id}-problem`, note?.id);
  return {
    element: h('div', { class: 'field' }, h('label', { for: id }, label), note, box, problem.element),
    value: () => box.value,
    mark: problem.mark,
    focus: () => box.focus(),
  };
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly checked?: boolean;
  readonly disabled?: boolean;
}

export interface ChoiceOptions {
  readonly label: string;
  readonly options: readonly Option[];
  readonly many?: true;
}

export function choiceField({ label, options, many }: ChoiceOptions): Field<readonly string[]> {
  const id = newId();
  const boxes = options.map((option) => ({
    ...option,
    box: h('input', {
      type: many ? 'checkbox' : 'radio',
      name: id,
      value: option.value,
      checked: option.checked,
      disabled: option.disabled,
    }),
  }));
  const element = h(
    'fieldset',
    { id },
    h('legend', {}, label),
    boxes.map(({ box, label: words }) => h('label', {}, box, h('span', {}, words))),
  );
  const problem = problemOf(element, `${id}-problem`);
  element.append(problem.element);
  return {
    element,
    value: () => boxes.flatMap(({ box, value }) => (box.checked ? [value] : [])),
    mark: problem.mark,
    focus: () => boxes.find(({ box }) => !box.disabled)?.box.focus(),
  };
}

/** A list to choose one of, without much room. */
export function selectField(label: string, options: readonly Option[]): Field<string> {
  const id = newId();
  const box = h(
    'select',
    { id },
    options.map(({ value, label: words, checked }) => h('option', { value, selected: checked }, words)),
  );
  const problem = problemOf(box, `${id}-problem`);
  return {
    element: h('div', { class: 'field' }, h('label', { for: id }, label), box, problem.element),
    value: () => box.value,
    mark: problem.mark,
    focus: () => box.focus(),
  };
}

function problemOf(box: HTMLElement, id: string, hint?: string) {
  const element = h('p', { class: 'error', id, hidden: true });
  const describe = (ids: readonly (string | undefined)[]): void => {
    const all = ids.filter((each) => each !== undefined);
    if (all.length > 0) box.setAttribute('aria-describedby', all.join(' '));
    else box.removeAttribute('aria-describedby');
  };
  describe([hint]);
  return {
    element,
    mark(problem: string | undefined): void {
      element.hidden = problem === undefined;
      element.textContent = problem === undefined ? '' : `⚠ ${problem}`;
      describe([hint, problem === undefined ? undefined : id]);
      if (problem === undefined) box.removeAttribute('aria-invalid');
      else box.setAttribute('aria-invalid', 'true');
    },
  };
}

export interface FormOptions {
  readonly fields: readonly Field<unknown>[];
  readonly submitLabel: string;
  /** Heads the form, where a screen has several. */
  readonly label?: string;
  /** Further buttons. */
  readonly beside?: Child;
  /** What is done with it. Throws `Invalid` or `CallError` with words for the person. */
  readonly submit: () => Promise<void>;
}

/** A form that is worked on in this page: one press at a time, and what goes wrong is said where it is. */
export function form({ fields, submitLabel, label, beside, submit }: FormOptions): HTMLFormElement {
  const id = newId();
  const send = h('button', { class: 'primary' }, submitLabel);
  const trouble = h('p', { class: 'error', role: 'alert', hidden: true });
  const element = h(
    'form',
    {
      class: 'form',
      novalidate: true,
      autocomplete: 'off',
      'aria-labelledby': label === undefined ? undefined : id,
    },
    label === undefined ? undefined : h('h3', { id }, label),
    fields.map((field) => field.element),
    trouble,
    h('div', { class: 'buttons' }, send, beside),
  );
  let busy = false;

  async function work(): Promise<void> {
    for (const field of fields) field.mark(undefined);
    trouble.hidden = true;
    try {
      await submit();
    } catch (error) {
      if (error instanceof Invalid) {
        error.field.mark(error.message);
        error.field.focus();
        return;
      }
      trouble.hidden = false;
      trouble.textContent = `⚠ ${wordsOf(error)}`;
    }
  }

  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    send.setAttribute('aria-disabled', 'true');
    say('One moment …');
    await work();
    if (element.isConnected) say('');
    send.removeAttribute('aria-disabled');
    busy = false;
  });
  return element;
}

/** What a person is told of a fault. */
export function wordsOf(error: unknown): string {
  return error instanceof CallError
    ? error.message
    : 'Something went wrong on this page, and this was not done. Please load it again.';
}
