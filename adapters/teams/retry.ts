import { isPassing } from './faults.ts';

export interface Patience {
  /** How often it is tried at the most. */
  readonly attempts: number;
  /** The longest that is waited between two, in milliseconds; where the platform asks for more, that was all. */
  readonly longest: number;
}

/** For somebody who looks at the screen. */
export const forSomebodyWaiting: Patience = { attempts: 4, longest: 4_000 };

/** For one of many: what is refused for a while goes back to whoever sends them, who waits without holding up others. */
export const forOneOfMany: Patience = { attempts: 2, longest: 2_000 };

/** Tries again what the platform refuses for a while, each time after twice as long. Throws the last fault. */
export async function patiently<Result>(
  call: () => Promise<Result>,
  { attempts, longest }: Patience,
  wait: (milliseconds: number) => Promise<void>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (fault) {
      if (!isPassing(fault) || attempt >= attempts) throw fault;
      // A little at random, so that those who were refused together do not come back together.
      const pause = fault.retryAfter ?? 500 * 2 ** (attempt - 1) * (1 + Math.random() / 4);
      if (pause > longest) throw fault;
      await wait(pause);
    }
  }
}
