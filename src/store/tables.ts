/**
 * The tables, the same on SQLite and PostgreSQL: text and whole numbers only. Instants are ISO text in UTC,
 * days are ISO text without a time.
 */
export interface Tables {
  schema_version: SchemaVersionTable;
  adapter_memory: AdapterMemoryTable;
  feedback: FeedbackTable;
  gaps: GapsTable;
  referrals: ReferralsTable;
  referral_messages: ReferralMessagesTable;
  referral_cards: ReferralCardsTable;
}

/** One row a migration that has run. */
interface SchemaVersionTable {
  version: number;
  name: string;
  applied: string;
}

interface AdapterMemoryTable {
  adapter: string;
  key: string;
  value: string;
}

/** How often an answer was found helpful. Who said so is not kept. */
interface FeedbackTable {
  policy: string;
  /** Guidance entry, or the clause where no entry answered. */
  entry: string;
  /** The policy's version, or '' where it has none. */
  version: string;
  helpful: number;
  unhelpful: number;
}

/** Questions that somebody chose to report as not answered; one row for all who asked the same. Who asked is not kept. */
interface GapsTable {
  id: string;
  /** Tells whether two questions are the same; see `gaps.ts`. */
  question_key: string;
  /** As the first person typed it; '' once it was dealt with, when the key alone tells it from others. */
  question: string;
  /** The policy and the guidance entry or clause that came nearest, or '' where none did. */
  policy: string;
  near: string;
  /** Day of the latest report; no time, so that it can't be held against who was online. */
  day: string;
  times: number;
  status: 'open' | 'taught' | 'dismissed';
}

/** A question put to a person. */
interface ReferralsTable {
  id: string;
  asker_platform: string;
  asker_person: string;
  asker_name: string;
  role: string;
  /** JSON: see `Receiver` in `referrals.ts`. */
  receivers: string;
  question: string;
  /** Of the latest message: answered where it is not the asker's. */
  state: 'waiting' | 'answered';
  created: string;
  /** The first answer. */
  answered: string | null;
  /** When it was taken back because it reached nobody; its question is '' then. */
  withdrawn: string | null;
}

/** What was written after the question, by either side; `position` from 1. */
interface ReferralMessagesTable {
  referral: string;
  position: number;
  author_platform: string;
  author_person: string;
  text: string;
  created: string;
}

/** The first card that somebody got of a referral, by the platform's own name for the message. */
interface ReferralCardsTable {
  referral: string;
  platform: string;
  person: string;
  message: string;
}
