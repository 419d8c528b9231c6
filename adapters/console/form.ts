import { harmlessLine } from '../../src/chat/harmless.ts';
import type { Form, FormValues, Input } from '../../src/chat/mod.ts';

/** How a form talks to whoever fills it in. */
export interface Conversation {
  say(text: string): void;
  /** The next line typed; undefined once there are no more. */
  ask(prompt: string): Promise<string | undefined>;
}

const cancel = '/cancel';
const close = '/close';

/** A line that ends a form without sending it. */
const isLeaving = (line: string): boolean => [cancel, close].includes(line.trim());

/** How to fill in a form on a terminal; said once, above the first input. */
export const howToFillIn = ({ cancelLabel }: Form): string =>
  cancelLabel === undefined
    ? `Type ${cancel} at any time to stop without sending.`
    : `Type ${close} at any time to leave this.`;

/**
 * Asks for a form's inputs one by one, then for the word to send it. Undefined where it was cancelled. `only`
 * names the inputs to ask for again; the others keep the values in `values`.
 */
export async function fillIn(
  form: Form,
  { say, ask }: Conversation,
  values: FormValues = {},
  only?: ReadonlySet<string>,
): Promise<FormValues | undefined> {
  const filled: Record<string, string | readonly string[]> = { ...values };
  for (const input of form.inputs) {
    if (only && !only.has(input.name)) continue;
    const value = await askInput(input, { say, ask });
    if (value === undefined) return undefined;
    filled[input.name] = value;
  }
  const leave = form.cancelLabel === undefined ? cancel : close;
  const word = await ask(`Press Enter to "${harmlessLine(form.submitLabel)}", or type ${leave}: `);
  return word === undefined || isLeaving(word) ? undefined : filled;
}

async function askInput(
  input: Input,
  conversation: Conversation,
): Promise<string | readonly string[] | undefined> {
  conversation.say(`${harmlessLine(input.label)}${input.optional ? ' (may be left empty)' : ''}`);
  return input.kind === 'text' ? askText(input, conversation) : askChoice(input, conversation);
}

async function askText(
  input: Extract<Input, { kind: 'text' }>,
  { say, ask }: Conversation,
): Promise<string | undefined> {
  if (input.initial) say(`Now: ${harmlessLine(input.initial)}\nPress Enter to keep it, or type it anew.`);
  if (input.multiline) say('An empty line ends it.');
  for (;;) {
    const text = await (input.multiline ? askLines(ask) : ask(': '));
    if (text === undefined || isLeaving(text)) return undefined;
    const value = text.trim() === '' ? (input.initial ?? '') : text;
    if (value.trim() === '' && !input.optional) say('Please type something here.');
    else if (input.maxLength !== undefined && value.length > input.maxLength)
      say(
        `That has ${value.length} characters; there is room for ${input.maxLength}. Please make it shorter.`,
      );
    else return value;
  }
}

/** Lines up to an empty one, joined; undefined where the first thing to come is the end or a cancel. */
async function askLines(ask: Conversation['ask']): Promise<string | undefined> {
  const lines: string[] = [];
  for (;;) {
    const line = await ask(': ');
    if (line === undefined || isLeaving(line)) return undefined;
    if (line.trim() === '') return lines.join('\n');
    lines.push(line);
  }
}

async function askChoice(
  input: Extract<Input, { kind: 'choice' }>,
  { say, ask }: Conversation,
): Promise<string | readonly string[] | undefined> {
  say(input.options.map(({ label }, index) => `  ${index + 1}. ${harmlessLine(label)}`).join('\n'));
  const what = input.many ? 'Numbers, with commas between: ' : 'Number: ';
  for (;;) {
    const text = await ask(what);
    if (text === undefined || isLeaving(text)) return undefined;
    const typed = text.split(/[\s,]+/).filter((part) => part !== '');
    const chosen = typed.map((part) => input.options[Number(part) - 1]?.value);
    const values = chosen.filter((value) => value !== undefined);
    const enough = input.optional || values.length > 0;
    const right = values.length === typed.length && enough && (input.many || values.length <= 1);
    if (right) return input.many ? values : (values[0] ?? '');
    say(`Please type ${input.many ? 'numbers' : 'a number'} from 1 to ${input.options.length}.`);
  }
}
