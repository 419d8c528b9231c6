import { row } from '../chat/buttons.ts';
import { action, type Button, type Card, type Element } from '../chat/mod.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import { writeValue } from './button-value.ts';
import type { Acknowledgement, Obligation } from './obligation.ts';
import { counted, dueInWords, nameOfText } from './words.ts';

/** Whose card it is, on which day it is drawn, and which reminder it came with. */
export interface Addressed {
  /** `Person.id` */
  readonly person: string;
  /** In the person's own time zone. */
  readonly today: Day;
  /** The key of the reminder; none where somebody asked for the card. */
  readonly reminder?: string;
}

/** An acknowledgement as a card names it. */
export interface Done {
  readonly title: string;
  readonly version: string;
  readonly acknowledgement: Pick<Acknowledgement, 'how' | 'signedOn'>;
  /** In the person's own time zone. */
  readonly on: Day;
}

/** More than this in one card is more than a phone shows; the most urgent come first. */
const mostItems = 10;

/** What somebody is sent: everything that they owe, and what they can do. `items` is never empty. */
export function reminderCard(
  items: readonly Obligation[],
  addressed: Addressed,
  { canPutOff }: { readonly canPutOff: boolean },
): Card {
  const heading = headingOf(items, addressed.today);
  const value = writeValue(addressed);
  return {
    summary: `${heading}: ${items.map(({ title }) => title).join(', ')}`,
    elements: [
      { kind: 'heading', text: heading },
      {
        kind: 'text',
        text: `Your school asks you to read ${items.length === 1 ? 'it' : 'these'} every school year, and to say that you have understood.`,
      },
      ...owedElements(items, addressed),
      ...row([
        { action: action.acknowledgeQuestion, value, label: 'I have a question' },
        ...(canPutOff ? [{ action: action.acknowledgeTomorrow, value, label: 'Remind me tomorrow' }] : []),
      ]),
    ],
  };
}

/** What is still to be acknowledged, each with its due date and a button to begin. */
export function owedElements(items: readonly Obligation[], addressed: Addressed): Element[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, mostItems);
  const more = items.length - shown.length;
  return [
    {
      kind: 'fields',
      fields: shown.map((item) => ({
        label: nameOfText(item),
        value: dueInWords(item.due, addressed.today),
      })),
    },
    ...(more > 0
      ? [quiet(`And ${counted(more, 'more policy', 'more policies')}, once these are done.`)]
      : []),
    ...row(shown.map((item) => openButton(item, addressed, shown.length > 1))),
  ];
}

/** What takes the place of a card once something on it is acknowledged; `left` is what is still owed. */
export function acknowledgedCard(
  done: readonly Done[],
  left: readonly Obligation[],
  addressed: Addressed,
  { already = false }: { readonly already?: boolean } = {},
): Card {
  const summary = done.map((each) => `${signedInWords(each)}: ${each.title}`).join('. ');
  return {
    summary,
    elements: [
      ...done.flatMap((each): Element[] => [
        { kind: 'text', text: `✔ ${signedInWords(each)}`, tone: 'strong' },
        { kind: 'text', text: nameOfText(each) },
      ]),
      ...(already ? [quiet('You had done this before. It counts once.')] : []),
      ...(left.length === 0
        ? [quiet('There is nothing else for you to do.')]
        : [
            { kind: 'divider' } as const,
            { kind: 'text', text: 'Still to acknowledge:', tone: 'strong' } as const,
            ...owedElements(left, addressed),
          ]),
    ],
  };
}

/** `Acknowledged on 24 November 2026`, or on which day it was signed on paper. */
export function signedInWords({ acknowledgement, on }: Pick<Done, 'acknowledgement' | 'on'>): string {
  const { how, signedOn } = acknowledgement;
  return how === 'paper'
    ? `Signed on paper on ${dateInWords(signedOn ?? on)}`
    : `Acknowledged on ${dateInWords(on)}`;
}

/** What takes the place of a reminder that was put off. */
export function putOffCard(
  items: readonly Obligation[],
  addressed: Addressed,
  { next, left }: { readonly next: Day; readonly left: number },
): Card {
  const summary = `I’ll remind you again on ${dateInWords(next)}.`;
  const again =
    left === 0
      ? 'That was the last time that you could put it off.'
      : `You can put it off ${left === 1 ? 'once more' : `${left} more times`}.`;
  return {
    summary,
    elements: [
      { kind: 'text', text: summary, tone: 'strong' },
      quiet(again),
      ...owedElements(items, addressed),
      ...row([
        { action: action.acknowledgeQuestion, value: writeValue(addressed), label: 'I have a question' },
      ]),
    ],
  };
}

/** Ways to ask. What is owed stays owed. `policy` is the one that the question is about, where that is known. */
export function questionCard(policy?: { readonly id: string; readonly title: string }): Card {
  const summary = 'Ask me, or ask a person';
  const about = policy ? `the ${policy.title}` : 'the policy';
  return {
    summary,
    elements: [
      { kind: 'heading', text: summary },
      {
        kind: 'text',
        text: `Type your question here, and I look for the answer in ${about}. Or put it to a person.`,
      },
      quiet('Asking is not acknowledging: it stays on your list until you say that you have understood.'),
      ...row([
        { action: action.askPerson, value: policy?.id ?? '', label: 'Ask a person' },
        { action: action.policy, value: policy ? `${policy.id} 1` : '', label: 'Read the policy' },
      ]),
    ],
  };
}

function openButton(
  { title, policy, version }: Obligation,
  { person, reminder }: Addressed,
  named: boolean,
): Button {
  const value = writeValue({
    person,
    about: { policy, version },
    ...(reminder !== undefined && { reminder }),
  });
  const label = named ? `Read and acknowledge: ${title}` : 'Read and acknowledge';
  return { action: action.acknowledgeOpen, value, label, ...(!named && { style: 'primary' as const }) };
}

function headingOf(items: readonly Obligation[], today: Day): string {
  const what = items.length === 1 ? 'A policy' : counted(items.length, 'policy', 'policies');
  const late = items.filter(({ due }) => due < today).length;
  if (late > 0) return `Overdue: ${what.toLowerCase()} to acknowledge`;
  if (items.some(({ due }) => due === today)) return `Due today: ${what.toLowerCase()} to acknowledge`;
  return `${what} to read and acknowledge`;
}

const quiet = (text: string): Element => ({ kind: 'text', text, tone: 'quiet' });
