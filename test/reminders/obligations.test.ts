import { describe, expect, test } from 'vitest';
import type { Acknowledgement } from '../../src/reminders/obligation.ts';
import type { Person } from '../../src/school/people.ts';
import {
  acknowledged,
  campaignOf,
  instant,
  obligationsIn,
  personOf,
  type Scenario,
} from '../support/reminders/scenario.ts';

const ada = personOf('ada');
const asked = (person: Person, wall: string, scenario: Partial<Scenario> = {}) =>
  obligationsIn({ people: [], ...scenario }).of(person, instant(wall));
const owed = (person: Person, wall: string, scenario: Partial<Scenario> = {}) =>
  obligationsIn({ people: [], ...scenario }).owed(person, instant(wall));
const dates = (person: Person, wall: string, scenario: Partial<Scenario> = {}) =>
  asked(person, wall, scenario).map(({ state, obligation: { opens, due, year } }) => [
    state,
    opens,
    due,
    year,
  ]);

describe('who owes', () => {
  test('whoever holds a role that belongs to the audience', () => {
    const campaigns = [campaignOf({ audience: ['governor', 'office'] })];
    const roles = (...keys: string[]) =>
      owed(personOf('x', { roles: keys }), '2026-11-24T09:00', { campaigns });
    expect(roles('teacher')).toEqual([]);
    expect(roles('teacher', 'chair-of-governors')).toHaveLength(1);
    expect(roles('office')).toHaveLength(1);
    expect(roles()).toEqual([]);
  });

  test('everybody, also without a role, where nobody is named', () => {
    const campaigns = [campaignOf({ audience: [] })];
    expect(owed(personOf('x', { roles: [] }), '2026-11-24T09:00', { campaigns })).toHaveLength(1);
  });

  test('nobody before it opens, nor while they are not at the school', () => {
    expect(owed(ada, '2026-11-01T23:59')).toEqual([]);
    expect(owed(ada, '2026-11-02T00:00')).toHaveLength(1);
    const spell = personOf('x', { start: '2026-11-16', leave: '2026-12-04' });
    expect(owed(spell, '2026-11-15T12:00')).toEqual([]);
    expect(owed(spell, '2026-11-16T12:00')).toHaveLength(1);
    expect(owed(spell, '2026-12-04T12:00')).toHaveLength(1);
    expect(owed(spell, '2026-12-05T00:00')).toEqual([]);
    const away = personOf('x', { awayUntil: '2027-03-01' });
    expect(owed(away, '2027-02-28T12:00')).toEqual([]);
    expect(owed(away, '2027-03-01T12:00')).toHaveLength(1);
  });
});

describe('from when, until when', () => {
  test.each([
    ['who was there already', {}, '2026-11-24', ['open', '2026-11-02', '2026-12-11', '2026/27']],
    [
      'who started in August',
      { start: '2026-08-17' },
      '2026-11-24',
      ['open', '2026-11-02', '2026-12-11', '2026/27'],
    ],
    [
      'who starts late',
      { start: '2026-12-07' },
      '2026-12-07',
      ['open', '2026-12-07', '2027-01-04', '2026/27'],
    ],
    [
      'who starts after the due date',
      { start: '2027-01-11' },
      '2027-05-01',
      ['open', '2027-01-11', '2027-01-25', '2026/27'],
    ],
    [
      'who will start',
      { start: '2027-01-11' },
      '2026-11-24',
      ['coming', '2027-01-11', '2027-01-25', '2026/27'],
    ],
    [
      'who will start in another school year',
      { start: '2027-09-06' },
      '2027-07-01',
      ['coming', '2027-09-06', '2027-12-11', '2027/28'],
    ],
    ['the year after', {}, '2027-09-01', ['open', '2027-09-01', '2027-12-11', '2027/28']],
    ['before it opens', {}, '2026-10-01', ['coming', '2026-11-02', '2026-12-11', '2026/27']],
    [
      'who has left',
      { leave: '2026-11-30' },
      '2027-05-01',
      ['closed', '2026-11-02', '2026-12-11', '2026/27'],
    ],
  ])('%s', (_, dated, day, expected) => {
    expect(dates(personOf('x', dated), `${day}T09:00`)).toEqual([expected]);
  });

  test('a joiner’s days are those of the campaign', () => {
    const campaigns = [campaignOf({ joinersWithinWorkingDays: 0 })];
    const person = personOf('x', { start: '2027-01-11' });
    expect(dates(person, '2027-01-11T09:00', { campaigns })).toEqual([
      ['open', '2027-01-11', '2027-01-11', '2026/27'],
    ]);
  });

  test('who left before it opened, or in an earlier school year, was not asked', () => {
    expect(dates(personOf('x', { leave: '2026-10-30' }), '2026-12-01T09:00')).toEqual([]);
    expect(dates(personOf('x', { leave: '2027-08-31' }), '2027-09-01T09:00')).toEqual([]);
    expect(dates(personOf('x', { leave: '2027-08-31' }), '2027-08-31T09:00')).toHaveLength(1);
  });
});

describe('what meets it', () => {
  const versions = [
    { policy: 'phones', version: '0', change: 'material' },
    { policy: 'phones', version: '1', change: 'material' },
    { policy: 'phones', version: '2', change: 'minor' },
  ] as const;
  const campaigns = [campaignOf({ version: '2', change: 'minor' })];
  const found = (acknowledgement: Acknowledgement, wall = '2026-12-01T09:00', person = ada) => {
    const [only] = asked(person, wall, {
      people: [person],
      campaigns,
      versions,
      acknowledgements: [acknowledgement],
    });
    return only!.met ? 'met' : (only!.outdated?.by ?? 'nothing');
  };

  test.each<[what: string, wall: string, more: Partial<Acknowledgement>, expected: string]>([
    ['this version', '2026-11-24T10:00', { version: '2' }, 'met'],
    ['the one before a minor change', '2026-11-24T10:00', {}, 'met'],
    ['one before a material change', '2026-11-24T10:00', { version: '0' }, 'version'],
    ['on 1 September, before it opened', '2026-09-01T00:00', {}, 'met'],
    ['in the last minute of the year before', '2026-08-31T23:59', {}, 'year'],
    ['another policy', '2026-11-24T10:00', { policy: 'safety' }, 'nothing'],
    ['somebody else', '2026-11-24T10:00', { person: { id: 'ben' } }, 'nothing'],
    ['later than looked at', '2026-12-01T09:01', {}, 'nothing'],
    ['revoked', '2026-11-24T10:00', { revoked: instant('2026-11-30T10:00') }, 'nothing'],
    ['revoked later', '2026-11-24T10:00', { revoked: instant('2026-12-01T09:01') }, 'met'],
    ['on paper', '2026-11-24T10:00', { how: 'paper', signedOn: '2026-11-20' }, 'met'],
    ['on paper, recorded later', '2026-12-20T10:00', { how: 'paper', signedOn: '2026-11-20' }, 'met'],
    ['on paper, last year', '2026-11-24T10:00', { how: 'paper', signedOn: '2026-08-31' }, 'year'],
  ])('%s', (_, wall, more, expected) => {
    expect(found(acknowledged('ada', wall, more))).toBe(expected);
  });

  test('under whichever id or e-mail of the person it was kept', () => {
    const person = personOf('U1', {
      email: 'ada@school.example',
      accounts: [
        { platform: 'slack', person: 'U1' },
        { platform: 'teams', person: '29:x' },
      ],
    });
    for (const key of [
      { id: 'U1' },
      { id: '29:x' },
      { id: 'ada@school.example' },
      { id: 'U-old', email: 'ada@school.example' },
    ])
      expect(found(acknowledged('ada', '2026-11-24T10:00', { person: key }), undefined, person)).toBe('met');
    expect(
      found(
        acknowledged('ada', '2026-11-24T10:00', { person: { id: 'U2', email: 'ben@school.example' } }),
        undefined,
        person,
      ),
    ).toBe('nothing');
  });

  test('in another time zone the school year begins at midnight there', () => {
    const sydney = personOf('ada', { timeZone: 'Australia/Sydney' });
    expect(found(acknowledged('ada', '2026-08-31T15:00'), undefined, sydney)).toBe('met');
    expect(found(acknowledged('ada', '2026-08-31T14:59'), undefined, sydney)).toBe('year');
  });

  test('of several that do not, the last one is named', () => {
    const acknowledgements = [
      acknowledged('ada', '2025-11-24T10:00', { version: '0' }),
      acknowledged('ada', '2026-05-04T10:00', { version: '1' }),
      acknowledged('ada', '2026-06-01T10:00', { version: '0', how: 'paper', signedOn: '2024-11-24' }),
    ];
    const [only] = asked(ada, '2026-12-01T09:00', { campaigns, versions, acknowledgements });
    expect(only).toMatchObject({ outdated: { by: 'year', acknowledgement: acknowledgements[1] } });
  });

  test('a leaver’s acknowledgement goes on meeting what was asked', () => {
    const leaver = personOf('ada', { leave: '2026-12-04' });
    expect(found(acknowledged('ada', '2026-11-24T10:00'), '2027-03-01T09:00', leaver)).toBe('met');
  });
});
