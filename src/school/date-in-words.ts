/** `2018-06` as `June 2018`, `2018-06-30` as `30 June 2018`. */
export function dateInWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    ...(day !== undefined && { day: 'numeric' }),
  }).format(Date.UTC(year!, month! - 1, day ?? 1));
}
