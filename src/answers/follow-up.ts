import { isLinking } from './features.ts';
import type { Knowledge } from './knowledge.ts';
import type { Turn } from './reply.ts';
import { stemOf } from './text.ts';
import type { Reading } from './vocabulary.ts';

/** Beginnings that lean on what was said before: "and if she's my niece?", "what about on WhatsApp?". */
const LEANING =
  /^(?:(?:ok(?:ay)?|oh|so|right|but|and|or|no|yes|yeah|well|hmm+|also|then)[\s,]+)*(?:(?:what|how) (?:about|if)|even (?:if|though|when|on|at)|if (?:it|he|she|they|i|we|my|his|her|the)|only if|unless|does (?:that|it|this) (?:apply|count|go|include|still)|is (?:that|it) (?:the same|still|also|just|only)|(?:the )?same (?:for|with|on|if|goes)|except|not even|on (?:my|a|the|his|her)|at (?:home|work|school|lunch)|in (?:my|the)|with|for|after|before|during|when|outside)\b/i;
const JOINING = /^(?:and|or|but|so)\b/i;
/** A message this short says too little to stand alone once a conversation is under way. */
const FEW_WORDS = 3;
/** One this long stands on its own feet. */
const MANY_WORDS = 14;

/** True where the message needs the turn before to make sense. */
export function leansOn(before: Turn | undefined, message: string, { words, concepts }: Reading): boolean {
  if (!before || (before.kind !== 'answer' && before.kind !== 'none' && before.kind !== 'choices'))
    return false;
  const text = message.trim();
  if (words.length === 0 || words.length > MANY_WORDS) return false;
  if (LEANING.test(text)) return true;
  if (JOINING.test(text)) return !concepts.includes('permission-question');
  return words.length <= FEW_WORDS && /\?$/.test(text);
}

/**
 * Both turns as one question. What the follow-up names takes the place of what the first question named in
 * the same slot: "can I edit Wikipedia at work" and "what about at home?" make "can I edit Wikipedia at
 * home". The rest of the follow-up is put behind.
 */
export function joined(knowledge: Knowledge, before: Turn, message: Reading): Reading {
  const first = knowledge.read(before.question);
  const words: (readonly string[])[] = first.words.map((word) => [word]);
  const placed = new Set<number>();
  for (const { concept, from, to } of message.spans) {
    const slot = knowledge.slotOf(concept);
    const old =
      slot === undefined ? undefined : first.spans.find((span) => knowledge.slotOf(span.concept) === slot);
    if (!old || placed.has(from)) continue;
    for (let at = old.from; at < old.to; at++) words[at] = [];
    words[old.from] = message.words.slice(from, to);
    for (let at = from; at < to; at++) placed.add(at);
  }
  const rest = message.words.filter(
    (word, at) => !placed.has(at) && !LEADING.has(word) && !isLinking(stemOf(word)),
  );
  return knowledge.readWords([...words.flat(), ...rest]);
}

/** Words that tie a follow-up to the turn before and say nothing more. */
const LEADING = new Set([
  'what',
  'how',
  'about',
  'even',
  'also',
  'then',
  'but',
  'same',
  'if',
  'when',
  'though',
  'ok',
  'so',
]);
