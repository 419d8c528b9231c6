import * as z from 'zod';
import { day, key, sentence } from './pieces.ts';

/**
 * The part of a policy's front matter that asks people to acknowledge it. Unknown keys are refused, so that a
 * slip of the pen shows.
 */

const LONG = 'has more than 75 characters; shorten it, so that it fits on a phone';
/** YAML reads an unquoted 18 as a number. */
const option = z.union([sentence.max(75, LONG), z.number().transform(String)], {
  error: 'must be a few words; put true, false or nothing but a number in quotes',
});

const checkQuestion = z
  .strictObject({
    question: sentence.max(300, 'has more than 300 characters; shorten it, so that it fits on a phone'),
    /** In the order in which they are shown. */
    options: z.array(option).min(2, 'needs at least two options').max(6, 'has more than six options'),
    /** The right option, word for word. */
    answer: option,
    /** The clause that says so. */
    because: z.string().optional(),
  })
  .superRefine(({ options, answer }, context) => {
    if (!options.includes(answer))
      context.addIssue({
        code: 'custom',
        path: ['answer'],
        message: 'is none of the options; copy the right one, word for word',
      });
    const twin = options.findIndex((each, index) => options.indexOf(each) !== index);
    if (twin >= 0)
      context.addIssue({
        code: 'custom',
        path: ['options', twin],
        message: 'stands there twice; take one of them out',
      });
  });

export const changeSchema = z.enum(['material', 'minor'], {
  error:
    'must be material (everybody is asked to acknowledge it again) or minor (earlier acknowledgements still count)',
});

const fields = z.strictObject(
  {
    /** Groups that roles of school.yaml belong to, or roles; the policy's own audience where left out. */
    audience: z.array(key).min(1, 'names nobody; name a group, or take the line out').optional(),
    /** In each later academic year it opens on 1 September. */
    opens: day,
    /** In each later academic year it is due on the same day of the same month. */
    due: day,
    joiners_within_working_days: z
      .int('must be a whole number of school days, such as 10')
      .min(0, 'must be 0 or more')
      .max(200, 'must be 200 at the most, which is longer than a school year')
      .default(10),
    check_questions: z
      .array(checkQuestion)
      .max(3, 'has more than three questions; keep the three that matter most')
      .default([]),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type'
        ? 'must hold "opens" and "due", each on a line of its own below it, further to the right'
        : undefined,
  },
);

export const acknowledgementSchema = fields.superRefine(({ opens, due }, context) => {
  if (due < opens)
    context.addIssue({
      code: 'custom',
      path: ['due'],
      message: `is before "opens" (${opens}); put in the last day on which to acknowledge`,
    });
});

export type Change = z.infer<typeof changeSchema>;
export type AcknowledgementRules = z.infer<typeof acknowledgementSchema>;
export type CheckQuestion = z.infer<typeof checkQuestion>;
