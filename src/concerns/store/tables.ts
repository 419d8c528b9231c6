/**
 * The tables of `concerns.db`. What a sender wrote is in `message` alone, sealed. There is no time finer than
 * an ISO week of anything that a sender did, no name, no account, no number that runs on, and no column that
 * says whether a sender came back. `test/concerns/proofs/columns.test.ts` holds this list.
 */
export interface Tables {
  concern: ConcernTable;
  grant: GrantTable;
  message: MessageTable;
  handler: HandlerTable;
  enrolment: EnrolmentTable;
  handler_log: HandlerLogTable;
  term_count: TermCountTable;
}

export const statuses = ['received', 'acknowledged', 'looking', 'question', 'passed_on', 'closed'] as const;
export type Status = (typeof statuses)[number];

export interface ConcernTable {
  /** 16 random bytes. */
  id: Uint8Array;
  /** From the receipt; finds the concern, opens nothing. */
  lookup: Uint8Array;
  status: Status;
  /** ISO week in which it was sent. */
  week: string;
  /** The last ISO week in which it is kept. */
  purge_week: string;
  /** The thread's. */
  public_key: Uint8Array;
  /** The thread's secret key, sealed to the receipt. */
  sealed_key: Uint8Array;
}

/** The thread's secret key, sealed to one reader or to nobody; it does not say which. */
interface GrantTable {
  /** 16 random bytes. */
  id: Uint8Array;
  concern: Uint8Array;
  sealed_key: Uint8Array;
}

interface MessageTable {
  /** 16 random bytes. */
  id: Uint8Array;
  concern: Uint8Array;
  /** Of one length for all; its place in the thread, author, week and kind are inside. */
  ciphertext: Uint8Array;
}

/** Somebody who reads concerns, by one of their roles. */
export interface HandlerTable {
  /** 16 random bytes; the passphrase is salted with them. */
  id: Uint8Array;
  role: string;
  /**
   * Who holds the key, as `Person.email` or `Person.id`. Without it a role that changes hands would leave the
   * old key in the new holder's name, and nobody could be told by name who reads.
   */
  person: string;
  public_key: Uint8Array;
  sealed_by_passphrase: Uint8Array;
  sealed_by_recovery: Uint8Array;
  verifier: Uint8Array;
  /** `left`: the keys are gone, the row stays so that old answers have a name. */
  state: 'active' | 'left';
}

interface EnrolmentTable {
  /** Of a token that is used once. */
  token_hash: Uint8Array;
  role: string;
  /** As in `handler`. */
  person: string;
  /** On which it was made out. */
  day: string;
}

export type HandlerAction =
  | 'enrolled'
  | 'read'
  | 'wrote'
  | 'status'
  | 'renewed'
  | 'granted'
  | 'exported'
  | 'keys'
  | 'recovered'
  | 'left';

/** What readers did, one row for each thing a day. */
interface HandlerLogTable {
  /** 16 random bytes. */
  id: Uint8Array;
  handler: Uint8Array;
  action: HandlerAction;
  /** Null where it is about no concern, or about one that is gone. */
  concern: Uint8Array | null;
  day: string;
}

interface TermCountTable {
  term: string;
  kind: string;
  n: number;
}
