import type { Content, Policy } from '../content/content.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import type { Citation, PolicyStamp } from './reply.ts';

/** Where a citation stands, for people to look it up: section, clause, policy and version. */
export function sourceOf(content: Content, citation: Citation): string {
  const policy = content.policies.find(({ id }) => id === citation.policy);
  const clause = policy?.clauses.find(({ id }) => id === citation.clause);
  const place = clause ? `${citation.section}, clause ${clause.position}` : citation.section;
  return policy ? `${place} · ${nameOf(policy)}` : place;
}

/** A policy's title and version. */
export function nameOf({ title, version }: Pick<Policy, 'title' | 'version'>): string {
  return version === undefined ? title : `${title}, version ${version}`;
}

/** `Review overdue since June 2018`, as long as it is. A month is over when its last day is. */
export function overdue({ reviewDue }: Pick<PolicyStamp, 'reviewDue'>, today: Day): string | undefined {
  if (reviewDue === undefined || today.slice(0, reviewDue.length) <= reviewDue) return undefined;
  return `Review overdue since ${dateInWords(reviewDue)}`;
}
