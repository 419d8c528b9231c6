import type { GuidanceEntry } from '../content/schema/language.ts';
import type { Reading } from './vocabulary.ts';

/**
 * Why an entry can't be meant, or undefined where it can. Words that look alike are often one fact apart:
 * "my niece in Year 3" and "a Year 3 girl who is like a niece". A learner weighs such a fact; a slot decides it.
 */
export function vetoOf(
  { slots }: Pick<GuidanceEntry, 'slots'>,
  { concepts }: Pick<Reading, 'concepts'>,
): string | undefined {
  for (const [slot, values] of Object.entries(slots?.must ?? {}))
    if (!values.some((value) => concepts.includes(value))) return `${slot} is not ${values.join(' or ')}`;
  for (const [slot, values] of Object.entries(slots?.must_not ?? {})) {
    const found = values.find((value) => concepts.includes(value));
    if (found !== undefined) return `${slot} is ${found}`;
  }
  return undefined;
}
