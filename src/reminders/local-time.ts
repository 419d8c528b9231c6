import { DateTime, IANAZone } from 'luxon';
import type { Day } from '../school/calendar.ts';
import type { Person } from '../school/people.ts';

/** What the clock on the wall shows. */
interface WallClock {
  readonly day: Day;
  /** `08:30` */
  readonly time: string;
}

/** Where a person is, as far as a platform knows it; at the school where it does not, or names no real zone. */
type Somewhere = Pick<Person, 'timeZone'>;

/** Instants as people see them, each in a time zone of their own. */
export interface LocalTime {
  at(instant: Date, person: Somewhere): WallClock;
  /** The first instant of a day. */
  startOf(day: Day, person: Somewhere): Date;
}

/** Asked for the same instant again, as it is for each person in turn, it works that out once for each zone. */
export function createLocalTime(schoolZone: string): LocalTime {
  const zones = new Map<string | undefined, string>([[undefined, schoolZone]]);
  const zoneOf = ({ timeZone }: Somewhere): string => {
    const known = zones.get(timeZone);
    if (known !== undefined) return known;
    const zone = timeZone !== undefined && IANAZone.isValidZone(timeZone) ? timeZone : schoolZone;
    zones.set(timeZone, zone);
    return zone;
  };
  const starts = new Map<string, Date>();
  let now = Number.NaN;
  const clocks = new Map<string, WallClock>();
  return {
    at(instant, person) {
      if (instant.getTime() !== now) {
        now = instant.getTime();
        clocks.clear();
      }
      const zone = zoneOf(person);
      const known = clocks.get(zone);
      if (known) return known;
      const local = DateTime.fromJSDate(instant, { zone });
      const day = local.toISODate();
      if (day === null) throw new RangeError('This is not a valid date.');
      const clock = { day, time: local.toFormat('HH:mm') };
      clocks.set(zone, clock);
      return clock;
    },
    startOf(day, person) {
      const zone = zoneOf(person);
      const key = `${zone} ${day}`;
      const start = starts.get(key) ?? DateTime.fromISO(day, { zone }).startOf('day').toJSDate();
      starts.set(key, start);
      return start;
    },
  };
}
