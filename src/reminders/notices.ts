import { row } from '../chat/buttons.ts';
import { action, type Card, type Element } from '../chat/mod.ts';
import type { Policy } from '../content/content.ts';
import { reviewOverdue } from '../content/policy-in-words.ts';
import { weekdays } from '../content/schema/reminders.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import type { Person, Whose } from '../school/people.ts';
import { byPerson } from './by-person.ts';
import { daysBetween, monthOf, plusDays, type SchoolDays } from './days.ts';
import type { Notice } from './notice.ts';
import type { SentReminder } from './obligation.ts';
import type { Standing } from './standing.ts';
import { counted, inDays } from './words.ts';

/** A message to one person that is no reminder of their own. */
export interface OfficeNotice extends Notice {
  /** Somebody gets one of a kind a day. */
  readonly kind: string;
  /** The last day on which it waits for a message of its own. */
  readonly last: Day;
  /** Drawn when it goes. */
  readonly card: () => Promise<Card> | Card;
}

/** Somebody overdue with one policy, and whether a message has told them so. */
export interface Overdue {
  readonly person: Person;
  readonly title: string;
  readonly due: Day;
  /** The days of the messages that did, earliest first; none of somebody who can't be told. */
  readonly told: readonly Day[];
}

type Weekday = (typeof weekdays)[number];

const mostLines = 30;

/**
 * Who is overdue and has been told so, and who can't be told. Nobody else is named: the person hears of it first.
 * @param repeats whether people are told again once the due date is past; else a message before it is enough
 */
export function overdueToReport(
  standings: Iterable<Standing>,
  sent: Iterable<SentReminder>,
  {
    repeats,
    unreachable,
    whose,
  }: {
    readonly repeats: boolean;
    readonly unreachable: (person: Person) => boolean;
    readonly whose: Whose;
  },
): readonly Overdue[] {
  const sentTo = byPerson(sent, whose);
  const found: Overdue[] = [];
  for (const { overdue, obligation } of standings) {
    if (!overdue) continue;
    const { person, policy, version, title, due } = obligation;
    const told = sentTo(person)
      .filter(
        ({ day, items }) =>
          (!repeats || day > due) && items.some((item) => item.policy === policy && item.version === version),
      )
      .map(({ day }) => day)
      .sort();
    if (told.length > 0 || unreachable(person)) found.push({ person, title, due, told });
  }
  return found.sort((one, other) => (one.due < other.due ? -1 : one.due > other.due ? 1 : 0));
}

/** On which day of a week the list is made: the day that is set, or the first school day after it. None where there is none. */
export function overdueListDay(day: Day, on: Weekday, days: SchoolDays): Day | undefined {
  const monday = mondayOf(day);
  const found = days.onOrAfter(plusDays(monday, weekdays.indexOf(on)));
  return found <= plusDays(monday, 6) ? found : undefined;
}

/**
 * The week's list for one reader, as things stood on its day: sent then, or later in that week where it could
 * not be. Nothing where nobody is on it, or that day has not come. `day` is the reader's own.
 */
export function overdueList(
  reader: Person,
  day: Day,
  overdue: readonly Overdue[],
  { on, days }: { readonly on: Weekday; readonly days: SchoolDays },
): OfficeNotice | undefined {
  const listDay = overdueListDay(day, on, days);
  if (listDay === undefined || day < listDay || !days.isSchoolDay(day)) return undefined;
  const others = overdue.flatMap((each): Overdue[] => {
    if (reader.id === each.person.id || each.due >= listDay) return [];
    const told = each.told.filter((told) => told <= listDay);
    return told.length > 0 || each.told.length === 0 ? [{ ...each, told }] : [];
  });
  if (others.length === 0) return undefined;
  return {
    person: reader,
    kind: 'overdue_list',
    rung: 'overdue_list',
    day,
    last: sundayOf(day),
    items: [],
    key: `overdue:${reader.id}:${mondayOf(day)}`,
    card: () => overdueCard(others, day),
  };
}

/** Reminds an owner once a month of policies whose review is due. Nothing where none is, or the month has no school day yet. */
export function reviewNotice(
  owner: Person,
  day: Day,
  policies: readonly Policy[],
  days: SchoolDays,
): OfficeNotice | undefined {
  const month = monthOf(day);
  const due = policies.filter(({ reviewDue }) => reviewDue !== undefined && monthOf(reviewDue) <= month);
  if (due.length === 0 || !days.isSchoolDay(day)) return undefined;
  return {
    person: owner,
    kind: 'review',
    rung: 'review',
    day,
    last: sundayOf(day),
    items: [],
    key: `review:${owner.id}:${month}`,
    card: () => reviewCard(due, day),
  };
}

/** Tells, some days before a campaign opens, who will be asked. Nothing where it has opened, or opens later. */
export function openingNotice(
  reader: Person,
  day: Day,
  { policy, version, opens }: { readonly policy: string; readonly version: string; readonly opens: Day },
  { days, card }: { readonly days: SchoolDays; readonly card: OfficeNotice['card'] },
): OfficeNotice | undefined {
  // In good time to change something; before 1 September that is in July.
  const from = days.onOrBefore(plusDays(opens, -7));
  if (day < from || day >= opens || !days.isSchoolDay(day)) return undefined;
  return {
    person: reader,
    kind: `opening ${policy}`,
    rung: 'opening',
    day,
    last: opens <= sundayOf(day) ? plusDays(opens, -1) : sundayOf(day),
    items: [],
    key: `opening:${reader.id}:${policy}:${encodeURIComponent(version)}:${opens}`,
    card,
  };
}

const mondayOf = (day: Day): Day => plusDays(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));

/** Nothing waits into another week. */
const sundayOf = (day: Day): Day => plusDays(mondayOf(day), 6);

function overdueCard(overdue: readonly Overdue[], today: Day): Card {
  const told = overdue.filter((each) => each.told.length > 0);
  const untold = overdue.filter((each) => each.told.length === 0);
  const people = new Set(overdue.map(({ person }) => person)).size;
  const summary = `${counted(people, 'person is', 'people are')} overdue with a policy`;
  return {
    summary,
    elements: [
      { kind: 'heading', text: summary },
      ...lines('Each of them has been told.', told, today),
      ...lines(
        'I can’t reach these with a message. Please speak to them, or have them sign on paper.',
        untold,
        today,
      ),
      { kind: 'text', text: 'This list comes once a week, as long as somebody is on it.', tone: 'quiet' },
      ...row([{ action: action.status, value: '', label: 'How the school stands' }]),
    ],
  };
}

function lines(lead: string, overdue: readonly Overdue[], today: Day): Element[] {
  if (overdue.length === 0) return [];
  const shown = overdue.slice(0, mostLines);
  const more = overdue.length - shown.length;
  return [
    { kind: 'text', text: lead },
    {
      kind: 'fields',
      fields: shown.map(({ person, title, due, told }) => ({
        label: person.name,
        value: `${title}, ${inDays(daysBetween(due, today))} overdue${told.length === 0 ? '' : `, told on ${dateInWords(told.at(-1)!)}`}`,
      })),
    },
    ...(more > 0 ? [{ kind: 'text', text: `And ${more} more.`, tone: 'quiet' } as const] : []),
  ];
}

function reviewCard(policies: readonly Policy[], today: Day): Card {
  const one = policies.length === 1;
  const summary = one
    ? `The ${policies[0]!.title} is due for review`
    : `${policies.length} policies are due for review`;
  return {
    summary,
    elements: [
      { kind: 'heading', text: summary },
      {
        kind: 'fields',
        fields: policies.map((policy) => ({
          label: policy.title,
          value: reviewOverdue(policy, today) ?? `Review due ${dateInWords(policy.reviewDue!)}`,
        })),
      },
      {
        kind: 'text',
        text: `You are down as ${one ? 'its' : 'their'} owner. Every answer from ${one ? 'it' : 'them'} says so until the new review date stands at the top of the policy.`,
      },
      ...row(
        policies.slice(0, 5).map(({ id, title }) => ({
          action: action.policy,
          value: `${id} 1`,
          label: one ? 'Read the policy' : `Read: ${title}`,
        })),
      ),
    ],
  };
}
