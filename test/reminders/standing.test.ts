import { describe, expect, test } from 'vitest';
import { standings, stateInWords } from '../../src/reminders/standing.ts';
import type { Person } from '../../src/school/people.ts';
import {
  acknowledged,
  campaignOf,
  instant,
  localTime,
  obligationsIn,
  personOf,
  type Scenario,
} from '../support/reminders/scenario.ts';

function standing(dated: Partial<Person>, wall: string, scenario: Partial<Scenario> = {}) {
  const obligations = obligationsIn({ people: [], ...scenario });
  const [only, ...more] = standings([personOf('ada', dated)], instant(wall), { obligations, localTime });
  expect(more).toEqual([]);
  return only!;
}
const signed = (wall: string, version = '1') => ({
  acknowledgements: [acknowledged('ada', wall, { version })],
});

describe('how somebody stands', () => {
  test.each<
    [
      what: string,
      dated: Partial<Person>,
      wall: string,
      scenario: Partial<Scenario>,
      words: string,
      more: object,
    ]
  >([
    [
      'this year',
      {},
      '2026-12-14T09:00',
      signed('2026-11-24T10:00'),
      'Acknowledged',
      { colour: 'green', overdue: false },
    ],
    [
      'last year',
      {},
      '2027-10-01T09:00',
      signed('2026-11-24T10:00'),
      'Acknowledged in an earlier school year',
      { colour: 'amber', overdue: false },
    ],
    [
      'an older version',
      {},
      '2026-12-14T09:00',
      signed('2026-11-24T10:00', '0'),
      'Acknowledged an older version',
      { colour: 'amber', overdue: true },
    ],
    [
      'never, on the day it is due',
      {},
      '2026-12-11T23:59',
      {},
      'Never acknowledged',
      { colour: 'red', overdue: false },
    ],
    [
      'never, a day later',
      {},
      '2026-12-12T00:00',
      {},
      'Never acknowledged',
      { colour: 'red', overdue: true },
    ],
    [
      'never, and away',
      { awayUntil: '2027-03-01' },
      '2026-12-14T09:00',
      {},
      'Never acknowledged',
      { colour: 'red', overdue: false, awayUntil: '2027-03-01' },
    ],
    [
      'this year, and away since',
      { awayUntil: '2027-03-01' },
      '2026-12-14T09:00',
      signed('2026-11-24T10:00'),
      'Acknowledged',
      { colour: 'green', overdue: false, awayUntil: '2027-03-01' },
    ],
    [
      'gone',
      { leave: '2026-11-30' },
      '2026-12-14T09:00',
      {},
      'Left before acknowledging',
      { overdue: false, left: '2026-11-30' },
    ],
    [
      'gone, and had acknowledged',
      { leave: '2026-11-30' },
      '2026-12-14T09:00',
      signed('2026-11-24T10:00'),
      'Acknowledged',
      { colour: 'green', overdue: false, left: '2026-11-30' },
    ],
    ['not asked yet', {}, '2026-10-14T09:00', {}, 'Not open yet', { overdue: false }],
    ['not started yet', { start: '2027-01-04' }, '2026-12-14T09:00', {}, 'Not open yet', { overdue: false }],
    [
      'not asked yet, and signed before',
      {},
      '2026-10-14T09:00',
      signed('2025-11-24T10:00', '0'),
      'Not open yet',
      { overdue: false },
    ],
  ])('%s', (_, dated, wall, scenario, words, more) => {
    const found = standing(dated, wall, scenario);
    const { obligation, state, acknowledgement, ...rest } = found;
    expect(stateInWords(found)).toBe(words);
    expect(rest).toEqual(more);
    expect(acknowledgement).toEqual(scenario.acknowledgements?.[0]);
    expect(obligation.policy).toBe('phones');
  });

  test('as at any day: what came later is not there yet', () => {
    const scenario = signed('2026-11-24T10:00');
    expect(standing({}, '2026-11-24T09:59', scenario).state).toBe('never');
    expect(standing({}, '2026-11-24T10:00', scenario).state).toBe('acknowledged');
  });
});

test('each person stands with each policy that asks them, in the order of both', () => {
  const campaigns = [campaignOf(), campaignOf({ policy: 'safety', audience: ['governor'] })];
  const people = [
    personOf('ada'),
    personOf('ben', { roles: ['governor'] }),
    personOf('cara', { roles: ['teacher', 'governor'] }),
    personOf('dev', { roles: ['contractor'] }),
  ];
  const obligations = obligationsIn({ people, campaigns });
  const all = [...standings(people, instant('2026-11-24T09:00'), { obligations, localTime })];
  expect(all.map(({ obligation: { person, policy } }) => `${person.id} ${policy}`)).toEqual([
    'ada phones',
    'ben safety',
    'cara phones',
    'cara safety',
  ]);
});
