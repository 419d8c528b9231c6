import { harmless } from '../chat/harmless.ts';
import type { School } from '../content/schema/school.ts';
import { createBook } from '../reminders/book.ts';
import { reportJson } from '../reminders/report/json.ts';
import { reportPage } from '../reminders/report/page.ts';
import { readReport } from '../reminders/report/read.ts';
import type { Report } from '../reminders/report/report.ts';
import { headInWords, reportCsv } from '../reminders/report/spreadsheet.ts';
import type { Head } from '../store/chain.ts';
import { verifyRecord } from '../store/verify-record.ts';
import { readInstant } from './at.ts';
import { readFlags } from './flags.ts';
import { type Office, withOffice } from './office.ts';
import { type Command, InputError, type Shell, UsageError } from './shell.ts';

const usage = `Usage: npm run -s report -- --format html > report.html   who has acknowledged what, as a page to print
       npm run -s report -- --format csv > report.csv     the same for a spreadsheet
       npm run -s report -- --format json                 the same for other programs
       npm run -s report -- verify                        makes sure that no acknowledgement was changed or lost
  --at 2026-11-20   as at the end of that day (or at a time: 2026-11-20T09:00); today where left out
  --head CODE       verify: the code at the end of an earlier report, to see that nothing of then is gone`;

const options = {
  format: { type: 'string' },
  at: { type: 'string' },
  head: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Format = (report: Report, school: School) => Promise<string> | string;

const formats: Readonly<Record<string, Format>> = {
  json: (report) => reportJson(report),
  csv: (report) => reportCsv(report),
  html: (report, { roles }) => reportPage(report, roles),
};

/** Who has acknowledged what. Exit code 1 where somebody may be missing, or where the record is not whole. */
export const command: Command = async (given, shell) => {
  const { values, positionals } = readFlags(given, options, usage);
  if (values.help) {
    shell.output.write(`${usage}\n`);
    return 0;
  }
  const [word, ...more] = positionals;
  if (word === 'verify' && more.length === 0) {
    if (values.format !== undefined || values.at !== undefined)
      throw new UsageError('"report verify" has no --format and no --at.', usage);
    const head = values.head === undefined ? undefined : readHead(values.head);
    return withOffice(shell, (office) => verify(head, office, shell));
  }
  if (word !== undefined) throw new UsageError(`There is no "report ${positionals.join(' ')}".`, usage);
  if (values.head !== undefined) throw new UsageError('--head belongs to "report verify".', usage);
  const { format: name = '', at } = values;
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (!format)
    throw new UsageError(
      name === ''
        ? 'Which --format? Use json, csv or html.'
        : `There is no format "${name}". Use json, csv or html.`,
      usage,
    );
  return withOffice(shell, (office) => print(format, at, office, shell));
};

async function print(format: Format, at: string | undefined, office: Office, shell: Shell): Promise<number> {
  const { content, store, clock } = office;
  const now = clock.now();
  const instant = at === undefined ? now : readInstant(at, content.school.time_zone, 'its end');
  const { people, whole } = await office.everybody();
  const report = await readReport(store, {
    book: createBook(store, content, () => people),
    people,
    at: instant,
    now,
  });
  shell.output.write(await format(report, content.school));
  shell.errors.write(`As at ${report.asAt}. Code of the record: ${headInWords(report.head)}\n`);
  return whole ? 0 : 1;
}

/** @throws InputError where it is no such code */
function readHead(text: string): Head {
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase()) ?? [];
  if (position === undefined || hash === undefined)
    throw new InputError(
      '--head is not the code of a report. Copy it whole: a number, a colon and 64 letters and digits.',
    );
  return { position: Number(position), hash };
}

async function verify(reported: Head | undefined, { store }: Office, shell: Shell): Promise<number> {
  const verified = await verifyRecord(store, reported);
  if (verified.kind === 'whole') {
    const since = reported ? ' Nothing of that report is gone.' : '';
    shell.output.write(`The record is whole.${since} Code: ${headInWords(verified.head)}\n`);
    return 0;
  }
  const found =
    verified.kind === 'broken'
      ? `Event ${verified.position}`
      : `The text kept of version ${verified.version} of ${verified.policy}`;
  shell.output.write(
    `The record is NOT whole. ${harmless(found)} ${verified.problem}. Keep a copy of the database as it is, and compare it with the last backup.\n`,
  );
  return 1;
}
