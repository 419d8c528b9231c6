import type { Card, MessageRef, Outcome, Response } from '../chat/mod.ts';
import type { Day } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import { dateInWords } from '../school/date-in-words.ts';
import { type Account, hasLeft, type People, type Person } from '../school/people.ts';
import type { Store } from '../store/open.ts';
import type { Book, Page } from './book.ts';
import { type ButtonValue, readValue } from './button-value.ts';
import { type Addressed, acknowledgedCard, type Done } from './cards.ts';
import { byDue } from './ladder.ts';
import type { Acknowledgement, Obligation } from './obligation.ts';
import type { Asked } from './obligations.ts';

/** What comes of a press or a form; `said` is for whoever did it, and changes nothing on the screen. */
export type Answer =
  | { readonly kind: 'said'; readonly message: string }
  | { readonly kind: 'card'; readonly card: Card }
  | Extract<Response, { readonly kind: 'replace' | 'form' | 'invalid' | 'page' }>;

/** Changes a card that was sent. */
export type Revise = (revision: {
  readonly owner: Account;
  readonly message: MessageRef;
  readonly card: Card;
}) => Promise<Outcome>;

export interface DeskParts {
  readonly store: Store;
  readonly book: Book;
  readonly clock: Clock;
  /** Asked anew each time, since people come and go while the bot runs. */
  readonly people: () => People;
}

/** Somebody who pressed a button of a card of their own, and how things stand with them. */
export interface Visit {
  readonly kind: 'visit';
  readonly person: Person;
  readonly account: Account;
  readonly now: Date;
  /** In the person's own time zone. */
  readonly today: Day;
  readonly page: Page;
  readonly value: ButtonValue;
  readonly addressed: Addressed;
}

export const said = (message: string): Answer & { readonly kind: 'said' } => ({ kind: 'said', message });

/** Who is there, with whose card: the same for every button of a reminder. */
export async function visit(
  account: Account,
  text: string,
  { book, clock, people }: DeskParts,
): Promise<Visit | (Answer & { readonly kind: 'said' })> {
  const person = people().find(account);
  if (!person) return said(unknownPerson);
  const now = clock.now();
  const { day: today } = book.localTime.at(now, person);
  if (hasLeft(person, today)) return said(hasLeftWords);
  const value = readValue(text);
  if (!value) return said(noSuchCard);
  // The card names whoever it was for as they were known then.
  if (people().whose({ id: value.person })?.id !== person.id) return said(somebodyElses);
  const page = await book.read();
  const { reminder } = value;
  const addressed = { person: person.id, today, ...(reminder !== undefined && { reminder }) };
  return { kind: 'visit', person, account, now, today, page, value, addressed };
}

/** What the card is about, where it is asked of this person now, or why not. */
export function askedAbout({ person, now, page, value }: Visit): Asked | Answer {
  const asked = page.obligations
    .of(person, now)
    .find(({ obligation }) => obligation.policy === value.about?.policy);
  if (!asked) return said(notAsked);
  if (asked.state === 'coming')
    return said(
      `You are asked to acknowledge this from ${dateInWords(asked.obligation.opens)} on. Nothing was recorded.`,
    );
  return asked;
}

export const isAnswer = (found: Asked | Answer): found is Answer => 'kind' in found;

/** What somebody has open and has not acknowledged, the earliest due first; also while they are away. */
export function unmet(page: Page, person: Person, now: Date): Obligation[] {
  return page.obligations
    .of(person, now)
    .flatMap(({ obligation, state, met }) => (state === 'open' && !met ? [obligation] : []))
    .toSorted(byDue);
}

/** An acknowledgement as a card names it. */
export function doneFor(
  { title }: Pick<Obligation, 'title'>,
  acknowledgement: Acknowledgement,
  person: Person,
  { localTime }: Pick<Book, 'localTime'>,
): Done {
  const { version, at } = acknowledgement;
  return { title, version, acknowledgement, on: localTime.at(at, person).day };
}

/** In place of a card about something that is acknowledged already. */
export function alreadyDone(
  { person, now, page, addressed }: Visit,
  { obligation }: Asked,
  met: Acknowledgement,
  book: Book,
): Answer {
  const done = doneFor(obligation, met, person, book);
  return {
    kind: 'replace',
    card: acknowledgedCard([done], unmet(page, person, now), addressed, { already: true }),
  };
}

const unknownPerson =
  'I don’t know you as somebody of this school, so nothing was recorded. Please ask the school office to put you on its list.';
const hasLeftWords =
  'The school’s list says that you have left, so there is nothing for you to acknowledge. If that is wrong, please tell the school office.';
const noSuchCard =
  'I don’t know this card any more, so nothing was recorded. Type “status” to see what you owe.';
const somebodyElses =
  'This card was sent to somebody else, so nothing was recorded. Type “status” to see your own.';
const notAsked =
  'You are not asked to acknowledge this policy, so nothing was recorded. Type “status” to see what you owe.';
