import type { CheckQuestion } from '../content/content.ts';
import type { Day } from '../school/calendar.ts';
import type { Person, PersonKey } from '../school/people.ts';

/** What a policy asks of people, from its front matter. */
export interface Campaign {
  readonly policy: string;
  readonly title: string;
  readonly version: string;
  /** Of policy.md, hexadecimal. */
  readonly sha256: string;
  /** Against the version before: `minor` keeps the acknowledgements of that one. */
  readonly change: 'material' | 'minor';
  /** Groups that roles belong to, or roles; nobody named stands for everybody. */
  readonly audience: readonly string[];
  /** Nothing is owed before. */
  readonly opens: Day;
  readonly due: Day;
  /** Somebody who starts late has so many school days from their start. */
  readonly joinersWithinWorkingDays: number;
  /** None to three. */
  readonly checkQuestions: readonly CheckQuestion[];
}

/** One person × one policy version in one academic year. */
export interface Obligation {
  readonly person: Person;
  readonly policy: string;
  readonly title: string;
  readonly version: string;
  /** The first day on which it is owed: never before the person's first day at the school. */
  readonly opens: Day;
  readonly due: Day;
  /** Academic year, such as `2026/27`. */
  readonly year: string;
}

/** What an obligation is called wherever it is kept, but for whose it is. */
export type ObligationKey = Pick<Obligation, 'policy' | 'version' | 'year'>;

/** Why a message goes out, the least urgent first. */
export const rungs = ['digest', 'week_before', 'day_before', 'due_day', 'overdue'] as const;
export type Rung = (typeof rungs)[number];

/** One message owed to one person, with everything that they owe. */
export interface Reminder {
  readonly person: Person;
  /** The most urgent of those that are pending. */
  readonly rung: Rung;
  /** The day on which it is to go, in the person's own time zone. */
  readonly day: Day;
  /** Never empty; the earliest due first. */
  readonly items: readonly Obligation[];
  /** Unique for person, policy set, rung and day. */
  readonly key: string;
}

/** "I have read and understood", as kept. */
export interface Acknowledgement {
  readonly person: PersonKey;
  readonly policy: string;
  readonly version: string;
  readonly sha256: string;
  /** When it was pressed, or when the office recorded the paper. */
  readonly at: Date;
  readonly how: 'chat' | 'paper';
  /** The day that stands on the paper. */
  readonly signedOn?: Day;
  /** Since then it counts no more. */
  readonly revoked?: Date;
}

/** A version of a policy that somebody was asked to acknowledge. */
export interface KnownVersion {
  readonly policy: string;
  readonly version: string;
  readonly change: 'material' | 'minor';
}

/** A reminder that a platform took, as kept. */
export interface SentReminder {
  readonly person: PersonKey;
  /** In the person's own time zone. */
  readonly day: Day;
  readonly items: readonly Pick<Obligation, 'policy' | 'version'>[];
}

/** A press of "remind me tomorrow". */
export interface Snooze extends ObligationKey {
  readonly person: PersonKey;
  /** The day of the press, in the person's own time zone. */
  readonly on: Day;
}
