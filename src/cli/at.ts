import { DateTime } from 'luxon';
import { InputError } from './shell.ts';

const dayOnly = /^\d{4}-\d{2}-\d{2}$/;
const dayAndTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?$/;
const [EARLIEST, LATEST] = [2000, 2100];
const withZone = /(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * An instant that somebody typed, such as `2026-12-01T09:00`: in the school's zone where it names none. A day
 * alone is its last moment, where it may stand alone. @throws InputError where there is no such time
 */
export function readInstant(text: string, zone: string, dayAlone: 'its end' | 'refused'): Date {
  const iso = text.trim().replace(' ', 'T');
  const isDay = dayOnly.test(iso);
  if ((!isDay || dayAlone === 'refused') && !dayAndTime.test(iso))
    throw new InputError(
      `--at "${text}" is not a ${isDay ? 'time of day' : 'time'}. Write it as 2026-12-01T09:00; without a zone it is the school's time (${zone}).`,
    );
  const time = DateTime.fromISO(iso, { zone });
  if (!time.isValid || time.year < EARLIEST || time.year > LATEST)
    throw new InputError(
      `--at "${text}" is a day or a time that does not exist, or lies far away. Take one from ${EARLIEST} to ${LATEST}.`,
    );
  // In the hour that is left out in spring, the clock on the wall never shows what was asked for.
  if (!isDay && !withZone.test(iso) && !time.toISO().startsWith(iso))
    throw new InputError(
      `--at "${text}" does not exist in ${zone}: the clocks go forward over it. Take an hour later.`,
    );
  if (isDay) return time.endOf('day').toJSDate();
  // What comes twice in autumn is taken the first time.
  const instants = time.getPossibleOffsets().map((each) => each.toMillis());
  return new Date(Math.min(...instants));
}
