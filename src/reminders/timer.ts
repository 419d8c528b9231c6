import { setTimeout as pause } from 'node:timers/promises';

/**
 * The machine's own time, which leases and back-off go by: the bot's clock may stand still at another day,
 * and two processes that share a queue must mean the same instant.
 */
export interface Timer {
  now(): Date;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemTimer: Timer = {
  now: () => new Date(),
  async wait(milliseconds, signal) {
    await pause(milliseconds, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  },
};
