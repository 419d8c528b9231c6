import { DateTime } from 'luxon';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';

/** An ISO week, `2026-W48`: the finest time that anything of a sender is kept with. Two compare as text. */
export type Week = string;

export const weekOf = (day: Day): Week => at(day).toFormat("kkkk-'W'WW");

/** Its Monday. */
export const startOf = (week: Week): Day => at(week).toISODate()!;

export const addDays = (day: Day, days: number): Day => at(day).plus({ days }).toISODate()!;

/** So many months later; the last day of the month where it has no such day. */
export const addMonths = (day: Day, months: number): Day => at(day).plus({ months }).toISODate()!;

/** `the week of 23 November 2026` */
export const weekInWords = (week: Week): string => `the week of ${dateInWords(startOf(week))}`;

/** The last week of something that is kept for a year at the most. */
export const keptAYear = (day: Day): Week => weekOf(addDays(addMonths(startOf(weekOf(day)), 12), -7));

/** The last week of something that was closed on a day: ninety days at the least. */
export const keptAfterClosing = (day: Day): Week => weekOf(addDays(day, 90));

/** The instant at which the week of an instant began, in UTC: for the times of files. */
export const weekStart = (instant: Date): Date =>
  DateTime.fromJSDate(instant, { zone: 'utc' }).startOf('week').toJSDate();

/** In UTC, where every day is 24 hours long. */
function at(time: Day | Week): DateTime {
  const date = DateTime.fromISO(time, { zone: 'utc' });
  if (!date.isValid) throw new RangeError(`"${time}" is neither a day nor a week.`);
  return date;
}
