import type { OtherSignature, Report, ReportRow, Signature } from './report.ts';

/** The report as one JSON document, for other programs. Names of fields are those of the spreadsheet, where both have them. */
export function reportJson(report: Report): string {
  const { campaigns, rows, notAsked, revoked, head } = report;
  const document = {
    school: report.school,
    example: report.example,
    as_at: report.asAt,
    made_on: report.madeOn,
    chain: { events: head.position, head: head.hash },
    policies: campaigns.map(({ policy, title, version, opens, due }) => ({
      policy,
      title,
      version,
      opens,
      due,
    })),
    rows: rows.map(rowFields),
    not_asked_now: notAsked.map(otherFields),
    revoked: revoked.map(otherFields),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const rowFields = ({ person, name, email, roles, signature, ...row }: ReportRow) => ({
  person,
  name,
  email: email ?? null,
  roles,
  policy: row.policy,
  version: row.version,
  state: row.state,
  state_in_words: row.words,
  colour: row.colour ?? null,
  overdue: row.overdue,
  due: row.due,
  ...signatureFields(signature),
  away_until: row.awayUntil ?? null,
  left: row.left ?? null,
  on_no_chat_since: row.vanished ?? null,
});

const otherFields = ({ person, name, email, policy, signature, revoked }: OtherSignature) => ({
  person,
  name,
  email: email ?? null,
  policy,
  ...signatureFields(signature),
  revoked: revoked ?? null,
});

const signatureFields = (signature: Signature | undefined) => ({
  acknowledged_on: signature?.on ?? null,
  acknowledged_version: signature?.version ?? null,
  how: signature?.how ?? null,
  attempts: signature?.attempts ?? null,
  paper: signature?.recorded
    ? {
        recorded_by: signature.recorded.by,
        recorded_on: signature.recorded.on,
        reason: signature.recorded.reason,
      }
    : null,
  number: signature?.number ?? null,
});
