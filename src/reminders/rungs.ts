import type { ReminderSettings } from '../content/schema/reminders.ts';
import type { Day } from '../school/calendar.ts';
import { daysBetween, laterOf, monthOf, plusDays, type SchoolDays } from './days.ts';
import type { Obligation, Rung } from './obligation.ts';

/** A rung of the ladder, on the school day on which it falls. */
export interface RungDay {
  readonly rung: Rung;
  readonly day: Day;
}

type Settings = Pick<ReminderSettings, 'digest' | 'week_before' | 'day_before' | 'due_day' | 'overdue'>;

/**
 * The rungs of an obligation that fall in one month, in no order; each on a school day on which the obligation
 * is open. Up to the due date a rung moves earlier to a school day, after it later.
 * @param month `2026-11`
 */
export function rungsIn(
  month: string,
  { opens, due }: Pick<Obligation, 'opens' | 'due'>,
  settings: Settings,
  days: SchoolDays,
): readonly RungDay[] {
  const found: RungDay[] = [];
  const add = (rung: Rung, day: Day): void => {
    if (day >= opens && monthOf(day) === month) found.push({ rung, day });
  };
  const monthBegins = `${month}-01`;
  // In the month in which it opens, the first school day on which it is open: nobody waits a month to hear of it.
  if (settings.digest) add('digest', days.onOrAfter(laterOf(monthBegins, opens)));
  const { week_before: weekBefore, day_before: dayBefore, overdue: every } = settings;
  if (weekBefore !== undefined) add('week_before', days.onOrBefore(plusDays(due, -weekBefore)));
  if (dayBefore !== undefined) add('day_before', days.onOrBefore(plusDays(due, -dayBefore)));
  if (settings.due_day) add('due_day', days.onOrBefore(due));
  if (every !== undefined) {
    // From the last one that falls before this month, since holidays may move it into it.
    const before = Math.ceil(daysBetween(due, monthBegins) / every) - 1;
    for (let count = Math.max(1, before); ; count++) {
      const day = plusDays(due, count * every);
      if (monthOf(day) > month) break;
      add('overdue', days.onOrAfter(day));
    }
  }
  return found;
}
