/** What the answerer says, before anybody draws it: shapes only. */

import type { Verdict } from '../content/schema/language.ts';

export type { Verdict };

/**
 * `answer`: a clause answers · `choices`: "did you mean", at most three · `none`: the policies do not say ·
 * `safeguarding`: a child may be at risk · `concern`: somebody wants to report · `help`: small talk and
 * what the bot can do.
 */
export type ReplyKind = 'answer' | 'choices' | 'none' | 'safeguarding' | 'concern' | 'help';

export interface Citation {
  /** Policy id. */
  readonly policy: string;
  /** Clause id, unique within the policy. */
  readonly clause: string;
  /** The section's heading as it stands in the policy. */
  readonly section: string;
  /** Word for word from the policy; a list item comes with its lead-in, joined by " … ". */
  readonly quote: string;
}

/** One question answered. A message that holds two questions has two of these. */
export interface Answer {
  /** The question that this answers, in the bot's words (the guidance entry's, or the clause's heading). */
  readonly title: string;
  readonly verdict: Verdict;
  /** Plain words; empty where a policy has no guidance and the quote must speak for itself. */
  readonly plain: string;
  readonly citations: readonly Citation[];
  /** What the policy leaves open. */
  readonly open?: string;
  /** What to do next. */
  readonly next?: string;
  /** The role to ask, a key of school.yaml's roles. */
  readonly ask?: string;
  /** An editor's notes on the cited clauses: a superseded Act, two clauses that disagree. */
  readonly notes: readonly string[];
  /** Guidance entry id; absent where a clause answered without guidance. */
  readonly entry?: string;
  /** Section id, where a section was asked for and is shown whole. */
  readonly section?: string;
  readonly policy: PolicyStamp;
}

/** What every answer says of the policy it comes from. */
interface PolicyStamp {
  readonly id: string;
  readonly title: string;
  readonly version?: string;
  /** ISO year-month or date. */
  readonly reviewDue?: string;
}

/** Why a reply was chosen, for `--json` and for tests; never logged. */
export interface Why {
  /** What matched best: a guidance entry, gap, topic or clause, with its score and the phrasing nearest to the question. */
  readonly candidates: readonly {
    readonly id: string;
    readonly score: number;
    readonly nearest?: string | undefined;
    readonly veto?: string;
  }[];
  /** Words put right before matching, as typed and as read. */
  readonly corrected: readonly (readonly [typed: string, read: string])[];
  /** Slots found in the question, such as `who: pupil`. */
  readonly slots: readonly string[];
  readonly rule: string;
}

export interface Reply {
  readonly kind: ReplyKind;
  /** The question as understood: a follow-up is joined with the turn before. Never stored or logged. */
  readonly asked: string;
  /** One for each question in the message, the first first; empty unless `kind` is `answer`. */
  readonly answers: readonly Answer[];
  /** Plain words for every kind but `answer`. */
  readonly plain: string;
  /** The role to ask where the policies do not say. */
  readonly ask?: string;
  /** For `none`: clauses that come near, quoted to show what the policy does say. */
  readonly near: readonly Citation[];
  /** Questions that the bot answers: choices of "did you mean", or related questions. */
  readonly suggestions: readonly string[];
  /** 0 to 1. */
  readonly confidence: number;
  readonly why: Why;
}

/** What a follow-up needs to know of the turn before. Holds the question's text, so it is kept in memory for a short while and never stored. */
export interface Turn {
  /** As understood: the `asked` of the reply. */
  readonly question: string;
  readonly kind: ReplyKind;
}

export interface Answerer {
  /** Pure: same content, question and turn before, same reply. `before` makes a follow-up understood. */
  answer(question: string, before?: Turn): Reply;
}
