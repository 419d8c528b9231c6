import { type Clause, type Content, type Policy, quoteOf } from '../content/content.ts';
import type { Gap } from '../content/schema/language.ts';
import type { FoundClause } from './clause-search.ts';
import { exampleQuestions } from './examples.ts';
import type { Judgement, LikelyEntry } from './judge.ts';
import type { Knowledge, Likely } from './knowledge.ts';
import type { Answer, Citation, Reply, ReplyKind, Why } from './reply.ts';
import type { FoundSection } from './section-request.ts';
import { stemOf, wordsOf } from './text.ts';
import type { Reading } from './vocabulary.ts';

/** At most so many related questions, choices, and candidates in `why`. */
const RELATED = 3;
const CANDIDATES = 5;
/** An entry this likely is worth offering where the policies do not say. */
const WORTH_OFFERING = 0.08;

/** What each kind of reply says where content has no words of its own for it. */
const WORDS: Readonly<Record<ReplyKind, string>> = {
  answer: '',
  choices: 'I am not sure what you mean. Did you mean one of these?',
  none: 'The policy does not say.',
  safeguarding: '',
  concern:
    'You may want to report something. Please do not type it here: a chat is kept. What you typed has not been stored.',
  help: 'Ask me what you may and may not do, in your own words.',
};

/** To what is no question about a policy. */
const NOT_ASKED = `I did not understand that as a question about the policies. ${WORDS.help}`;

/** The reply that a judgement leads to. */
export function judgedReply(
  content: Content,
  knowledge: Knowledge,
  reading: Reading,
  judgement: Judgement,
  asked: string,
): Reply {
  const why = whyOf(knowledge, reading, judgement);
  const base = (kind: ReplyKind): Reply => bareReply(kind, asked, judgement.confidence, why);
  const { band, entries, clauses, likely } = judgement;
  switch (band) {
    case 'entry':
      return {
        ...base('answer'),
        answers: [entryAnswer(entries[0]!)],
        suggestions: questionsOf(entries.slice(1)),
      };
    case 'clause':
      return { ...base('answer'), answers: [clauseAnswer(clauses[0]!, content.policies)] };
    case 'choices':
      return { ...base('choices'), suggestions: questionsOf(entries) };
    case 'none':
      return { ...base('none'), ...silence(likely), suggestions: questionsOf(entries.filter(worthOffering)) };
    case 'safeguarding':
      return { ...base(band), plain: content.school.safeguarding.text };
    case 'help':
      return { ...base(band), suggestions: exampleQuestions(content) };
    case 'not-asked':
      return { ...base('help'), plain: NOT_ASKED, suggestions: exampleQuestions(content) };
    case 'concern':
      return base(band);
  }
}

/** To a message without a word in it. */
export const noWordsReply = (content: Content, asked: string): Reply => ({
  ...bareReply('help', asked, 1, { candidates: [], corrected: [], slots: [], rule: 'no words' }),
  suggestions: exampleQuestions(content),
});

/** To a worry or a wish to report that stands in one sentence of a message. */
export const careReply = (content: Content, kind: 'safeguarding' | 'concern', asked: string): Reply => ({
  ...bareReply(kind, asked, 1, {
    candidates: [],
    corrected: [],
    slots: [],
    rule: `${RULES[kind]}, in one sentence`,
  }),
  ...(kind === 'safeguarding' && { plain: content.school.safeguarding.text }),
});

/** A clause that speaks of the topic asked about. */
export const clauseReply = (content: Content, clause: FoundClause, asked: string): Reply => ({
  ...bareReply('answer', asked, clause.cover, {
    candidates: [],
    corrected: [],
    slots: [],
    rule: 'a clause speaks of it',
  }),
  answers: [clauseAnswer(clause, content.policies)],
});

/** A section that was asked for, whole. */
export function sectionReply({ policy, section }: FoundSection, asked: string): Reply {
  const answer: Answer = {
    title: section.title,
    verdict: 'info',
    plain: 'This is all that the section says.',
    // A lead-in is quoted with its whole list.
    citations: section.clauses.filter(({ leadIn }) => !leadIn).map(cite),
    notes: [],
    section: section.id,
    policy: stampOf(policy),
  };
  const why: Why = { candidates: [], corrected: [], slots: [], rule: 'a section was asked for' };
  return { ...bareReply('answer', asked, 1, why), answers: [answer] };
}

function bareReply(kind: ReplyKind, asked: string, confidence: number, why: Why): Reply {
  return {
    kind,
    asked,
    answers: [],
    plain: WORDS[kind],
    near: [],
    suggestions: [],
    confidence: rounded(confidence),
    why,
  };
}

function entryAnswer({ subject: { policy, entry } }: LikelyEntry): Answer {
  const cited = entry.clauses.flatMap((each) => {
    const { clause: id, quote } = typeof each === 'string' ? { clause: each, quote: undefined } : each;
    const clause = policy.clauses.find((one) => one.id === id);
    return clause ? [{ clause, quote }] : [];
  });
  return {
    title: entry.question,
    verdict: entry.verdict,
    plain: entry.answer,
    citations: cited
      // A lead-in is quoted with its whole list, unless only a part of it is.
      .filter(
        ({ clause }) => !cited.some((other) => other.clause === clause.leadIn && other.quote === undefined),
      )
      .map(({ clause, quote }) => (quote === undefined ? cite(clause) : { ...cite(clause), quote })),
    ...(entry.open !== undefined && { open: entry.open }),
    ...(entry.next !== undefined && { next: entry.next }),
    ...(entry.ask !== undefined && { ask: entry.ask }),
    notes: notesOn(policy, cited[0]?.clause, entry.open !== undefined),
    entry: entry.id,
    policy: stampOf(policy),
  };
}

function clauseAnswer({ clause, verdict }: FoundClause, policies: readonly Policy[]): Answer {
  const policy = policies.find(({ id }) => id === clause.policy)!;
  return {
    title: clause.headings.at(-1) ?? policy.title,
    verdict,
    plain: '',
    citations: [cite(clause)],
    notes: notesOn(policy, clause),
    policy: stampOf(policy),
  };
}

/** What is said where no policy speaks of it: a known gap in its own words, or where such questions belong. */
function silence(likely: readonly Likely[]): Partial<Reply> {
  const about = likely.find(
    ({ subject: { kind } }) => kind === 'gap' || kind === 'elsewhere' || kind === 'everyday',
  )?.subject;
  if (about?.kind === 'gap') return gapWords(about.policy, about.gap);
  if (about?.kind !== 'elsewhere') return {};
  const { topic, where } = about.topic;
  return { plain: `${WORDS.none} This looks like a question about ${topic}. Where to look: ${where}` };
}

function gapWords({ clauses }: Policy, { answer, ask, near }: Gap): Partial<Reply> {
  return {
    plain: answer,
    near: near.flatMap((id) => clauses.find((clause) => clause.id === id) ?? []).map(cite),
    ...(ask !== undefined && { ask }),
  };
}

const cite = (clause: Clause): Citation => ({
  policy: clause.policy,
  clause: clause.id,
  section: clause.headings.join(' › ') || clause.section,
  quote: quoteOf(clause),
});

const stampOf = ({ id, title, version, reviewDue }: Policy): Answer['policy'] => ({
  id,
  title,
  ...(version !== undefined && { version }),
  ...(reviewDue !== undefined && { reviewDue }),
});

/** What an editor says of a clause. What is open or missing is not said twice where the entry says it already. */
const notesOn = ({ notes }: Policy, clause: Clause | undefined, saysOpen = false): string[] =>
  notes
    .filter(({ show, clauses }) => show && clause && clauses.includes(clause.id))
    .filter(({ kind }) => !(saysOpen && (kind === 'open' || kind === 'missing')))
    .map(({ note }) => note);

const worthOffering = ({ probability }: LikelyEntry): boolean => probability >= WORTH_OFFERING;

const questionsOf = (entries: readonly LikelyEntry[]): string[] =>
  entries.slice(0, RELATED).map(({ subject }) => subject.entry.question);

const RULES: Readonly<Record<Judgement['band'], string>> = {
  safeguarding: 'a child may be at risk',
  concern: 'somebody wants to report',
  help: 'small talk',
  'not-asked': 'no question about a policy',
  entry: 'an entry fits',
  clause: 'a clause covers the question',
  choices: 'several entries are as likely',
  none: 'no policy speaks of it',
};

function whyOf(knowledge: Knowledge, reading: Reading, { band, likely, vetoes, clauses }: Judgement): Why {
  const subjects = likely.slice(0, CANDIDATES).map((each, place) => {
    const candidate = {
      id: idOf(each),
      score: rounded(each.probability),
      ...(vetoes.has(each) && { veto: vetoes.get(each)! }),
    };
    if (place > 0) return candidate;
    return {
      ...candidate,
      // Only where it is read: to look through all phrasings is most of an answer's time.
      get nearest() {
        return nearestPhrasing(each, reading);
      },
    };
  });
  return {
    candidates:
      band === 'clause'
        ? clauses.map(({ clause, cover }) => ({ id: clause.id, score: rounded(cover) }))
        : subjects,
    corrected: reading.corrected,
    slots: reading.concepts.flatMap((concept) => {
      const slot = knowledge.slotOf(concept);
      return slot === undefined ? [] : [`${slot}: ${concept}`];
    }),
    rule: RULES[band],
  };
}

function idOf({ subject }: Likely): string {
  switch (subject.kind) {
    case 'entry':
      return subject.entry.id;
    case 'gap':
      return `gap ${subject.gap.id}`;
    case 'elsewhere':
      return `elsewhere ${subject.topic.id}`;
    case 'clauses':
      return `clauses of ${subject.policy.id}`;
    default:
      return subject.kind;
  }
}

/** The example that shares most words with the question. */
function nearestPhrasing({ subject }: Likely, { stems }: Reading): string | undefined {
  const phrasings =
    subject.kind === 'entry' ? subject.entry.phrasings : subject.kind === 'gap' ? subject.gap.phrasings : [];
  const asked = new Set(stems);
  let nearest: string | undefined;
  let most = 0;
  for (const phrasing of phrasings) {
    const own = new Set(wordsOf(phrasing).map(stemOf));
    const shared = asked.intersection(own).size / asked.union(own).size;
    if (shared <= most) continue;
    most = shared;
    nearest = phrasing;
  }
  return nearest;
}

const rounded = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
