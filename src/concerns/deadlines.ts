import type { Day } from '../school/calendar.ts';
import type { Status } from './store/tables.ts';
import { addDays, addMonths, startOf, type Week } from './weeks.ts';

/** What is promised to a sender: an answer that it has arrived, and what has come of it. */
export interface Deadlines {
  /** Seven days from the Monday of the week in which it was sent: the day itself is not known. */
  readonly acknowledgeBy: Day;
  /** Three months from it. */
  readonly feedbackBy: Day;
  /** The promise that has been broken. */
  readonly overdue?: 'acknowledge' | 'feedback';
  /** It has been broken for so long that it is the second reader's to act now, and not the first one's alone. */
  readonly escalated: boolean;
}

const ACKNOWLEDGE_DAYS = 7;
const FEEDBACK_MONTHS = 3;
const ESCALATE_DAYS = 3;

export function deadlinesOf(status: Status, week: Week, today: Day): Deadlines {
  const acknowledgeBy = addDays(startOf(week), ACKNOWLEDGE_DAYS);
  const feedbackBy = addMonths(startOf(week), FEEDBACK_MONTHS);
  const waits =
    status === 'received'
      ? { overdue: 'acknowledge', due: acknowledgeBy }
      : status === 'passed_on' || status === 'closed'
        ? undefined
        : { overdue: 'feedback', due: feedbackBy };
  if (!waits || today <= waits.due) return { acknowledgeBy, feedbackBy, escalated: false };
  return {
    acknowledgeBy,
    feedbackBy,
    overdue: waits.overdue as 'acknowledge' | 'feedback',
    escalated: today > addDays(waits.due, ESCALATE_DAYS),
  };
}
