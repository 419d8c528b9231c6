import type { School } from '../content/schema/school.ts';
import { createCalendar, type Day } from '../school/calendar.ts';

/**
 * What concerns are counted by: a term with the holiday after it, or the academic year where the school has
 * listed no terms.
 */
export interface Periods {
  /** The one that a day is in. */
  nameOf(day: Day): string;
  /** Whether a period is over, so that its counts change no more. One that is not known any more is over. */
  isOver(name: string, today: Day): boolean;
}

export function createPeriods(school: Pick<School, 'terms' | 'time_zone' | 'working_hours'>): Periods {
  const { academicYear } = createCalendar(school);
  const { terms } = school;

  function nameOf(day: Day): string {
    const year = academicYear(day);
    const term = terms.findLast(({ from }) => from <= day);
    // After the last term that is listed, its name would go on for ever.
    return term && academicYear(term.to).last >= day ? term.name : year.name;
  }
  return {
    nameOf,
    isOver: (name, today) => name !== nameOf(today),
  };
}
