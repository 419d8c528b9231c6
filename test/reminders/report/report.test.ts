import { describe, expect, test } from 'vitest';
import { createObligations } from '../../../src/reminders/obligations.ts';
import { tallies } from '../../../src/reminders/report/by-role.ts';
import { reportJson } from '../../../src/reminders/report/json.ts';
import { makeReport, type Report } from '../../../src/reminders/report/report.ts';
import { reportCsv } from '../../../src/reminders/report/spreadsheet.ts';
import { readCsv } from '../../../src/school/csv.ts';
import type { Person } from '../../../src/school/people.ts';
import { whoseAmong } from '../../../src/school/whose.ts';
import type { KeptAcknowledgement } from '../../../src/store/acknowledgements.ts';
import {
  campaignOf,
  days,
  instant,
  localTime,
  personOf,
  whitefield,
} from '../../support/reminders/scenario.ts';

const campaign = campaignOf({ version: '2', audience: ['staff', 'governor', 'contractor'] });
const versions = [
  { policy: 'phones', version: '1', sha256: '1', title: 'Old Phones', change: 'material' },
  { policy: 'cars', version: '1', sha256: '1', title: 'Cars', change: 'material' },
] as const;

let position = 0;
function pressed(who: string, wall: string, more: Partial<KeptAcknowledgement> = {}): KeptAcknowledgement {
  position++;
  return {
    how: 'chat',
    person: { id: who, name: who },
    policy: 'phones',
    version: '2',
    sha256: '2',
    at: instant(wall),
    wording: 'I have read it.',
    position,
    ...more,
  } as KeptAcknowledgement;
}
const onPaper = (who: string, signedOn: string, wall: string, more: Partial<KeptAcknowledgement> = {}) =>
  pressed(who, wall, { how: 'paper', signedOn, recordedBy: 'Susan', reason: 'no account', ...more });

const people: readonly Person[] = [
  personOf('ann', { roles: ['teacher', 'dsl'] }),
  personOf('bo', { awayUntil: '2027-01-04' }),
  personOf('cy', { roles: ['governor'] }),
  personOf('dee', { roles: ['contractor'], email: 'dee@hill.example' }),
  personOf('eve', { leave: '2026-11-13' }),
  personOf('flo', { start: '2026-12-07' }),
  personOf('gil', { roles: ['volunteer'] }),
];
const acknowledgements = [
  pressed('bo', '2026-09-10T10:00', { version: '1' }),
  pressed('ann', '2026-11-05T10:00', { attempts: 2 }),
  onPaper('DEE', '2026-11-09', '2026-11-16T09:00', {
    person: { id: 'D', email: 'dee@hill.example', name: 'Dee' },
  }),
  pressed('cy', '2026-11-10T10:00', {
    revoked: instant('2026-11-20T09:00'),
    revokedBy: 'Susan',
    revokedBecause: 'somebody else’s phone',
  }),
  pressed('gil', '2026-11-11T10:00'),
  onPaper('zed', '2026-01-05', '2026-01-06T09:00', { policy: 'cars', version: '1' }),
];

function reportAt(wall: string, own: readonly Person[] = people): Report {
  const campaigns = [campaign];
  const parts = {
    school: whitefield,
    days,
    localTime,
    campaigns,
    versions,
    acknowledgements,
    whose: whoseAmong(own),
  };
  return makeReport({
    school: whitefield,
    campaigns,
    localTime,
    obligations: createObligations(parts),
    acknowledgements,
    versions,
    people: { all: own, whose: whoseAmong(own) },
    head: { position: 7, hash: 'f'.repeat(64) },
    at: instant(wall),
    now: instant('2026-11-23T12:00'),
  });
}

const stateOf = (report: Report) =>
  Object.fromEntries(
    report.rows.map(({ person, words, colour }) => [person, `${colour ?? 'none'}: ${words}`]),
  );

describe('the report', () => {
  test('tells how everybody stands who is asked, by name', () => {
    const report = reportAt('2026-11-23T12:00');
    expect(stateOf(report)).toEqual({
      ann: 'green: Acknowledged',
      bo: 'amber: Acknowledged an older version',
      cy: 'red: Never acknowledged',
      dee: 'green: Acknowledged',
      eve: 'none: Left before acknowledging',
      flo: 'none: Not open yet',
    });
    expect(report.rows.map(({ person }) => person)).toEqual(['ann', 'bo', 'cy', 'dee', 'eve', 'flo']);
    expect(report).toMatchObject({ asAt: '2026-11-23', madeOn: '2026-11-23', head: { position: 7 } });
  });

  test('says when and how each signed, and shows papers with who put them on record, and why', () => {
    const [ann, bo, cy, dee, eve, flo] = reportAt('2026-11-23T12:00').rows;
    expect(ann?.signature).toEqual({ number: 2, version: '2', on: '2026-11-05', how: 'chat', attempts: 2 });
    expect(dee?.signature).toEqual({
      number: 3,
      version: '2',
      on: '2026-11-09',
      how: 'paper',
      recorded: { by: 'Susan', on: '2026-11-16', reason: 'no account' },
    });
    expect(bo).toMatchObject({ awayUntil: '2027-01-04', signature: { version: '1' } });
    expect(cy?.signature).toBeUndefined();
    expect(eve?.left).toBe('2026-11-13');
    // Ten school days from 7 December lie beyond the campaign's own date.
    expect(flo?.due).toBe('2027-01-04');
  });

  test('stands as at any day: before a press, before a revocation, and after the due date', () => {
    expect(stateOf(reportAt('2026-11-04T23:59'))).toMatchObject({
      ann: 'red: Never acknowledged',
      eve: 'red: Never acknowledged',
    });
    expect(stateOf(reportAt('2026-11-12T12:00'))).toMatchObject({
      cy: 'green: Acknowledged',
      dee: 'green: Acknowledged',
    });
    const later = reportAt('2026-12-12T12:00');
    expect(later.rows.filter(({ overdue }) => overdue).map(({ person }) => person)).toEqual(['cy']);
    expect(stateOf(reportAt('2027-09-02T12:00'))).toMatchObject({
      ann: 'amber: Acknowledged in an earlier school year',
    });
  });

  test('keeps the signatures of people who are not asked, and those that were revoked, apart', () => {
    const report = reportAt('2026-11-23T12:00');
    expect(report.notAsked.map(({ person, title }) => [person, title])).toEqual([
      ['gil', 'Phones'],
      ['zed', 'Cars'],
    ]);
    expect(report.revoked).toEqual([
      {
        person: 'cy',
        name: 'cy',
        policy: 'phones',
        title: 'Phones',
        signature: { number: 4, version: '2', on: '2026-11-10', how: 'chat' },
        revoked: { on: '2026-11-20', by: 'Susan', reason: 'somebody else’s phone' },
      },
    ]);
    expect(reportAt('2026-11-15T12:00').revoked).toEqual([]);
  });

  test('counts by role those who are at the school', () => {
    const [policy] = tallies(reportAt('2026-12-12T12:00'), whitefield.roles);
    expect(policy?.all).toEqual({
      asked: 5,
      green: 2,
      onPaper: 1,
      amber: 1,
      red: 2,
      notOpen: 0,
      away: 1,
      overdue: 1,
    });
    expect(policy?.roles.map(({ role, asked, green }) => [role, asked, green])).toEqual([
      ['dsl', 1, 1],
      ['teacher', 3, 1],
      ['governor', 1, 0],
      ['contractor', 1, 1],
    ]);
  });

  test('makes names safe to print', () => {
    const [row] = reportAt('2026-11-23T12:00', [personOf('x', { name: 'A\u001b[2J\n\u202eB' })]).rows;
    expect(row?.name).toBe('A␛[2J B');
  });
});

describe('as a spreadsheet', () => {
  test('one line a person and policy, then what else was signed; each tells the day and the chain', () => {
    const csv = reportCsv(reportAt('2026-11-23T12:00'));
    expect(csv.startsWith('\uFEFFperson,name,email,role,policy,version,state,colour,')).toBe(true);
    const { records, faults } = readCsv(csv);
    expect(faults).toEqual([]);
    const [header, ...lines] = records.map(({ values }) => values);
    const cell = (line: readonly string[] | undefined, column: string) => line?.[header!.indexOf(column)];
    expect(lines.map((line) => [line[0], cell(line, 'state')])).toEqual([
      ['ann', 'Acknowledged'],
      ['bo', 'Acknowledged an older version'],
      ['cy', 'Never acknowledged'],
      ['dee', 'Acknowledged'],
      ['eve', 'Left before acknowledging'],
      ['flo', 'Not open yet'],
      ['gil', 'Not asked now'],
      ['zed', 'Not asked now'],
      ['cy', 'Revoked'],
    ]);
    for (const line of lines) {
      expect(line).toHaveLength(header!.length);
      expect(cell(line, 'as_at')).toBe('2026-11-23');
      expect(cell(line, 'chain')).toBe(`7:${'f'.repeat(64)}`);
    }
    expect(cell(lines[3], 'how')).toBe('paper');
    expect(cell(lines[3], 'paper_reason')).toBe('no account');
    expect(cell(lines[0], 'attempts')).toBe('2');
    expect(cell(lines[1], 'away_until')).toBe('2027-01-04');
  });

  test('no name runs as a formula', () => {
    const hostile = ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '=HYPERLINK("http://x.example","y")'];
    const csv = reportCsv(
      reportAt(
        '2026-11-23T12:00',
        hostile.map((name, index) => personOf(`p${index}`, { name })),
      ),
    );
    const names = readCsv(csv)
      .records.slice(1, hostile.length + 1)
      .map(({ values }) => values[1]);
    for (const name of names) expect(name).toMatch(/^'[=+@-]/);
  });
});

test('as JSON', () => {
  const document = JSON.parse(reportJson(reportAt('2026-11-23T12:00')));
  expect(document).toMatchObject({
    school: 'Whitefield Primary School',
    as_at: '2026-11-23',
    chain: { events: 7, head: 'f'.repeat(64) },
    policies: [{ policy: 'phones', version: '2', due: '2026-12-11' }],
    not_asked_now: [{ person: 'gil' }, { person: 'zed' }],
    revoked: [{ person: 'cy', revoked: { by: 'Susan' } }],
  });
  expect(document.rows[3]).toEqual({
    person: 'dee',
    name: 'dee',
    email: 'dee@hill.example',
    roles: ['contractor'],
    policy: 'phones',
    version: '2',
    state: 'acknowledged',
    state_in_words: 'Acknowledged',
    colour: 'green',
    overdue: false,
    due: '2026-12-11',
    acknowledged_on: '2026-11-09',
    acknowledged_version: '2',
    how: 'paper',
    attempts: null,
    paper: { recorded_by: 'Susan', recorded_on: '2026-11-16', reason: 'no account' },
    number: 3,
    away_until: null,
    left: null,
    on_no_chat_since: null,
  });
});
