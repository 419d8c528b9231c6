import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { narrowest, renderCard } from '../../../adapters/console/render.ts';
import type { Element } from '../../../src/chat/mod.ts';
import { anyCard } from '../../support/cards.ts';

const card = anyCard();

describe('renderCard', () => {
  test('keeps to the width and lets no control character out, whatever the card holds', () => {
    fc.assert(
      fc.property(card, fc.integer({ min: narrowest, max: 120 }), (card, width) => {
        const rendered = renderCard(card, { width, colour: false });
        for (const line of rendered.text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(rendered.text).not.toMatch(/(?!\n)\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
        expect(rendered.text.isWellFormed()).toBe(true);
        const labels = card.elements.flatMap((each) => (each.kind === 'buttons' ? each.buttons : []));
        expect([...rendered.buttons.values()]).toEqual(labels);
      }),
      { numRuns: 1000 },
    );
  });

  test('never breaks a web address', () => {
    const url = `https://hill.example/${'a-long-path/'.repeat(6)}?q=1`;
    const drawn = (element: Element) =>
      renderCard({ summary: '', elements: [element] }, { width: 30, colour: false }).text;
    expect(drawn({ kind: 'text', text: `Please read ${url} before Monday.\n\n${url}` })).toBe(
      `Please read\n${url}\nbefore Monday.\n\n${url}`,
    );
    expect(drawn({ kind: 'link', label: 'More', url })).toBe(`More:\n  ${url}`);
    expect(drawn({ kind: 'text', text: 'See https://hill.example now' })).toBe(
      'See https://hill.example now',
    );
  });

  test('with colours, only colours are added', () => {
    fc.assert(
      fc.property(card, (card) => {
        const plain = renderCard(card, { width: 60, colour: false }).text;
        const painted = renderCard(card, { width: 60, colour: true }).text;
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
        expect(painted.replace(/\u001B\[\d+m/g, '')).toBe(plain);
      }),
    );
  });

  test('says everything without colour', () => {
    const shown = renderCard(
      {
        summary: 'No',
        elements: [
          { kind: 'heading', text: 'No' },
          { kind: 'text', text: 'You must turn the request down.' },
          { kind: 'quote', text: 'Staff members must decline.', source: 'PERSONAL USE, clause 6' },
          { kind: 'text', text: 'Review overdue since June 2018', tone: 'warning' },
          { kind: 'progress', label: 'Read', done: 3, total: 4 },
          { kind: 'fields', fields: [{ label: 'Ask', value: 'Mrs Example' }] },
          { kind: 'link', label: 'More', url: 'https://a.sch.uk' },
          { kind: 'divider' },
          {
            kind: 'buttons',
            buttons: [
              { action: 'a', value: '', label: 'Helpful' },
              { action: 'b', value: '', label: 'Can I post a photo of a pupil?' },
            ],
          },
        ],
      },
      { width: 32, colour: false },
    );
    expect(shown.text).toBe(`No

You must turn the request down.

│ “Staff members must decline.”
│ — PERSONAL USE, clause 6

! Review overdue since June 2018

Read: 3 of 4
██████████████████████░░░░░░░░

Ask: Mrs Example

More:
  https://a.sch.uk

────────────────────────────────

[1] Helpful
[2] Can I post a photo of a
    pupil?`);
  });

  test('shows hostile text as text', () => {
    const { text } = renderCard(
      {
        summary: '',
        elements: [
          {
            kind: 'text',
            text: '\u001B[2J\u001B]0;owned\u0007 <b>*hi*</b> <!channel> \u202Eabc\u0000\u009B31m',
          },
          { kind: 'text', text: `top${'\n'.repeat(200)}bottom` },
        ],
      },
      { width: 80, colour: false },
    );
    expect(text).toBe('␛[2J␛]0;owned␇ <b>*hi*</b> <!channel> abc␀\uFFFD31m\n\ntop\n\nbottom');
  });
});
