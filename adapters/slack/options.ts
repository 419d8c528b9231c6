import { setTimeout as pause } from 'node:timers/promises';

/** How the bot reaches Slack, and Slack the bot. */
export interface SlackOptions {
  readonly botToken: string;
  readonly connection: Connection;
  /** Slack's own where undefined. */
  readonly apiUrl: string | undefined;
}

/** `socket`: the bot calls Slack, and needs no address of its own · `http`: Slack calls the bot. */
type Connection =
  | { readonly mode: 'socket'; readonly appToken: string }
  | { readonly mode: 'http'; readonly signingSecret: string };

/** The clock that waits and rates are kept by. */
export interface Time {
  /** Milliseconds. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when `cut` is aborted. */
  wait(milliseconds: number, cut?: AbortSignal): Promise<void>;
}

export const realTime: Time = {
  now: () => Date.now(),
  async wait(milliseconds, cut) {
    try {
      await pause(milliseconds, undefined, cut && { signal: cut });
    } catch {
      // Cut short, which is what was asked for.
    }
  },
};
