import type { Card, Outcome, SendOptions } from '../chat/mod.ts';
import type { Day } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import type { Account } from '../school/people.ts';
import type { Settlement } from '../store/reminder-settlement.ts';
import type { QueuedReminder } from '../store/reminders.ts';
import type { Holds } from './holds.ts';
import type { Notice } from './notice.ts';
import type { Timer } from './timer.ts';

/** Sends a card to one account. One that rejects may have sent it. */
export type Deliver = (
  delivery: { readonly to: Account; readonly card: Card; readonly key: string },
  options: SendOptions,
) => Promise<Outcome>;

export interface TryParts<N extends Notice> {
  readonly stillOwed?: (reminder: N) => Promise<N | undefined> | N | undefined;
  readonly render: (reminder: N) => Promise<Card> | Card;
  readonly carried?: (reminder: N) => readonly QueuedReminder[];
  readonly deliver: Deliver;
  readonly onFault?: (error: unknown) => void;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly holds: Holds;
  readonly pace: {
    readonly answerWithin: number;
    readonly backOff: (tries: number) => number;
  };
}

/** No message is put off for longer, in milliseconds, whatever a platform asks for. */
const LONGEST_WAIT = 3_600_000;

/** Sends one message that was claimed, and says what is to be written down of it. Never rejects. */
export async function trySending<N extends Notice>(
  notice: N,
  { tries, again, today }: { readonly tries: number; readonly again: boolean; readonly today: Day },
  { stillOwed, render, carried, deliver, onFault, clock, timer, holds, pace }: TryParts<N>,
): Promise<Settlement> {
  const now = () => timer.now().getTime();
  const backedOff = () => new Date(now() + pace.backOff(tries));

  let current: N | undefined;
  let card: Card;
  try {
    current = stillOwed ? await stillOwed(notice) : notice;
    if (!current) return { kind: 'dropped', at: clock.now() };
    card = await render(current);
  } catch (error) {
    // One message that can't be written holds up no other.
    onFault?.(error);
    return { kind: 'again', notBefore: backedOff(), maybeGone: false, reason: 'it could not be written' };
  }

  let reason = 'no account on a chat platform that is in use';
  for (const to of current.person.accounts) {
    const options: SendOptions = { bulk: true, ...(again && { again }) };
    const outcome = await answerOf(() => deliver({ to, card, key: notice.key }, options), timer, {
      within: pace.answerWithin,
      ...(onFault && { onFault }),
    });
    if (outcome.kind === 'unknown') {
      holds.unanswered(to.platform, now());
      return { kind: 'again', notBefore: backedOff(), maybeGone: true, reason: outcome.reason };
    }
    holds.answered(to.platform);
    switch (outcome.kind) {
      case 'sent': {
        const { platform } = to;
        const { message } = outcome;
        const beside = carried?.(current) ?? [];
        return {
          kind: 'sent',
          at: clock.now(),
          platform,
          message,
          items: current.items,
          ...(beside.length > 0 && { carried: beside }),
        };
      }
      case 'wait': {
        const asked = outcome.until.getTime();
        const until = asked > now() ? Math.min(asked, now() + LONGEST_WAIT) : backedOff().getTime();
        holds.refused(to.platform, until, now());
        const notBefore = new Date(until);
        return { kind: 'again', notBefore, maybeGone: false, reason: 'too much is being sent' };
      }
      case 'blocked':
        reason = outcome.reason;
    }
  }
  return { kind: 'blocked', at: clock.now(), reason, retryOn: daysAfter(today, 2 ** Math.min(tries - 1, 3)) };
}

/** The adapter's answer, or `unknown` where it fails or takes too long. */
async function answerOf(
  send: () => Promise<Outcome>,
  timer: Timer,
  { within, onFault }: { readonly within: number; readonly onFault?: (error: unknown) => void },
): Promise<Outcome> {
  const answered = new AbortController();
  const late = timer
    .wait(within, answered.signal)
    .then((): Outcome => ({ kind: 'unknown', reason: 'the platform did not answer in time' }));
  const sent = Promise.try(send).catch((error: unknown): Outcome => {
    onFault?.(error);
    return { kind: 'unknown', reason: 'the chat failed' };
  });
  try {
    return await Promise.race([sent, late]);
  } finally {
    answered.abort();
  }
}

/** At the most a week. */
function daysAfter(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + Math.min(days, 7));
  return date.toISOString().slice(0, 10);
}
