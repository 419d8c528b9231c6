import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { routeFor } from '../../src/concerns/routing.ts';
import { newThread, ready } from '../../src/concerns/sealing/mod.ts';
import type { StoredHandler } from '../../src/concerns/store/handlers.ts';
import { type About, abouts } from '../../src/content/schema/concerns.ts';
import type { School } from '../../src/content/schema/school.ts';
import { createPeople } from '../../src/school/people.ts';
import { schoolOf } from '../support/concerns/house.ts';

beforeAll(() => ready);

const day = '2026-11-25';
let ids = 0;

const handler = (role: string, person: string, more: Partial<StoredHandler> = {}): StoredHandler => ({
  id: Buffer.from(String(++ids).padStart(16, '0')),
  role,
  person,
  public_key: newThread().publicKey,
  sealed_by_passphrase: new Uint8Array(),
  sealed_by_recovery: new Uint8Array(),
  verifier: new Uint8Array(),
  state: 'active',
  ...more,
});

const everybody = (): StoredHandler[] => [
  handler('headteacher', 'head@hill.example'),
  handler('deputy-headteacher', 'm.ashe@hill.example'),
  handler('dsl', 'p.raman@hill.example'),
  handler('deputy-dsl', 'm.ashe@hill.example'),
  handler('chair-of-governors', 'chair@hill.example'),
  handler('vice-chair-of-governors', 'd.osei@hill.example'),
];

function readersOf(
  about: About,
  {
    school = schoolOf(),
    handlers = everybody(),
    excluding = [],
  }: { school?: School; handlers?: StoredHandler[]; excluding?: string[] } = {},
): string[] {
  const people = createPeople(school, []);
  const route = routeFor({ school, people, day, handlers }, about, excluding);
  return route.kind === 'outside' ? [] : route.readers.map(({ name }) => name);
}

describe('the usual routes', () => {
  test.each([
    ['child', ['Priya Raman', 'Martin Ashe']],
    ['adult', ['Grace Holloway', 'Martin Ashe']],
    ['headteacher', ['Helen Marsh', 'David Osei']],
    ['dsl', ['Grace Holloway', 'Helen Marsh']],
    ['chair', []],
    ['server', ['Helen Marsh']],
    ['other', ['Grace Holloway', 'Martin Ashe']],
  ] as const)('lead a concern about %s to %j', (about, names) => {
    expect(readersOf(about)).toEqual(names);
  });

  test('keep away whoever it is about in all their roles', () => {
    // The deputy headteacher is a senior leader, and the deputy DSL, too.
    const handlers = [...everybody(), handler('chair-of-governors', 'm.ashe@hill.example')];
    const school = schoolOf({
      people: [
        { name: 'Martin Ashe', email: 'm.ashe@hill.example', roles: ['deputy-dsl', 'chair-of-governors'] },
        { name: 'Helen Marsh', email: 'chair@hill.example', roles: ['chair-of-governors'] },
      ],
    });
    expect(readersOf('server', { school, handlers })).toEqual(['Helen Marsh', 'Martin Ashe']);
    expect(readersOf('dsl', { school, handlers })).toEqual(['Helen Marsh']);
  });

  test('keep away whoever runs the server from what is about that', () => {
    const school = schoolOf({ concerns: { server_run_by: ['Chair@hill.example'] } });
    expect(readersOf('server', { school })).toEqual([]);
    expect(readersOf('headteacher', { school })).toEqual(['Helen Marsh', 'David Osei']);
  });

  test('pass over roles that a school does not have', () => {
    const school = schoolOf({
      roles: { headteacher: { title: 'headteacher' }, dsl: { title: 'DSL' } },
      people: [{ name: 'Grace Holloway', email: 'head@hill.example', roles: ['headteacher', 'dsl'] }],
    });
    expect(readersOf('child', { school, handlers: [handler('dsl', 'head@hill.example')] })).toEqual([
      'Grace Holloway',
    ]);
  });
});

describe('a reader', () => {
  test('is somebody who is enrolled', () => {
    expect(readersOf('adult', { handlers: [] })).toEqual([]);
    expect(readersOf('adult', { handlers: everybody().slice(0, 1) })).toEqual(['Grace Holloway']);
  });

  test.each([
    ['has left as a reader', {}, { state: 'left' }],
    ['has left the school', { leave: '2026-11-20' }, {}],
    ['is away', { away_until: '2027-01-04' }, {}],
    ['does not hold the role any more', { roles: ['teacher'] }, {}],
  ] as const)('is nobody who %s', (_, person, own) => {
    const school = schoolOf({
      people: [{ name: 'Grace Holloway', email: 'head@hill.example', roles: ['headteacher'], ...person }],
    });
    const handlers = [handler('headteacher', 'head@hill.example', own)];
    expect(readersOf('adult', { school, handlers })).toEqual([]);
  });

  test('keeps the key when the role changes hands, and is not named as the new holder', () => {
    const school = schoolOf({
      people: [{ name: 'New Head', email: 'new@hill.example', roles: ['headteacher'] }],
    });
    expect(readersOf('adult', { school })).toEqual([]);
  });

  test('is there with every key that they have, by whatever role', () => {
    const school = schoolOf({
      concerns: { routes: { child: { read_by: ['deputy-dsl', 'deputy-headteacher', 'dsl'] } } },
    });
    expect(readersOf('child', { school })).toEqual(['Martin Ashe', 'Martin Ashe', 'Priya Raman']);
    const twice = [handler('headteacher', 'head@hill.example'), handler('headteacher', 'head@hill.example')];
    expect(readersOf('adult', { handlers: twice })).toEqual(['Grace Holloway', 'Grace Holloway']);
  });

  test('is one of so many as there are grants', () => {
    const many = Array.from({ length: 12 }, () => handler('headteacher', 'head@hill.example'));
    expect(readersOf('adult', { handlers: many })).toHaveLength(8);
  });

  test('can be left out by the sender', () => {
    expect(readersOf('child', { excluding: ['m.ashe@hill.example'] })).toEqual(['Priya Raman']);
    expect(readersOf('child', { excluding: ['m.ashe@hill.example', 'p.raman@hill.example'] })).toEqual([]);
  });
});

test('nobody who is left out, or who holds a role that must not read, is ever among the readers', () => {
  const roles = Object.keys(schoolOf().roles);
  const person = fc.record({
    roles: fc.subarray(roles, { minLength: 1, maxLength: 4 }),
    readsBy: fc.subarray(roles),
    isOut: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 8 }), fc.constantFrom(...abouts), (staff, about) => {
      const people = staff.map((each, index) => ({
        name: `Person ${index}`,
        email: `p${index}@hill.example`,
        roles: each.roles,
      }));
      const school = schoolOf({ people });
      const handlers = staff.flatMap(({ readsBy }, index) =>
        readsBy.map((role) => handler(role, `p${index}@hill.example`)),
      );
      const excluding = staff.flatMap(({ isOut }, index) => (isOut ? [`p${index}@hill.example`] : []));
      const names = readersOf(about, { school, handlers, excluding });
      const { read_by: readBy, never_by: neverBy } = school.concerns.routes[about];
      for (const name of names) {
        const { email, roles: own } = people.find((each) => each.name === name)!;
        expect(excluding).not.toContain(email);
        expect(own.filter((role) => neverBy.includes(role))).toEqual([]);
        expect(own.some((role) => readBy.includes(role))).toBe(true);
      }
    }),
  );
});
