import type { Outcome } from '../../src/chat/mod.ts';

/** The platform refused a call. Holds nothing of what was sent. */
export class RefusedError extends Error {
  readonly status: number;
  /** The platform's own word for it, such as `BotNotInConversationRoster`. */
  readonly code: string;
  /** Milliseconds after which to try again, where the platform says so. */
  readonly retryAfter: number | undefined;
  constructor(status: number, code: string, retryAfter: number | undefined) {
    super(`Teams answered ${status}${code === '' ? '' : ` (${code})`}`);
    this.name = 'RefusedError';
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The platform was not reached, or gave no answer. */
export class UnreachedError extends Error {
  /** Whether the call may have arrived all the same. */
  readonly mayHaveArrived: boolean;
  constructor(mayHaveArrived: boolean, code: string) {
    super(`Teams was not reached (${code})`);
    this.name = 'UnreachedError';
    this.mayHaveArrived = mayHaveArrived;
  }
}

/**
 * Statuses after which Microsoft says to try again. Only of 502 and 504 it is not certain that the call had
 * no effect.
 */
const passing = new Set([412, 429, 502, 503, 504]);
const uncertain = new Set([500, 502, 504]);

export const isPassing = (fault: unknown): fault is RefusedError =>
  fault instanceof RefusedError && passing.has(fault.status);

const minute = 60_000;

/** What a message's last fault makes of it. It is never counted as sent. */
export function outcomeOf(fault: unknown, now: number): Exclude<Outcome, { kind: 'sent' }> {
  const wait = (milliseconds: number): Outcome & { kind: 'wait' } => ({
    kind: 'wait',
    until: new Date(now + milliseconds),
  });
  if (fault instanceof UnreachedError)
    return fault.mayHaveArrived ? { kind: 'unknown', reason: 'Teams gave no answer' } : wait(minute);
  // Without a login nothing is sent.
  if (loginCode(fault) !== undefined) return wait(5 * minute);
  if (!(fault instanceof RefusedError)) return { kind: 'unknown', reason: 'the bot failed' };
  const { status, retryAfter } = fault;
  if (uncertain.has(status))
    return { kind: 'unknown', reason: `Teams answered with a fault of its own (${status})` };
  if (passing.has(status)) return wait(retryAfter ?? minute);
  // The bot's own registration is at fault, which its office puts right; the person can be reached then.
  if (status === 401) return wait(5 * minute);
  if (status === 403) return { kind: 'blocked', reason: 'they have blocked or removed the bot in Teams' };
  if (status === 404) return { kind: 'blocked', reason: 'their chat with the bot is not there any more' };
  return { kind: 'blocked', reason: `Teams does not take this message (${status})` };
}

/** The code of Microsoft's login library, where it is that which failed. */
export function loginCode(fault: unknown): string | undefined {
  if (!(fault instanceof Error) || !('errorCode' in fault)) return undefined;
  return typeof fault.errorCode === 'string' ? fault.errorCode : undefined;
}

/** What may be logged of a fault: the platform's status, or what kind of fault it was. */
export function faultInWords(fault: unknown): string {
  const code = loginCode(fault);
  if (code !== undefined) return `Microsoft’s login failed (${code})`;
  if (fault instanceof RefusedError && fault.status === 401)
    return 'Teams refuses the bot’s own login (401). Check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId';
  if (fault instanceof RefusedError || fault instanceof UnreachedError) return fault.message;
  return fault instanceof Error ? fault.name : 'an unknown fault';
}
