import * as z from 'zod';
import { acknowledgementSchema, changeSchema } from './acknowledgement.ts';
import { sentence } from './pieces.ts';

/**
 * Shapes of the content files that hold language: guidance.yaml, notes.yaml, vocabulary.yaml,
 * elsewhere.yaml and care.yaml. Unknown keys are refused, so that a slip of the pen shows.
 */

const id = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/,
    'must be small letters, digits, "-" and ".", such as friend-parent',
  );
const phrasings = z.array(sentence).min(1, 'needs at least one way in which people would ask it');
const verdict = z.enum(['no', 'yes', 'only_if', 'advice', 'info']);

/** Slot name to the values that count, such as `who: [pupil, parent]`. */
const slotValues = z.record(z.string(), z.array(z.string()).min(1));

/** A clause to cite; with `quote`, only that part of it. */
const cited = z.union([z.string(), z.strictObject({ clause: z.string(), quote: sentence })]);

const guidanceEntry = z.strictObject({
  id,
  /** The question it answers, as shown among suggestions. */
  question: sentence,
  verdict,
  /** Plain words, one or two sentences. */
  answer: sentence,
  /** The clauses that say so; the first is quoted first. */
  clauses: z.array(cited).min(1, 'needs at least one clause that says so'),
  open: sentence.optional(),
  /** A role of school.yaml. */
  ask: id.optional(),
  next: sentence.optional(),
  /** `must`: in each slot named, the question has one of the values. `must_not`: it has none of them. */
  slots: z.strictObject({ must: slotValues.optional(), must_not: slotValues.optional() }).optional(),
  phrasings,
});

const gap = z.strictObject({
  id,
  question: sentence,
  answer: sentence,
  ask: id.optional(),
  /** Clauses that come near. */
  near: z.array(z.string()).default([]),
  phrasings,
});

export const guidanceSchema = z.strictObject({
  entries: z.array(guidanceEntry).default([]),
  gaps: z.array(gap).default([]),
});

const note = z.strictObject({
  /** Clauses whose quotes carry the note; none for a note about the whole policy. */
  clauses: z.array(z.string()).default([]),
  kind: z.enum(['missing', 'out-of-date', 'open', 'conflict', 'error']),
  note: sentence,
  /** False: for the policy's owner only, not shown with answers. */
  show: z.boolean().default(true),
});

export const notesSchema = z.strictObject({ notes: z.array(note) });

const concept = z.strictObject({
  id,
  /** Where it tells questions apart: who, what, where, when. */
  slot: id.optional(),
  /**
   * Words or phrases. `<parent>` stands for any word of that concept, `_` for up to two words that don't
   * matter. A phrase wins over the single words inside it.
   */
  words: z.array(z.string().trim().min(1)).min(1),
});

export const vocabularySchema = z.strictObject({
  /** Text-speak and common slips: as typed, as read. */
  spellings: z.record(z.string(), z.string()).default({}),
  concepts: z.array(concept).default([]),
  /** Headings and lead-ins that carry a verdict for what stands under them. */
  headings: z.partialRecord(verdict, z.array(z.string())).default({}),
});

export const elsewhereSchema = z.array(
  z.strictObject({
    id,
    topic: sentence,
    where: sentence,
    /** True where it is no matter of a school's, as the weather: met as small talk is, and never a gap in a policy. */
    small_talk: z.boolean().optional(),
    phrasings,
  }),
);

const examples = z.record(z.string(), z.array(sentence));

export const careSchema = z.strictObject({
  safeguarding: examples,
  concern: examples,
  /** Messages that sound like those and are not. */
  lookalike_policy: z.array(sentence),
  lookalike_other: z.array(sentence),
  /** Greetings, thanks, "what can you do". */
  small_talk: z.array(sentence),
});

/** A month (`2015-06`) or a day (`2015-06-30`) that exists. */
const when = z.union([z.iso.date(), z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)], {
  error: 'is not a date that exists; write a month as "2015-06" or a day as "2015-06-30"',
});

export const frontMatterSchema = z.strictObject({
  id: id.optional(),
  title: sentence.optional(),
  school: sentence.optional(),
  version: z.union([z.string(), z.number()]).transform(String).optional(),
  reviewed: when.optional(),
  review_due: when.optional(),
  owner: id.optional(),
  audience: z.array(id).optional(),
  /** Against the version before. */
  change: changeSchema.default('material'),
  acknowledgement: acknowledgementSchema.optional(),
});

export type Verdict = z.infer<typeof verdict>;
export type GuidanceEntry = z.infer<typeof guidanceEntry>;
export type Gap = z.infer<typeof gap>;
export type Note = z.infer<typeof note>;

export type Vocabulary = z.infer<typeof vocabularySchema>;
export type Elsewhere = z.infer<typeof elsewhereSchema>[number];
export type Care = z.infer<typeof careSchema>;
