import type { types } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readForm, renderForm, type ViewState } from '../../../adapters/slack/render.ts';
import type { Form, FormValues, Input } from '../../../src/chat/mod.ts';
import { anyElement, anyText } from '../../support/cards.ts';
import { checkBlocks } from '../../support/slack/limits.ts';

const identity = { callbackId: 'form', privateMetadata: '{"form":"person"}' };

const formOf = (...inputs: Input[]): Form => ({
  id: 'person',
  title: 'Ask a person',
  intro: [],
  inputs,
  submitLabel: 'Send',
});

const inputsOf = (view: types.ModalView): types.InputBlock[] =>
  view.blocks.filter((block): block is types.InputBlock => block.type === 'input');

const optionsOf = (element: types.InputBlock['element']): types.Option[] => {
  if (element.type === 'radio_buttons' || element.type === 'checkboxes') return element.options;
  if (element.type !== 'static_select' && element.type !== 'multi_static_select') return [];
  return element.options ?? element.option_groups?.flatMap(({ options }) => options) ?? [];
};

/** What Slack sends back once somebody has put in the values, by position where there is a choice. */
function filledIn(view: types.ModalView, chosen: (block: types.InputBlock) => unknown): ViewState {
  const entries = inputsOf(view).map(({ block_id = '', element, ...block }) => {
    const value = chosen({ block_id, element, ...block });
    const options = optionsOf(element);
    const picked = (Array.isArray(value) ? value : [value]).map((at) => options[Number(at)]);
    const state =
      element.type === 'plain_text_input'
        ? { value: value === '' ? null : value }
        : element.type === 'checkboxes' || element.type === 'multi_static_select'
          ? { selected_options: picked }
          : { selected_option: value === undefined ? null : picked[0] };
    return [
      block_id,
      { ['action_id' in element ? (element.action_id ?? '') : '']: { type: element.type, ...state } },
    ];
  });
  return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as ViewState;
}

const name = fc.constantFrom(
  'person.text',
  'concern.about',
  'concern.exclude',
  'check.1',
  'check.2',
  'code.reply',
);
const id = fc.stringMatching(/^[a-z0-9:.-]{1,150}$/);

const anyInput: fc.Arbitrary<Input> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('text' as const),
      name,
      label: anyText,
      initial: anyText,
      multiline: fc.boolean(),
      maxLength: fc.integer({ min: 1, max: 5000 }),
      optional: fc.boolean(),
    },
    { requiredKeys: ['kind', 'name', 'label'] },
  ),
  fc.record(
    {
      kind: fc.constant('choice' as const),
      name,
      label: anyText,
      options: fc.uniqueArray(fc.record({ value: id, label: anyText }), {
        selector: ({ value }) => value,
        minLength: 1,
        maxLength: 130,
        size: '+1',
      }),
      many: fc.boolean(),
      optional: fc.boolean(),
    },
    { requiredKeys: ['kind', 'name', 'label', 'options'] },
  ),
);

const anyForm: fc.Arbitrary<Form> = fc.record({
  id: fc.constant('person'),
  title: anyText,
  intro: fc.array(anyElement(anyText, fc.constant('x')), { maxLength: 4 }),
  inputs: fc.uniqueArray(anyInput, { selector: (input) => input.name, maxLength: 6 }),
  submitLabel: anyText,
});

describe('a form', () => {
  test('is taken by Slack, and its values come back, whatever they are', () => {
    fc.assert(
      fc.property(anyForm, fc.array(fc.nat(), { minLength: 3 }), anyText, (form, picks, typed) => {
        const view = renderForm(form, identity);
        expect(checkBlocks(view)).toEqual([]);
        const expected: Record<string, FormValues[string]> = {};
        const state = filledIn(view, ({ block_id = '' }) => {
          const input = form.inputs.find((each) => each.name === block_id)!;
          if (input.kind === 'text') {
            expected[block_id] = typed.toWellFormed();
            return expected[block_id];
          }
          const positions = [...new Set(picks.map((pick) => pick % input.options.length))];
          const values = positions.map((at) => input.options[at]!.value);
          expected[block_id] = input.many ? values : values[0]!;
          return input.many ? positions : positions[0];
        });
        expect(readForm(state)).toEqual(expected);
        expect(Object.keys(expected)).toEqual(form.inputs.map((input) => input.name));
      }),
      { numRuns: 300 },
    );
  });

  test('draws what it asks for', () => {
    const view = renderForm(
      formOf(
        {
          kind: 'text',
          name: 'person.text',
          label: 'Your question',
          multiline: true,
          maxLength: 500,
          initial: 'May I?',
        },
        { kind: 'text', name: 'concern.last_four', label: 'Last four', optional: true },
      ),
      identity,
    );
    expect(view).toMatchObject({
      type: 'modal',
      callback_id: 'form',
      private_metadata: '{"form":"person"}',
      title: { text: 'Ask a person' },
      submit: { text: 'Send' },
    });
    expect(inputsOf(view)).toEqual([
      {
        type: 'input',
        block_id: 'person.text',
        label: { type: 'plain_text', text: 'Your question', emoji: false },
        element: {
          type: 'plain_text_input',
          action_id: 'person.text',
          multiline: true,
          max_length: 500,
          initial_value: 'May I?',
        },
      },
      {
        type: 'input',
        block_id: 'concern.last_four',
        optional: true,
        label: { type: 'plain_text', text: 'Last four', emoji: false },
        element: { type: 'plain_text_input', action_id: 'concern.last_four', max_length: 3000 },
      },
    ]);
  });

  test.each([
    [3, false, 'radio_buttons'],
    [3, true, 'checkboxes'],
    [11, false, 'static_select'],
    [11, true, 'multi_static_select'],
    [350, true, 'multi_static_select'],
  ])('with a choice of %i (several: %s) shows %s', (count, many, type) => {
    const options = Array.from({ length: count }, (_, at) => ({ value: `p${at}`, label: `Person ${at}` }));
    const view = renderForm(
      formOf({ kind: 'choice', name: 'check.1', label: 'Who', options, many }),
      identity,
    );
    const [input] = inputsOf(view);
    expect(input?.element.type).toBe(type);
    expect(optionsOf(input!.element).map(({ value }) => value)).toEqual(options.map(({ value }) => value));
    expect(checkBlocks(view)).toEqual([]);
  });

  test('shows a long option whole, and leaves out a choice of nothing', () => {
    const label = 'I may send a direct message to a pupil as long as one of the parents has been told of it';
    const view = renderForm(
      formOf(
        { kind: 'choice', name: 'check.1', label: 'Which is right?', options: [{ value: 'a', label }] },
        { kind: 'choice', name: 'check.2', label: 'Nobody', options: [] },
      ),
      identity,
    );
    const [input, ...others] = inputsOf(view);
    const [option] = optionsOf(input!.element);
    expect(`${option?.text.text} ${option?.description?.text}`).toBe(label);
    expect(others).toEqual([]);
  });

  test('is left with “Cancel”, or with words of its own', () => {
    const plainForm = { id: 'f', title: 'T', intro: [], inputs: [], submitLabel: 'Send' };
    const closeOf = (more: { readonly cancelLabel?: string }) =>
      renderForm({ ...plainForm, ...more }, { callbackId: 'c' }).close?.text;
    expect([closeOf({}), closeOf({ cancelLabel: 'Close' })]).toEqual(['Cancel', 'Close']);
  });

  test('left empty gives empty values', () => {
    const state: ViewState = {
      'person.text': { 'person.text': { type: 'plain_text_input', value: null } },
      'check.1': { 'check.1': { type: 'radio_buttons', selected_option: null } },
      'check.2': { 'check.2': { type: 'checkboxes', selected_options: [] } },
      other: {},
    };
    expect(readForm(state)).toEqual({ 'person.text': '', 'check.1': '', 'check.2': [] });
  });
});
