import { describe, expect, test } from 'vitest';
import type { PlatformPerson } from '../../src/chat/adapter.ts';
import { schoolSchema } from '../../src/content/schema/school.ts';
import { createPeople, type ListedPerson, type PersonKey } from '../../src/school/people.ts';
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

const onSlack = {
  platform: 'slack',
  people: [
    { id: 'U1', name: 'ada b', email: 'ADA@hill.example', groups: ['Governors'] },
    { id: 'U2', name: 'Eve', groups: ['Cover'] },
    { id: 'U3', name: 'Flo', email: 'flo@hill.example' },
  ],
};
const people = createPeople(school, [
  onSlack,
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

describe('the office’s list', () => {
  const listing = (
    ...accounts: readonly { id: string; name: string; email?: string; timeZone?: string }[]
  ) => [{ platform: 'slack', people: accounts }];

  test('wins over school.yaml, whole: no date of school.yaml is left', () => {
    const { all } = createPeople(
      school,
      [],
      [{ email: 'ben@hill.example', name: 'Ben Carrow', roles: ['governor'] }],
    );
    expect(all).toHaveLength(4);
    expect(all.find(({ email }) => email === 'ben@hill.example')).toEqual({
      id: 'ben@hill.example',
      email: 'ben@hill.example',
      name: 'Ben Carrow',
      roles: ['governor'],
      rolesFrom: 'list',
      accounts: [],
    });
  });

  test('wins over the groups of a platform, and finds the account by id or by e-mail', () => {
    const { all, find } = createPeople(
      { ...school, people: [] },
      [onSlack],
      [
        { id: 'U2', name: 'Eve Lark', roles: ['governor'], start: '2026-11-02' },
        { email: 'flo@hill.example', name: 'Flo', roles: ['teacher'] },
      ],
    );
    expect(find({ platform: 'slack', person: 'U2' })).toEqual({
      id: 'U2',
      name: 'Eve Lark',
      roles: ['governor'],
      rolesFrom: 'list',
      start: '2026-11-02',
      accounts: [{ platform: 'slack', person: 'U2' }],
    });
    expect(find({ platform: 'slack', person: 'U3' })).toMatchObject({ id: 'U3', roles: ['teacher'] });
    expect(all).toHaveLength(3);
  });

  test('somebody listed by id alone is the one of school.yaml with the e-mail of the account', () => {
    const { all } = createPeople(
      school,
      [
        { platform: 'teams', people: [{ id: 'T1', name: 'A', email: 'ada@hill.example' }] },
        ...listing({ id: 'U1', name: 'A', email: 'Ada@hill.example', timeZone: 'Europe/Paris' }),
      ],
      [{ id: 'U1', name: 'Ada L', roles: ['dsl'] }],
    );
    expect(all).toHaveLength(4);
    const ada = all.filter(({ email }) => email === 'ada@hill.example');
    expect(ada).toEqual([
      {
        id: 'U1',
        name: 'Ada L',
        email: 'ada@hill.example',
        roles: ['dsl'],
        rolesFrom: 'list',
        timeZone: 'Europe/Paris',
        accounts: [
          { platform: 'slack', person: 'U1' },
          { platform: 'teams', person: 'T1' },
        ],
      },
    ]);
  });

  test('an id that no platform knows gives way to the account, and is kept where there is none', () => {
    const list = [
      { id: 'P-17', email: 'ada@hill.example', name: 'Ada', roles: ['dsl'] },
      { id: 'P-18', name: 'Ola', roles: ['teacher'] },
    ];
    const { all } = createPeople(school, listing({ id: 'U1', name: 'A', email: 'ada@hill.example' }), list);
    expect(all.filter(({ rolesFrom }) => rolesFrom === 'list').map(({ id }) => id)).toEqual(['U1', 'P-18']);
  });

  test('somebody who has vanished from a platform is there without an account, unless another source knows them', () => {
    const since = '2026-11-20';
    const gone = {
      platform: 'slack',
      people: [],
      vanished: [
        { id: 'U5', name: 'Kit', roles: ['teacher'], since },
        { id: 'U6', name: 'Ada', email: 'ada@hill.example', roles: ['governor'], since },
        { id: 'U7', name: 'Ola', roles: ['governor'], since },
        { id: 'U8', name: 'Lea', email: 'lea@hill.example', roles: ['governor'], since },
      ],
    };
    const onTeams = {
      platform: 'teams',
      people: [{ id: 'T8', name: 'Lea', email: 'Lea@hill.example' }],
    };
    const left = { id: 'U7', name: 'Ola', roles: ['teacher'], leave: '2026-11-19' };
    const { all, find } = createPeople(school, [gone, onTeams], [left]);
    expect(all.filter(({ vanished }) => vanished !== undefined)).toEqual([
      {
        id: 'U5',
        name: 'Kit',
        roles: ['teacher'],
        rolesFrom: 'platform',
        accounts: [],
        vanished: since,
      },
    ]);
    expect(all.filter(({ name }) => ['Ada', 'Ola', 'Lea'].includes(name)).map(({ id }) => id)).toEqual([
      'U7',
      'ada@hill.example',
      'T8',
    ]);
    expect(find({ platform: 'slack', person: 'U5' })).toBeUndefined();
    const { holders } = createPeople({ ...school, people: [] }, [gone]);
    expect(holders('teacher', today)).toEqual({ kind: 'nobody', title: 'teacher' });
  });

  test('a time zone comes from the first platform that knows it', () => {
    const { find } = createPeople(school, [
      ...listing({ id: 'U1', name: 'A', email: 'ada@hill.example' }),
      {
        platform: 'teams',
        people: [{ id: 'T1', name: 'A', email: 'ada@hill.example', timeZone: 'Europe/Madrid' }],
      },
      {
        platform: 'web',
        people: [{ id: 'W1', name: 'A', email: 'ada@hill.example', timeZone: 'Asia/Tokyo' }],
      },
    ]);
    expect(find({ platform: 'slack', person: 'U1' })?.timeZone).toBe('Europe/Madrid');
  });
});

describe('whose something is', () => {
  const ann = { id: 'U1', email: 'ann.new@hill.example', name: 'Ann', roles: ['teacher'] };
  const bo = { id: 'U2', email: 'ann@hill.example', name: 'Bo', roles: ['teacher'] };
  const nameOf = (known: readonly ListedPerson[], key: PersonKey, ...onSlack: readonly PlatformPerson[]) =>
    createPeople({ ...school, people: [] }, [{ platform: 'slack', people: onSlack }], known).whose(key)?.name;

  test('an id tells for certain, and an e-mail that somebody else has now does not', () => {
    expect(nameOf([bo, ann], { id: 'U1', email: 'ann@hill.example' })).toBe('Ann');
    expect(nameOf([bo, ann], { id: 'U2', email: 'bo@hill.example' })).toBe('Bo');
  });

  test('an account tells for certain, too', () => {
    const list = [{ ...bo, id: 'P-2' }, ann];
    const slack = { id: 'U7', name: 'B', email: 'ann@hill.example' };
    expect(nameOf(list, { id: 'U7', email: 'ann.new@hill.example' }, slack)).toBe('Bo');
  });

  test('the e-mail tells of somebody who had no account, or another id, when it was kept', () => {
    const slack = { id: 'U9', name: 'Bo on Slack', email: 'ann@hill.example' };
    for (const key of [
      { id: 'ann@hill.example' },
      { id: 'ann@hill.example', email: 'ann@hill.example' },
      { id: 'P-17', email: 'ann@hill.example' },
    ]) {
      expect(nameOf([ann], key, slack)).toBe('Bo on Slack');
      expect(nameOf([bo], key)).toBe('Bo');
    }
  });

  test('nobody’s, where nobody fits', () => {
    expect(nameOf([ann], { id: 'U3', email: 'cy@hill.example' })).toBeUndefined();
    expect(nameOf([ann], { id: 'U3' })).toBeUndefined();
  });

  test('one person’s at the most, in no time for a hundred thousand', () => {
    const many = Array.from({ length: 100_000 }, (_, n) => ({
      ...ann,
      id: `U${n}`,
      email: `p${(n + 1) % 100_000}@hill.example`,
    }));
    const people = createPeople({ ...school, people: [] }, [], many);
    const began = performance.now();
    const owners = many.map((_, n) => people.whose({ id: `U${n}`, email: `p${n}@hill.example` })?.id);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(owners).toEqual(many.map(({ id }) => id));
  });

  test('an address that the office’s list gives to somebody else makes no two people one', () => {
    const { all } = createPeople(
      { ...school, people: [] },
      [
        {
          platform: 'slack',
          people: [
            { id: 'U1', name: 'A', email: 'ann@hill.example' },
            { id: 'U2', name: 'B', email: 'bo@hill.example' },
          ],
        },
      ],
      [ann, bo],
    );
    expect(all.map(({ id, name, email, accounts }) => [id, name, email, accounts.length])).toEqual([
      ['U1', 'Ann', 'ann.new@hill.example', 1],
      ['U2', 'Bo', 'ann@hill.example', 1],
    ]);
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
