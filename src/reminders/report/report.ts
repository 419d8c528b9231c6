import { harmlessLine } from '../../chat/harmless.ts';
import type { School } from '../../content/schema/school.ts';
import { createCalendar, type Day } from '../../school/calendar.ts';
import type { People, Whose } from '../../school/people.ts';
import type { KeptAcknowledgement } from '../../store/acknowledgements.ts';
import type { Head } from '../../store/chain.ts';
import type { PolicyVersion } from '../../store/policy-versions.ts';
import { byPerson } from '../by-person.ts';
import type { LocalTime } from '../local-time.ts';
import type { Acknowledgement, Campaign } from '../obligation.ts';
import type { Obligations } from '../obligations.ts';
import { type Colour, type Standing, standings, stateInWords } from '../standing.ts';

/** Who it is about, as names are safe to print: on one line, with nothing in it that can't be seen. */
interface Named {
  /** The platform's id, or the e-mail of somebody without an account. */
  readonly person: string;
  readonly name: string;
  readonly email?: string;
}

/** One signature, on a screen or on paper. */
export interface Signature {
  /** Its number in the chain of events, by which it can be revoked. */
  readonly number: number;
  readonly version: string;
  /** In the school's time zone: when it was pressed, or the day that stands on the paper. */
  readonly on: Day;
  readonly how: 'chat' | 'paper';
  /** How often the check questions were answered until all was right, where there were any. */
  readonly attempts?: number;
  /** Of a paper: who put it on record, when, and why it is paper. */
  readonly recorded?: { readonly by: string; readonly on: Day; readonly reason: string };
}

/** How one person stands with one policy. */
export interface ReportRow extends Named {
  /** Keys of school.yaml's roles. */
  readonly roles: readonly string[];
  readonly policy: string;
  readonly title: string;
  readonly version: string;
  readonly state: Standing['state'];
  /** The state in words, such as "Never acknowledged". */
  readonly words: string;
  /** Green: in this academic year · amber: an earlier year or version · red: never. None where there is nothing to judge. */
  readonly colour?: Colour;
  readonly overdue: boolean;
  readonly due: Day;
  readonly signature?: Signature;
  /** First day back, of somebody on long leave. */
  readonly awayUntil?: Day;
  /** Last day at the school, of somebody who has left. */
  readonly left?: Day;
  /** The day on which the chat that alone knew them listed them no more. */
  readonly vanished?: Day;
}

/** A signature outside the rows: of somebody who is not asked, or one that counts no more. */
export interface OtherSignature extends Named {
  readonly policy: string;
  readonly title: string;
  readonly signature: Signature;
  readonly revoked?: { readonly on: Day; readonly by: string; readonly reason: string };
}

export interface Report {
  readonly school: string;
  readonly example: boolean;
  /** The day as at whose end it stands, in the school's time zone. */
  readonly asAt: Day;
  readonly madeOn: Day;
  /** Where the chain of events stood when the report was made. */
  readonly head: Head;
  /** What is asked, in the order of the policies. */
  readonly campaigns: readonly Campaign[];
  /** In the order of the policies, and within one of the names. */
  readonly rows: readonly ReportRow[];
  /** Of people who are not asked now: no longer on any list, or without a role that is asked. The oldest first. */
  readonly notAsked: readonly OtherSignature[];
  /** Signatures that were revoked by that day, the oldest first. */
  readonly revoked: readonly OtherSignature[];
}

export interface ReportSources {
  readonly school: School;
  readonly campaigns: readonly Campaign[];
  readonly localTime: LocalTime;
  readonly obligations: Pick<Obligations, 'of'>;
  readonly acknowledgements: readonly KeptAcknowledgement[];
  /** What else was ever asked, for its title. */
  readonly versions: readonly PolicyVersion[];
  readonly people: Pick<People, 'all' | 'whose'>;
  readonly head: Head;
  /** The last instant that counts. */
  readonly at: Date;
  readonly now: Date;
}

/** Who has acknowledged what, as at an instant. */
export function makeReport(sources: ReportSources): Report {
  const { school, campaigns, localTime, obligations, acknowledgements, versions, people, head, at, now } =
    sources;
  const calendar = createCalendar(school);
  const asAt = calendar.dayOf(at);
  const signatureOf = (each: KeptAcknowledgement): Signature => ({
    number: each.position,
    version: each.version,
    how: each.how,
    ...(each.how === 'chat'
      ? {
          on: calendar.dayOf(each.at),
          ...(each.attempts !== undefined && { attempts: each.attempts }),
        }
      : {
          on: each.signedOn,
          recorded: {
            by: harmlessLine(each.recordedBy),
            on: calendar.dayOf(each.at),
            reason: harmlessLine(each.reason),
          },
        }),
  });
  const titles = new Map([...versions, ...campaigns].map(({ policy, title }) => [policy, title]));
  const other = (each: KeptAcknowledgement): OtherSignature => ({
    ...named(each.person),
    policy: each.policy,
    title: titles.get(each.policy) ?? each.policy,
    signature: signatureOf(each),
    ...(each.revoked && {
      revoked: {
        on: calendar.dayOf(each.revoked),
        by: harmlessLine(each.revokedBy ?? ''),
        reason: harmlessLine(each.revokedBecause ?? ''),
      },
    }),
  });

  const order = new Map(campaigns.map(({ policy }, index) => [policy, index]));
  const standing = [...standings(people.all, at, { obligations, localTime })];
  const kept = new Map<Acknowledgement, KeptAcknowledgement>(acknowledgements.map((each) => [each, each]));
  const rows = standing.map((each) => {
    const signed = each.acknowledgement && kept.get(each.acknowledgement);
    return rowOf(each, signed && signatureOf(signed));
  });
  const known = acknowledgements.filter((each) => wasKnown(each, at, asAt));
  const asked = askedOf(standing, acknowledgements, people.whose);
  return {
    school: school.name,
    example: school.example,
    asAt,
    madeOn: calendar.dayOf(now),
    head,
    campaigns,
    rows: rows.sort(
      (one, two) =>
        order.get(one.policy)! - order.get(two.policy)! ||
        one.name.localeCompare(two.name, 'en-GB') ||
        (one.person < two.person ? -1 : 1),
    ),
    notAsked: known.filter((each) => !isRevoked(each, at) && !asked.has(each)).map(other),
    revoked: known.filter((each) => isRevoked(each, at)).map(other),
  };
}

function rowOf(standing: Standing, signature: Signature | undefined): ReportRow {
  const { obligation, state, colour, overdue, awayUntil, left } = standing;
  const { person, policy, title, version, due } = obligation;
  return {
    ...named(person),
    roles: person.roles,
    policy,
    title,
    version,
    state,
    words: stateInWords(standing),
    ...(colour && { colour }),
    overdue,
    due,
    ...(signature && { signature }),
    ...(awayUntil !== undefined && { awayUntil }),
    ...(left !== undefined && { left }),
    ...(person.vanished !== undefined && { vanished: person.vanished }),
  };
}

/** The signatures of those who are asked, of the policies that they are asked about. */
function askedOf(
  standing: readonly Standing[],
  acknowledgements: readonly KeptAcknowledgement[],
  whose: Whose,
): ReadonlySet<KeptAcknowledgement> {
  const keptOf = byPerson(acknowledgements, whose);
  return new Set(
    standing.flatMap(({ obligation: { person, policy } }) =>
      keptOf(person).filter((each) => each.policy === policy),
    ),
  );
}

const wasKnown = (each: KeptAcknowledgement, at: Date, asAt: Day): boolean =>
  each.how === 'paper' ? each.signedOn <= asAt : each.at <= at;

const isRevoked = ({ revoked }: KeptAcknowledgement, at: Date): boolean =>
  revoked !== undefined && revoked <= at;

function named({
  id,
  name,
  email,
}: {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}): Named {
  return {
    person: harmlessLine(id),
    name: harmlessLine(name),
    ...(email !== undefined && { email: harmlessLine(email) }),
  };
}
