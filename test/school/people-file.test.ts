import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schoolSchema } from '../../src/content/schema/school.ts';
import { readPeopleFile } from '../../src/school/people-file.ts';

const { roles } = schoolSchema.parse({ name: 'Hill School' });
const header = 'id,email,name,role,start,leave,away_until\n';

const readBytes = (bytes: Uint8Array) => readPeopleFile(bytes, roles);
const read = (text: string) => readBytes(Buffer.from(text));

/** What is wrong with one person's line, as `line: what to do`. */
const faultsOf = (line: string) =>
  read(header + line).faults.map((fault) => `${fault.line}: ${fault.what} ${fault.todo}`);

describe('the office’s list of people', () => {
  test('is read, whatever Excel made of its ends, marks and empty lines', () => {
    const text =
      '\uFEFFid,email,name,role,start,leave,away_until\r\n' +
      'U1,Ann@Hill.example,"Lee, Ann",teacher;dsl,2026-09-01,,\r\n' +
      ',,,,,,\r\n' +
      ',bo@hill.example,Bo “Bobby” O’Neill,governor,,2027-07-21,2027-01-04\r\n\r\n';
    expect(read(text)).toEqual({
      faults: [],
      people: [
        {
          line: 2,
          person: {
            id: 'U1',
            email: 'ann@hill.example',
            name: 'Lee, Ann',
            roles: ['teacher', 'dsl'],
            start: '2026-09-01',
          },
        },
        {
          line: 4,
          person: {
            email: 'bo@hill.example',
            name: 'Bo “Bobby” O’Neill',
            roles: ['governor'],
            leave: '2027-07-21',
            awayUntil: '2027-01-04',
          },
        },
      ],
    });
  });

  test('may have its columns in any order and in any capitals', () => {
    const { people, faults } = read(
      'Name,ROLE,Away_Until,leave,start,email,id\nAnn,teacher,,,2026-09-01,,U1\n',
    );
    expect(faults).toEqual([]);
    expect(people[0]?.person).toEqual({ id: 'U1', name: 'Ann', roles: ['teacher'], start: '2026-09-01' });
  });

  test.each([
    ['an e-mail in place of an id', 'ANN@hill.example,,Ann,teacher,,,', { email: 'ann@hill.example' }],
    ['the same twice', 'Ann@hill.example,ann@Hill.example,Ann,teacher,,,', { email: 'ann@hill.example' }],
    ['an id alone', '29:1-abc_D,,Ann,teacher,,,', { id: '29:1-abc_D' }],
    [
      'an id that is another e-mail',
      'a@x.example,b@x.example,Ann,teacher,,,',
      { id: 'a@x.example', email: 'b@x.example' },
    ],
  ])('%s says who it is', (_, line, keys) => {
    expect(read(header + line)).toEqual({
      faults: [],
      people: [{ line: 2, person: { ...keys, name: 'Ann', roles: ['teacher'] } }],
    });
  });

  test('keeps names as they are, those that look like formulas included', () => {
    const { people, faults } = read(
      `${header}U1,,"=HYPERLINK(""x"")",teacher;teacher,,,\nU2,,-Ann,teacher,,,`,
    );
    expect(faults).toEqual([]);
    expect(people.map(({ person }) => person.name)).toEqual(['=HYPERLINK("x")', '-Ann']);
    expect(people[0]?.person.roles).toEqual(['teacher']);
  });

  test.each([
    [
      'U1,,Ann,teacher,01/09/2026,,',
      /^2: start: "01\/09\/2026" .* Write 2026-09-01 if you mean 1 September 2026\.$/,
    ],
    ['U1,,Ann,teacher,,1.9.26,', /^2: leave: .* Write 2026-09-01 if/],
    ['U1,,Ann,teacher,,09/25/2026,', /^2: leave: .* Write a day such as 1 September 2026 as 2026-09-01\.$/],
    ['U1,,Ann,teacher,,,46266', /^2: away_until: "46266" is not written as year-month-day\. Write/],
    ['U1,,Ann,teacher,2027-02-29,,', /^2: start: "2027-02-29" is not a day that exists\./],
    ['U1,,Ann,teacher,2026-09-01,2026-08-31,', /^2: leave \(2026-08-31\) is before start/],
    ['U1,,Ann,Teaching Assistant,,,', /^2: role: "Teaching Assistant" is not .* Write teaching-assistant\.$/],
    ['U1,,Ann,wizard,,,', /^2: role: "wizard" is not one of the roles in school\.yaml\. Use headteacher, /],
    ['U1,,Ann,"teacher, dsl",,,', /put ";" between several\.$/],
    ['U1,,Ann,constructor,,,', /^2: role: "constructor" is not/],
    ['U1,,Ann, ; ,,,', /^2: role is empty\./],
    ['U1,,  ,teacher,,,', /^2: name is empty\./],
    [',,Ann,teacher,,,', /^2: id and email are both empty\./],
    ['U1,ann at hill,Ann,teacher,,,', /^2: email: "ann at hill" is not an e-mail address\./],
    ['a@b,,Ann,teacher,,,', /^2: id: "a@b" is not an e-mail address\./],
    ['U 1,,Ann,teacher,,,', /^2: id: "U 1" has a space in it\./],
    ['U1,,Ann,teacher,,', /^2: This line has 6 values, and the first line names 7\. .*commas, too/],
    ['U1,,Lee, Ann,teacher,,,', /^2: This line has 8 values.*in quotation marks: "Lee, Ann"\.$/],
    ['U1,,"Ann\nLee",teacher,,,', /^2: name holds a line break/],
    ['U1,,Ann\0,teacher,,,', /^0: This is text in UTF-16 or no text at all/],
    ['U1,,Ann\u001b[2J,teacher,,,', /^2: name holds a line break or another control character/],
    ['U1,,Zo\uFFFD,teacher,,,', /^2: name holds "\uFFFD": a character was lost/],
    [`U1,,${'x'.repeat(201)},teacher,,,`, /^2: name is longer than 200 characters/],
    ['U1,,"Ann,teacher,,,', /^2: A quotation mark opens a value here and is never closed\./],
    ['U1,,Ann,teacher,,,\nU1,,Bo,teacher,,,', /^3: id: "U1" stands already on line 2\./],
    [
      'U1,a@x.example,Ann,teacher,,,\nU2,A@x.example,Bo,teacher,,,',
      /^3: email: "a@x\.example" stands already/,
    ],
  ])('%j is refused', (line, expected) => {
    expect(faultsOf(line)).toEqual([expect.stringMatching(expected)]);
  });

  test('lists all that is wrong, in the order of the lines', () => {
    const { faults } = read(
      `${header}U1,,,wizard,1/9/26,,\nU2,,Bo,teacher,,,\nU3,,C"y,teacher,,,\nU4,,Dee,teacher,,x,`,
    );
    expect(faults.map(({ line }) => line)).toEqual([2, 2, 2, 4, 5]);
  });

  test('a line that repeats an earlier one is listed, also where that one is wrong itself', () => {
    const { faults } = read(
      `${header}U1,ann@hill.example,,teacher,,,\nU2,ann@hill.example,Bo,teacher,,,\nU1,,Cy,teacher,,,\n`,
    );
    expect(faults.map(({ line, what }) => `${line}: ${what}`)).toEqual([
      '2: name is empty.',
      '3: email: "ann@hill.example" stands already on line 2.',
      '4: id: "U1" stands already on line 2.',
    ]);
  });

  test.each([
    ['', 'It is empty'],
    ['\n\n', 'It is empty'],
    [header, 'Nobody stands below'],
    ['U1,ann@hill.example,Ann,teacher,,,', 'does not name the column id, email'],
    ['id,email,name,role,start,leave\nU1,,Ann,teacher,,', 'does not name the column away_until'],
    [`phone,${header}`, 'There is no column "phone"'],
    [`name,${header}`, 'The column name stands there twice'],
    ['id;email;name;role;start;leave;away_until\nU1;;Ann;teacher;;;', 'separated with ";"'],
    ['id\temail\tname\trole\tstart\tleave\taway_until\n', 'separated with tabs'],
  ])('%j is no such list', (text, what) => {
    const { people, faults } = read(text);
    expect(people).toEqual([]);
    expect(faults).toEqual([
      { line: expect.any(Number), what: expect.stringContaining(what), todo: expect.any(String) },
    ]);
  });

  test('names the bytes that are not UTF-8, by line', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}U1,,Zoë \uFFFD,teacher,,,\r\nU2,,Zo`),
      Buffer.from([0xeb]),
      Buffer.from(',teacher,,,\r\nU3,,Ann\r\nU4,,O'),
      Buffer.from([0x92]),
      Buffer.from('Neill,teacher,,,'),
    ]);
    expect(readBytes(bytes)).toEqual({
      people: [],
      faults: [
        {
          line: 3,
          what: 'The byte 0xEB (“ë” in Windows-1252) is not UTF-8.',
          todo: expect.stringContaining('CSV UTF-8'),
        },
        { line: 5, what: 'The byte 0x92 (“’” in Windows-1252) is not UTF-8.', todo: expect.any(String) },
      ],
    });
  });

  test.each([
    ['an Excel workbook', Buffer.from('PK\x03\x04…')],
    ['UTF-16', Buffer.from(`\uFEFF${header}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(header, 'utf16le')],
  ])('%s is told apart', (_, bytes) => {
    expect(readBytes(bytes).faults).toEqual([
      { line: 0, what: expect.stringMatching(/workbook|UTF-16/), todo: expect.stringContaining('CSV UTF-8') },
    ]);
  });

  test('any bytes are read or refused with a line; what is read can be kept', () => {
    const lines = Buffer.from(header).toString('latin1');
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        'U1',
        'a@x.example',
        'teacher',
        'dsl;teacher',
        '2026-09-01',
        '1/9/26',
        '"a""b"',
        'Zo\xeb',
      ),
      fc.string({ unit: 'binary-ascii' }),
    );
    const row = fc.array(cell, { minLength: 6, maxLength: 8 }).map((cells) => cells.join(','));
    fc.assert(
      fc.property(fc.array(row), fc.boolean(), (rows, withHeader) => {
        const bytes = Buffer.from((withHeader ? lines : '') + rows.join('\n'), 'latin1');
        const { people, faults } = readBytes(bytes);
        for (const { line, what, todo } of faults) {
          expect(line).toBeGreaterThanOrEqual(0);
          expect(`${what} ${todo}`).not.toMatch(/undefined|NaN|\p{Cc}/u);
        }
        for (const { person } of people) {
          expect(person.id ?? person.email).toBeTruthy();
          expect(person.name).not.toBe('');
          expect(person.roles.every((role) => Object.hasOwn(roles, role))).toBe(true);
        }
      }),
    );
  });
});
