import { Bounded } from '../chat/bounded.ts';

/** `2018-06` as `June 2018`, `2018-06-30` as `30 June 2018`. */
export function dateInWords(date: string): string {
  const written = inWords.get(date) ?? write(date);
  inWords.set(date, written);
  return written;
}

// Each answer of a policy says the same date.
const inWords = new Bounded<string>(1_000);

function write(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  const form = day === undefined ? monthForm : dayForm;
  return form.format(Date.UTC(year!, month! - 1, day ?? 1));
}

// To make one takes longer than all else of an answer's card.
const monthForm = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', year: 'numeric', month: 'long' });
const dayForm = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
});
