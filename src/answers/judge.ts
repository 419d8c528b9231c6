import type { Policy } from '../content/content.ts';
import type { GuidanceEntry } from '../content/schema/language.ts';
import type { FoundClause } from './clause-search.ts';
import type { Knowledge, Likely } from './knowledge.ts';
import { vetoOf } from './slots.ts';
import type { Reading } from './vocabulary.ts';

/** Where the bands lie, found on questions that nothing was learnt from; test/eval holds them to what they reach. 0 to 1. */
const BAND = {
  /** A worry about a child goes before all else, so it needs the least. */
  safeguarding: 0.25,
  concern: 0.6,
  /** A wish to report where a clause without guidance answers: who must be told of what is often policy. */
  concernBesideClause: 0.9,
  /** A worry or a wish in one sentence among others, or in a fragment, which is read without what is around it. */
  safeguardingAlone: 0.7,
  concernAlone: 0.93,
  /** Worry and wish together, where it is open which of the two. */
  either: 0.66,
  smallTalk: 0.5,
  /** More than this speaks for "the policy does not say". */
  silent: 0.45,
  /** Below this the best entry is a guess, and the asker is asked. */
  unsure: 0.06,
} as const;

/**
 * When a clause without guidance answers, by two views that err in different places; either is enough. ln(share)
 * is how much the question sounds like one for a staff policy.
 */
const CLAUSE = {
  /**
   * It holds nearly all that the question names: named + policyWeight × ln(share) - entryWeight × the likeliest
   * entry. Then it wins against any topic and any gap, which are known of other policies only.
   */
  named: { bar: 0.53, policyWeight: 0.05, entryWeight: 0.55, leastShare: 0.02 },
  /** It covers a part, and the question sounds like nothing else: cover + policyWeight × ln(share). */
  covered: { bar: 0.15, policyWeight: 0.57, leastShare: 1e-3, least: 0.2 },
} as const;

export type LikelyEntry = Likely & {
  readonly subject: { readonly kind: 'entry'; readonly policy: Policy; readonly entry: GuidanceEntry };
};

/** What is made of one question. */
export interface Judgement {
  readonly band: 'safeguarding' | 'concern' | 'help' | 'not-asked' | 'entry' | 'clause' | 'choices' | 'none';
  /** 0 to 1, of the band. */
  readonly confidence: number;
  /** Everything it could be about, likeliest first. */
  readonly likely: readonly Likely[];
  /** Entries that no slot rules out, likeliest first. */
  readonly entries: readonly LikelyEntry[];
  readonly vetoes: ReadonlyMap<Likely, string>;
  /** Clauses without guidance, best first. */
  readonly clauses: readonly FoundClause[];
}

/** What a message asks for by its form: what a policy says, something, or nothing. */
export type Asks = 'policy' | 'something' | 'nothing';

/** Slots are looked at for the likeliest only; the rest decide nothing. */
const LOOKED_AT = 20;

/**
 * Weighs a question in the order of care: a child at risk, a wish to report, policy, small talk, silence.
 * What asks nothing and holds no known word is met as small talk is, as is what asks of no matter of a school's.
 */
export function judge(knowledge: Knowledge, reading: Reading, asks: Asks): Judgement {
  const { likely, safeguarding, concern, ground } = knowledge.weigh(reading);
  const vetoes = new Map<Likely, string>();
  const entries: LikelyEntry[] = [];
  for (const each of likely.slice(0, LOOKED_AT)) {
    if (!isEntry(each)) continue;
    const veto = ground === 'exact' ? undefined : vetoOf(each.subject.entry, reading);
    if (veto === undefined) entries.push(each);
    else vetoes.set(each, veto);
  }
  const clauses = knowledge.clauses.find(reading);
  const mass = massOf(likely);
  // Half of a worry counts: that somebody must be told of something is often policy.
  const policyLike = mass.entry + mass.clauses + mass.ordinary + (safeguarding + concern) / 2;
  const best = entries[0];
  const share = best ? best.probability / mass.all : 0;
  const clauseFits = clauses[0] !== undefined && fits(clauses[0], policyLike, share, mass.entry);

  const as = (band: Judgement['band'], confidence: number): Judgement => ({
    band,
    confidence,
    likely,
    entries,
    vetoes,
    clauses,
  });
  if (ground === 'guess') return as(clauseFits ? 'clause' : asks === 'nothing' ? 'not-asked' : 'none', 1);
  if (safeguarding >= BAND.safeguarding) return as('safeguarding', safeguarding);
  if (concern >= (clauseFits ? BAND.concernBesideClause : BAND.concern)) return as('concern', concern);
  if (safeguarding + concern >= BAND.either && !clauseFits) return as('concern', safeguarding + concern);
  if (mass['small-talk'] > BAND.smallTalk) return as('help', mass['small-talk']);
  if (clauseFits) return as('clause', Math.max(clauses[0]!.named, clauses[0]!.cover));
  // A question about clauses of which none fits is as good as unanswered. That another policy would answer speaks
  // against this one, though less: the two may be about the same.
  const silent = mass.silent + mass.clauses + mass.ordinary / 2;
  if (!best || silent > BAND.silent)
    return as(asks !== 'policy' && isChat(likely) ? 'not-asked' : 'none', silent);
  return share < BAND.unsure ? as('choices', share) : as('entry', 1 - silent);
}

/** `policyLike`, `best` and `entries`: what speaks for policy, for the likeliest entry and for all of them, 0 to 1. */
function fits({ named, cover }: FoundClause, policyLike: number, best: number, entries: number): boolean {
  const { named: all, covered: some } = CLAUSE;
  if (named + all.policyWeight * Math.log(policyLike + all.leastShare) - all.entryWeight * best >= all.bar)
    return true;
  if (cover < some.least || entries >= BAND.silent) return false;
  return cover + some.policyWeight * Math.log(policyLike + some.leastShare) >= some.bar;
}

/** Whether a sentence by itself is plainly a worry about a child, or a wish to report. */
export function weighCare(knowledge: Knowledge, reading: Reading): 'safeguarding' | 'concern' | undefined {
  if (reading.words.length === 0) return undefined;
  const { safeguarding, concern, ground } = knowledge.care(reading);
  if (ground === 'guess') return undefined;
  if (safeguarding >= BAND.safeguardingAlone) return 'safeguarding';
  return concern >= BAND.concernAlone ? 'concern' : undefined;
}

const WEIGHED = ['entry', 'clauses', 'ordinary', 'small-talk'] as const;
const isWeighed = (kind: string): kind is (typeof WEIGHED)[number] => WEIGHED.some((each) => each === kind);

/** What speaks for guidance, clauses, small talk and silence, 0 to 1; worries left out, which are weighed before. */
function massOf(likely: readonly Likely[]) {
  const mass = { entry: 0, clauses: 0, ordinary: 0, 'small-talk': 0, silent: 0, all: 0 };
  for (const { subject, probability } of likely) {
    if (subject.kind === 'safeguarding' || subject.kind === 'concern') continue;
    const { kind } = subject;
    mass[isWeighed(kind) ? kind : 'silent'] += probability;
    mass.all += probability;
  }
  // With no content at all there is nothing to weigh.
  mass.all ||= 1;
  for (const kind of [...WEIGHED, 'silent'] as const) mass[kind] /= mass.all;
  return mass;
}

/**
 * True where small talk, and topics that are no matter of a school's, are likelier together than any one thing
 * that is. An everyday message may well be one.
 */
function isChat(likely: readonly Likely[]): boolean {
  let chat = 0;
  let other = 0;
  for (const { subject, probability } of likely) {
    if (subject.kind === 'small-talk' || (subject.kind === 'elsewhere' && subject.topic.small_talk))
      chat += probability;
    else if (subject.kind !== 'everyday') other = Math.max(other, probability);
  }
  return chat > other;
}

const isEntry = (likely: Likely): likely is LikelyEntry => likely.subject.kind === 'entry';
