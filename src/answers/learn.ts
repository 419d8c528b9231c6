import { type Content, clausesWithoutGuidance, type Policy } from '../content/content.ts';
import { learnWeights, type Weights } from './classifier.ts';
import { type Encoded, FeatureCounter, featuresOf } from './features.ts';
import { wordsOf } from './text.ts';
import { Lexicon } from './vocabulary.ts';

/** A worry about a child, a wish to report, or neither. */
export type Care = 'safeguarding' | 'concern' | 'other';

/** All that is learnt from content: plain data, so that a worker thread can learn it and hand it over. */
export interface Learnt {
  /** Words that the content uses, with how often. */
  readonly usage: ReadonlyMap<string, number>;
  /** What a message is about that is word for word one of the examples: its words to a label of {@link subjectLabel}. */
  readonly exact: ReadonlyMap<string, string>;
  /** Names of features; their place is their number. */
  readonly features: readonly string[];
  /** Labels are those of {@link subjectLabel}. */
  readonly subject: Weights;
  /** Labels are `Care`. */
  readonly care: Weights;
}

/** Names what a message can be about. */
export const subjectLabel = {
  entry: (policy: string, entry: string) => `entry ${policy} ${entry}`,
  gap: (policy: string, gap: string) => `gap ${policy} ${gap}`,
  elsewhere: (topic: string) => `elsewhere ${topic}`,
  /** Some clause of a policy that no guidance speaks for. */
  clauses: (policy: string) => `clauses ${policy}`,
  safeguarding: 'safeguarding',
  concern: 'concern',
  /** A question that some other policy answers. */
  ordinary: 'ordinary',
  smallTalk: 'small talk',
  /** An everyday message that only sounds like a worry. */
  everyday: 'everyday',
} as const;

/** Of a policy without guidance, so many clauses are learnt from at most: enough to know its subject by. */
const CLAUSES_LEARNT = 200;
const CLAUSES_LEARNT_IN_ALL = 3_000;

interface Example {
  readonly text: string;
  /** Absent where only the classifier of care learns from it. */
  readonly label?: string;
  readonly care: Care;
}

/** Reads every phrasing and learns from it: most of the time that the bot takes to start. */
export function learn(content: Content): Learnt {
  const lexicon = new Lexicon(content.vocabulary);
  const examples = [...examplesOf(content)];
  const counter = new FeatureCounter();
  const encoded = examples.map(({ text }) => counter.encode(featuresOf(lexicon.read(text))));
  const { names, shrink } = counter.keepWorthwhile();
  const small = encoded.map(shrink);
  const labelled: Encoded[] = [];
  const labels: string[] = [];
  const exact = new Map<string, string>();
  for (const [n, { text, label }] of examples.entries()) {
    if (label === undefined) continue;
    labelled.push(small[n]!);
    labels.push(label);
    const words = wordsOf(text).join(' ');
    if (!exact.has(words)) exact.set(words, label);
  }
  return {
    usage: lexicon.usage([...examples.map(({ text }) => text), ...clauseTexts(content.policies)]),
    exact,
    features: names,
    subject: learnWeights(labelled, labels, names.length),
    care: learnWeights(
      small,
      examples.map(({ care }) => care),
      names.length,
    ),
  };
}

function* examplesOf(content: Content): Iterable<Example> {
  for (const policy of content.policies) {
    for (const { id, question, phrasings } of policy.guidance)
      for (const text of [question, ...phrasings])
        yield { text, label: subjectLabel.entry(policy.id, id), care: 'other' };
    for (const { id, question, phrasings } of policy.gaps)
      for (const text of [question, ...phrasings])
        yield { text, label: subjectLabel.gap(policy.id, id), care: 'other' };
  }
  for (const { id, phrasings } of content.elsewhere)
    for (const text of phrasings) yield { text, label: subjectLabel.elsewhere(id), care: 'other' };
  const { care } = content;
  for (const text of care.lookalike_other) yield { text, label: subjectLabel.everyday, care: 'other' };
  for (const text of care.small_talk) yield { text, label: subjectLabel.smallTalk, care: 'other' };
  for (const text of care.lookalike_policy) yield { text, care: 'other' };
  for (const text of content.ordinary) yield { text, label: subjectLabel.ordinary, care: 'other' };
  for (const kind of ['safeguarding', 'concern'] as const)
    for (const text of Object.values(care[kind]).flat())
      yield { text, label: subjectLabel[kind], care: kind };
  yield* clauseExamples(content.policies);
}

function* clauseExamples(policies: readonly Policy[]): Iterable<Example> {
  const unspoken = policies
    .map((policy) => ({ label: subjectLabel.clauses(policy.id), clauses: clausesWithoutGuidance(policy) }))
    .filter(({ clauses }) => clauses.length > 0);
  const share = Math.min(CLAUSES_LEARNT, Math.ceil(CLAUSES_LEARNT_IN_ALL / Math.max(1, unspoken.length)));
  for (const { label, clauses } of unspoken) {
    const every = Math.max(1, Math.floor(clauses.length / share));
    for (const [n, { headings, text }] of clauses.entries())
      if (n % every === 0) yield { text: [...headings, text].join('. '), label, care: 'other' };
  }
}

function* clauseTexts(policies: readonly Policy[]): Iterable<string> {
  for (const policy of policies)
    for (const { text, headings } of policy.clauses) yield `${headings.join(' ')} ${text}`;
}
