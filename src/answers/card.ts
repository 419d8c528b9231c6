import { row } from '../chat/buttons.ts';
import { cut } from '../chat/cut.ts';
import { action, type Button, type Card, type Element } from '../chat/mod.ts';
import type { Content } from '../content/content.ts';
import { reviewOverdue } from '../content/policy-in-words.ts';
import type { Day } from '../school/calendar.ts';
import { holdersInWords, outsideElements, safeguardingFields } from '../school/contact.ts';
import type { Holders } from '../school/people.ts';
import { sectionCard, sectionValue } from './policy-card.ts';
import type { Answer, Citation, Reply } from './reply.ts';
import { sourceOf } from './stamp.ts';
import { verdictWords } from './verdict.ts';

/** What a card of answers is drawn with. */
export interface Drawing {
  readonly content: Content;
  readonly today: Day;
  holders(role: string): Holders;
  /** Which buttons are there; none where nobody could press them. */
  readonly buttons?: Buttons;
}

interface Buttons {
  /** What the buttons of this reply hand back, so that a press is known to be about it. */
  readonly turn: string;
  /** Whether the asker alone sees the reply and may show it to all. */
  readonly share: boolean;
  /** Whether there is a form to raise a concern with. */
  readonly concern: boolean;
  /** Whether a button that counts once has been pressed: helpful, not helpful, missing. Those are gone then. */
  readonly pressed: boolean;
}

/** Quotes of one answer that are shown; and how long the first and each other may be, in characters. */
const quotesShown = 3;
const firstQuote = 420;
const otherQuote = 240;
const most = 3;

/** A reply as a card. Every kind has words that stand on their own; colour and buttons only add to them. */
export function replyCard(reply: Reply, drawing: Drawing): Card {
  switch (reply.kind) {
    case 'answer':
      return answerCard(reply, drawing);
    case 'choices':
      return choicesCard(reply, drawing);
    case 'none':
      return noneCard(reply, drawing);
    case 'safeguarding':
      return safeguardingCard(drawing);
    case 'concern':
      return concernCard(drawing);
    case 'help':
      return {
        summary: reply.plain,
        elements: [text(reply.plain), ...suggestions(reply.suggestions, drawing, 'For example:')],
      };
  }
}

function answerCard(reply: Reply, drawing: Drawing): Card {
  const several = reply.answers.length > 1;
  const first = reply.answers[0];
  if (first?.section !== undefined && drawing.buttons) {
    const section = sectionCard(drawing.content, drawing.today, `${first.policy.id} ${first.section} 1`);
    if (section) return section;
  }
  const elements = reply.answers.flatMap((answer, index): Element[] => [
    ...(index > 0 ? [{ kind: 'divider' } as const] : []),
    ...(several ? [{ kind: 'text', text: answer.title, tone: 'quiet' } as const] : []),
    ...answerElements(answer, drawing),
  ]);
  const summary = `${first ? verdictWords[first.verdict] : ''}: ${first?.plain || first?.citations[0]?.quote || ''}`;
  return {
    summary: cut(summary, 200),
    elements: [
      ...elements,
      ...(reply.plain === '' ? [] : [text(reply.plain)]),
      ...answerButtons(reply, drawing),
      ...suggestions(reply.suggestions, drawing),
    ],
  };
}

function answerElements(answer: Answer, drawing: Drawing): Element[] {
  const { content, today, holders } = drawing;
  // Nothing is cut short where nothing can be pressed to see the rest.
  const whole = drawing.buttons === undefined;
  const shown = whole ? answer.citations : answer.citations.slice(0, quotesShown);
  const unseen = answer.citations.length - shown.length;
  const lengthOf = (index: number): number => (index === 0 ? firstQuote : otherQuote);
  const late = reviewOverdue(answer.policy, today);
  const ask = answer.ask === undefined ? undefined : holdersInWords(holders(answer.ask), content.school);
  return [
    { kind: 'heading', text: verdictWords[answer.verdict] },
    ...(answer.plain === '' ? [] : [text(answer.plain)]),
    ...shown.map((citation, index) => quote(citation, content, whole ? undefined : lengthOf(index))),
    ...(unseen > 0 ? [text(`And ${unseen} more ${unseen === 1 ? 'clause' : 'clauses'}.`, 'quiet')] : []),
    ...(late === undefined ? [] : [text(`${late}.`, 'warning')]),
    ...(answer.open === undefined ? [] : [text(`Left open: ${answer.open}`)]),
    ...(answer.next === undefined ? [] : [text(`What to do: ${answer.next}`)]),
    ...(ask === undefined ? [] : [text(`Whom to ask: ${ask}.`)]),
    ...answer.notes.map((note) => text(`Editor’s note: ${note}`, 'quiet')),
  ];
}

function answerButtons(reply: Reply, { buttons, content }: Drawing): Element[] {
  if (!buttons) return [];
  const { turn, share, pressed } = buttons;
  const [first, ...others] = reply.answers.flatMap(({ citations }) => citations);
  return row([
    ...(pressed
      ? []
      : [button(action.helpful, turn, 'Helpful'), button(action.unhelpful, turn, 'Not helpful')]),
    button(action.askPerson, turn, 'Ask a person'),
    ...(first ? sectionButton(content, first, others) : []),
    ...(share ? [button(action.share, turn, 'Share here')] : []),
  ]);
}

function choicesCard(reply: Reply, { buttons }: Drawing): Card {
  const lead = reply.plain || 'Did you mean one of these?';
  const choices = reply.suggestions.slice(0, most);
  return {
    summary: lead,
    elements: buttons
      ? [
          text(lead),
          ...row(choices.map(askButton)),
          ...row([button(action.askPerson, buttons.turn, 'Ask a person')]),
        ]
      : [text(lead), ...list(choices)],
  };
}

function noneCard(reply: Reply, drawing: Drawing): Card {
  const { content, holders, buttons } = drawing;
  const ask = holdersInWords(holders(reply.ask ?? content.school.policy_owner), content.school);
  const near = reply.near.slice(0, 2);
  return {
    summary: cut(`No answer in the policies: ${reply.plain}`, 200),
    elements: [
      { kind: 'heading', text: 'No answer in the policies' },
      ...(reply.plain === '' ? [] : [text(reply.plain)]),
      ...(ask === undefined ? [] : [text(`Whom to ask: ${ask}.`)]),
      ...(near.length === 0 ? [] : [text('What comes nearest, though it does not answer this:', 'quiet')]),
      ...near.map((citation) => quote(citation, content, buttons && otherQuote)),
      ...(buttons
        ? row([
            button(action.askPerson, buttons.turn, 'Ask a person'),
            ...(buttons.pressed
              ? []
              : [button(action.reportGap, buttons.turn, 'Tell the policy’s owner that this is missing')]),
            ...(near[0] ? sectionButton(content, near[0]) : []),
          ])
        : []),
      ...suggestions(reply.suggestions, drawing),
    ],
  };
}

/** Names and numbers first and last: nothing else stands on this card. */
function safeguardingCard({ content: { school }, holders }: Drawing): Card {
  return {
    summary: school.safeguarding.text,
    elements: [
      { kind: 'heading', text: 'A child may be at risk: act now' },
      text(school.safeguarding.text),
      safeguardingFields(school, holders),
    ],
  };
}

function concernCard({ content: { school }, holders, buttons }: Drawing): Card {
  const warning = 'Please don’t type a concern in this chat.';
  const speakTo = (role: string, otherwise: string): string =>
    holdersInWords(holders(role), school) ?? otherwise;
  return {
    summary: warning,
    elements: [
      { kind: 'heading', text: warning },
      text(
        'I have kept nothing of what you wrote, but the chat itself may keep it. Delete your message if you can.',
      ),
      ...(buttons?.concern
        ? row([
            { ...button(action.concern, '', 'Raise a concern'), style: 'primary' },
            button(action.concernCode, '', 'I have a code'),
          ])
        : [
            text(`Speak to ${speakTo('headteacher', 'your headteacher')}.`),
            text(
              `If it is about the headteacher, speak to ${speakTo('chair-of-governors', 'the chair of governors')}.`,
            ),
          ]),
      ...outsideElements(school),
    ],
  };
}

const text = (words: string, tone?: 'quiet' | 'warning'): Element => ({
  kind: 'text',
  text: words,
  ...(tone && { tone }),
});

const button = (id: string, value: string, label: string): Button => ({
  action: id,
  value,
  label,
});

const askButton = (question: string): Button => button(action.ask, question, question);

const list = (items: readonly string[]): Element[] =>
  items.length === 0 ? [] : [text(items.map((item) => `• ${item}`).join('\n'))];

function quote(citation: Citation, content: Content, length = citation.quote.length): Element {
  return { kind: 'quote', text: cut(citation.quote, length), source: sourceOf(content, citation) };
}

function sectionButton(content: Content, cited: Citation, others: readonly Citation[] = []): Button[] {
  const value = sectionValue(content, cited, others);
  return value === undefined ? [] : [button(action.section, value, 'See the whole section')];
}

/** Questions that the bot answers, to press or, where nothing can be pressed, to type. */
function suggestions(
  questions: readonly string[],
  { buttons }: Drawing,
  lead = 'You could also ask:',
): Element[] {
  const few = questions.slice(0, most);
  if (few.length === 0) return [];
  return [text(lead, 'quiet'), ...(buttons ? row(few.map(askButton)) : list(few))];
}
