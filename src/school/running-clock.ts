import type { ManualClock } from './clock.ts';

/** A clock that runs with the system's, some time ahead of it. */
export interface RunningClock extends ManualClock {
  /** Milliseconds. */
  readonly ahead: number;
}

/** `ahead` is in milliseconds. */
export function runningClock({ system = Date.now, ahead: start = 0 } = {}): RunningClock {
  let ahead = start;
  const now = (): number => system() + ahead;
  return {
    now: () => new Date(now()),
    moveTo(time) {
      const next = time.getTime();
      // Written so that an invalid date, which compares as false, is refused too.
      if (!(next >= now()))
        throw new RangeError(`A clock only moves forward: ${time} lies before its own time.`);
      ahead += next - now();
    },
    get ahead() {
      return ahead;
    },
  };
}
