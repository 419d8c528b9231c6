import { DateTime } from 'luxon';
import type { School } from '../content/schema/school.ts';
import { bankHolidays } from './bank-holidays.ts';

/** A day in the school's time zone, ISO: `2026-09-01`. Two days compare as text. */
export type Day = string;

interface AcademicYear {
  /** `2026/27` */
  readonly name: string;
  /** 1 September. */
  readonly first: Day;
  /** 31 August. */
  readonly last: Day;
}

/**
 * Which days the school is at work. A school day is a weekday in a term, with no closure and no bank
 * holiday; INSET days are closures, since staff are in training and messages can wait. Where the school
 * has listed no term of an academic year, nothing is known of its holidays, and every weekday of that
 * year that is no bank holiday counts: a message in the holidays does less harm than none at all.
 *
 * Every method that takes a day throws a RangeError for one that does not exist.
 */
export interface Calendar {
  /** The day it is at an instant. */
  dayOf(instant: Date): Day;
  isSchoolDay(day: Day): boolean;
  /** The first school day after a day. */
  nextSchoolDay(day: Day): Day;
  /** The last school day before a day. */
  previousSchoolDay(day: Day): Day;
  /** The `count`th school day after a day; 0 is the day itself. @throws RangeError unless `count` is 0, 1, 2 … */
  addWorkingDays(day: Day, count: number): Day;
  academicYear(day: Day): AcademicYear;
  /** Is it a school day, and within working hours? The closing time itself is not. */
  isWorkingTime(instant: Date): boolean;
  /** The instant itself where it is working time, or else the next opening. */
  nextWorkingTime(instant: Date): Date;
}

/** Longer than two academic years of which only the first and the last term are listed. */
const SEARCH_LIMIT = 1000;

export function createCalendar({
  time_zone: zone,
  working_hours: hours,
  terms,
}: Pick<School, 'time_zone' | 'working_hours' | 'terms'>): Calendar {
  // By its last day: a term that opens in the last days of August belongs to the year that follows.
  const listedYears = new Set(terms.map((term) => academicYear(term.to).name));
  const holidays = new Map<number, ReadonlySet<Day>>();

  function isBankHoliday(day: Day): boolean {
    const year = Number(day.slice(0, 4));
    const known = holidays.get(year) ?? new Set(bankHolidays(year));
    holidays.set(year, known);
    return known.has(day);
  }

  function isSchoolDay(day: Day): boolean {
    if (parse(day).weekday > 5 || isBankHoliday(day)) return false;
    const term = terms.find(({ from, to }) => from <= day && day <= to);
    if (!term) return !listedYears.has(academicYear(day).name);
    return !term.closed.some(({ from, to }) => from <= day && day <= (to ?? from));
  }

  function search(from: Day, step: 1 | -1): Day {
    const start = parse(from);
    for (let distance = 1; distance <= SEARCH_LIMIT; distance++) {
      const day = format(start.plus({ days: step * distance }));
      if (isSchoolDay(day)) return day;
    }
    throw new RangeError(
      `There is no school day within ${SEARCH_LIMIT} days of ${from}. Look at the terms in school.yaml.`,
    );
  }

  const local = (instant: Date): DateTime => DateTime.fromJSDate(instant, { zone });
  // Nearly everybody asks for today, and to work out a day takes as long as a good part of an answer.
  let known = { day: '', from: 0, until: 0 };
  function dayOf(instant: Date): Day {
    const at = instant.getTime();
    if (known.from <= at && at < known.until) return known.day;
    const start = local(instant).startOf('day');
    const until = start.plus({ days: 1 }).startOf('day').toMillis();
    known = { day: format(start), from: start.toMillis(), until };
    return known.day;
  }
  const timeOf = (instant: Date): string => local(instant).toFormat('HH:mm');

  function isWorkingTime(instant: Date): boolean {
    const time = timeOf(instant);
    return hours.from <= time && time < hours.to && isSchoolDay(dayOf(instant));
  }

  return {
    dayOf,
    isSchoolDay,
    nextSchoolDay: (day) => search(day, 1),
    previousSchoolDay: (day) => search(day, -1),
    addWorkingDays(day, count) {
      if (!Number.isInteger(count) || count < 0)
        throw new RangeError(`Working days are counted in whole numbers from 0, not ${count}.`);
      let reached = format(parse(day));
      for (let n = 0; n < count; n++) reached = search(reached, 1);
      return reached;
    },
    academicYear,
    isWorkingTime,
    nextWorkingTime(instant) {
      if (isWorkingTime(instant)) return instant;
      const today = dayOf(instant);
      const opensToday = isSchoolDay(today) && timeOf(instant) < hours.from;
      const day = opensToday ? today : search(today, 1);
      // Made from the wall clock of that day, so that a clock change in between moves nothing.
      return DateTime.fromISO(`${day}T${hours.from}`, { zone }).toJSDate();
    },
  };
}

function academicYear(day: Day): AcademicYear {
  const { year, month } = parse(day);
  const first = month >= 9 ? year : year - 1;
  const short = String((first + 1) % 100).padStart(2, '0');
  return { name: `${first}/${short}`, first: `${first}-09-01`, last: `${first + 1}-08-31` };
}

/** In UTC, where every day is 24 hours long. */
function parse(day: Day): DateTime {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(day) ? DateTime.fromISO(day, { zone: 'utc' }) : undefined;
  if (!date?.isValid) throw new RangeError(`"${day}" is not a day that exists; days are written 2026-09-01.`);
  return date;
}

function format(date: DateTime): Day {
  const day = date.toISODate();
  if (day === null) throw new RangeError('This is not a valid date.');
  return day;
}
