import * as z from 'zod';
import { harmlessLine } from '../chat/harmless.ts';
import type { FaultInText } from '../content/fault.ts';
import type { School } from '../content/schema/school.ts';
import { type CsvRecord, readCsv } from './csv.ts';
import { dateInWords } from './date-in-words.ts';
import { decodeText } from './decode-text.ts';
import type { ListedPerson } from './people.ts';

/** Somebody of the file, with the line that they stand on. */
export interface PersonOfFile {
  readonly line: number;
  readonly person: ListedPerson;
}

export interface PeopleFile {
  readonly people: readonly PersonOfFile[];
  /** In the order of the lines. Where there is one, nobody is to be imported. */
  readonly faults: readonly FaultInText[];
}

/** The columns, as the first line names them, in any order. */
const peopleColumns = ['id', 'email', 'name', 'role', 'start', 'leave', 'away_until'] as const;
type Column = (typeof peopleColumns)[number];

const HEADER = peopleColumns.join(',');
const MOST_CHARACTERS = 200;

/** Reads the office's list of people: CSV in UTF-8. Never throws for what the file holds. */
export function readPeopleFile(bytes: Uint8Array, roles: School['roles']): PeopleFile {
  const { text, faults: unreadable } = decodeText(bytes);
  if (text === undefined) return { people: [], faults: unreadable };
  const { records, faults } = readCsv(text);
  const [header, ...rows] = records;
  if (!header) {
    const todo = `Begin with the line ${HEADER}, and put one person a line below it.`;
    return { people: [], faults: faults.length > 0 ? faults : [{ line: 1, what: 'It is empty.', todo }] };
  }
  const wrongHeader = checkHeader(header);
  if (wrongHeader) return { people: [], faults: [wrongHeader] };
  const columns = header.values.map(columnOf) as Column[];

  const all: FaultInText[] = [...faults];
  const people: PersonOfFile[] = [];
  const lines = new Map<string, number>();
  for (const row of rows) {
    const found: FaultInText[] = [];
    const { person, keys } = readPerson(row, columns, roles, (what, todo) =>
      found.push({ line: row.line, what, todo }),
    );
    for (const [column, key] of [
      ['id', keys.id],
      ['email', keys.email],
    ] as const) {
      if (key === undefined) continue;
      const first = lines.get(`${column} ${key}`);
      if (first === undefined) lines.set(`${column} ${key}`, row.line);
      else
        found.push({
          line: row.line,
          what: `${column}: ${shown(key)} stands already on line ${first}.`,
          todo: 'Put each person on one line; several roles go into "role" with ";" between them.',
        });
    }
    all.push(...found);
    if (person) people.push({ line: row.line, person });
  }
  if (rows.length === 0 && all.length === 0)
    all.push({ line: header.line, what: 'Nobody stands below this line.', todo: 'Put one person a line.' });
  return { people, faults: all.sort((one, other) => one.line - other.line) };
}

const columnOf = (name: string): string => name.trim().toLowerCase();

function checkHeader({ line, values }: CsvRecord): FaultInText | undefined {
  const todo = `Make the first line ${HEADER}`;
  const [only = ''] = values;
  const separator = values.length === 1 ? /[;\t]/.exec(only)?.[0] : undefined;
  if (separator)
    return {
      line,
      what: `The values are separated with ${separator === ';' ? '";"' : 'tabs'}, not with commas.`,
      todo: 'In Excel, save the sheet as "CSV UTF-8 (Comma delimited)".',
    };
  const names = values.map(columnOf);
  const missing = peopleColumns.filter((column) => !names.includes(column));
  const unknown = values.filter((name) => !peopleColumns.some((column) => column === columnOf(name)));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (missing.length > 0)
    return { line, what: `This line does not name the column ${missing.join(', ')}.`, todo: `${todo}.` };
  if (unknown.length > 0)
    return {
      line,
      what: `There is no column ${unknown.map(shown).join(', ')}.`,
      todo: `${todo}, and take other columns out.`,
    };
  if (twice !== undefined) return { line, what: `The column ${twice} stands there twice.`, todo: `${todo}.` };
  return undefined;
}

type Report = (what: string, todo: string) => void;

/** Who stands on a line. Without a person where something on it is wrong, and then that has been reported. */
function readPerson(
  { values }: CsvRecord,
  columns: readonly Column[],
  roles: School['roles'],
  report: Report,
): { readonly person?: ListedPerson; readonly keys: Pick<ListedPerson, 'id' | 'email'> } {
  if (values.length !== columns.length) {
    const count = `This line has ${values.length} value${values.length === 1 ? '' : 's'}, and the first line names ${columns.length}.`;
    const more = values.length > columns.length;
    report(
      count,
      more ? 'Put a value that holds a comma in quotation marks: "Lee, Ann".' : 'Put in the commas, too.',
    );
    return { keys: {} };
  }
  let faults = 0;
  const fault: Report = (what, todo) => {
    faults++;
    report(what, todo);
  };
  const cells = Object.fromEntries(columns.map((column, index) => [column, values[index]!.trim()]));
  const cell = (column: Column): string => cells[column] ?? '';
  for (const column of peopleColumns) checkCharacters(column, cell(column), fault);
  const keys = readKeys(cell('id'), cell('email'), fault);
  const name = harmlessLine(cell('name'));
  if (name === '') fault('name is empty.', 'Put in the name, as colleagues know it.');
  const own = readRoles(cell('role'), roles, fault);
  const start = readDay('start', cell('start'), fault);
  const leave = readDay('leave', cell('leave'), fault);
  const awayUntil = readDay('away_until', cell('away_until'), fault);
  if (start !== undefined && leave !== undefined && leave < start)
    fault(`leave (${leave}) is before start (${start}).`, 'Put in the last day at the school.');
  if (faults > 0) return { keys };
  const person = {
    ...keys,
    name,
    roles: own,
    ...(start !== undefined && { start }),
    ...(leave !== undefined && { leave }),
    ...(awayUntil !== undefined && { awayUntil }),
  };
  return { person, keys };
}

function checkCharacters(column: Column, value: string, fault: Report): void {
  if (/\p{Cc}/u.test(value))
    fault(
      `${column} holds a line break or another control character.`,
      'Type it again, on one line and without it.',
    );
  if (value.includes('\uFFFD'))
    fault(
      `${column} holds "\uFFFD": a character was lost when the file was saved.`,
      'Type it again and save the file as UTF-8.',
    );
  if (value.length > MOST_CHARACTERS)
    fault(`${column} is longer than ${MOST_CHARACTERS} characters.`, 'Make it shorter.');
}

const email = z.email().toLowerCase();

function readKeys(id: string, written: string, fault: Report): Pick<ListedPerson, 'id' | 'email'> {
  if (id === '' && written === '') {
    fault('id and email are both empty.', 'Put in one of them: the id on Slack or Teams, or the e-mail.');
    return {};
  }
  // Who has no other id goes by their e-mail.
  const both = written === '' && id.includes('@') ? { column: 'id', text: id } : undefined;
  const { column, text } = both ?? { column: 'email', text: written };
  const read = text === '' ? undefined : email.safeParse(text);
  if (read?.success === false)
    fault(
      `${column}: ${shown(text)} is not an e-mail address.`,
      'Write it as name@school.example, one address a person.',
    );
  const address = read?.data;
  const own = both || id === '' || id.toLowerCase() === address ? undefined : id;
  if (own !== undefined && /\s/.test(own))
    fault(`id: ${shown(own)} has a space in it.`, 'Copy the id from Slack or Teams, or leave it empty.');
  return { ...(own !== undefined && { id: own }), ...(address !== undefined && { email: address }) };
}

function readRoles(text: string, roles: School['roles'], fault: Report): readonly string[] {
  const names = text
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const known = Object.keys(roles).join(', ');
  if (names.length === 0) fault('role is empty.', `Put in one or more, with ";" between them: ${known}.`);
  for (const name of names)
    if (!Object.hasOwn(roles, name)) {
      const meant = Object.entries(roles).find(([key, { title }]) =>
        [key, title].some((each) => likeness(each) === likeness(name)),
      );
      fault(
        `role: ${shown(name)} is not one of the roles in school.yaml.`,
        meant
          ? `Write ${meant[0]}.`
          : `Use ${known}; ${name.includes(',') ? 'put ";" between several' : 'or add it to school.yaml'}.`,
      );
    }
  return [...new Set(names)];
}

const likeness = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const day = z.iso.date();
const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/;

function readDay(column: Column, text: string, fault: Report): string | undefined {
  if (text === '') return undefined;
  if (day.safeParse(text).success) return text;
  const [, date, month, year] = british.exec(text) ?? [];
  const turned = `${year?.padStart(4, '20')}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`;
  const right = day.safeParse(turned).success ? turned : undefined;
  fault(
    /^\d{4}-\d\d-\d\d$/.test(text)
      ? `${column}: ${shown(text)} is not a day that exists.`
      : `${column}: ${shown(text)} is not written as year-month-day.`,
    right
      ? `Write ${right} if you mean ${dateInWords(right)}.`
      : 'Write a day such as 1 September 2026 as 2026-09-01.',
  );
  return undefined;
}

const shown = (text: string): string => JSON.stringify(harmlessLine(text).slice(0, 80));
