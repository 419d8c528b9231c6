import { nameOf } from '../content/policy-in-words.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import { daysBetween } from './days.ts';

/** `Due 11 December 2026 (18 days left)`, `Due today, 11 December 2026`, `Due 11 December 2026 (3 days overdue)` */
export function dueInWords(due: Day, today: Day): string {
  const left = daysBetween(today, due);
  const date = dateInWords(due);
  if (left === 0) return `Due today, ${date}`;
  return `Due ${date} (${left > 0 ? `${inDays(left)} left` : `${inDays(-left)} overdue`})`;
}

/** `1 day`, `12 days` */
export const inDays = (count: number): string => counted(count, 'day');

/** `1 policy`, `2 policies`: with the plural where it is no plain "s". */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** Title and version, without a version that only the bot knows: see `versionOf` in `campaigns.ts`. */
export function nameOfText({ title, version }: { readonly title: string; readonly version: string }): string {
  return nameOf(/^text [0-9a-f]{8}$/.test(version) ? { title } : { title, version });
}
