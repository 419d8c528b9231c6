import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import { hasLeft, isPresent, type Person, type Whose } from '../school/people.ts';
import { byPerson } from './by-person.ts';
import { periodOf, rolesAsked, versionsThatCount } from './campaigns.ts';
import { laterOf, type SchoolDays } from './days.ts';
import type { LocalTime } from './local-time.ts';
import type { Acknowledgement, Campaign, KnownVersion, Obligation } from './obligation.ts';

/** One thing asked of one person, and how far it is. */
export interface Asked {
  readonly obligation: Obligation;
  /** `coming`: not open yet · `open` · `closed`: the person has left. */
  readonly state: 'coming' | 'open' | 'closed';
  /** The acknowledgement that meets it. */
  readonly met?: Acknowledgement;
  /** The last one of this policy, where none meets it, and what it fails by: its academic year, or its version. */
  readonly outdated?: { readonly by: 'year' | 'version'; readonly acknowledgement: Acknowledgement };
}

/** Who owes what at an instant: days are those of the person's own time zone. */
export interface Obligations {
  /**
   * All that is asked of a person in the academic year, met or not, in the order of the campaigns. Of somebody
   * who left in this year, what it was on their last day.
   */
  of(person: Person, now: Date): readonly Asked[];
  /** What they are to be reminded of: open, and not met. Nothing while they are not at the school. */
  owed(person: Person, now: Date): readonly Obligation[];
}

export interface ObligationParts {
  readonly school: Pick<School, 'roles'>;
  readonly days: SchoolDays;
  readonly localTime: LocalTime;
  /** What the policies ask; one that is paused is left out. */
  readonly campaigns: readonly Campaign[];
  /** Of each policy the oldest first. */
  readonly versions: readonly KnownVersion[];
  readonly acknowledgements: Iterable<Acknowledgement>;
  readonly whose: Whose;
}

export function createObligations({
  school,
  days,
  localTime,
  campaigns,
  versions,
  acknowledgements,
  whose,
}: ObligationParts): Obligations {
  const asking = campaigns.map((campaign) => ({
    campaign,
    roles: rolesAsked(campaign, school.roles),
    counting: versionsThatCount(campaign, versions),
  }));
  const acknowledgementsOf = byPerson(acknowledgements, whose);

  /** Of one policy, as far as they counted at that instant. */
  function signedBy(person: Person, policy: string, now: Date, today: Day): Acknowledgement[] {
    return acknowledgementsOf(person).filter(
      ({ policy: of, at, signedOn, revoked }) =>
        of === policy &&
        (signedOn === undefined ? at <= now : signedOn <= today) &&
        !(revoked !== undefined && revoked <= now),
    );
  }

  function ask(
    { campaign, roles, counting }: (typeof asking)[number],
    person: Person,
    now: Date,
    today: Day,
  ): Asked | undefined {
    if (roles && !person.roles.some((role) => roles.has(role))) return undefined;
    const left = hasLeft(person, today);
    const last = left ? person.leave! : today;
    const start = person.start ?? campaign.opens;
    const from = laterOf(laterOf(last, campaign.opens), start);
    const period = periodOf(campaign, from, days);
    if (left && (from > last || last < days.academicYear(today).first)) return undefined;

    const opens = laterOf(period.opens, start);
    const joined = person.start && days.addWorkingDays(person.start, campaign.joinersWithinWorkingDays);
    const obligation: Obligation = {
      person,
      policy: campaign.policy,
      title: campaign.title,
      version: campaign.version,
      opens,
      due: joined === undefined ? period.due : laterOf(period.due, joined),
      year: period.year,
    };
    const signed = signedBy(person, campaign.policy, now, today);
    const beginning = localTime.startOf(period.yearBegins, person);
    const met = signed.find(
      ({ version, at, signedOn }) =>
        counting.has(version) && (signedOn === undefined ? at >= beginning : signedOn >= period.yearBegins),
    );
    const newest = newestOf(signed);
    return {
      obligation,
      state: left ? 'closed' : opens <= today ? 'open' : 'coming',
      ...(met && { met }),
      ...(!met &&
        newest && {
          outdated: { by: counting.has(newest.version) ? 'year' : 'version', acknowledgement: newest },
        }),
    };
  }

  function of(person: Person, now: Date): Asked[] {
    const today = localTime.at(now, person).day;
    return asking.flatMap((each) => ask(each, person, now, today) ?? []);
  }

  return {
    of,
    owed(person, now) {
      const today = localTime.at(now, person).day;
      if (!isPresent(person, today)) return [];
      return of(person, now).flatMap(({ obligation, state, met }) =>
        state === 'open' && !met ? [obligation] : [],
      );
    },
  };
}

function newestOf(signed: readonly Acknowledgement[]): Acknowledgement | undefined {
  const moment = ({ at, signedOn }: Acknowledgement): number =>
    signedOn === undefined ? at.getTime() : Date.parse(signedOn);
  return signed.toSorted((one, other) => moment(one) - moment(other)).at(-1);
}
