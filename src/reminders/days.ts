import type { Calendar, Day } from '../school/calendar.ts';

/** Days as the rules of reminders need them. The calendar is asked once for each day, however many people there are. */
export interface SchoolDays {
  isSchoolDay(day: Day): boolean;
  /** The day itself where it is a school day, or else the last one before it. */
  onOrBefore(day: Day): Day;
  /** The day itself where it is a school day, or else the first one after it. */
  onOrAfter(day: Day): Day;
  /** The first school day after a day. */
  after(day: Day): Day;
  /** The `count`th school day after a day; 0 is the day itself. */
  addWorkingDays(day: Day, count: number): Day;
  academicYear: Calendar['academicYear'];
}

export function createSchoolDays(calendar: Calendar): SchoolDays {
  const isSchoolDay = onceForEach(calendar.isSchoolDay);
  const before = onceForEach(calendar.previousSchoolDay);
  const after = onceForEach(calendar.nextSchoolDay);
  return {
    isSchoolDay,
    onOrBefore: (day) => (isSchoolDay(day) ? day : before(day)),
    onOrAfter: (day) => (isSchoolDay(day) ? day : after(day)),
    after,
    addWorkingDays(day, count) {
      let reached = day;
      for (let n = 0; n < count; n++) reached = after(reached);
      return reached;
    },
    academicYear: onceForEach(calendar.academicYear),
  };
}

const MILLISECONDS = 86_400_000;

/** The day so many days later, or earlier where `count` is negative. */
export function plusDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * MILLISECONDS).toISOString().slice(0, 10);
}

/** How many days lie from one day to a later one; negative where it is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / MILLISECONDS;
}

export const laterOf = (one: Day, other: Day): Day => (one < other ? other : one);

/** `2026-11` */
export const monthOf = (day: Day): string => day.slice(0, 7);

function onceForEach<Value>(ask: (day: Day) => Value): (day: Day) => Value {
  const known = new Map<Day, Value>();
  return (day) => {
    let value = known.get(day);
    if (value === undefined) {
      value = ask(day);
      known.set(day, value);
    }
    return value;
  };
}
