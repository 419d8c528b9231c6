import * as z from 'zod';

/** Values that several content files hold. Each message reads on from the name of the place. */

export const sentence = z.string().trim().min(1, 'must not be empty');

export const KEY_RULE = 'must be small letters, digits, "-" and ".", such as deputy-dsl';
/** What a role or a group is called in files. */
export const key = z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, KEY_RULE);

/** `2026-09-01` */
export const day = z.iso.date({
  error: ({ input }) =>
    `${input === undefined ? 'is missing' : 'is not a day that exists'}; write it as year-month-day, such as 2026-09-01`,
});

const time = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day; write it as hours:minutes, such as 08:30');

/** From a time of day until another on the same day, which is no longer part of it. */
export const hours = z.strictObject({ from: time, to: time }).superRefine(({ from, to }, context) => {
  if (from >= to)
    context.addIssue({
      code: 'custom',
      path: ['to'],
      message: 'is not after "from"; put in the time at which the working day ends',
    });
});
