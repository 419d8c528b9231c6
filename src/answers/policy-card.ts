import { row } from '../chat/buttons.ts';
import { action, type Button, type Card, type Element } from '../chat/mod.ts';
import type { Clause, Content, Policy } from '../content/content.ts';
import { nameOf, reviewOverdue } from '../content/policy-in-words.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';

/** About a phone's screen or two, and well within what any platform takes in one message. */
const charactersOnPage = 2_400;
const buttonsOnPage = 12;

/** What the button hands back that shows a clause within its section, marked; other cited clauses with it. */
export function sectionValue(
  { policies }: Pick<Content, 'policies'>,
  cited: { readonly policy: string; readonly clause: string },
  others: readonly { readonly policy: string; readonly clause: string }[] = [],
): string | undefined {
  const policy = policies.find(({ id }) => id === cited.policy);
  const section = policy?.sections.find(({ clauses }) => clauses.some(({ id }) => id === cited.clause));
  if (!section) return undefined;
  const page = pagesOf(section.clauses).findIndex((clauses) => clauses.some(({ id }) => id === cited.clause));
  const marked = new Set(
    [cited, ...others].flatMap((each) => (each.policy === cited.policy ? each.clause : [])),
  );
  const here = section.clauses.flatMap(({ id }) => (marked.has(id) ? id : []));
  return [cited.policy, section.id, page + 1, ...here].join(' ');
}

/**
 * A section's words, whole and exact, a page at a time; clauses that `value` names are marked. Undefined where
 * it names no section.
 */
export function sectionCard(content: Content, today: Day, value: string): Card | undefined {
  const [policyId, sectionId, page, ...marked] = value.split(' ');
  const policy = content.policies.find(({ id }) => id === policyId);
  const section = policy?.sections.find(({ id }) => id === sectionId);
  if (!policy || !section) return undefined;
  const pages = pagesOf(section.clauses);
  const at = pageNumber(page, pages.length);
  const late = reviewOverdue(policy, today);
  const heading = section.title || policy.title;
  const to = (number: number): string => [policy.id, section.id, number, ...marked].join(' ');
  return {
    summary: `${heading} · ${nameOf(policy)}`,
    elements: [
      { kind: 'heading', text: heading },
      { kind: 'text', text: `${nameOf(policy)}${partOf(at, pages.length)}`, tone: 'quiet' },
      ...(late === undefined ? [] : [warning(late)]),
      ...pages[at - 1]!.map(({ id, position, text }): Element => {
        const words = `${position}. ${text}`;
        return marked.includes(id)
          ? { kind: 'quote', text: words, source: 'The answer goes by this clause' }
          : { kind: 'text', text: words };
      }),
      ...row([
        ...turning(action.section, at, pages.length, to),
        { action: action.policy, value: `${policy.id} 1`, label: 'All sections' },
      ]),
    ],
  };
}

/** What a policy holds, as buttons; of several policies first the list. `value` is a button's. */
export function policyCard(content: Content, today: Day, value = ''): Card {
  const [wanted, page] = value.split(' ');
  const { policies } = content;
  const policy =
    policies.find(({ id }) => id === wanted) ?? (policies.length === 1 ? policies[0] : undefined);
  if (!policy) return policiesCard(policies, page);
  const pages = chunks(policy.sections, buttonsOnPage);
  const at = pageNumber(page, pages.length);
  const late = reviewOverdue(policy, today);
  return {
    summary: nameOf(policy),
    elements: [
      { kind: 'heading', text: policy.title },
      { kind: 'fields', fields: facts(policy) },
      ...(late === undefined ? [] : [warning(late)]),
      { kind: 'text', text: `Choose a section to read it${partOf(at, pages.length)}:` },
      ...row(
        pages[at - 1]!.map(({ id, title }) => ({
          action: action.section,
          value: `${policy.id} ${id} 1`,
          label: title || policy.title,
        })),
      ),
      ...row([
        ...turning(action.policy, at, pages.length, (number) => `${policy.id} ${number}`),
        ...(policies.length > 1 ? [{ action: action.policy, value: '', label: 'All policies' }] : []),
      ]),
    ],
  };
}

function policiesCard(policies: readonly Policy[], page: string | undefined): Card {
  const pages = chunks(policies, buttonsOnPage);
  const at = pageNumber(page, pages.length);
  return {
    summary: 'Your school’s policies',
    elements: [
      { kind: 'heading', text: 'Your school’s policies' },
      { kind: 'text', text: `Choose one to see what it holds${partOf(at, pages.length)}:` },
      ...row(
        pages[at - 1]!.map(({ id, title }) => ({
          action: action.policy,
          value: `${id} 1`,
          label: title,
        })),
      ),
      // No policy's id is "-", so the list comes back, at that page.
      ...row(turning(action.policy, at, pages.length, (number) => `- ${number}`)),
    ],
  };
}

function facts({ version, reviewed, reviewDue }: Policy): { label: string; value: string }[] {
  const known: [string, string | undefined][] = [
    ['Version', version],
    ['Reviewed', reviewed && dateInWords(reviewed)],
    ['Review due', reviewDue && dateInWords(reviewDue)],
  ];
  return known.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

/** Clauses are never split: one that is longer than a page has a page of its own. */
function pagesOf(clauses: readonly Clause[]): Clause[][] {
  const pages: Clause[][] = [[]];
  let length = 0;
  for (const clause of clauses) {
    length += clause.text.length;
    if (length > charactersOnPage && pages.at(-1)!.length > 0) {
      pages.push([]);
      length = clause.text.length;
    }
    pages.at(-1)!.push(clause);
  }
  return pages;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** A page from 1 to `last`, whatever was asked for. */
function pageNumber(text: string | undefined, last: number): number {
  const number = Number.parseInt(text ?? '1', 10);
  return Number.isNaN(number) ? 1 : Math.min(last, Math.max(1, number));
}

function turning(id: string, at: number, last: number, to: (page: number) => string): Button[] {
  return [
    ...(at > 1 ? [{ action: id, value: to(at - 1), label: 'Back' }] : []),
    ...(at < last ? [{ action: id, value: to(at + 1), label: 'More' }] : []),
  ];
}

const partOf = (at: number, last: number): string => (last > 1 ? ` (part ${at} of ${last})` : '');

const warning = (words: string): Element => ({ kind: 'text', text: `${words}.`, tone: 'warning' });
