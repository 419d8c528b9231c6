import type { Clause } from '../content/content.ts';
import type { Verdict, Vocabulary } from '../content/schema/language.ts';
import { isLinking } from './features.ts';
import { RankedIndex } from './ranked-index.ts';
import { stemOf } from './text.ts';
import type { Lexicon, Reading } from './vocabulary.ts';

/** A clause that was found. */
export interface FoundClause {
  readonly clause: Clause;
  /** 0 to 1: how much of what the question asks about stands in the clause, its lead-in and its headings. */
  readonly cover: number;
  /**
   * 0 to 1: the same, each word weighed by how few subjects people name it in, and a word of the same meaning
   * for less. What is near 1 answers; cover alone says only which clause comes nearest.
   */
  readonly named: number;
  readonly verdict: Verdict;
}

interface Asked {
  /** How much of what is asked about it is, by how few clauses hold it. */
  readonly weight: number;
  /** The same by how few subjects it is named in. */
  readonly telling: number;
  readonly terms: readonly { readonly term: string; readonly rarity: number }[];
}

/** Of a long message only the rarest words are searched for: the common ones cost time and find everything. */
const SEARCHED = 10;
/** How many of the search's best are looked at closely. */
const CONSIDERED = 24;
/** What a match in a heading or lead-in is worth, beside one in the clause itself. */
const AROUND = 0.8;
/** What a word weighs that no clause knows, beside the rarest that one does. */
const UNKNOWN = 0.3;
/**
 * Subjects. A word is the less telling the more subjects people name it in: ln(1 + COMMON / (RARE + n)). A few
 * clauses can't show how common a word is; all that people ask does.
 */
const COMMON = 100;
const RARE = 10;
/** What a word counts of that where only another of the same meaning stands in the clause. */
const OF_THE_SAME_MEANING = 0.6;
/** How much the search engine's order, the cover and a fitting stance count. */
const RANK = { search: 0.3, cover: 1, stance: 0.2 } as const;
const CONCEPT = '~';
/** Characters. In a short clause "should" advises; a long one describes, and says it in passing. */
const SHORT = 180;

/**
 * Finds the clause that speaks of what a question asks, in policies that nobody has written guidance for.
 * Headings and lead-ins count as meaning: an item under "Forbidden" is a no.
 */
export class ClauseSearch {
  readonly #clauses: readonly Clause[];
  readonly #index: RankedIndex;
  readonly #rarest: number;
  readonly #subjectsWith: (stem: string) => number;
  readonly #verdicts: readonly (readonly [Verdict, RegExp])[];

  /** `subjectsWith`: how many subjects people name the stem in. */
  constructor(
    clauses: readonly Clause[],
    lexicon: Lexicon,
    headings: Vocabulary['headings'],
    subjectsWith: (stem: string) => number,
  ) {
    this.#clauses = clauses;
    this.#subjectsWith = subjectsWith;
    this.#verdicts = Object.entries(headings).map(([verdict, words]) => [
      verdict as Verdict,
      new RegExp(`\\b(?:${words.map((word) => word.replace(/[^\p{L}\p{N}' ]/gu, '')).join('|')})\\b`, 'iu'),
    ]);
    const around = new Map<string, readonly string[]>();
    const termsAround = (clause: Clause): readonly string[] => {
      const text = [...clause.headings, ...leadIns(clause)].join(' . ');
      let terms = around.get(text);
      if (!terms) {
        terms = termsOf(lexicon.read(text));
        around.set(text, terms);
      }
      return terms;
    };
    const texts = this.#clauses.map((clause) => ({
      own: termsOf(lexicon.read(clause.text)),
      around: termsAround(clause),
    }));
    this.#rarest = Math.log(1 + texts.length);
    this.#index = new RankedIndex(texts);
  }

  /** Best first; empty where no word of the question stands in any clause. */
  find(reading: Reading, atMost = 5): FoundClause[] {
    if (this.#clauses.length === 0) return [];
    const asked = this.#asked(reading);
    const query = asked
      .flatMap(({ terms }) => terms)
      .sort((a, b) => b.rarity - a.rarity)
      .slice(0, SEARCHED);
    if (query.length === 0) return [];
    const found = this.#index.search(
      query.map(({ term }) => term),
      CONSIDERED,
    );
    const best = found[0]?.score ?? 1;
    const wanted = stanceWanted(reading);
    return found
      .map(({ id, score }) => {
        const clause = this.#clauses[id]!;
        const cover = this.#cover(asked, id);
        const verdict = this.#verdictOf(clause);
        const stance = wanted === undefined || wanted === (isFact(verdict) ? 'fact' : 'leave') ? 1 : 0;
        return {
          clause,
          cover,
          named: this.#named(asked, id),
          verdict,
          rank: RANK.search * (score / best) + RANK.cover * cover + RANK.stance * stance,
        };
      })
      .sort((a, b) => b.rank - a.rank)
      .slice(0, atMost)
      .map(({ rank: _, ...clause }) => clause);
  }

  /** What the question asks about: each word with what can stand for it in a clause. */
  #asked({ stems, spans }: Reading): Asked[] {
    const asked = new Map<string, Asked>();
    for (const [at, stem] of stems.entries()) {
      if (isLinking(stem) || isAsking(stem) || asked.has(stem)) continue;
      const own = this.#rarityOf(stem);
      const terms = own === undefined ? [] : [{ term: stem, rarity: own }];
      for (const { concept, from, to } of spans) {
        const rarity = from <= at && at < to ? this.#rarityOf(CONCEPT + concept) : undefined;
        if (rarity !== undefined) terms.push({ term: CONCEPT + concept, rarity });
      }
      // A word that neither stands in any clause nor means the same as one that does was still asked about.
      const weight =
        terms.length > 0 ? Math.max(...terms.map(({ rarity }) => rarity)) : UNKNOWN * this.#rarest;
      const telling = Math.log(1 + COMMON / (RARE + this.#subjectsWith(stem)));
      asked.set(stem, { weight, telling, terms });
    }
    return [...asked.values()];
  }

  /** Undefined where no clause holds the term. */
  #rarityOf(term: string): number | undefined {
    const holding = this.#index.holding(term);
    return holding === 0 ? undefined : Math.log(1 + this.#clauses.length / holding);
  }

  #cover(asked: readonly Asked[], id: number): number {
    let covered = 0;
    let all = 0;
    for (const { weight, terms } of asked) {
      all += weight;
      let most = 0;
      for (const { term, rarity } of terms) {
        const place = this.#index.placeOf(term, id);
        if (place === 'own') most = Math.max(most, rarity);
        else if (place === 'around') most = Math.max(most, rarity * AROUND);
      }
      covered += most;
    }
    return all === 0 ? 0 : covered / all;
  }

  #named(asked: readonly Asked[], id: number): number {
    let named = 0;
    let all = 0;
    for (const { telling, terms } of asked) {
      all += telling;
      const worth = terms.map(({ term }) => {
        const place = this.#index.placeOf(term, id);
        if (place === undefined) return 0;
        return (place === 'own' ? 1 : AROUND) * (term.startsWith(CONCEPT) ? OF_THE_SAME_MEANING : 1);
      });
      named += telling * Math.max(0, ...worth);
    }
    return all === 0 ? 0 : named / all;
  }

  #verdictOf(clause: Clause): Verdict {
    const text = clause.text.toLowerCase();
    if (
      /\bunless\b|\bexcept\b|\bonly (?:if|with|when|in)\b|\bwith (?:the )?(?:approval|permission)\b/.test(
        text,
      )
    )
      return 'only_if';
    for (const around of [...leadIns(clause), ...clause.headings.toReversed()])
      for (const [verdict, words] of this.#verdicts) if (words.test(around)) return verdict;
    if (
      /\b(?:must|may|shall|can|do|will|are|is) not\b|\bcannot\b|\bprohibited\b|\bforbidden\b|\bnot (?:allowed|permitted)\b|\bnever\b/.test(
        text,
      )
    )
      return 'no';
    if (/\badvised\b|\badvisable\b|\brecommended\b|\bencouraged\b/.test(text)) return 'advice';
    if (/\bshould not\b/.test(text) || (/\bshould\b/.test(text) && text.length < SHORT)) return 'advice';
    return 'info';
  }
}

function leadIns(clause: Clause): string[] {
  const texts: string[] = [];
  for (let lead = clause.leadIn; lead; lead = lead.leadIn) texts.push(lead.text);
  return texts;
}

const termsOf = ({ stems, concepts }: Reading): string[] => [
  ...stems.filter((stem) => !isLinking(stem)),
  ...concepts.map((concept) => CONCEPT + concept),
];

const isFact = (verdict: Verdict): boolean => verdict === 'info' || verdict === 'advice';

/** What the wording asks for: a fact ("what happens if …"), leave ("can I …"), or neither. */
function stanceWanted({ words, concepts }: Reading): 'fact' | 'leave' | undefined {
  if (concepts.includes('permission-question')) return 'leave';
  return /^(?:what|who|why|when|how|which|where|do|does|will)$/.test(words[0] ?? '') ? 'fact' : undefined;
}

/** Words that ask and say nothing of what is asked about. */
const ASKING = new Set(
  `what who when where why how which whose allowed ok okay fine right alright need want know tell say ask policy rule
  question please thank hi hello hey get got go thing something anyone someone anything really just also like only bit
  lot still even ever should must may might shall not no yes surely about because got put`
    .split(/\s+/)
    .map(stemOf),
);
const isAsking = (stem: string): boolean => ASKING.has(stem);
