import { DateTime } from 'luxon';
import { InOrder } from '../../src/chat/in-order.ts';

/** The preview's own time, which can be moved forward. */
export interface Travel {
  /** `23 Nov 2026, 09:00` */
  inWords(): string;
  /** As a browser's date and time field writes it: `2026-11-23T09:00`. */
  now(): string;
  /**
   * Moves there day by day, and through each day’s times, so that all goes out that would have; a step is a name of `steps`, else a time as
   * in a date and time field. Returns why not, in words, where it can't be.
   */
  moveTo(where: string): Promise<string | undefined>;
}

export interface TravelParts {
  readonly clock: { now(): Date; moveTo(time: Date): void };
  /** An IANA zone. */
  readonly timeZone: string;
  /** When the bot first writes to people on a day: `08:00`. */
  readonly dayBegins: string;
  /** When else it writes to people on a day: `15:30`. */
  readonly alsoAt?: readonly string[];
  /** Sends what is due by the clock. */
  readonly tick: () => Promise<void>;
}

/** Ways on that need no date. Each ends when the bot has written to people that day. */
export const steps: Readonly<Record<string, { readonly label: string; readonly add: object }>> = {
  day: { label: 'One day on', add: { days: 1 } },
  week: { label: 'One week on', add: { weeks: 1 } },
  month: { label: 'One month on', add: { months: 1 } },
};

/** Each day on the way is gone through. */
const longest = { days: 400 };

export function createTravel({ clock, timeZone, dayBegins, alsoAt = [], tick }: TravelParts): Travel {
  const turns = new InOrder();
  const here = (): DateTime => DateTime.fromJSDate(clock.now(), { zone: timeZone });

  function read(where: string): DateTime | undefined {
    const step = Object.hasOwn(steps, where) ? steps[where] : undefined;
    if (step) return beginOf(here().plus(step.add)).plus({ hours: 1 });
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(where)) return undefined;
    const time = DateTime.fromISO(where, { zone: timeZone });
    return time.isValid ? time : undefined;
  }

  function at(day: DateTime, time: string): DateTime {
    const [hour, minute] = time.split(':').map(Number);
    return day.set({ hour: hour!, minute: minute!, second: 0, millisecond: 0 });
  }
  const beginOf = (day: DateTime): DateTime => at(day, dayBegins);
  const times = [...new Set([dayBegins, ...alsoAt])].sort();

  async function go(to: DateTime): Promise<void> {
    // What is under way goes by the time that it began at.
    await tick();
    for (let day = here().startOf('day'); day < to; day = day.plus({ days: 1 }))
      for (const next of times.map((time) => at(day, time))) {
        if (next <= here() || next >= to) continue;
        clock.moveTo(next.toJSDate());
        await tick();
      }
    if (to > here()) clock.moveTo(to.toJSDate());
    await tick();
  }

  return {
    inWords: () => here().setLocale('en-GB').toFormat('d LLL yyyy, HH:mm'),
    now: () => here().toFormat("yyyy-MM-dd'T'HH:mm"),
    moveTo: (where) =>
      turns.run('', async () => {
        const to = read(where);
        if (!to) return 'Please give a day and a time, such as 1 December 2026, 09:00.';
        // The field has no seconds, so “now” in it lies a little back.
        if (to < here().startOf('minute'))
          return 'Time moves forward only. To begin anew, start with “npm start -- --fresh”.';
        if (to > here().plus(longest)) return 'Please move a year at a time.';
        await go(to);
        return undefined;
      }),
  };
}
