/** `23 November 2026` */
export function dayInWords(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

/** `the week of 23 November 2026`, for `2026-W48`. What is no week is given back as it is. */
export function weekInWords(week: string): string {
  const [, year = '', number = ''] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (year === '') return week;
  // The first week is the one with the fourth of January in it.
  const fourth = new Date(Date.UTC(Number(year), 0, 4));
  const sinceMonday = (fourth.getUTCDay() + 6) % 7;
  const monday = new Date(Date.UTC(Number(year), 0, 4 - sinceMonday + 7 * (Number(number) - 1)));
  return `the week of ${dayInWords(monday.toISOString().slice(0, 10))}`;
}
