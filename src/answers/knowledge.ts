import { type Clause, type Content, clausesWithoutGuidance, type Policy } from '../content/content.ts';
import type { Elsewhere, Gap, GuidanceEntry } from '../content/schema/language.ts';
import { Classifier } from './classifier.ts';
import { ClauseSearch } from './clause-search.ts';
import { FeatureSpace, isLinking } from './features.ts';
import { type Care, type Learnt, subjectLabel } from './learn.ts';
import { englishWords, Spelling } from './spelling.ts';
import { Lexicon, type Reading } from './vocabulary.ts';

/** What a message can turn out to be about. */
export type Subject =
  | { readonly kind: 'entry'; readonly policy: Policy; readonly entry: GuidanceEntry }
  | { readonly kind: 'gap'; readonly policy: Policy; readonly gap: Gap }
  | { readonly kind: 'elsewhere'; readonly topic: Elsewhere }
  /** Some clause of a policy that no guidance speaks for. */
  | { readonly kind: 'clauses'; readonly policy: Policy }
  | { readonly kind: 'safeguarding' }
  | { readonly kind: 'concern' }
  /** A question that some other school's policy answers. */
  | { readonly kind: 'ordinary' }
  | { readonly kind: 'small-talk' }
  /** An everyday message that only sounds like a worry. */
  | { readonly kind: 'everyday' };

export interface Likely {
  readonly subject: Subject;
  readonly probability: number;
}

export interface Cared {
  /**
   * 0 to 1. The mean of two views that err in different places: the message against all that it could be
   * about, and against two kinds of care alone.
   */
  readonly safeguarding: number;
  readonly concern: number;
  /**
   * `exact`: word for word one of the examples · `guess`: it holds no word that the content knows, and the
   * rest is from thin air.
   */
  readonly ground: 'exact' | 'learnt' | 'guess';
}

export interface Weighed extends Cared {
  /** Likeliest first; together nearly 1, since what is all but impossible is left out. */
  readonly likely: readonly Likely[];
}

/** What may speak from a message that asks nothing of a policy. */
type Plea = Exclude<Care, 'other'>;

/** Most subjects are less likely than this, for most messages, and decide nothing. */
const WORTH_WEIGHING = 5e-4;

/** Content with what was learnt from it, ready to be asked. */
export class Knowledge {
  /** Clauses that no guidance speaks for. */
  readonly clauses: ClauseSearch;
  readonly #content: Content;
  #everyClause: ClauseSearch | undefined;
  readonly #lexicon: Lexicon;
  readonly #spelling: Spelling;
  readonly #exact: Learnt['exact'];
  readonly #space: FeatureSpace;
  readonly #subjects: ReadonlyMap<string, Subject>;
  /** As the classifier numbers them. */
  readonly #subjectsInOrder: readonly Subject[];
  /** The number of each care among the subjects and by itself, -1 where content has none. */
  readonly #careNumbers: Readonly<Record<Plea, readonly [among: number, alone: number]>>;
  readonly #subjectOf: Classifier;
  readonly #careOf: Classifier;

  constructor(content: Content, learnt: Learnt) {
    this.#lexicon = new Lexicon(content.vocabulary);
    this.#spelling = new Spelling(learnt.usage, englishWords());
    this.#exact = learnt.exact;
    this.#space = new FeatureSpace(learnt.features);
    this.#subjects = new Map(subjectsOf(content));
    const subjects = learnt.subject.labels.map((label) => this.#subjects.get(label)!);
    this.#subjectsInOrder = subjects;
    const numbersOf = (care: Plea) =>
      [subjects.findIndex(({ kind }) => kind === care), learnt.care.labels.indexOf(care)] as const;
    this.#careNumbers = { safeguarding: numbersOf('safeguarding'), concern: numbersOf('concern') };
    this.#subjectOf = new Classifier(learnt.subject);
    this.#careOf = new Classifier(learnt.care);
    this.#content = content;
    this.clauses = this.#searchOf(content.policies.flatMap(clausesWithoutGuidance));
  }

  /** All clauses, for somebody who asks what the policies say of a topic. Made when it is first asked for. */
  get everyClause(): ClauseSearch {
    this.#everyClause ??= this.#searchOf(this.#content.policies.flatMap(({ clauses }) => clauses));
    return this.#everyClause;
  }

  read(message: string): Reading {
    return this.#lexicon.read(message, this.#spelling);
  }

  /** Reads words that were read before. */
  readWords(words: readonly string[]): Reading {
    return this.#lexicon.readWords(words);
  }

  slotOf(concept: string): string | undefined {
    return this.#lexicon.slotOf(concept);
  }

  /** What the message is about, and whether a worry or a wish to report speaks from it. */
  weigh(reading: Reading): Weighed {
    const known = this.#knownOf(reading);
    if (known) return { ...certain(known), likely: [{ subject: known, probability: 1 }] };
    const { among, cared } = this.#weigh(reading);
    return { ...cared, likely: this.#likeliestFirst(among) };
  }

  /** The same without what it is about. */
  care(reading: Reading): Cared {
    const known = this.#knownOf(reading);
    return known ? certain(known) : this.#weigh(reading).cared;
  }

  #knownOf({ typed }: Reading): Subject | undefined {
    return this.#subjects.get(this.#exact.get(typed) ?? '');
  }

  #weigh(reading: Reading): { readonly among: Float32Array; readonly cared: Cared } {
    const features = this.#space.encode(reading);
    const among = this.#subjectOf.probabilities(features);
    const alone = this.#careOf.probabilities(features);
    const mean = (care: Plea): number => {
      const [asSubject, asCare] = this.#careNumbers[care];
      return ((among[asSubject] ?? 0) + (alone[asCare] ?? 0)) / 2;
    };
    const informed = reading.stems.some((stem) => !isLinking(stem) && this.#space.knows(stem));
    const cared: Cared = {
      safeguarding: mean('safeguarding'),
      concern: mean('concern'),
      ground: informed ? 'learnt' : 'guess',
    };
    return { among, cared };
  }

  #likeliestFirst(probabilities: Float32Array): Likely[] {
    const likely: Likely[] = [];
    for (const [number, subject] of this.#subjectsInOrder.entries()) {
      const probability = probabilities[number]!;
      if (probability >= WORTH_WEIGHING) likely.push({ subject, probability });
    }
    return likely.sort((a, b) => b.probability - a.probability);
  }

  #searchOf(clauses: readonly Clause[]): ClauseSearch {
    return new ClauseSearch(clauses, this.#lexicon, this.#content.vocabulary.headings, (stem) =>
      this.#subjectOf.labelsWith(this.#space.numberOf(stem)),
    );
  }
}

/** A message that is word for word one of the examples. */
const certain = (subject: Subject): Cared => ({
  safeguarding: subject.kind === 'safeguarding' ? 1 : 0,
  concern: subject.kind === 'concern' ? 1 : 0,
  ground: 'exact',
});

function* subjectsOf(content: Content): Iterable<[label: string, subject: Subject]> {
  for (const policy of content.policies) {
    for (const entry of policy.guidance)
      yield [subjectLabel.entry(policy.id, entry.id), { kind: 'entry', policy, entry }];
    for (const gap of policy.gaps) yield [subjectLabel.gap(policy.id, gap.id), { kind: 'gap', policy, gap }];
    yield [subjectLabel.clauses(policy.id), { kind: 'clauses', policy }];
  }
  for (const topic of content.elsewhere)
    yield [subjectLabel.elsewhere(topic.id), { kind: 'elsewhere', topic }];
  yield [subjectLabel.safeguarding, { kind: 'safeguarding' }];
  yield [subjectLabel.concern, { kind: 'concern' }];
  yield [subjectLabel.ordinary, { kind: 'ordinary' }];
  yield [subjectLabel.smallTalk, { kind: 'small-talk' }];
  yield [subjectLabel.everyday, { kind: 'everyday' }];
}
