import type { AcknowledgementRules, Change } from './schema/acknowledgement.ts';
import type { Care, Elsewhere, Gap, GuidanceEntry, Note, Vocabulary } from './schema/language.ts';
import type { School } from './schema/school.ts';

export type { CheckQuestion } from './schema/acknowledgement.ts';

/** One citable piece of a policy: a paragraph or a list item. */
export interface Clause {
  /** Unique within the policy; the author's own, or made from section and position. */
  readonly id: string;
  readonly policy: string;
  /** Id of the section it stands in. */
  readonly section: string;
  /** Titles of the headings above it, outermost first, the policy's own title left out. */
  readonly headings: readonly string[];
  /** Word for word, without Markdown's marks. */
  readonly text: string;
  /** The paragraph or item that introduces the list this stands in, where there is one. */
  readonly leadIn?: Clause;
  /** The list that this introduces; empty where it introduces none. */
  readonly items: readonly Clause[];
  /** 1-based position within its section, for people to cite. */
  readonly position: number;
  /** 1-based line in policy.md. */
  readonly line: number;
}

export interface Section {
  readonly id: string;
  /** As it stands in the policy. */
  readonly title: string;
  /** 2 for a section, 3 for a section within one. */
  readonly level: number;
  readonly headings: readonly string[];
  readonly clauses: readonly Clause[];
}

export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly version?: string;
  /** ISO `2015-06` or `2015-06-30`. */
  readonly reviewed?: string;
  readonly reviewDue?: string;
  /** A role of school.yaml. */
  readonly owner?: string;
  readonly audience: readonly string[];
  /** Against the version before: a `minor` change keeps its acknowledgements. */
  readonly change: Change;
  /** When and of whom an acknowledgement is asked, where it is. */
  readonly acknowledgement?: AcknowledgementRules;
  /** SHA-256 of policy.md as read, hexadecimal: names exactly which text somebody was shown. */
  readonly sha256: string;
  readonly sections: readonly Section[];
  readonly clauses: readonly Clause[];
  readonly guidance: readonly GuidanceEntry[];
  /** Near this policy's subject, yet not in it. */
  readonly gaps: readonly Gap[];
  readonly notes: readonly Note[];
}

/** All that the school says, read and checked. */
export interface Content {
  readonly directory: string;
  readonly school: School;
  readonly vocabulary: Vocabulary;
  /** Messages that are no policy question: a child at risk, a wish to report. */
  readonly care: Care;
  /** Ordinary policy questions, from the shipped content where this content is another's: what a worry must be told from. */
  readonly ordinary: readonly string[];
  /** Topics that belong to other policies. */
  readonly elsewhere: readonly Elsewhere[];
  readonly policies: readonly Policy[];
}

/** The clauses that no entry cites and no gap comes near, in reading order. */
export function clausesWithoutGuidance({ guidance, gaps, clauses }: Policy): readonly Clause[] {
  const spoken = new Set([
    ...guidance.flatMap((entry) =>
      entry.clauses.map((cited) => (typeof cited === 'string' ? cited : cited.clause)),
    ),
    ...gaps.flatMap((gap) => gap.near),
  ]);
  return clauses.filter((clause) => !spoken.has(clause.id));
}

/**
 * A clause as quoted, joined by " … ": a list item with the lead-ins that make sense of it (of a longer one
 * its last sentence), a lead-in with the list that it introduces.
 */
export function quoteOf(clause: Clause): string {
  const parts = [clause.text];
  for (let lead = clause.leadIn; lead; lead = lead.leadIn)
    parts.unshift(lead.text.split(/(?<=[.!?])\s+(?=\p{Lu})/u).at(-1)!);
  const addItems = ({ items }: Clause): void => {
    for (const item of items) {
      parts.push(item.text);
      addItems(item);
    }
  };
  addItems(clause);
  return parts.join(' … ');
}
