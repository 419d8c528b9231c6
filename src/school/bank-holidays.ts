import { DateTime } from 'luxon';
import published from './bank-holidays-england.json' with { type: 'json' };

/**
 * England's bank holidays of one year, ISO days in order. For the years that the data file covers, these
 * are the days that GOV.UK published. For others they follow from the rule; a day that is moved or added
 * by proclamation, such as for a coronation, is then not known, and a school can enter it as a closure.
 */
export function bankHolidays(year: number): readonly string[] {
  const { first, last } = published.years;
  return year >= first && year <= last
    ? published.days.map(({ date }) => date).filter((date) => date.startsWith(`${year}-`))
    : bankHolidaysByRule(year);
}

/** Bank holidays as the Banking and Financial Dealings Act 1971 and yearly custom fix them, ISO days in order. */
export function bankHolidaysByRule(year: number): readonly string[] {
  const on = (month: number, day: number) => DateTime.utc(year, month, day);
  const easter = easterSunday(year);
  return [
    nextWeekday(on(1, 1)),
    easter.minus({ days: 2 }),
    easter.plus({ days: 1 }),
    mondayFrom(on(5, 1)),
    mondayFrom(on(5, 25)),
    mondayFrom(on(8, 25)),
    ...christmas(on(12, 25)),
  ].map((date) => date.toISODate()!);
}

/** Christmas Day and Boxing Day, or the weekdays that stand in for those that fall on a weekend. */
function christmas(day: DateTime): DateTime[] {
  const first = nextWeekday(day);
  return [first, nextWeekday(first.plus({ days: 1 }))];
}

function nextWeekday(day: DateTime): DateTime {
  return day.weekday <= 5 ? day : day.plus({ days: 8 - day.weekday });
}

/** The first Monday on or after a day. */
function mondayFrom(day: DateTime): DateTime {
  return day.plus({ days: (8 - day.weekday) % 7 });
}

/** Easter Sunday by the "anonymous Gregorian" algorithm as New Scientist printed it in 1961, its letters kept. */
function easterSunday(year: number): DateTime {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return DateTime.utc(year, month, (h + l - 7 * m + 33 * month + 19) % 32);
}
