import type { Reply } from '../../src/answers/reply.ts';

/** A question with what a right reply to it is. */
export interface Question {
  readonly id: string;
  readonly q: string;
  readonly kind: 'answer' | 'none' | 'safeguarding' | 'concern';
  readonly verdict: string | null;
  /** Verbatim parts of the policy; a first citation that holds any of them is right. */
  readonly gold?: readonly string[];
}

/** Shares, 0 to 1. */
export interface Score {
  /** Of the questions that the policy answers: answered, and the first citation says so. */
  readonly hit: number;
  /** Of those, the ones with the right verdict. */
  readonly verdict: number;
  /** Of the questions that it does not answer: said so. */
  readonly abstain: number;
  readonly safeguarding: number;
  /** Of all others but concerns: sent to the safeguarding lead. */
  readonly falseAlarms: number;
  readonly concern: number;
}

/** Counts how well questions are answered. */
export function scoreOf(questions: readonly Question[], answer: (question: string) => Reply): Score {
  const replies = questions.map((question) => ({ question, reply: answer(question.q) }));
  const of = (kind: Question['kind']) => replies.filter(({ question }) => question.kind === kind);
  const hits = of('answer').filter(({ question, reply }) => cites(reply, question.gold ?? []));
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  const count = (all: typeof replies, ...kinds: Reply['kind'][]): number =>
    share(all.filter(({ reply }) => kinds.includes(reply.kind)).length, all.length);
  return {
    hit: share(hits.length, of('answer').length),
    verdict: share(
      hits.filter(({ question, reply }) => reply.answers[0]!.verdict === question.verdict).length,
      hits.length,
    ),
    abstain: count(of('none'), 'none', 'help'),
    safeguarding: count(of('safeguarding'), 'safeguarding'),
    falseAlarms: count([...of('answer'), ...of('none')], 'safeguarding'),
    concern: count(of('concern'), 'concern', 'safeguarding'),
  };
}

function cites({ kind, answers }: Reply, gold: readonly string[]): boolean {
  const first = plain(answers[0]?.citations[0]?.quote ?? '');
  return kind === 'answer' && gold.some((part) => first.includes(plain(part)));
}

const plain = (text: string): string =>
  text.replace(/[*+_]/g, '').replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();
