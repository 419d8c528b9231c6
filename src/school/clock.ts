/** Where the time comes from. Handed to whatever needs it, so that a preview or a test can have a time of its own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved, and moves only forward, as time does. */
export interface ManualClock extends Clock {
  /** @throws RangeError where `time` lies before the clock's own time, or is no time at all. */
  moveTo(time: Date): void;
}

export function manualClock(start: Date): ManualClock {
  let now = start.getTime();
  if (Number.isNaN(now)) throw new RangeError('A clock cannot start at an invalid date.');
  return {
    now: () => new Date(now),
    moveTo(time) {
      const next = time.getTime();
      // Written so that an invalid date, which compares as false, is refused too.
      if (!(next >= now))
        throw new RangeError(
          `A clock only moves forward: ${time} is not after ${new Date(now).toISOString()}.`,
        );
      now = next;
    },
  };
}
