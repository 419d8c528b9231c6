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
  acknowledgement_events: AcknowledgementEventsTable;
  acknowledgement_details: AcknowledgementDetailsTable;
  policy_versions: PolicyVersionsTable;
  reminders: RemindersTable;
  snoozes: SnoozesTable;
  campaign_decisions: CampaignDecisionsTable;
  listed_people: ListedPeopleTable;
  platform_people: PlatformPeopleTable;
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

/** Somebody on the office's own list of people, which was brought in as a CSV file. */
interface ListedPeopleTable {
  /** The platform's id, or any other; null where the e-mail tells who this is. */
  id: string | null;
  /** In small letters. */
  email: string | null;
  name: string;
  /** Keys of school.yaml's roles, with ";" between them. */
  roles: string;
  start: string | null;
  leave: string | null;
  away_until: string | null;
}

/** Somebody whom only a chat platform knows, or knew. */
interface PlatformPeopleTable {
  platform: string;
  /** The platform's id. */
  person: string;
  name: string;
  email: string | null;
  /** Keys of school.yaml's roles, with ";" between them; '' for none. */
  roles: string;
  /** The day on which the platform was found to list them no more; null while it does. */
  vanished: string | null;
}

/** The chain: rows are only ever added, and each holds the hash of the one before; see `chain.ts`. */
export interface AcknowledgementEventsTable {
  /** From 1, without a gap. */
  position: number;
  kind: 'acknowledged' | 'paper' | 'revoked' | 'erased';
  at: string;
  /** The event that was revoked or erased. */
  about: number | null;
  /** SHA-256 of what `acknowledgement_details` holds; '' for an erasure, which says nothing of anybody. */
  details: string;
  previous: string;
  hash: string;
}

/** What an event says of a person. Gone once a later event says that it was erased. */
export interface AcknowledgementDetailsTable {
  position: number;
  /** Random: without it, what was erased could be guessed and checked against the chain. */
  salt: string;
  platform: string | null;
  person: string | null;
  email: string | null;
  name: string | null;
  policy: string | null;
  version: string | null;
  sha256: string | null;
  /** `policy_versions.kept_sha256` of that text, so that the chain covers what was kept of it too. */
  kept_sha256: string | null;
  /** The words that were on the screen. */
  wording: string | null;
  /** How often the check questions were answered until all was right. */
  attempts: number | null;
  /** The day on the paper. */
  signed_on: string | null;
  /** Who recorded or revoked it. */
  author: string | null;
  reason: string | null;
}

/** One row a text that anybody was asked to acknowledge; `position` from 1 for each policy. */
interface PolicyVersionsTable {
  policy: string;
  position: number;
  version: string;
  sha256: string;
  title: string;
  change: 'material' | 'minor';
  /** JSON: see `KeptClause` in `policy-versions.ts`. */
  clauses: string;
  /** JSON: see `Asking` in `policy-versions.ts`. */
  asking: string;
  recorded: string;
  /** SHA-256 of all else in the row. */
  kept_sha256: string;
}

/** One row a message that goes out by itself; see `reminders.ts`. */
interface RemindersTable {
  key: string;
  person: string;
  email: string | null;
  /** Somebody gets one message of a kind a day. */
  kind: string;
  rung: string;
  /** In the person's own time zone. */
  day: string;
  /** JSON: see `ReminderItem` in `reminders.ts`. */
  items: string;
  state: 'waiting' | 'sending' | 'sent' | 'blocked' | 'dropped';
  tries: number;
  /** 1 once a try may have reached the platform without an answer. */
  maybe_gone: number;
  /** The machine's own time, like the lease's: the bot's clock may have been set to another day. */
  not_before: string;
  lease_by: string | null;
  lease_until: string | null;
  /** The day on which somebody who could not be reached is tried again. */
  retry_on: string | null;
  /** When it was sent, dropped or found blocked, by the bot's clock. */
  settled: string | null;
  platform: string | null;
  /** The platform's own name for the message that was sent. */
  message: string | null;
  reason: string | null;
}

/** A press of "remind me tomorrow", on one day about one obligation. */
interface SnoozesTable {
  person: string;
  email: string | null;
  policy: string;
  version: string;
  year: string;
  day: string;
}

/** What was decided about a campaign, `position` from 1; the last one holds. */
interface CampaignDecisionsTable {
  policy: string;
  version: string;
  position: number;
  decision: 'approved' | 'paused' | 'resumed';
  person: string;
  name: string;
  at: string;
}
