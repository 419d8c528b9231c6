import type { types } from '@slack/bolt';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readPress, renderHome, renderMessage, renderPage } from '../../../adapters/slack/render.ts';
import { createAnswerer } from '../../../src/answers/answerer.ts';
import { type Drawing, replyCard } from '../../../src/answers/card.ts';
import { helpCard } from '../../../src/answers/help-card.ts';
import { policyCard, sectionCard } from '../../../src/answers/policy-card.ts';
import { prepare } from '../../../src/answers/prepare.ts';
import type { Answerer } from '../../../src/answers/reply.ts';
import type { Button, Card, Element } from '../../../src/chat/mod.ts';
import type { Content } from '../../../src/content/content.ts';
import { shippedContent } from '../../../src/content/shipped.ts';
import { createPeople } from '../../../src/school/people.ts';
import { anyCard, anyElement, anyText } from '../../support/cards.ts';
import { checkBlocks } from '../../support/slack/limits.ts';

const cardOf = (...elements: Element[]): Card => ({ summary: 'A card', elements });
const blocksOf = (...elements: Element[]) => renderMessage(cardOf(...elements)).blocks;

/** Every text of the blocks, in the order in which it is read. */
function textsOf(blocks: readonly types.KnownBlock[]): types.TextObject[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'header':
        return [block.text];
      case 'section':
        return block.text ? [block.text] : [];
      case 'context':
        return block.elements.filter((element) => element.type !== 'image');
      default:
        return [];
    }
  });
}

/** Every button, with the whole label that a person or a screen reader gets. */
function buttonsOf(blocks: readonly types.KnownBlock[]): Button[] {
  const elements = blocks.flatMap((block): types.Button[] => {
    if (block.type === 'actions') return block.elements.filter((element) => element.type === 'button');
    return block.type === 'section' && block.accessory?.type === 'button' ? [block.accessory] : [];
  });
  return elements.map(({ action_id = '', text, accessibility_label, ...rest }) => ({
    ...readPress({ action_id, ...rest }),
    label: accessibility_label ?? text.text,
    ...(rest.style && { style: rest.style }),
  }));
}

/** Letters and digits alone: what is left however a text is framed and broken. */
const bare = (text: string): string => text.match(/[\p{L}\p{N}]+/gu)?.join('') ?? '';
const bareOf = (blocks: readonly types.KnownBlock[]): string =>
  bare(
    textsOf(blocks)
      .map(({ text }) => text)
      .join(''),
  );

/** What Slack could read as a mention, a link, a style or an emoji, in a text of ours that it reads for markup. */
const unwanted = /[`~&<]|>.|:[^\s:]+:|\*[^*\n]*\*[^*\n]*\*[^*\n]*\*/;

function expectHarmless(blocks: readonly types.KnownBlock[]): void {
  for (const { type, text } of textsOf(blocks)) {
    if (type !== 'mrkdwn') continue;
    const link = /^<(https?:[^\s<>|]+)\|([^<>|]*)>$/.exec(text);
    expect(link?.[2] ?? text.replace(/^> /gm, '')).not.toMatch(unwanted);
  }
}

/** Actions are ids of ours; one looks as if it had been given a number. */
const anyAction = fc.constantFrom('answer.ask', 'answer.section', 'answer.report_gap', 'x#2', 'y');

describe('a card', () => {
  test('shows every kind of element', () => {
    const blocks = blocksOf(
      { kind: 'heading', text: 'No' },
      { kind: 'text', text: 'Turn it down.\nAlways.' },
      { kind: 'text', text: 'Sent', tone: 'strong' },
      { kind: 'text', text: 'Yesterday', tone: 'quiet' },
      { kind: 'text', text: 'Review overdue', tone: 'warning' },
      { kind: 'quote', text: 'Staff must:\ndecline.', source: 'USE, clause 6, version 2' },
      {
        kind: 'fields',
        fields: [
          { label: 'Danger now', value: '999' },
          { label: 'Lead', value: 'P. Raman' },
        ],
      },
      { kind: 'link', label: 'The list', url: 'https://a.sch.uk/x?a=1&b=2' },
      { kind: 'progress', label: 'Teachers', done: 12, total: 40 },
      { kind: 'divider' },
      {
        kind: 'buttons',
        buttons: [
          { action: 'a', value: 'v', label: 'Helpful', style: 'primary' },
          { action: 'answer.ask', value: 'q', label: 'Can I post a photo of my class online?' },
        ],
      },
    );
    const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
    const section = (text: string) => ({ type: 'section', text: mrkdwn(text), expand: true });
    const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
    expect(blocks).toEqual([
      { type: 'header', text: plain('No') },
      section('Turn it down.\nAlways.'),
      section('*Sent*'),
      { type: 'context', elements: [mrkdwn('Yesterday')] },
      section('*⚠️ Review overdue*'),
      section('> “Staff must:\n> decline.”\n> _— USE, clause 6, version 2_'),
      section('*Danger now:* 999\n*Lead:* P. Raman'),
      { type: 'section', text: mrkdwn('<https://a.sch.uk/x?a=1&amp;b=2|The list>') },
      section('*Teachers: 12 of 40 (30%)*\n██████░░░░░░░░░░░░░░'),
      { type: 'divider' },
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'a', text: plain('Helpful'), value: 'v', style: 'primary' }],
      },
      {
        type: 'section',
        text: plain('Can I post a photo of my class online?'),
        accessory: {
          type: 'button',
          action_id: 'answer.ask',
          text: plain('Ask'),
          value: 'q',
          accessibility_label: 'Can I post a photo of my class online?',
        },
      },
    ]);
    expect(checkBlocks({ text: 'x', blocks })).toEqual([]);
  });

  test('is read out and notified whole, in words', () => {
    const { text } = renderMessage({
      summary: 'No: turn it down',
      elements: [
        { kind: 'heading', text: 'No' },
        { kind: 'quote', text: 'Decline <all> & any.', source: 'USE, clause 6' },
        { kind: 'text', text: 'Review overdue', tone: 'warning' },
        { kind: 'fields', fields: [{ label: 'Lead', value: 'P. Raman' }] },
        { kind: 'progress', label: 'Read', done: 1, total: 2 },
        { kind: 'link', label: 'More', url: 'https://a.sch.uk' },
        { kind: 'buttons', buttons: [{ action: 'a', value: '', label: 'Press' }] },
      ],
    });
    expect(text).toBe(
      [
        'No: turn it down',
        '“Decline &lt;all&gt; &amp; any.” — USE, clause 6',
        '⚠ Review overdue',
        'Lead: P. Raman',
        'Read: 1 of 2 (50%)',
        'More: https://a.sch.uk',
      ].join('\n'),
    );
  });

  test.each([
    'Hello <!channel>',
    '*bold*',
    'snake_case_name',
    'strike ~me~',
    'a `command`',
    'smile :smile: now',
    '> quoted',
    'this & that',
    '<https://evil.example|your policy>',
  ])('shows %j as it was written', (text) => {
    const blocks = blocksOf(
      { kind: 'text', text },
      { kind: 'text', text, tone: 'strong' },
      { kind: 'text', text, tone: 'quiet' },
      { kind: 'quote', text, source: 'Me' },
      { kind: 'fields', fields: [{ label: 'What', value: text }] },
    );
    for (const shown of textsOf(blocks)) {
      expect(shown.type).toBe('plain_text');
      expect(shown.text).toContain(text);
    }
    expect(renderMessage({ summary: text, elements: [] }).text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  });

  test.each([
    ['More', 'javascript:alert(1)'],
    ['More', 'slack://channel'],
    ['More', 'no address'],
    ['<!channel>', 'https://a.sch.uk'],
    ['your|policy', 'https://a.sch.uk'],
  ])('writes the link %j to %j out in words', (label, url) => {
    expect(textsOf(blocksOf({ kind: 'link', label, url }))).toEqual([
      { type: 'plain_text', text: `${label}: ${url}`, emoji: false },
    ]);
  });

  test('is taken by Slack whatever is in it, with no markup but its own', () => {
    const long = fc
      .tuple(anyText, fc.integer({ min: 1, max: 60 }))
      .map(([text, times]) => text.repeat(times));
    const card = anyCard(anyElement(fc.oneof({ weight: 4, arbitrary: anyText }, long), anyAction));
    fc.assert(
      fc.property(card, (card) => {
        const message = renderMessage(card);
        const page = renderPage(card.summary, card, { callbackId: 'page', privateMetadata: '{}' });
        const home = renderHome(card);
        for (const payload of [message, page, home]) {
          expect(checkBlocks(payload)).toEqual([]);
          expect(JSON.stringify(payload).isWellFormed()).toBe(true);
          expectHarmless(payload.blocks as types.KnownBlock[]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('loses no word and no button of what fits', () => {
    const element = anyElement(
      fc.oneof(fc.lorem({ maxCount: 30 }), fc.constantFrom('<!here>', '*a*', 'b & c')),
    );
    fc.assert(
      fc.property(anyCard(element), (card) => {
        const { blocks } = renderMessage(card);
        const seen = bareOf(blocks);
        for (const each of card.elements) {
          if (each.kind === 'heading' || each.kind === 'text' || each.kind === 'quote')
            expect(seen).toContain(bare(each.text));
          if (each.kind === 'quote') expect(seen).toContain(bare(each.source));
          if (each.kind === 'fields')
            for (const { label, value } of each.fields) expect(seen).toContain(bare(label + value));
        }
        const given = card.elements.flatMap((each) => (each.kind === 'buttons' ? each.buttons : []));
        expect(buttonsOf(blocks).map(({ action, value }) => ({ action, value }))).toEqual(
          given.map(({ action, value }) => ({ action, value })),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the plain id for the first of several like buttons', () => {
    const button = (value: string): Button => ({ action: 'answer.section', value, label: value });
    const blocks = blocksOf({ kind: 'buttons', buttons: ['a', 'b', 'c'].map(button) });
    const [row] = blocks as types.ActionsBlock[];
    expect(row?.elements.map(({ action_id }) => action_id)).toEqual([
      'answer.section',
      'answer.section#2',
      'answer.section#3',
    ]);
    expect(buttonsOf(blocks).map(({ action, value }) => [action, value])).toEqual([
      ['answer.section', 'a'],
      ['answer.section', 'b'],
      ['answer.section', 'c'],
    ]);
  });

  test('that is empty still shows something', () => {
    expect(renderMessage({ summary: ' ', elements: [] }).blocks).toMatchObject([{ type: 'section' }]);
    expect(checkBlocks(renderMessage({ summary: '', elements: [] }))).toEqual([]);
    expect(checkBlocks(renderHome({ summary: '', elements: [] }))).toEqual([]);
  });
});

describe('what is too long', () => {
  const words = (count: number): string => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');
  const section: Button = { action: 'answer.section', value: 'p s 1', label: 'See the whole section' };

  test('is split at words over several blocks where there is room', () => {
    const long = words(900);
    const blocks = blocksOf({ kind: 'text', text: long });
    expect(blocks.length).toBeGreaterThan(1);
    expect(
      textsOf(blocks)
        .map(({ text }) => text)
        .join(' '),
    ).toBe(long);
  });

  test('ends, in a message, with a line that says so and the button that opens the rest', () => {
    const message = renderMessage(
      cardOf({ kind: 'text', text: words(9000) }, { kind: 'buttons', buttons: [section] }),
    );
    expect(checkBlocks(message)).toEqual([]);
    expect(message.blocks.slice(-2)).toMatchObject([
      {
        type: 'context',
        elements: [{ text: '… There is more than fits here. Press “See the whole section” to read on.' }],
      },
      { type: 'actions', elements: [{ action_id: 'answer.section' }] },
    ]);
    expect(bareOf(message.blocks)).toContain('word0word1');
  });

  test('keeps its first buttons and some of its text, however many buttons there are', () => {
    const buttons = Array.from({ length: 400 }, (_, at): Button => {
      return { action: 'x', value: `${at}`, label: `The button with the number ${at} of many` };
    });
    const message = renderMessage(
      cardOf(
        ...Array.from({ length: 40 }, (_, at): Element => ({ kind: 'text', text: `Line ${at}` })),
        { kind: 'buttons', buttons },
        { kind: 'buttons', buttons: [section] },
      ),
    );
    expect(checkBlocks(message)).toEqual([]);
    expect(bareOf(message.blocks)).toContain('Line20');
    const kept = buttonsOf(message.blocks);
    expect(kept[0]).toMatchObject({ value: '0' });
    expect(kept.at(-1)).toMatchObject({ action: 'answer.section' });
  });
});

describe('everything that ships', () => {
  let content: Content;
  let answerer: Answerer;
  let drawing: Drawing;
  beforeAll(async () => {
    const prepared = await prepare(shippedContent);
    content = prepared.content;
    answerer = createAnswerer(content, prepared.learnt);
    const people = createPeople(content.school, []);
    const today = '2026-11-23';
    const buttons = { turn: 't', share: true, concern: true, pressed: false };
    drawing = { content, today, holders: (role) => people.holders(role, today), buttons };
  });

  /** What one element says that has to be seen word for word. */
  const wordsOf = (element: Element): string[] => {
    if (element.kind === 'quote') return [element.text, element.source];
    return element.kind === 'heading' || element.kind === 'text' ? [element.text] : [];
  };

  function expectWhole(card: Card): void {
    const message = renderMessage(card);
    expect(checkBlocks(message)).toEqual([]);
    expect(checkBlocks(renderPage('The policy', card))).toEqual([]);
    expectHarmless(message.blocks);
    const seen = bareOf(message.blocks);
    for (const words of card.elements.flatMap(wordsOf)) expect(seen).toContain(bare(words));
    expect(buttonsOf(message.blocks)).toEqual(
      card.elements.flatMap((each) => (each.kind === 'buttons' ? each.buttons : [])),
    );
  }

  test('is shown whole: the reply to every question, known gap and subject of another policy', () => {
    const asked = content.policies.flatMap(({ guidance, gaps }) => [
      ...guidance.flatMap(({ question, phrasings }) => [question, ...phrasings.slice(0, 2)]),
      ...gaps.flatMap(({ phrasings }) => phrasings.slice(0, 1)),
    ]);
    expect(asked.length).toBeGreaterThan(300);
    const kinds = new Set<string>();
    for (const question of [
      ...asked,
      'a child told me her dad hits her',
      'I want to report my headteacher',
    ]) {
      const reply = answerer.answer(question);
      kinds.add(reply.kind);
      expectWhole(replyCard(reply, drawing));
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['answer', 'none', 'safeguarding', 'concern']));
  });

  test('is shown whole: every page of every section, the list of sections, and help', () => {
    expectWhole(helpCard(content, { concern: true }));
    expectWhole(helpCard(content, { welcome: true, concern: true }));
    expectWhole(policyCard(content, drawing.today));
    for (const policy of content.policies) {
      for (const page of [1, 2, 3]) expectWhole(policyCard(content, drawing.today, `${policy.id} ${page}`));
      for (const { id } of policy.sections)
        for (const page of [1, 2, 3, 4])
          expectWhole(sectionCard(content, drawing.today, `${policy.id} ${id} ${page}`)!);
    }
  });
});
