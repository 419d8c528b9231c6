import type { Day } from '../school/calendar.ts';
import type { Person } from '../school/people.ts';
import type { ReminderItem } from '../store/reminders.ts';

/** A message that goes out by itself: a reminder, or any other that has a key of its own. */
export interface Notice {
  readonly person: Person;
  /** Why it goes out, in one word. */
  readonly rung: string;
  /** The day on which it is to go, in the person's own time zone. */
  readonly day: Day;
  readonly items: readonly ReminderItem[];
  /** The same for the same message, whoever works it out. */
  readonly key: string;
}
