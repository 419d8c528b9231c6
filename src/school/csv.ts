import type { FaultInText } from '../content/fault.ts';

/** One record of a CSV file, which may run over several lines where a value in quotes does. */
export interface CsvRecord {
  /** 1-based line that it begins on. */
  readonly line: number;
  readonly values: readonly string[];
}

export interface CsvRead {
  /** Every record that can be read, those without a value left out. */
  readonly records: readonly CsvRecord[];
  readonly faults: readonly FaultInText[];
}

const MARK = '"';

/**
 * Reads CSV as RFC 4180 has it: commas between values, quotation marks around a value that holds a comma, a
 * line break or a mark, and a mark within such a value doubled. Lines may end in any of the three usual ways.
 * A line that can't be read is a fault, and the reading goes on with the next.
 */
export function readCsv(text: string): CsvRead {
  const records: CsvRecord[] = [];
  const faults: FaultInText[] = [];
  const lineAt = lineCounter(text);
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const begin = at;
    const values: string[] = [];
    for (;;) {
      const value = text[at] === MARK ? quoted(text, at) : plain(text, at);
      if ('what' in value) {
        const { what, todo } = value;
        faults.push({ line: lineAt(value.at), what, todo });
        at = afterLine(text, value.goOn);
        break;
      }
      values.push(value.text);
      at = value.end;
      if (text[at] === ',') {
        at++;
        continue;
      }
      if (values.some((each) => each.trim() !== '')) records.push({ line: lineAt(begin), values });
      at = afterLine(text, at);
      break;
    }
  }
  return { records, faults };
}

type Value =
  /** `end` is where the value ends: at a comma, a line break or the end of the text. */
  | { readonly text: string; readonly end: number }
  | { readonly what: string; readonly todo: string; readonly at: number; readonly goOn: number };

function plain(text: string, start: number): Value {
  let end = start;
  while (end < text.length && !',\r\n'.includes(text[end]!)) {
    if (text[end] === MARK)
      return {
        what: 'A quotation mark stands in the middle of a value.',
        todo: 'Put the whole value in quotation marks and double this one: "Ann ""Nan"" Lee".',
        at: end,
        goOn: end,
      };
    end++;
  }
  return { text: text.slice(start, end), end };
}

function quoted(text: string, start: number): Value {
  const pieces: string[] = [];
  for (let from = start + 1; ; ) {
    const mark = text.indexOf(MARK, from);
    if (mark < 0)
      return {
        what: 'A quotation mark opens a value here and is never closed.',
        todo: 'Close it, or take it out.',
        at: start,
        goOn: text.length,
      };
    pieces.push(text.slice(from, mark));
    if (text[mark + 1] === MARK) {
      pieces.push(MARK);
      from = mark + 2;
      continue;
    }
    const end = mark + 1;
    if (end < text.length && !',\r\n'.includes(text[end]!))
      return {
        what: 'Something stands between the closing quotation mark of a value and the next comma.',
        todo: 'Take it out, or double the mark if it belongs to the value.',
        at: mark,
        goOn: end,
      };
    return { text: pieces.join(''), end };
  }
}

/** Where the line after the one at `at` begins. */
function afterLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && !'\r\n'.includes(text[end]!)) end++;
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(text.length, end + 1);
}

/** Tells the line of a place. To be asked from front to back, so that the text is walked through once. */
function lineCounter(text: string): (at: number) => number {
  let reached = 0;
  let line = 1;
  return (at) => {
    for (; reached < at; reached++)
      if (text[reached] === '\n' || (text[reached] === '\r' && text[reached + 1] !== '\n')) line++;
    return line;
  };
}

/**
 * Where a spreadsheet would see a formula begin: at the sign of one that comes first in a value, or first after
 * anything that some spreadsheet, in some country, takes for the end of a cell.
 */
const formula = /(^|[",;\t\r\n])( *)(?=[=+\-@＝＋－＠])/g;

/**
 * One line of CSV for a spreadsheet, with its end. What could run as a formula gets an apostrophe in front, with
 * which a spreadsheet shows it as the text that it is.
 */
export function spreadsheetLine(values: readonly string[]): string {
  const cells = values.map((value) => {
    const safe = value.replace(formula, "$1$2'").replace(/^(?=[\t\r\n])/, "'");
    return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll(MARK, MARK + MARK)}"` : safe;
  });
  return `${cells.join(',')}\r\n`;
}

/** What a CSV file begins with, so that Excel reads it as UTF-8. */
export const spreadsheetMark = '\uFEFF';
