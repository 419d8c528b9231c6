import * as z from 'zod';
import type { Form, FormValues, Input } from '../../src/chat/mod.ts';
import { drawElements } from './blocks.ts';
import type { AdaptiveCard, Block, InputChoiceSet, InputText } from './card-json.ts';
import { bytesOf, fitted } from './fit.ts';
import { limits } from './limits.ts';
import { adaptiveCard } from './page.ts';
import { lines, shownTitle } from './text.ts';

/** What a form hands back beside its values, so that it can be drawn again with what is to be put right. */
export interface FormData {
  readonly form: string;
  readonly state?: string;
  readonly anonymous?: true;
  /** The message whose button opened the form. Never there where the form is anonymous. */
  readonly message?: string;
  readonly drawn: DrawnForm;
}

/** What a form looks like. It travels with the form: the adapter keeps nothing of it. */
interface DrawnForm extends Pick<Form, 'title' | 'inputs' | 'submitLabel'> {
  /** As it is shown. */
  readonly intro: readonly Block[];
}

/** What somebody sent, to be shown again, and what is wrong with it by field. */
interface Again {
  readonly values: FormValues;
  readonly errors: Readonly<Record<string, string>>;
}

/** A form as the card of a dialog. Its inputs are named as the form's are. */
export function renderForm(
  { id, title, intro, inputs, submitLabel, state, anonymous }: Form,
  message?: string,
): AdaptiveCard {
  return draw({
    form: id,
    ...(state !== undefined && { state }),
    ...(anonymous ? { anonymous } : message !== undefined && { message }),
    drawn: { title, intro: fitted(drawElements(intro, 'dialog'), introBytes), inputs, submitLabel },
  });
}

/** A form that came back, with what is to be put right at its inputs and what was filled in still there. */
export function renderAgain(data: FormData, again: Again): AdaptiveCard {
  return draw(data, again);
}

function draw(data: FormData, again?: Again): AdaptiveCard {
  const whole = drawWhole(data, again);
  if (bytesOf(whole) <= limits.bytes) return whole;
  return drawWhole({ ...data, drawn: { ...data.drawn, intro: [] } }, again);
}

function drawWhole(data: FormData, again?: Again): AdaptiveCard {
  const { title, intro, inputs, submitLabel } = data.drawn;
  const body = [
    ...(again ? summary(again.errors, inputs) : []),
    ...intro,
    ...inputs.flatMap((input) => drawInput(input, again)),
  ];
  const handed = { ...data, drawn: { ...data.drawn, inputs: inputs.map(withoutInitial) } };
  const submit = {
    type: 'Action.Submit',
    title: shownTitle(submitLabel),
    style: 'positive',
    data: handed,
  } as const;
  return { ...adaptiveCard(title, body), actions: [submit] };
}

/** It goes out twice, once to be handed back, beside what people may have typed. */
const introBytes = limits.bytes / 4;

/** What was typed before is shown again from what was sent, not from here. */
function withoutInitial(input: Input): Input {
  if (input.kind !== 'text') return input;
  const { initial: _, ...rest } = input;
  return rest;
}

function drawInput(input: Input, again: Again | undefined): Block[] {
  const error = again && Object.hasOwn(again.errors, input.name) ? again.errors[input.name] : undefined;
  const wrong = error === undefined ? [] : lines(`⚠ ${error}`, { color: 'Attention', weight: 'Bolder' });
  const value = again && Object.hasOwn(again.values, input.name) ? again.values[input.name] : undefined;
  return [...wrong, input.kind === 'text' ? drawText(input, value) : drawChoice(input, value)];
}

type Value = FormValues[string] | undefined;

function drawText(input: Extract<Input, { kind: 'text' }>, value: Value): InputText {
  const filled = typeof value === 'string' ? value : input.initial;
  return {
    type: 'Input.Text',
    id: input.name,
    label: labelOf(input),
    ...(filled !== undefined && filled !== '' && { value: filled }),
    ...(input.multiline && { isMultiline: true }),
    maxLength: input.maxLength ?? limits.inputText,
    isRequired: !input.optional,
    ...(!input.optional && { errorMessage: 'Please write something here.' }),
  };
}

function drawChoice(input: Extract<Input, { kind: 'choice' }>, value: Value): InputChoiceSet {
  const chosen = value === undefined || value === '' ? [] : [value].flat();
  return {
    type: 'Input.ChoiceSet',
    id: input.name,
    label: labelOf(input),
    ...(chosen.length > 0 && { value: chosen.map(encoded).join(',') }),
    choices: input.options.map((option) => ({
      title: choiceTitle(option.label),
      value: encoded(option.value),
    })),
    style: input.many || input.options.length <= limits.choicesShown ? 'expanded' : 'compact',
    isMultiSelect: input.many === true,
    wrap: true,
    isRequired: !input.optional,
    ...(!input.optional && { errorMessage: 'Please choose.' }),
  };
}

const labelOf = ({ label, optional }: Input): string =>
  `${shownTitle(label)}${optional ? ' (may be left empty)' : ''}`;

/** Some clients take Markdown here: a link must not come of it. */
const choiceTitle = (label: string): string => shownTitle(label).replaceAll('](', ']\u2060(');

/** Several choices come back with commas between, so there may be none inside. Plain ids stay as they are. */
const encoded = (value: string): string => encodeURIComponent(value.toWellFormed());

/** Errors that belong to no input that is shown would not be seen at all. */
function summary(errors: Readonly<Record<string, string>>, inputs: readonly Input[]): Block[] {
  const names = new Set(inputs.map(({ name }) => name));
  const loose = Object.entries(errors).flatMap(([name, message]) => (names.has(name) ? [] : [message]));
  const first = loose.length > 0 ? loose.join(' ') : 'Please put right what is marked below.';
  return lines(`⚠ ${first}`, { color: 'Attention', weight: 'Bolder' });
}

const text = z.string().max(20_000);

const input = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    name: text,
    label: text,
    multiline: z.boolean().exactOptional(),
    maxLength: z.number().exactOptional(),
    optional: z.boolean().exactOptional(),
  }),
  z.object({
    kind: z.literal('choice'),
    name: text,
    label: text,
    options: z.array(z.object({ value: text, label: text })),
    many: z.boolean().exactOptional(),
    optional: z.boolean().exactOptional(),
  }),
]);

const formData: z.ZodType<FormData> = z.object({
  form: text,
  state: text.exactOptional(),
  anonymous: z.literal(true).exactOptional(),
  message: text.exactOptional(),
  drawn: z.object({
    title: text,
    // It goes back to where it came from, and to nobody else.
    intro: z.array(z.custom<Block>((block) => typeof block === 'object' && block !== null)),
    inputs: z.array(input),
    submitLabel: text,
  }),
});

/** A form that was sent, with what its inputs hold. */
export interface SentForm {
  readonly data: FormData;
  readonly values: FormValues;
}

/** Reads what a dialog hands back; undefined where it is no form. Values of inputs that it has not are left out. */
export function readForm(handed: unknown): SentForm | undefined {
  const read = formData.safeParse(handed);
  if (!read.success) return undefined;
  const all = handed as Readonly<Record<string, unknown>>;
  const values = read.data.drawn.inputs.map(({ kind, name, ...each }) => {
    const given = Object.hasOwn(all, name) ? all[name] : undefined;
    const typed = typeof given === 'string' ? given : '';
    if (kind === 'text') return [name, typed];
    const chosen = typed === '' ? [] : typed.split(',').map(decoded);
    return [name, 'many' in each && each.many ? chosen : (chosen[0] ?? '')];
  });
  return { data: read.data, values: Object.fromEntries(values) };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
