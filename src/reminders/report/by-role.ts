import type { School } from '../../content/schema/school.ts';
import type { Report, ReportRow } from './report.ts';

/** How many people stand how, of those who are at the school. */
export interface Tally {
  readonly asked: number;
  readonly green: number;
  /** Of the green ones, those who signed on paper. */
  readonly onPaper: number;
  readonly amber: number;
  readonly red: number;
  /** Nothing is owed yet. */
  readonly notOpen: number;
  /** Of all, those who are on long leave. */
  readonly away: number;
  readonly overdue: number;
}

interface RoleTally extends Tally {
  /** A key of school.yaml's roles. */
  readonly role: string;
  readonly title: string;
}

/** How the people who are asked for one policy stand; those who have left are not counted. */
export interface PolicyTally {
  readonly policy: string;
  readonly all: Tally;
  /** In the order of school.yaml; roles that nobody asked holds are left out. Somebody with two roles counts in both. */
  readonly roles: readonly RoleTally[];
}

export function tallies(
  { rows, campaigns }: Pick<Report, 'rows' | 'campaigns'>,
  roles: School['roles'],
): readonly PolicyTally[] {
  return campaigns.map(({ policy }) => {
    const present = rows.filter((row) => row.policy === policy && row.left === undefined);
    return {
      policy,
      all: tallyOf(present),
      roles: Object.entries(roles).flatMap(([role, { title }]) => {
        const holding = present.filter((row) => row.roles.includes(role));
        return holding.length === 0 ? [] : [{ role, title, ...tallyOf(holding) }];
      }),
    };
  });
}

function tallyOf(rows: readonly ReportRow[]): Tally {
  const count = (is: (row: ReportRow) => boolean): number => rows.filter(is).length;
  return {
    asked: rows.length,
    green: count(({ colour }) => colour === 'green'),
    onPaper: count(({ colour, signature }) => colour === 'green' && signature?.how === 'paper'),
    amber: count(({ colour }) => colour === 'amber'),
    red: count(({ colour }) => colour === 'red'),
    notOpen: count(({ colour }) => colour === undefined),
    away: count(({ awayUntil }) => awayUntil !== undefined),
    overdue: count(({ overdue }) => overdue),
  };
}
