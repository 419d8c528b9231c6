import type { Element, Tone } from '../chat/card.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import { outsideElements, safeguardingFields } from '../school/contact.ts';
import type { People } from '../school/people.ts';

export interface NoticeParts {
  readonly school: School;
  readonly people: People;
  readonly day: Day;
  /** Where door B is, if it can be reached from outside. */
  readonly doorB: string | undefined;
}

/**
 * What anybody must know before they write the first word, in words that are true: a form in a chat can't be
 * anonymous to the server while it is being sent, and a page can't hide that it was opened.
 */
export function noticeElements(parts: NoticeParts, door: 'chat' | 'web'): Element[] {
  const { school, doorB } = parts;
  return [
    ...dangerElements(parts),
    {
      kind: 'text',
      text: 'We do not keep who you are: no name and no account, only the week.',
      tone: 'strong',
    },
    ...(door === 'chat' ? chatLimits(doorB) : webLimits),
    text(
      'Who reads it: you see their roles and names before you write. Never anybody whom you leave out below.',
    ),
    text(
      'At the end you get a code, once. Without it nobody can answer you. If you close the window before you ' +
        'have it, your concern is sent and the code is lost.',
    ),
    text('Please don’t type a concern in the chat itself: the chat is kept.'),
    ...outsideElements(school, { checked: true }),
  ];
}

function chatLimits(doorB: string | undefined): Element[] {
  const limits = text(
    'What this form can’t do: Slack or Microsoft carries it. IT may see that you used this app today. Whoever ' +
      'runs the server could read a form while it is being sent. And what you write can show who you are.',
  );
  if (doorB === undefined) return [limits];
  return [
    limits,
    text('The stronger choice is the web form, on your own phone and away from the school’s network:'),
    { kind: 'link', label: 'Web form', url: doorB },
  ];
}

const webLimits: readonly Element[] = [
  {
    kind: 'text',
    text:
      'This page seals what you write before it is sent, so that only its readers can open it. What it can’t do: ' +
      'the network you are on can see that you opened this page, so use your own phone, away from the school’s ' +
      'network. Whoever runs the server could change this page. And what you write can show who you are.',
  },
];

/** First of all: this is no way to report that a child is in danger. */
function dangerElements({ school, people, day }: NoticeParts): Element[] {
  return [
    {
      kind: 'text',
      text: 'Is a child in danger now? Don’t use this form. Call 999, and speak to your safeguarding lead in person.',
      tone: 'warning',
    },
    safeguardingFields(school, (role) => people.holders(role, day)),
  ];
}

/** Where nobody has been enrolled, in the place of the first notice. */
export const nobodyYet = 'Nobody has been set up to read concerns here yet. Nothing can be sent.';

export function nobodyYetElements(parts: NoticeParts): Element[] {
  return [...dangerElements(parts), text(nobodyYet, 'strong'), ...elsewhere(parts)];
}

/** Where nobody at the school could read what it is about; the notice was seen before. */
export function outsideOnlyElements(parts: NoticeParts): Element[] {
  return [
    text(
      'Nobody at the school could read this without a conflict, so it can’t be sent here. Nothing was kept.',
      'strong',
    ),
    ...elsewhere(parts),
    ...dangerElements(parts),
  ];
}

function elsewhere({ school }: NoticeParts): Element[] {
  const outside = outsideElements(school, { checked: true });
  return [
    text(
      outside.length > 0
        ? 'Please turn to somebody outside the school.'
        : 'Please turn to your local authority’s designated officer (LADO), or to the NSPCC’s whistleblowing line.',
    ),
    ...outside,
  ];
}

const text = (words: string, tone: Tone = 'normal'): Element => ({ kind: 'text', text: words, tone });
