import { createHash } from 'node:crypto';
import type { Content, Policy } from '../content/content.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import type { SchoolDays } from './days.ts';
import type { Campaign, KnownVersion } from './obligation.ts';

/** What the policies ask of people, in the order of the policies. */
export function campaignsOf({ policies }: Pick<Content, 'policies'>): Campaign[] {
  return policies.flatMap((policy) => {
    const { acknowledgement: asked } = policy;
    if (!asked) return [];
    return [
      {
        policy: policy.id,
        title: policy.title,
        version: versionOf(policy),
        sha256: policy.sha256,
        change: policy.change,
        audience: asked.audience ?? policy.audience,
        opens: asked.opens,
        due: asked.due,
        joinersWithinWorkingDays: asked.joiners_within_working_days,
        checkQuestions: asked.check_questions,
      },
    ];
  });
}

/** The version that people acknowledge. Where a policy names none, each text is a version of its own. */
export function versionOf({ version, clauses }: Pick<Policy, 'version' | 'clauses'>): string {
  if (version !== undefined) return version;
  const hash = createHash('sha256');
  for (const { text } of clauses) hash.update(`${text}\n`);
  return `text ${hash.digest('hex').slice(0, 8)}`;
}

/** The keys of the roles whose holders a campaign asks; undefined where it asks everybody. */
export function rolesAsked(
  { audience }: Pick<Campaign, 'audience'>,
  roles: School['roles'],
): ReadonlySet<string> | undefined {
  if (audience.length === 0) return undefined;
  return new Set(
    Object.entries(roles)
      .filter(([key, role]) => [key, ...role.audience].some((group) => audience.includes(group)))
      .map(([key]) => key),
  );
}

/** When a campaign is open in one academic year. */
export interface Period {
  /** `2026/27` */
  readonly year: string;
  /** 1 September of that year. */
  readonly yearBegins: Day;
  readonly opens: Day;
  readonly due: Day;
}

/**
 * A campaign in the academic year of a day: by its own dates in the year in which it first opens, from 1 September
 * until the same day of the same month in each later one.
 */
export function periodOf(
  { opens, due }: Pick<Campaign, 'opens' | 'due'>,
  day: Day,
  days: Pick<SchoolDays, 'academicYear'>,
): Period {
  const first = days.academicYear(opens);
  const { name, first: begins, last } = days.academicYear(day);
  if (begins <= first.first) return { year: first.name, yearBegins: first.first, opens, due };
  const month = due.slice(4);
  const [autumn, spring] = [begins, last].map((each) => each.slice(0, 4));
  const dueThen = month >= '-09' ? `${autumn}${month}` : `${spring}${month}`;
  return {
    year: name,
    yearBegins: begins,
    opens: begins,
    due: exists(dueThen) ? dueThen : `${spring}-02-28`,
  };
}

/** False for 29 February of a year that has none. */
function exists(day: Day): boolean {
  return !day.endsWith('-02-29') || new Date(`${day}T00:00Z`).getUTCDate() === 29;
}

/**
 * The versions of a policy whose acknowledgement is one of the campaign's version too: its own, and those
 * before it as long as each one after was a minor change.
 * @param known its versions, the oldest first, with or without the campaign's own
 */
export function versionsThatCount(
  { policy, version, change }: Pick<Campaign, 'policy' | 'version' | 'change'>,
  known: readonly KnownVersion[],
): ReadonlySet<string> {
  const own = known.filter((each) => each.policy === policy);
  const found = own.findLastIndex((each) => each.version === version);
  const before = found < 0 ? own : own.slice(0, found);
  const counting = new Set([version]);
  let kind = change;
  for (const earlier of before.toReversed()) {
    if (kind === 'material') break;
    counting.add(earlier.version);
    kind = earlier.change;
  }
  return counting;
}

/** Whether any policy asks everybody to acknowledge it, also people who hold no role. */
export function asksEverybody(content: Content): boolean {
  return campaignsOf(content).some(({ audience }) => audience.length === 0);
}
