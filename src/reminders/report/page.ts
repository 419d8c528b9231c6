import { html, raw } from 'hono/html';
import { capital } from '../../chat/capital.ts';
import type { School } from '../../content/schema/school.ts';
import { dateInWords } from '../../school/date-in-words.ts';
import { counted, nameOfText } from '../words.ts';
import { type PolicyTally, type Tally, tallies } from './by-role.ts';
import type { OtherSignature, Report, ReportRow, Signature } from './report.ts';
import { headInWords } from './spreadsheet.ts';
import { style } from './style.ts';

type Html = ReturnType<typeof html>;

/**
 * The report as a page that stands alone: it asks nothing of any other place and runs nothing, so that it can be
 * kept, sent and printed.
 */
export async function reportPage(report: Report, roles: School['roles']): Promise<string> {
  const heading = 'Who has acknowledged which policy';
  const counts = tallies(report, roles);
  const page = html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${heading}: ${report.school}, ${dateInWords(report.asAt)}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<h1>${heading}</h1>
<p>${report.school}, as at the end of <strong>${dateInWords(report.asAt)}</strong>. ${madeOn(report)}</p>
${report.example ? html`<p class="notice">This school and its people are a made-up example.</p>` : ''}
</header>
<main>
${report.campaigns.length === 0 ? html`<p>No policy asks to be acknowledged.</p>` : legend}
${report.campaigns.map((campaign) =>
  policySection(
    campaign,
    counts.find(({ policy }) => policy === campaign.policy)!,
    report.rows.filter(({ policy }) => policy === campaign.policy),
    roles,
  ),
)}
${papers(report)}
${others('Signatures of people who are not asked now', 'They have left the lists, or hold no role that is asked.', report.notAsked)}
${others('Signatures that were revoked', 'They no longer count.', report.revoked)}
</main>
<footer>
<h2>Is this record whole?</h2>
<p>Every signature is one link of a chain. The chain now has ${counted(report.head.position, 'event')}, and the last one is:</p>
<p><code>${headInWords(report.head)}</code></p>
<p class="quiet">Keep this page. “npm run -s report -- verify --head” with this code shows whether anything was changed or lost since.</p>
</footer>
</body>
</html>
`;
  return String(await page);
}

const madeOn = ({ madeOn, asAt }: Report): string =>
  madeOn < asAt
    ? `Made on ${dateInWords(madeOn)}: it looks ahead, as if nobody acknowledged anything more until then.`
    : `Made on ${dateInWords(madeOn)}.`;

/** What each colour stands for, by its mark and its words. */
const colours = {
  green: { mark: '✔', meaning: 'acknowledged in this school year' },
  amber: { mark: '◐', meaning: 'acknowledged in an earlier school year, or an older version' },
  red: { mark: '✖', meaning: 'never acknowledged' },
  none: { mark: '–', meaning: 'nothing owed yet' },
} as const;

const legend = html`<ul class="legend" aria-label="What the signs mean">
${Object.entries(colours).map(([colour, { mark, meaning }]) => html`<li class="${colour}">${markOf(mark)} ${meaning}</li>`)}
</ul>`;

function markOf(mark: string): Html {
  return html`<span class="mark" aria-hidden="true">${mark}</span>`;
}

function policySection(
  campaign: Report['campaigns'][number],
  { all, roles: byRole }: PolicyTally,
  rows: readonly ReportRow[],
  roles: School['roles'],
): Html {
  return html`<section>
<h2>${nameOfText(campaign)}</h2>
${
  rows.length === 0
    ? html`<p>Nobody is asked to acknowledge it.</p>`
    : html`<h3>By role</h3>
<ul class="bars">
${tallyItem('Everybody', all)}
${byRole.map(({ title, ...tally }) => tallyItem(capital(title), tally))}
</ul>
<p class="quiet">Somebody with two roles counts in both. Those who have left are in the list below alone.</p>
<h3>By person</h3>
<table role="table" class="people">
<thead role="rowgroup"><tr role="row">${['Person', 'State', 'Due', 'Acknowledged'].map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map((row) => personRow(row, roles))}
</tbody>
</table>`
}
</section>`;
}

function tallyItem(title: string, tally: Tally): Html {
  const { green, amber, red, notOpen } = tally;
  const parts = Object.entries({ green, amber, red, none: notOpen }).filter(([, count]) => count > 0);
  return html`<li><strong>${title}</strong>
<div class="bar" aria-hidden="true">${parts.map(([colour, count]) => html`<i class="${colour}" style="flex: ${count}"></i>`)}</div>
${tallyInWords(tally)}</li>`;
}

/** `3 of 5 acknowledged (1 on paper) · 2 never · 1 overdue` */
function tallyInWords({ asked, green, onPaper, amber, red, notOpen, overdue, away }: Tally): string {
  const some = (count: number, words: string): string[] => (count > 0 ? [`${count} ${words}`] : []);
  return [
    `${green} of ${asked} acknowledged${onPaper > 0 ? ` (${onPaper} on paper)` : ''}`,
    ...some(amber, 'in an earlier year, or an older version'),
    ...some(red, 'never'),
    ...some(notOpen, 'nothing owed yet'),
    ...some(overdue, 'overdue'),
    ...some(away, 'away'),
  ].join(' · ');
}

function personRow(row: ReportRow, roles: School['roles']): Html {
  const {
    name,
    person,
    email,
    colour = 'none',
    words,
    due,
    overdue,
    signature,
    awayUntil,
    left,
    vanished,
  } = row;
  const titles = row.roles.map((role) => roles[role]?.title ?? role).join(', ');
  const remarks = [
    ...(overdue ? ['Overdue'] : []),
    ...(awayUntil === undefined ? [] : [`Away until ${dateInWords(awayUntil)}`]),
    ...(left === undefined ? [] : [`Left on ${dateInWords(left)}`]),
    ...(vanished === undefined ? [] : [`On no chat since ${dateInWords(vanished)}`]),
  ];
  return html`<tr role="row">
<th scope="row" role="rowheader">${name}<span class="quiet">${[titles, email ?? person].filter(Boolean).join(' · ')}</span></th>
<td role="cell" data-label="State" class="${colour}">${markOf(colours[colour].mark)} ${words}${remarks.map((remark) => html`<span class="quiet">${remark}</span>`)}</td>
<td role="cell" data-label="Due">${dateInWords(due)}</td>
${signature ? html`<td role="cell" data-label="Acknowledged">${signatureText(signature, row)}</td>` : html`<td role="cell"></td>`}
</tr>`;
}

/** The version only where it is not the one that is asked. */
const signatureText = ({ on, how, version, attempts, number }: Signature, row: ReportRow): Html =>
  html`${dateInWords(on)}<span class="quiet">${[
    howInWords[how],
    ...(version === row.version ? [] : [nameOfText({ title: 'an older text', version })]),
    ...(attempts === undefined ? [] : [counted(attempts, 'attempt')]),
    `number ${number}`,
  ].join(' · ')}</span>`;

const howInWords: Readonly<Record<Signature['how'], string>> = { chat: 'in the chat', paper: 'on paper' };

/** Signatures on paper, apart from those that people gave themselves. */
function papers({ rows }: Report): Html | string {
  const signed = rows.filter(({ signature }) => signature?.how === 'paper');
  if (signed.length === 0) return '';
  return signatureTable(
    'Signatures on paper',
    'The office put these on record; the papers themselves are kept at school.',
    ['Person', 'Policy', 'Signed', 'Recorded'],
    signed.map(({ name, title, signature }) => [
      name,
      title,
      dateInWords(signature!.on),
      recordedInWords(signature!),
    ]),
  );
}

function others(heading: string, lead: string, all: readonly OtherSignature[]): Html | string {
  if (all.length === 0) return '';
  return signatureTable(
    heading,
    lead,
    ['Person', 'Policy', 'Signed', 'Remarks'],
    all.map(({ name, title, signature, revoked }) => [
      name,
      nameOfText({ title, version: signature.version }),
      `${dateInWords(signature.on)}, ${howInWords[signature.how]}, number ${signature.number}`,
      [
        ...(signature.recorded ? [`Recorded: ${recordedInWords(signature)}`] : []),
        ...(revoked ? [`Revoked on ${dateInWords(revoked.on)} by ${revoked.by}: ${revoked.reason}`] : []),
      ].join('. '),
    ]),
  );
}

const recordedInWords = ({ recorded }: Signature): string =>
  recorded ? `${dateInWords(recorded.on)} by ${recorded.by}: ${recorded.reason}` : '';

function signatureTable(
  heading: string,
  lead: string,
  columns: readonly string[],
  lines: readonly (readonly string[])[],
): Html {
  return html`<section>
<h2>${heading}</h2>
<p>${lead}</p>
<table role="table">
<thead role="rowgroup"><tr role="row">${columns.map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">
${lines.map(
  ([person, ...cells]) =>
    html`<tr role="row"><th scope="row" role="rowheader">${person}</th>${cells.map((cell, index) =>
      cell === ''
        ? html`<td role="cell"></td>`
        : html`<td role="cell" data-label="${columns[index + 1]}">${cell}</td>`,
    )}</tr>`,
)}
</tbody>
</table>
</section>`;
}
