import { describe, expect, test } from 'vitest';
import { schoolSchema } from '../../src/content/schema/school.ts';
import { createPeople } from '../../src/school/people.ts';
import { may } from '../../src/school/permissions.ts';

const today = '2026-11-23';
const school = schoolSchema.parse({
  name: 'Hill School',
  roles: {
    headteacher: { title: 'headteacher', permissions: ['see-report', 'read-gaps'] },
    dsl: { title: 'designated safeguarding lead' },
    teacher: { title: 'teacher', groups: ['Teaching staff', 'Cover'] },
    governor: { title: 'governor', groups: ['Governors'], permissions: ['see-report'] },
  },
  people: [
    { name: 'Ada', email: 'ada@hill.example', roles: ['headteacher', 'dsl'] },
    { name: 'Ben', email: 'ben@hill.example', roles: ['teacher'], leave: '2026-11-22' },
    { name: 'Cy', email: 'cy@hill.example', roles: ['teacher'], away_until: '2026-11-24' },
    { name: 'Dee', email: 'dee@hill.example', roles: ['teacher'], start: '2026-11-24' },
  ],
});

const people = createPeople(school, [
  {
    platform: 'slack',
    people: [
      { id: 'U1', name: 'ada b', email: 'ADA@hill.example', groups: ['Governors'] },
      { id: 'U2', name: 'Eve', groups: ['Cover'] },
      { id: 'U3', name: 'Flo', email: 'flo@hill.example' },
    ],
  },
  { platform: 'teams', people: [{ id: 'T1', name: 'Ada B', email: 'ada@hill.example' }] },
]);

const names = (role: string, day = today) => {
  const holders = people.holders(role, day);
  return 'people' in holders ? [holders.kind, ...holders.people.map(({ name }) => name)] : [holders.kind];
};

describe('people', () => {
  test('someone listed by a platform is the one with the same e-mail in school.yaml', () => {
    const ada = people.find({ platform: 'slack', person: 'U1' });
    expect(ada).toMatchObject({ id: 'U1', name: 'Ada', email: 'ada@hill.example' });
    expect(ada?.accounts).toEqual([
      { platform: 'slack', person: 'U1' },
      { platform: 'teams', person: 'T1' },
    ]);
    expect(people.find({ platform: 'teams', person: 'T1' })).toBe(ada);
    expect(people.find({ platform: 'teams', person: 'U1' })).toBeUndefined();
  });

  test('school.yaml wins over the platform’s groups', () => {
    expect(people.find({ platform: 'slack', person: 'U1' })).toMatchObject({
      roles: ['headteacher', 'dsl'],
      rolesFrom: 'school',
    });
  });

  test('somebody who is not in school.yaml has the roles of their groups, or none', () => {
    expect(people.find({ platform: 'slack', person: 'U2' })).toMatchObject({
      roles: ['teacher'],
      rolesFrom: 'platform',
    });
    expect(people.find({ platform: 'slack', person: 'U3' })).toMatchObject({
      roles: [],
      email: 'flo@hill.example',
    });
  });

  test('somebody without an account goes by their e-mail', () => {
    const ben = people.all.find(({ name }) => name === 'Ben');
    expect(ben).toMatchObject({ id: 'ben@hill.example', accounts: [], leave: '2026-11-22' });
    expect(people.all).toHaveLength(6);
  });
});

describe('who holds a role', () => {
  test('those who are there on the day', () => {
    expect(names('headteacher')).toEqual(['people', 'Ada']);
    expect(names('teacher')).toEqual(['people', 'Eve']);
    expect(names('teacher', '2026-11-22')).toEqual(['people', 'Ben', 'Eve']);
    expect(names('teacher', '2026-11-24')).toEqual(['people', 'Cy', 'Dee', 'Eve']);
  });

  test('nobody, where nobody is named; and no such role', () => {
    expect(people.holders('governor', today)).toEqual({ kind: 'nobody', title: 'governor' });
    expect(people.holders('wizard', today)).toEqual({ kind: 'unknown' });
    expect(people.holders('constructor', today)).toEqual({ kind: 'unknown' });
  });

  test('away, where all who hold it are', () => {
    const alone = createPeople(school, []);
    const holders = alone.holders('teacher', today);
    expect(holders).toMatchObject({ kind: 'away', title: 'teacher' });
    expect('people' in holders && holders.people.map(({ name }) => name)).toEqual(['Cy', 'Dee']);
  });
});

describe('permissions', () => {
  const named = (name: string) => people.all.find((person) => person.name === name);

  test('come with any of a person’s roles', () => {
    expect(may(school, named('Ada'), 'see-report', today)).toBe(true);
    expect(may(school, named('Ada'), 'manage-people', today)).toBe(false);
    expect(may(school, named('Eve'), 'see-report', today)).toBe(false);
  });

  test('nobody whom the bot does not know has any', () => {
    expect(may(school, undefined, 'see-report', today)).toBe(false);
    expect(may(school, named('Flo'), 'see-report', today)).toBe(false);
  });

  test('end with the last day at the school', () => {
    const leaver = { ...named('Ada')!, leave: today };
    expect(may(school, leaver, 'see-report', today)).toBe(true);
    expect(may(school, leaver, 'see-report', '2026-11-24')).toBe(false);
  });
});
