import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv, spreadsheetLine } from '../../src/school/csv.ts';

const values = (text: string) => readCsv(text).records.map((record) => record.values);

describe('CSV', () => {
  test.each([
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['\uFEFFa,b', [['a', 'b']]],
    ['"a","b"', [['a', 'b']]],
    ['"Lee, Ann","x ""y"" z"', [['Lee, Ann', 'x "y" z']]],
    ['"two\r\nlines",b', [['two\r\nlines', 'b']]],
    ['a,,\n,,\n\n', [['a', '', '']]],
    [' a ,\tb', [[' a ', '\tb']]],
    ['""', []],
    ['', []],
  ])('%j', (text, expected) => {
    expect(values(text)).toEqual(expected);
    expect(readCsv(text).faults).toEqual([]);
  });

  test('tells the line that each record begins on', () => {
    const { records } = readCsv('a\n"b\nb\r\nb",c\r\n\r\n\rd');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 7]);
  });

  test.each([
    ['a\nb,"c\nd', 2, 'is never closed', [['a']]],
    ['a\nb,c"d\ne', 2, 'in the middle', [['a'], ['e']]],
    ['a\n"b\nc"d,e\nf', 3, 'closing quotation mark', [['a'], ['f']]],
  ])('%j has a fault on line %i, and the rest is read', (text, line, what, rest) => {
    expect(readCsv(text).faults).toEqual([
      { line, what: expect.stringContaining(what), todo: expect.any(String) },
    ]);
    expect(values(text)).toEqual(rest);
  });

  test('any values come back, whoever quotes them and however lines end', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', ' ', 'é', '😀') });
    const rows = fc.array(
      fc
        .array(cell, { minLength: 1, maxLength: 4 })
        .filter((row) => row.some((each) => each.trim() !== '') && !row[0]!.startsWith('\uFEFF')),
    );
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), (table, end) => {
        const text = table
          .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
          .join(end);
        expect(readCsv(text)).toMatchObject({ faults: [] });
        expect(values(text)).toEqual(table);
      }),
    );
  });

  test('any text at all is read or refused, in order and line by line', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ') });
    fc.assert(
      fc.property(text, (any) => {
        const { records, faults } = readCsv(any);
        const lines = any.split(/\r\n|\r|\n/).length;
        for (const { line } of [...records, ...faults]) expect(line <= lines && line >= 1).toBe(true);
        expect(records.map(({ line }) => line)).toEqual(
          records.map(({ line }) => line).sort((a, b) => a - b),
        );
      }),
    );
  });

  test('a long file is read in good time', () => {
    const text = 'a,"b ""c""\nd",e\n'.repeat(200_000);
    const begun = performance.now();
    expect(readCsv(text).records).toHaveLength(200_000);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('a line for a spreadsheet', () => {
  test.each([
    [['a', 'b c'], 'a,b c'],
    [['Lee, Ann', 'x "y"'], '"Lee, Ann","x ""y"""'],
    [['=1+1', '+44', '-3', '@sum'], "'=1+1,'+44,'-3,'@sum"],
    [['＝1', '  =1'], `'＝1,"  '=1"`],
    [['\t=1', '\rx'], `"'\t'=1","'\rx"`],
    [['a;=1', 'b,-1'], `"a;'=1","b,'-1"`],
    [['2026-11-24', 'a-b', 'x@y.example'], '2026-11-24,a-b,x@y.example'],
  ])('%j', (cells, line) => {
    expect(spreadsheetLine(cells)).toBe(`${line}\r\n`);
  });

  test('no cell begins as a formula, wherever a spreadsheet cuts it', () => {
    const unit = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ';', ',', ' ', '"', "'", 'a');
    fc.assert(
      fc.property(fc.array(fc.string({ unit }), { minLength: 1 }), (cells) => {
        const line = spreadsheetLine(cells).slice(0, -2);
        for (const cell of line.split(/[",;\t\r\n]/)) expect(cell).not.toMatch(/^\s*[=+@-]/);
      }),
    );
  });
});
