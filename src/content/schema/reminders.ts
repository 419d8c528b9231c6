import * as z from 'zod';
import { hours, key } from './pieces.ts';

/** The shape of `reminders` in `content/school.yaml`: when people are reminded of what they owe. */

const DAYS = 'must be a whole number of days from 1 to 60, or false to leave these reminders out';

/** So many days, `true` for as many as usual; `false`, kept as `undefined`, for no such reminders. */
const daysOr = (usual: number) =>
  z
    .union([z.boolean(), z.int(DAYS).min(1, DAYS).max(60, DAYS)], { error: DAYS })
    .transform((given) => (given === true ? usual : given === false ? undefined : given))
    .prefault(usual);

const onOff = z.boolean('must be true or false').default(true);

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

const overdueList = z.strictObject({
  /** A role; the policy owner's where left out. */
  to: key.optional(),
  /** It goes on this day of each week, or on the first school day after it in that week. */
  on: z
    .enum(weekdays, { error: 'is not a day of the school week; write monday, tuesday … friday' })
    .default('monday'),
});

export const remindersSchema = z.strictObject({
  /** On the first school day of each month. */
  digest: onOff,
  /** Days before the due date. */
  week_before: daysOr(7),
  /** Days before the due date. */
  day_before: daysOr(1),
  /** On the due date. */
  due_day: onOff,
  /** Days from one to the next, once the due date is past. */
  overdue: daysOr(7),
  /** How often somebody can put off one policy until the next school day. */
  tomorrow: z
    .int('must be a whole number; 0 leaves the button out')
    .min(0, 'must be 0 or more; 0 leaves the button out')
    .max(20, 'must be 20 at the most')
    .default(3),
  /** The working hours where left out. */
  hours: hours.optional(),
  /** Who is overdue, once a week. */
  overdue_list: z
    .union([z.boolean(), overdueList], {
      error: 'must be { to: a role, on: a weekday }, or false to leave this list out',
    })
    .transform((given) => (given === true ? overdueList.parse({}) : given === false ? undefined : given))
    .prefault(true),
  /** Tells a policy's owner each month that its review is due. */
  review_dates: onOff,
});

/** How people are reminded, with every default filled in. */
export type ReminderSettings = z.infer<typeof remindersSchema>;
