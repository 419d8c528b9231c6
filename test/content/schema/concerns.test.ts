import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadContent } from '../../../src/content/load.ts';
import { abouts } from '../../../src/content/schema/concerns.ts';
import { defaultSchool, schoolSchema } from '../../../src/content/schema/school.ts';

/** What the schema says of some YAML: `path: message`, one line a fault. */
function faults(yaml: string): string[] {
  const read = schoolSchema.safeParse(parse(`name: Hill School\n${yaml}`));
  return read.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
}

test('without a word about it, every concern has its usual route', () => {
  const { routes, notices } = defaultSchool.concerns;
  expect(Object.keys(routes).sort()).toEqual([...abouts].sort());
  expect(routes.headteacher).toEqual({
    read_by: ['chair-of-governors', 'vice-chair-of-governors'],
    never_by: ['headteacher', 'deputy-headteacher', 'office'],
  });
  expect(routes.chair.read_by).toEqual([]);
  expect(notices).toEqual(['08:30', '13:30']);
});

test('the shipped file writes out the usual routes', () => {
  const { school } = loadContent(new URL('../../../content', import.meta.url).pathname);
  expect(school.concerns.routes).toEqual(defaultSchool.concerns.routes);
});

test('one route of a school’s own leaves the others as they are', () => {
  const school = schoolSchema.parse(
    parse('name: x\nconcerns: { routes: { child: { read_by: [headteacher] } } }'),
  );
  expect(school.concerns.routes.child).toEqual({ read_by: ['headteacher'], never_by: [] });
  expect(school.concerns.routes.adult).toEqual(defaultSchool.concerns.routes.adult);
});

test('a usual route may name a role that a school does not have', () => {
  expect(faults('roles: { headteacher: { title: headteacher }, dsl: { title: DSL } }')).toEqual([]);
});

test.each([
  [
    'concerns: { routes: { child: { read_by: [nobody] } } }',
    'concerns.routes.child.read_by.0: "nobody" is not one of the roles',
  ],
  [
    'concerns: { routes: { adult: { read_by: [dsl], never_by: [dsl, x-y] } } }',
    'concerns.routes.adult.never_by.1: "x-y" is not one',
  ],
  [
    'concerns: { routes: { child: { read_by: dsl } } }',
    'concerns.routes.child.read_by: must be a list of roles',
  ],
  ['concerns: { routes: { pupil: { read_by: [dsl] } } }', 'concerns.routes: Unrecognized key'],
  ['concerns: { notices: ["8:30"] }', 'concerns.notices.0: is not a time of day'],
  ['concerns: { notices: [] }', 'concerns.notices: needs at least one'],
  ['concerns: { notices: ["08:00", "09:00", "10:00"] }', 'concerns.notices: can be two'],
  ['concerns: { server_run_by: [tom] }', 'concerns.server_run_by.0: is not an e-mail address'],
])('%s', (yaml, fault) => {
  expect(faults(yaml).join('\n')).toContain(fault);
});
