import { row } from '../chat/buttons.ts';
import { action, type Card, type Element } from '../chat/mod.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import type { Person } from '../school/people.ts';
import { writeValue } from './button-value.ts';
import { type Done, owedElements, signedInWords } from './cards.ts';
import type { Obligation } from './obligation.ts';
import { counted, nameOfText } from './words.ts';

/** How one person stands with the policies. */
export interface Stand {
  readonly person: Person;
  /** In the person's own time zone. */
  readonly today: Day;
  readonly left: boolean;
  /** The earliest due first. */
  readonly owed: readonly Obligation[];
  readonly done: readonly Done[];
  /** Asked later on. */
  readonly coming: readonly Obligation[];
}

/** What `status` shows; `stand` is missing for somebody whom nobody knows. `more` comes below. */
export function statusCard(stand: Stand | undefined, more: readonly Element[]): Card {
  if (!stand) return { summary: unknown, elements: [text(unknown), ...more] };
  const elements = standingElements(stand);
  const own = elements.length > 0 ? elements : [text('You are not asked to acknowledge any policy.')];
  return {
    summary: summaryOf(stand),
    elements: [...own, ...more.flatMap((element, index) => (index === 0 ? [divider, element] : [element]))],
  };
}

/** What somebody owes and has acknowledged; empty where nothing is asked of them. */
export function standingElements(stand: Stand): Element[] {
  const { person, today, left, owed, done, coming } = stand;
  if (left) return [text('The school’s list says that you have left: nothing is asked of you any more.')];
  if (owed.length + done.length + coming.length === 0) return [];
  const addressed = { person: person.id, today };
  const { awayUntil } = person;
  return [
    { kind: 'heading', text: 'Your policies' },
    text(summaryOf(stand), 'strong'),
    ...(awayUntil !== undefined && today < awayUntil
      ? [text(`You are away until ${dateInWords(awayUntil)}: no reminders come until then.`, 'quiet')]
      : []),
    ...owedElements(owed, addressed),
    ...(owed.length === 0
      ? []
      : row([
          { action: action.acknowledgeQuestion, value: writeValue(addressed), label: 'I have a question' },
        ])),
    ...(done.length === 0
      ? []
      : [
          {
            kind: 'fields' as const,
            fields: done.map((each) => ({ label: nameOfText(each), value: `✔ ${signedInWords(each)}` })),
          },
        ]),
    ...(coming.length === 0
      ? []
      : [
          text(
            `Later on: ${coming.map((item) => `${nameOfText(item)} (from ${dateInWords(item.opens)})`).join(', ')}.`,
            'quiet',
          ),
        ]),
  ];
}

function summaryOf({ owed, done }: Stand): string {
  if (owed.length > 0) return `You have ${counted(owed.length, 'policy', 'policies')} to acknowledge.`;
  return done.length > 0
    ? 'You have acknowledged everything that is asked of you.'
    : 'There is nothing for you to acknowledge now.';
}

const unknown =
  'I don’t know you as somebody of this school, so I can’t say what you have to acknowledge. Please ask the school office to put you on its list.';

const divider: Element = { kind: 'divider' };

const text = (words: string, tone?: 'strong' | 'quiet'): Element => ({
  kind: 'text',
  text: words,
  ...(tone && { tone }),
});
