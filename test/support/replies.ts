import type { Answer, Answerer, Citation, Reply, Turn } from '../../src/answers/reply.ts';

const why = { candidates: [], corrected: [['phon', 'phone']], slots: [], rule: 'test' } as const;
const base = { asked: '', answers: [], plain: '', near: [], suggestions: [], confidence: 0, why } as const;

const citation: Citation = {
  policy: 'phones',
  clause: 'work.pupils',
  section: 'Phones at work',
  quote: 'Staff must: … not call pupils from a phone of their own.',
};

const stamp = { id: 'phones', title: 'Phone Policy', version: '2', reviewDue: '2018-06' };

const callPupil: Answer = {
  title: 'Can I call a pupil from my own phone?',
  verdict: 'no',
  plain: 'No. Use a school phone.',
  citations: [citation],
  notes: ['The school has two phones.'],
  open: 'Whether you may text a parent.',
  next: 'Ask for a school phone.',
  ask: 'headteacher',
  entry: 'call-pupil',
  policy: stamp,
};

/** The verdict in words, but no words: a clause has to speak for itself. */
const clauseOnly: Answer = {
  title: 'Phones at work',
  verdict: 'info',
  plain: '',
  citations: [citation],
  notes: [],
  policy: stamp,
};

const suggestions = ['Where do I keep my phone?', `Is ${'this very '.repeat(12)}long?`];

const replies = {
  answer: { ...base, kind: 'answer', answers: [callPupil], suggestions, confidence: 0.9 },
  two: { ...base, kind: 'answer', answers: [callPupil, clauseOnly], confidence: 0.9 },
  choices: { ...base, kind: 'choices', plain: 'Did you mean:', suggestions, confidence: 0.5 },
  none: { ...base, kind: 'none', plain: 'Nothing is said of lunch.', near: [citation], ask: 'headteacher' },
  safeguarding: { ...base, kind: 'safeguarding', plain: 'Tell somebody.', confidence: 1 },
  concern: { ...base, kind: 'concern', plain: 'You may want to raise a concern.', confidence: 1 },
  help: { ...base, kind: 'help', plain: 'You are welcome.' },
} as const satisfies Record<string, Reply>;

/** Answers with the reply whose name the question begins with, or else that nothing is said of it; "and" follows up. */
export function scriptedAnswerer(): Answerer & {
  readonly heard: { question: string; before?: Turn | undefined }[];
} {
  const heard: { question: string; before?: Turn | undefined }[] = [];
  return {
    heard,
    answer(question, before) {
      heard.push({ question, before });
      const name = question.split(' ')[0] ?? '';
      const reply = Object.hasOwn(replies, name) ? replies[name as keyof typeof replies] : replies.none;
      return { ...reply, asked: before && name === 'and' ? `${before.question} ${question}` : question };
    },
  };
}
