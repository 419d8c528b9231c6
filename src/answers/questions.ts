/** A message's sentences, in order; at most so many are looked at, the first and the last, where people say what matters. */
const SENTENCES = 40;
/** Characters. A "sentence" longer than this has no full stops in it and is taken in pieces. */
const PIECE = 400;

/**
 * Every sentence of a message, also of one too long to be read as a whole. Empty where the message is a
 * single sentence.
 */
export function sentencesIn(message: string): string[] {
  const sentences = message
    .split(/(?<=[.!?;…])\s+|\n+/)
    .flatMap((sentence) => piecesOf(sentence.trim()))
    .filter((sentence) => sentence !== '');
  if (sentences.length < 2) return [];
  if (sentences.length <= SENTENCES) return sentences;
  return [...sentences.slice(0, SENTENCES / 2), ...sentences.slice(-SENTENCES / 2)];
}

function piecesOf(sentence: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < sentence.length; at += PIECE) pieces.push(sentence.slice(at, at + PIECE));
  return pieces;
}

/**
 * The questions of one message. Sentences that ask nothing belong to the question after them ("My niece is
 * in Year 3 here. Can we keep chatting?"), or to the last one. A message without a plain question in it is
 * one question.
 */
export function questionsIn(message: string): string[] {
  const parts = message
    .split(/(?<=[?!.;])\s+|\n+/)
    .flatMap((sentence) => sentence.split(JOINED))
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const questions: string[] = [];
  let context: string[] = [];
  for (const part of parts) {
    context.push(part);
    if (!ASKS.test(part)) continue;
    questions.push(context.join(' '));
    context = [];
  }
  if (questions.length < 2) return [message];
  if (context.length > 0) questions.push([questions.pop()!, ...context].join(' '));
  return questions;
}

/** True where a message is put as a question, whatever it is about. */
export const asks = (message: string): boolean => PUT_AS_QUESTION.test(message);

const STARTS = '(?:can|could|may|do|does|is|are|am|what|whats|who|when|where|how|why|would|should|will)\\b';
const ASKS = new RegExp(`\\?\\s*$|^${STARTS}`, 'i');
const PUT_AS_QUESTION = new RegExp(
  `\\?|^\\W*(?:${STARTS}|(?:any|did|had|has|have|if|must|need|shall|was|were|which|whose)\\b)`,
  'i',
);
/** "… and can I …": a second question without a full stop before it. */
const JOINED = new RegExp(`,?\\s+(?:and|also|plus)\\s+(?:also\\s+)?(?=${STARTS})`, 'i');
