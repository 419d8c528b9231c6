import type { types } from '@slack/bolt';
import { cut } from '../../src/chat/cut.ts';
import { harmlessLine } from '../../src/chat/harmless.ts';
import type { Form, FormValues, Input } from '../../src/chat/mod.ts';
import { drawElements, orWords } from './blocks.ts';
import { fitted } from './fit.ts';
import { limits } from './limits.ts';
import { pieces } from './pieces.ts';
import { ActionIds } from './press.ts';
import { plain, plainLine } from './text.ts';

/** What an adapter wants handed back with a view. */
export interface ViewIdentity {
  /** At most 255 characters. */
  readonly callbackId: string;
  /** At most 3,000 characters; never shown. */
  readonly privateMetadata?: string;
}

/** A form as a modal. Its values come back as `view.state.values`, for `readForm`. */
export function renderForm(form: Form, { callbackId, privateMetadata }: ViewIdentity): types.ModalView {
  // Slack refuses a choice of nothing.
  const inputs = form.inputs
    .filter((input) => input.kind === 'text' || input.options.length > 0)
    .map(drawInput);
  const room = {
    blocks: limits.view.blocks - inputs.length,
    size: limits.view.size,
  };
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plainLine(form.title, limits.view.title, 'Form'),
    submit: plainLine(form.submitLabel, limits.view.submit, 'Send'),
    close: plainLine(form.cancelLabel ?? 'Cancel', limits.view.close, 'Cancel'),
    ...(privateMetadata !== undefined && { private_metadata: privateMetadata }),
    blocks: orWords([...fitted(drawElements(form.intro, new ActionIds()), room), ...inputs], form.title),
  };
}

/** `view.state.values` of a sent modal, as far as it is read here. */
export type ViewState = Readonly<
  Record<
    string,
    Readonly<
      Record<
        string,
        {
          readonly type: string;
          readonly value?: string | null;
          readonly selected_option?: { readonly value?: string } | null;
          readonly selected_options?: readonly { readonly value?: string }[] | null;
        }
      >
    >
  >
>;

/** What somebody filled in, by the inputs' names: text and one choice as a string, many choices as several. */
export function readForm(state: ViewState): FormValues {
  const values: [string, string | readonly string[]][] = [];
  for (const [name, block] of Object.entries(state)) {
    const input = block[name];
    if (!input) continue;
    if (input.selected_options !== undefined)
      values.push([name, (input.selected_options ?? []).map(({ value }) => value ?? '')]);
    else values.push([name, input.selected_option?.value ?? input.value ?? '']);
  }
  return Object.fromEntries(values);
}

function drawInput(input: Input): types.InputBlock {
  return {
    type: 'input',
    block_id: input.name,
    label: plainLine(input.label, limits.input.label, 'Please fill in'),
    ...(input.optional && { optional: true }),
    element: input.kind === 'text' ? drawTextInput(input) : drawChoice(input),
  };
}

function drawTextInput(input: Extract<Input, { kind: 'text' }>): types.PlainTextInput {
  const most = Math.min(limits.input.text, Math.max(1, input.maxLength ?? limits.input.text));
  return {
    type: 'plain_text_input',
    action_id: input.name,
    max_length: most,
    ...(input.multiline && { multiline: true }),
    ...(input.initial && { initial_value: cut(input.initial.toWellFormed(), most) }),
  };
}

type Choice = Extract<Input, { kind: 'choice' }>;

/** All options beside each other where there are few, a menu where there are many. */
function drawChoice({
  name,
  options,
  many,
}: Choice): types.RadioButtons | types.Checkboxes | types.StaticSelect | types.MultiStaticSelect {
  const drawn = options.map(drawOption);
  if (drawn.length <= limits.option.beside)
    return { type: many ? 'checkboxes' : 'radio_buttons', action_id: name, options: drawn };
  const type = many ? 'multi_static_select' : 'static_select';
  const menu = { action_id: name, placeholder: plain(many ? 'Choose any' : 'Choose one') };
  if (drawn.length <= limits.option.inGroup) return { type, ...menu, options: drawn };
  return { type, ...menu, option_groups: groups(drawn) };
}

type OptionGroup = Exclude<types.StaticSelect['option_groups'], undefined>[number];

/** Long lists, such as everybody at a school, as groups that say from where to where they go. */
function groups(options: readonly types.PlainTextOption[]): OptionGroup[] {
  const count = Math.min(limits.option.groups, Math.ceil(options.length / limits.option.inGroup));
  return Array.from({ length: count }, (_, index) => {
    const own = options.slice(index * limits.option.inGroup, (index + 1) * limits.option.inGroup);
    const half = Math.floor((limits.option.label - 3) / 2);
    const [first, last] = [own.at(0), own.at(-1)].map((option) => cut(option?.text.text ?? '', half));
    return { label: plain(`${first} – ${last}`), options: own };
  });
}

/** The label goes on in smaller letters where it is too long for one line. */
function drawOption({ value, label }: Choice['options'][number]): types.PlainTextOption {
  const [text = value, description] = pieces(harmlessLine(label), limits.option.label);
  return {
    text: plain(cut(text, limits.option.label)),
    ...(description !== undefined && {
      description: plainLine(harmlessLine(label).slice(text.length), limits.option.description, '…'),
    }),
    value,
  };
}
