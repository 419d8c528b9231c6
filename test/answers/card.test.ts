import { beforeAll, describe, expect, test } from 'vitest';
import { type Drawing, replyCard } from '../../src/answers/card.ts';
import { helpCard } from '../../src/answers/help-card.ts';
import type { Answer, Citation, Reply, ReplyKind } from '../../src/answers/reply.ts';
import { action, type Card, type Element } from '../../src/chat/mod.ts';
import { type Content, quoteOf } from '../../src/content/content.ts';
import { loadContent } from '../../src/content/load.ts';
import { defaultSchool } from '../../src/content/schema/school.ts';
import { createPeople } from '../../src/school/people.ts';
import { hillPrimary } from '../support/content.ts';

const today = '2026-11-23';
let content: Content;
let drawing: Drawing;

beforeAll(() => {
  content = loadContent(hillPrimary);
  drawing = drawingOf(content);
});

function drawingOf(content: Content): Drawing {
  const people = createPeople(content.school, []);
  const buttons = { turn: 't', share: false, concern: false, pressed: false };
  return { content, today, holders: (role) => people.holders(role, today), buttons };
}

function cite(clause: string): Citation {
  const found = content.policies[0]!.clauses.find(({ id }) => id === clause)!;
  return { policy: 'phones', clause, section: found.headings.at(-1) ?? '', quote: quoteOf(found) };
}

const answer = (...clauses: string[]): Answer => ({
  title: 'A question',
  verdict: 'info',
  plain: '',
  citations: clauses.map(cite),
  notes: [],
  policy: { id: 'phones', title: 'Phone Policy', version: '2' },
});

const reply = (kind: ReplyKind, answers: readonly Answer[] = [], more: Partial<Reply> = {}): Reply => ({
  kind,
  asked: '',
  answers,
  plain: '',
  near: [],
  suggestions: [],
  confidence: 1,
  why: { candidates: [], corrected: [], slots: [], rule: '' },
  ...more,
});

const allOf = <Kind extends Element['kind']>(card: Card, kind: Kind) =>
  card.elements.filter((each): each is Extract<Element, { kind: Kind }> => each.kind === kind);
const textsOf = (card: Card): string[] => allOf(card, 'text').map(({ text }) => text);
const buttonsOf = (card: Card) => allOf(card, 'buttons').flatMap(({ buttons }) => buttons);

describe('an answer', () => {
  test('without words of its own begins with the label and the quote', () => {
    const card = replyCard(reply('answer', [answer('work.pupils')]), drawing);
    expect(card.elements.slice(0, 2)).toEqual([
      { kind: 'heading', text: 'The policy says' },
      {
        kind: 'quote',
        text: 'Staff must: … not call pupils from a phone of their own.',
        source: 'Phones at work, clause 3 · Phone Policy, version 2',
      },
    ]);
    expect(textsOf(card)).toEqual([]);
  });

  test('shows three quotes, each cut at a word, where the section can be seen; and all of them, whole, where not', () => {
    const long = { ...cite('long.1'), quote: `${'word '.repeat(200)}end.` };
    const many: Answer = {
      ...answer('work.pupils', 'long.2', 'long.3', 'long.4'),
      citations: [long, ...answer('work.pupils', 'long.2', 'long.3', 'long.4').citations],
    };
    const card = replyCard(reply('answer', [many]), drawing);
    expect(allOf(card, 'quote')).toHaveLength(3);
    expect(allOf(card, 'quote')[0]!.text).toMatch(/^(word )+word…$/);
    expect(allOf(card, 'quote')[0]!.text.length).toBeLessThanOrEqual(420);
    expect(textsOf(card)).toContain('And 2 more clauses.');
    expect(buttonsOf(card).map(({ label }) => label)).toContain('See the whole section');

    const { buttons: _, ...nothingToPress } = drawing;
    const whole = replyCard(reply('answer', [many]), nothingToPress);
    expect(allOf(whole, 'quote').map(({ text }) => text)).toEqual(many.citations.map(({ quote }) => quote));
    expect(buttonsOf(whole)).toEqual([]);
  });

  test('that is a section asked for is that section, whole', () => {
    const section = replyCard(reply('answer', [{ ...answer('work.must'), section: 'work' }]), drawing);
    expect(textsOf(section).slice(-3)).toEqual([
      '1. Staff must:',
      '2. keep phones in the staffroom',
      '3. not call pupils from a phone of their own.',
    ]);
  });

  test('has a button for at most three related questions, with the whole question behind it', () => {
    const questions = ['a', 'b', `${'c '.repeat(60)}?`, 'd'];
    const card = replyCard(reply('answer', [answer('work.pupils')], { suggestions: questions }), drawing);
    const asked = buttonsOf(card).filter((button) => button.action === action.ask);
    expect(asked.map(({ value }) => value)).toEqual(questions.slice(0, 3));
    for (const { label } of asked) expect(label.length).toBeLessThanOrEqual(75);
  });

  test('says so where the person to ask is away, or nobody is named', () => {
    const { school } = content;
    const asking = reply('answer', [{ ...answer('work.pupils'), ask: 'headteacher' }]);
    const away = {
      ...school,
      people: school.people.map((person) => ({ ...person, away_until: '2027-01-01' })),
    };
    expect(textsOf(replyCard(asking, drawingOf({ ...content, school: away })))).toContain(
      'Whom to ask: your headteacher (Grace Holloway, away at the moment).',
    );
    expect(textsOf(replyCard(asking, drawingOf({ ...content, school: defaultSchool })))).toContain(
      'Whom to ask: your headteacher.',
    );
  });

  test('does not call the people of a real school made up', () => {
    const real = drawingOf({ ...content, school: { ...content.school, example: false } });
    for (const kind of ['none', 'safeguarding', 'concern'] as const)
      expect(JSON.stringify(replyCard(reply(kind), real))).not.toContain('made-up');
  });
});

describe('a child at risk', () => {
  test('is answered with 999 and the office where the settings name nobody', () => {
    const card = replyCard(reply('safeguarding'), drawingOf({ ...content, school: defaultSchool }));
    expect(allOf(card, 'fields')[0]!.fields).toEqual([
      { label: 'Danger now', value: '999' },
      { label: 'Designated safeguarding lead', value: 'ask the school office' },
      { label: 'Deputy safeguarding lead', value: 'ask the school office' },
    ]);
  });
});

describe('a concern', () => {
  test('is offered the form, and no names, once there is one', () => {
    const buttons = { turn: '', share: false, concern: true, pressed: false };
    const card = replyCard(reply('concern'), { ...drawing, buttons });
    expect(buttonsOf(card).map((button) => button.action)).toEqual([action.concern, action.concernCode]);
    expect(JSON.stringify(card)).not.toContain('Grace Holloway');
  });

  test('is told whom to speak to where the settings name nobody', () => {
    const texts = textsOf(replyCard(reply('concern'), drawingOf({ ...content, school: defaultSchool })));
    expect(texts).toContain('Speak to your headteacher.');
    expect(texts).toContain('If it is about the headteacher, speak to your chair of governors.');
  });
});

test('help does without a policy that has guidance', () => {
  const bare = content.policies.map((policy) => ({ ...policy, guidance: [] }));
  expect(buttonsOf(helpCard({ ...content, policies: bare }, { concern: true }))).toEqual([]);
});
