import { spreadsheetLine, spreadsheetMark } from '../../school/csv.ts';
import type { Head } from '../../store/chain.ts';
import type { OtherSignature, Report, ReportRow, Signature } from './report.ts';

const columns = [
  'person',
  'name',
  'email',
  'role',
  'policy',
  'version',
  'state',
  'colour',
  'overdue',
  'due',
  'acknowledged_on',
  'acknowledged_version',
  'how',
  'attempts',
  'paper_recorded_by',
  'paper_recorded_on',
  'paper_reason',
  'away_until',
  'left',
  'on_no_chat_since',
  'revoked_on',
  'revoked_by',
  'revoked_reason',
  'number',
  'as_at',
  'chain',
] as const;
type Cells = Partial<Record<(typeof columns)[number], string | number>>;

/**
 * The report as CSV that a spreadsheet opens: one line a person and policy, then the signatures of people who
 * are not asked now and those that were revoked. Whatever looks like a formula is made text.
 */
export function reportCsv(report: Report): string {
  const lines: readonly Cells[] = [
    ...report.rows.map(cellsOfRow),
    ...report.notAsked.map((each) => cellsOfOther(each, 'Not asked now')),
    ...report.revoked.map((each) => cellsOfOther(each, 'Revoked')),
  ];
  const same: Cells = { as_at: report.asAt, chain: headInWords(report.head) };
  return [
    `${spreadsheetMark}${spreadsheetLine(columns)}`,
    ...lines.map((line) => {
      const cells = { ...line, ...same };
      return spreadsheetLine(columns.map((column) => String(cells[column] ?? '')));
    }),
  ].join('');
}

/** `12:9f86d0…`: how many events there are, and the hash of the last. `report -- verify` reads it. */
export const headInWords = ({ position, hash }: Head): string => `${position}:${hash}`;

function cellsOfRow({ name, person, email, roles, left, ...row }: ReportRow): Cells {
  return {
    person,
    name,
    email: email ?? '',
    role: roles.join('; '),
    policy: row.title,
    version: row.version,
    state: row.words,
    colour: row.colour ?? '',
    overdue: row.overdue ? 'yes' : 'no',
    due: row.due,
    ...(row.signature && cellsOfSignature(row.signature)),
    away_until: row.awayUntil ?? '',
    left: left ?? '',
    on_no_chat_since: row.vanished ?? '',
  };
}

function cellsOfOther({ name, person, email, ...other }: OtherSignature, state: string): Cells {
  return {
    person,
    name,
    email: email ?? '',
    policy: other.title,
    state,
    ...cellsOfSignature(other.signature),
    revoked_on: other.revoked?.on ?? '',
    revoked_by: other.revoked?.by ?? '',
    revoked_reason: other.revoked?.reason ?? '',
  };
}

function cellsOfSignature({ number, version, on, how, attempts, recorded }: Signature): Cells {
  return {
    number,
    acknowledged_version: version,
    acknowledged_on: on,
    how,
    attempts: attempts ?? '',
    paper_recorded_by: recorded?.by ?? '',
    paper_recorded_on: recorded?.on ?? '',
    paper_reason: recorded?.reason ?? '',
  };
}
