import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readForm,
  renderAgain,
  renderForm,
  renderMessage,
  renderPage,
} from '../../../adapters/teams/render.ts';
import { action, type Card, type Element, type Form } from '../../../src/chat/mod.ts';
import { buttonsOf, checkCard, parts, textOf } from '../../support/teams/cards.ts';

const said = (...elements: Element[]): Card => ({ summary: 'A card', elements });
const hostile =
  '**b** _i_ [x](https://evil.example) <at>All</at> {{DATE(2026-01-01T00:00:00Z)}} # - 1. \u202E\u0007';

const everything: Element[] = [
  { kind: 'heading', text: 'No' },
  { kind: 'text', text: 'Plain words.\nOn two lines.' },
  { kind: 'text', text: 'Review overdue.', tone: 'warning' },
  { kind: 'text', text: 'Editor’s note.', tone: 'quiet' },
  { kind: 'text', text: 'Strong.', tone: 'strong' },
  { kind: 'quote', text: 'Staff must not.', source: 'Clause 4' },
  { kind: 'fields', fields: [{ label: 'Version', value: '2' }] },
  { kind: 'divider' },
  { kind: 'link', label: 'The policy', url: 'https://a.sch.uk/policy' },
  { kind: 'progress', label: 'Teachers', done: 3, total: 4 },
  {
    kind: 'buttons',
    buttons: [
      { action: action.helpful, value: '1', label: 'Helpful', style: 'primary' },
      { action: action.askPerson, value: '1', label: 'Ask a person' },
      { action: action.ask, value: 'q', label: 'Can I post a photograph of my class on my own page?' },
    ],
  },
];

const form: Form = {
  id: 'person',
  title: 'Ask a person',
  intro: [{ kind: 'text', text: 'It goes to Grace.' }],
  inputs: [
    {
      kind: 'text',
      name: 'person.text',
      label: 'Your question',
      initial: 'May I?',
      multiline: true,
      maxLength: 500,
    },
    {
      kind: 'choice',
      name: 'check.1',
      label: 'Which?',
      many: true,
      optional: true,
      options: [
        { value: 'a,b', label: 'Both' },
        { value: '%', label: 'None' },
      ],
    },
    { kind: 'choice', name: 'check.2', label: 'One', options: [{ value: 'x', label: 'X' }] },
  ],
  submitLabel: 'Send',
  state: 'headteacher',
};

describe('renderMessage', () => {
  test('shows every kind of element in a card that Microsoft’s parser takes', () => {
    const { summary, card } = renderMessage(said(...everything));
    expect(checkCard(card)).toEqual([]);
    expect(summary).toBe('A card');
    expect(textOf(card)).toMatchInlineSnapshot(`
      "No
      Plain words.
      On two lines.
      ⚠ Review overdue.
      Editor’s note.
      Strong.
      “Staff must not.”
      — Clause 4
      Version: 
      2
      Teachers: 3 of 4
      ███████████████░░░░░
      › Can I post a photograph of my class on my own page?"
    `);
    expect(buttonsOf(card).map(({ title }) => title)).toEqual([
      'Helpful',
      'Ask a person',
      'Can I post a photograph of my class on my own page?',
    ]);
  });

  test('presses change the card in place; those that open a dialog say so beforehand', () => {
    const { card } = renderMessage(said(...everything));
    expect(buttonsOf(card)).toMatchObject([
      {
        type: 'Action.Execute',
        verb: 'answer.helpful',
        style: 'positive',
        data: { action: 'answer.helpful', value: '1' },
      },
      {
        type: 'Action.Submit',
        data: { msteams: { type: 'task/fetch' }, action: 'answer.ask_person', value: '1' },
      },
      { type: 'Action.Execute', verb: 'answer.ask', data: { value: 'q' } },
    ]);
  });

  test('what stands in a dialog sends the dialog', () => {
    for (const button of buttonsOf(renderPage(said(...everything))))
      expect(button).toMatchObject({ type: 'Action.Submit', associatedInputs: 'none' });
  });

  test('shows what anybody wrote as text: no Markdown, no dates worked out, no control characters', () => {
    const elements: Element[] = [
      { kind: 'heading', text: hostile },
      { kind: 'heading', text: '1. A list?' },
      { kind: 'text', text: hostile },
      { kind: 'quote', text: hostile, source: hostile },
      { kind: 'fields', fields: [{ label: hostile, value: hostile }] },
      { kind: 'progress', label: hostile, done: 1, total: 2 },
      { kind: 'link', label: hostile, url: 'javascript:alert(1)' },
      { kind: 'buttons', buttons: [{ action: 'x', value: hostile, label: hostile.slice(0, 70) }] },
    ];
    const { card } = renderMessage(said(...elements));
    expect(checkCard(card)).toEqual([]);
    // Markdown counts in TextBlock alone.
    expect(parts(card).filter(({ type }) => type === 'TextBlock')).toEqual([]);
    expect(JSON.stringify(card.body, withoutData)).not.toMatch(/\{\{|\u202E|\\u0007/);
    expect(parts(card).some(({ type }) => type === 'Action.OpenUrl')).toBe(false);
    expect(textOf(card)).toContain('[x](https://evil.example)');
  });

  test('a heading of plain words is one that a screen reader finds', () => {
    const { card } = renderMessage(said({ kind: 'heading', text: 'Only if …' }));
    expect(card.body).toMatchObject([{ type: 'TextBlock', style: 'heading', text: 'Only if …' }]);
  });

  test('warns with a sign and not by colour alone', () => {
    expect(textOf(renderMessage(said({ kind: 'text', text: 'Overdue.', tone: 'warning' })).card)).toBe(
      '⚠ Overdue.',
    );
  });

  test('a bar is full only when all is done, and the numbers stand beside it', () => {
    const bar = (done: number, total: number): string =>
      textOf(renderMessage(said({ kind: 'progress', label: 'Staff', done, total })).card);
    expect(bar(199, 200)).toBe(`Staff: 199 of 200\n${'█'.repeat(19)}░`);
    expect(bar(200, 200)).toBe(`Staff: 200 of 200\n${'█'.repeat(20)}`);
    expect(bar(9, 0)).toBe(`Staff: 0 of 0\n${'░'.repeat(20)}`);
  });

  test('leaves out the end of what is too long, says so, and keeps the buttons', () => {
    const text = 'The policy says this. '.repeat(8_000);
    const { card } = renderMessage(
      said(
        { kind: 'text', text: 'First.' },
        { kind: 'text', text: `${text}\n${text}` },
        {
          kind: 'buttons',
          buttons: [{ action: action.section, value: 'p s 1', label: 'See the whole section' }],
        },
      ),
    );
    expect(checkCard(card)).toEqual([]);
    expect(textOf(card)).toBe(
      'First.\n… There is more than fits here. Press “See the whole section” to read on.',
    );
    expect(buttonsOf(card)).toHaveLength(1);
  });

  test('takes any card within 80 KB', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(hostile, '', ' ', '🙈'.repeat(3_000), 'x'.repeat(90_000)),
    );
    const element: fc.Arbitrary<Element> = fc.oneof(
      fc.record({ kind: fc.constant('heading' as const), text }),
      fc.record({ kind: fc.constant('text' as const), text }),
      fc.record({ kind: fc.constant('quote' as const), text, source: text }),
      fc.record({
        kind: fc.constant('fields' as const),
        fields: fc.array(fc.record({ label: text, value: text })),
      }),
      fc.record({ kind: fc.constant('link' as const), label: text, url: fc.oneof(text, fc.webUrl()) }),
      fc.record({
        kind: fc.constant('progress' as const),
        label: text,
        done: fc.integer(),
        total: fc.integer(),
      }),
      fc.constant({ kind: 'divider' as const }),
      fc.record({
        kind: fc.constant('buttons' as const),
        buttons: fc.array(
          fc.record({
            action: text,
            value: fc.string({ maxLength: 2_000 }),
            label: fc.string({ maxLength: 75 }),
          }),
          { maxLength: 40 },
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(element, { maxLength: 40 }), text, (elements, summary) => {
        expect(checkCard(renderMessage({ summary, elements }).card)).toEqual([]);
        expect(checkCard(renderPage({ summary, elements }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('forms', () => {
  const handed = (card: unknown): Record<string, unknown> =>
    buttonsOf(card).at(-1)!.data as Record<string, unknown>;

  test('are cards that Microsoft’s parser takes, with an input for each of theirs', () => {
    const card = renderForm(form, 'm1');
    expect(checkCard(card)).toEqual([]);
    expect(parts(card).filter(({ type }) => type.startsWith('Input.'))).toMatchObject([
      {
        id: 'person.text',
        label: 'Your question',
        value: 'May I?',
        isMultiline: true,
        maxLength: 500,
        isRequired: true,
      },
      { id: 'check.1', label: 'Which? (may be left empty)', isMultiSelect: true, isRequired: false },
      { id: 'check.2', isMultiSelect: false, isRequired: true },
    ]);
    expect(handed(card)).toMatchObject({ form: 'person', state: 'headteacher', message: 'm1' });
  });

  test('come back with their values, several choices as several', () => {
    const sent = readForm({
      ...handed(renderForm(form)),
      'person.text': ' May I,\nplease? ',
      'check.1': 'a%2Cb,%25',
      'check.2': 'x',
      'somebody.else': 'y',
    });
    expect(sent?.data).toMatchObject({ form: 'person', state: 'headteacher' });
    expect(sent?.values).toEqual({
      'person.text': ' May I,\nplease? ',
      'check.1': ['a,b', '%'],
      'check.2': 'x',
    });
  });

  test('hold empty values for what was left out', () => {
    expect(readForm(handed(renderForm(form)))?.values).toEqual({
      'person.text': '',
      'check.1': [],
      'check.2': '',
    });
  });

  test('are shown again with what was filled in, and with what is wrong at its input', () => {
    const sent = readForm({
      ...handed(renderForm(form, 'm1')),
      'person.text': 'x',
      'check.1': 'a%2Cb',
      'check.2': 'x',
    })!;
    const card = renderAgain(sent.data, { values: sent.values, errors: { 'person.text': 'Too short.' } });
    expect(checkCard(card)).toEqual([]);
    expect(textOf(card).split('\n')).toEqual([
      '⚠ Please put right what is marked below.',
      'It goes to Grace.',
      '⚠ Too short.',
      'Your question',
      'Which? (may be left empty)',
      'One',
    ]);
    expect(parts(card).filter(({ type }) => type.startsWith('Input.'))).toMatchObject([
      { value: 'x' },
      { value: 'a%2Cb' },
      { value: 'x' },
    ]);
    // And it can be sent again.
    expect(readForm({ ...handed(card), 'person.text': 'longer' })?.values['person.text']).toBe('longer');
    expect(handed(card).message).toBe('m1');
  });

  test('say what is wrong with an input that they have not', () => {
    const { data, values } = readForm(handed(renderForm(form)))!;
    expect(textOf(renderAgain(data, { values, errors: { other: 'Too late.' } }))).toMatch(/^⚠ Too late\./);
  });

  test('that are anonymous carry no message that they came from', () => {
    const data = handed(renderForm({ ...form, anonymous: true }, 'm1'));
    expect(data.anonymous).toBe(true);
    expect(data).not.toHaveProperty('message');
  });

  test('do not hand back what is typed into them twice', () => {
    expect(JSON.stringify(handed(renderForm(form)))).not.toContain('May I?');
  });

  test.each([
    [undefined],
    [null],
    ['x'],
    [{}],
    [{ form: 1 }],
    [{ form: 'x', drawn: { inputs: [{ kind: 'odd' }] } }],
  ])('are not read from %j', (data) => {
    expect(readForm(data)).toBeUndefined();
  });

  test('bring every value back as it was, and stay within 80 KB', () => {
    const value = fc.string({ unit: 'binary', maxLength: 200 });
    const option = fc.record({
      value: value.filter((text) => text !== '' && text.isWellFormed()),
      label: value,
    });
    fc.assert(
      fc.property(
        fc.array(option, { minLength: 1, maxLength: 20 }),
        value,
        value,
        (options, typed, intro) => {
          const own: Form = {
            id: 'f',
            title: intro,
            intro: [{ kind: 'text', text: intro.repeat(200) }],
            inputs: [
              { kind: 'text', name: 'text', label: intro, initial: typed },
              { kind: 'choice', name: 'many', label: intro, many: true, options },
              { kind: 'choice', name: 'one', label: intro, options },
            ],
            submitLabel: 'Send',
          };
          const card = renderForm(own);
          expect(checkCard(card)).toEqual([]);
          const chosen = parts(card).find(({ id }) => id === 'many')!.choices as { value: string }[];
          const sent = readForm({
            ...handed(card),
            text: typed,
            many: chosen.map((each) => each.value).join(','),
            one: chosen[0]!.value,
          })!;
          expect(sent.values).toEqual({
            text: typed,
            many: options.map((each) => each.value),
            one: options[0]!.value,
          });
          const again = renderAgain(sent.data, { values: sent.values, errors: { text: intro } });
          expect(checkCard(again)).toEqual([]);
          expect(parts(again).find(({ id }) => id === 'many')!.value).toBe(
            chosen.map((each) => each.value).join(','),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

const withoutData = (key: string, value: unknown): unknown => (key === 'data' ? undefined : value);
