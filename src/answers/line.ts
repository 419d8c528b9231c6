import type { Citation, Reply, ReplyKind, Verdict, Why } from './reply.ts';
import { verdictWords } from './verdict.ts';

/** A reply as other programs read it: one JSON object on one line. */
export interface ReplyLine {
  readonly id: string | number | null;
  readonly kind: ReplyKind;
  /** Of the first question in the message. */
  readonly verdict: Verdict | null;
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly confidence: number;
  readonly suggestions: readonly string[];
  readonly why: Why;
}

export function replyLine(id: string | number | null, reply: Reply): ReplyLine {
  return {
    id,
    kind: reply.kind,
    verdict: reply.answers[0]?.verdict ?? null,
    text: replyText(reply),
    citations: reply.answers.flatMap(({ citations }) => citations),
    confidence: reply.confidence,
    suggestions: reply.suggestions,
    why: reply.why,
  };
}

function replyText({ kind, answers, plain }: Reply): string {
  if (kind !== 'answer') return plain;
  const answered = answers.map(({ verdict, plain: words, open, next }) =>
    [`${verdictWords[verdict]}:`, words, open && `Left open: ${open}`, next && `What to do: ${next}`]
      .filter(Boolean)
      .join(' '),
  );
  return [...answered, plain].filter(Boolean).join('\n');
}
