import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import type { Policy } from './content.ts';

/** A policy's title and version. */
export function nameOf({ title, version }: Pick<Policy, 'title' | 'version'>): string {
  return version === undefined ? title : `${title}, version ${version}`;
}

/** `Review overdue since June 2018`, as long as it is. A month is over when its last day is. */
export function reviewOverdue({ reviewDue }: Pick<Policy, 'reviewDue'>, today: Day): string | undefined {
  if (reviewDue === undefined || today.slice(0, reviewDue.length) <= reviewDue) return undefined;
  return `Review overdue since ${dateInWords(reviewDue)}`;
}
