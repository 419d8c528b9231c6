/**
 * The questions of one message. Sentences that ask nothing belong to the question after them ("My niece is
 * in Year 3 here. Can we keep chatting?"), or to the last one. A message without a plain question in it is
 * one question.
 */
export function questionsIn(message: string): string[] {
  const parts = message
    .split(/(?<=[?!.;])\s+|\n+/)
    .flatMap((sentence) =>
      sentence.split(
        /,?\s+(?:and|also|plus)\s+(?:also\s+)?(?=(?:can|could|may|do|does|is|are|am|what|who|when|where|how|why|would|should|will)\b)/i,
      ),
    )
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

const ASKS =
  /\?\s*$|^(?:can|could|may|do|does|is|are|am|what|whats|who|when|where|how|why|would|should|will)\b/i;
