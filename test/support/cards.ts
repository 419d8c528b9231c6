import fc from 'fast-check';
import type { Card, Element } from '../../src/chat/mod.ts';

/** Text as people, policies and attackers write it. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.lorem({ maxCount: 60 }),
  fc.constantFrom(
    '\u001B[31mred\u001B[0m',
    '\u202Egnp.exe',
    'a\u0300'.repeat(80),
    '👩‍👩‍👧‍👦'.repeat(30),
    '\u1100'.repeat(90),
    '\uD800',
    '\u0903'.repeat(90),
  ),
);

/** A card's elements, made of the texts and the buttons' actions that are handed in. */
export const anyElement = (
  text: fc.Arbitrary<string> = anyText,
  action: fc.Arbitrary<string> = text,
): fc.Arbitrary<Element> =>
  fc.oneof(
    fc.record({ kind: fc.constant('heading' as const), text }),
    fc.record(
      {
        kind: fc.constant('text' as const),
        text,
        tone: fc.constantFrom('normal', 'strong', 'quiet', 'warning'),
      },
      { requiredKeys: ['kind', 'text'] },
    ),
    fc.record({ kind: fc.constant('quote' as const), text, source: text }),
    fc.record({
      kind: fc.constant('fields' as const),
      fields: fc.array(fc.record({ label: text, value: text }), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('buttons' as const),
      buttons: fc.array(fc.record({ action, value: text, label: text }), { maxLength: 6 }),
    }),
    fc.record({ kind: fc.constant('link' as const), label: text, url: text }),
    fc.record({
      kind: fc.constant('progress' as const),
      label: text,
      done: fc.integer(),
      total: fc.integer(),
    }),
    fc.record({ kind: fc.constant('divider' as const) }),
  );

export const anyCard = (element: fc.Arbitrary<Element> = anyElement()): fc.Arbitrary<Card> =>
  fc.record({ summary: anyText, elements: fc.array(element, { maxLength: 6 }) });
