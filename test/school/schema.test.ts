import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultSchool, schoolSchema } from '../../src/content/schema/school.ts';
import { createCalendar } from '../../src/school/calendar.ts';

const shipped = schoolSchema.parse(
  parse(readFileSync(new URL('../../content/school.yaml', import.meta.url), 'utf8')),
);

/** What the schema says of some YAML: `path: message`, one line a fault. */
function faults(yaml: string): string[] {
  const read = schoolSchema.safeParse(parse(yaml));
  return read.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
}

const small = 'name: Hill School\n';

test('a name is enough: all the rest is general', () => {
  expect(faults(small)).toEqual([]);
  const school = schoolSchema.parse(parse(small));
  expect(school).toMatchObject({ example: false, people: [], terms: [], time_zone: 'Europe/London' });
  expect(school.roles.headteacher?.permissions).toContain('read-gaps');
  expect(school.safeguarding.text).toContain('999');
});

test('the default school is an example that names nobody', () => {
  expect(defaultSchool).toMatchObject({ example: true, people: [], outside_bodies: [] });
  expect(defaultSchool.safeguarding.phones).toEqual([]);
  expect(defaultSchool.safeguarding.text).toMatch(/999.*your headteacher/);
});

test('the shipped file is marked as an example and names no real person or made-up number as real', () => {
  expect(shipped.example).toBe(true);
  expect(shipped.name).toBe('Whitefield Primary School');
  for (const { email } of shipped.people) expect(email).toMatch(/\.example$/);
  const real = ['0800 028 0285', '0808 800 5000'];
  const numbers = [
    ...shipped.safeguarding.phones.map(({ number }) => number),
    ...shipped.outside_bodies.map(({ phone }) => phone),
  ];
  for (const { phone, made_up: isMadeUp } of shipped.outside_bodies)
    expect(isMadeUp).toBe(!real.includes(phone!));
  // Ofcom keeps these ranges for drama.
  for (const number of numbers.filter((each) => !real.includes(each!)))
    expect(number).toMatch(/^(0151 496 0\d{3}|07700 900\d{3})$/);
});

test('the shipped file has the usual roles, and somebody for each that questions or concerns go to', () => {
  expect(shipped.roles).toEqual(defaultSchool.roles);
  const held = new Set(shipped.people.flatMap(({ roles }) => roles));
  for (const role of [
    'headteacher',
    'dsl',
    'deputy-dsl',
    'office',
    'data-protection-lead',
    'chair-of-governors',
    'vice-chair-of-governors',
  ])
    expect(held, role).toContain(role);
});

test('the shipped terms make two years of 190 days for children', () => {
  const calendar = createCalendar(shipped);
  for (const year of [2026, 2027]) {
    let days = 0;
    const next = (day: string) => calendar.nextSchoolDay(day);
    for (let day = next(`${year}-08-31`); day < `${year + 1}-08-31`; day = next(day)) days++;
    expect(days).toBe(190);
  }
});

test.each([
  [
    'a day that does not exist',
    'terms: [{ name: Spring, from: 2026-02-30, to: 2026-04-01 }]',
    'terms.0.from',
    'year-month-day',
  ],
  [
    'a term that ends before it begins',
    'terms: [{ name: Spring, from: 2027-04-01, to: 2027-01-04 }]',
    'terms.0.to',
    'before "from"',
  ],
  [
    'terms that overlap',
    'terms: [{ name: A, from: 2026-09-01, to: 2026-12-18 }, { name: B, from: 2026-12-18, to: 2027-03-25 }]',
    'terms.1.from',
    'not after 2026-12-18, the last day of "A"',
  ],
  [
    'a closure outside its term',
    'terms: [{ name: A, from: 2026-09-01, to: 2026-12-18, closed: [{ name: X, from: 2026-12-17, to: 2026-12-21 }] }]',
    'terms.0.closed.0.from',
    'outside the term',
  ],
  [
    'a closure that ends before it begins',
    'terms: [{ name: A, from: 2026-09-01, to: 2026-12-18, closed: [{ name: X, from: 2026-10-30, to: 2026-10-26 }] }]',
    'terms.0.closed.0.to',
    'before "from"',
  ],
  [
    'a role that nobody defined',
    'people: [{ name: Ada, email: a@b.example, roles: [teacher, wizard] }]',
    'people.0.roles.1',
    '"wizard"',
  ],
  [
    'a person without a role',
    'people: [{ name: Ada, email: a@b.example, roles: [] }]',
    'people.0.roles',
    'at least one',
  ],
  [
    'a wrong e-mail',
    'people: [{ name: Ada, email: ada, roles: [teacher] }]',
    'people.0.email',
    'e-mail address',
  ],
  [
    'two people with one e-mail',
    'people: [{ name: Ada, email: a@b.example, roles: [teacher] }, { name: Ben, email: A@B.example, roles: [teacher] }]',
    'people.1.email',
    'Ada',
  ],
  [
    'leaving before starting',
    'people: [{ name: Ada, email: a@b.example, roles: [teacher], start: 2026-09-01, leave: 2026-08-31 }]',
    'people.0.leave',
    'before "start"',
  ],
  ['a time zone that does not exist', 'time_zone: Europe/Lundun', 'time_zone', 'Europe/London'],
  ['an offset for a time zone', 'time_zone: "+01:00"', 'time_zone', 'Europe/London'],
  ['a time that does not exist', 'working_hours: { from: "8:00", to: "24:30" }', 'working_hours.to', '08:30'],
  [
    'hours that end before they begin',
    'working_hours: { from: "17:00", to: "08:00" }',
    'working_hours.to',
    'not after "from"',
  ],
  [
    'a telephone number that lost its 0',
    'safeguarding: { phones: [{ label: DSL, number: 01514960100 }] }',
    'safeguarding.phones.0.number',
    'quotes',
  ],
  ['a safeguarding lead of no role', 'safeguarding: { lead: boss }', 'safeguarding.lead', '"boss"'],
  ['a deputy of no role', 'safeguarding: { deputy: boss }', 'safeguarding.deputy', '"boss"'],
  ['a policy owner of no role', 'policy_owner: boss', 'policy_owner', '"boss"'],
  [
    'roles without the one that owns policies',
    'roles: { dsl: { title: DSL } }',
    'policy_owner',
    '"headteacher"',
  ],
  ['a role key in capitals', 'roles: { Head: { title: head } }', 'roles.Head', 'small letters'],
  [
    'a permission that does not exist',
    'roles: { headteacher: { title: h, permissions: [see-all] } }',
    'roles.headteacher.permissions.0',
    'see-report',
  ],
  [
    'an outside body that can’t be reached',
    'outside_bodies: [{ id: x, name: X, about: Y, checked: 2026-11-02 }]',
    'outside_bodies.0',
    'add phone',
  ],
  [
    'an outside body that nobody checked',
    'outside_bodies: [{ id: x, name: X, about: Y, phone: "0800 000" }]',
    'outside_bodies.0.checked',
    'year-month-day',
  ],
  [
    'a rung at no whole number of days',
    'reminders: { week_before: 2.5 }',
    'reminders.week_before',
    'a whole number of days from 1 to 60, or false',
  ],
  ['a rung at a day that never comes', 'reminders: { overdue: 0 }', 'reminders.overdue', 'from 1 to 60'],
  ['a rung in words', 'reminders: { day_before: often }', 'reminders.day_before', 'or false'],
  ['a number where it is on or off', 'reminders: { digest: 7 }', 'reminders.digest', 'true or false'],
  ['a negative count', 'reminders: { tomorrow: -1 }', 'reminders.tomorrow', '0 leaves the button out'],
  [
    'hours of reminders that end before they begin',
    'reminders: { hours: { from: "17:00", to: "08:00" } }',
    'reminders.hours.to',
    'not after "from"',
  ],
  [
    'a list of who is overdue for a role that nobody defined',
    'reminders: { overdue_list: { to: boss } }',
    'reminders.overdue_list.to',
    '"boss"',
  ],
  [
    'a list of who is overdue on a day without school',
    'reminders: { overdue_list: { on: sunday } }',
    'reminders.overdue_list',
    'a weekday',
  ],
  ['a setting of reminders that does not exist', 'reminders: { weekly: 1 }', 'reminders', '"weekly"'],
  ['an unknown key', 'headteacher: Ada', '', '"headteacher"'],
  [
    'an unknown key further in',
    'people: [{ name: Ada, mail: a@b.example, email: a@b.example, roles: [teacher] }]',
    'people.0',
    '"mail"',
  ],
])('%s is refused', (_, yaml, path, says) => {
  const found = faults(small + yaml);
  expect(found.find((fault) => fault.startsWith(`${path}: `))).toContain(says);
});

test('addresses are kept in small letters', () => {
  const school = schoolSchema.parse(
    parse(`${small}people: [{ name: Ada, email: Ada.B@School.Example, roles: [teacher] }]`),
  );
  expect(school.people[0]?.email).toBe('ada.b@school.example');
});

test('reminders go out on every rung unless a school leaves one out, and true stands for the usual days', () => {
  const read = (yaml: string) => schoolSchema.parse(parse(small + yaml)).reminders;
  const usual = {
    digest: true,
    week_before: 7,
    day_before: 1,
    due_day: true,
    overdue: 7,
    tomorrow: 3,
    overdue_list: { on: 'monday' },
    review_dates: true,
  };
  expect(read('')).toEqual(usual);
  expect(
    read('reminders: { week_before: true, day_before: true, overdue: true, overdue_list: true }'),
  ).toEqual(usual);
  expect(read('reminders: { week_before: false, overdue: 14, overdue_list: false }')).toEqual({
    ...usual,
    week_before: undefined,
    overdue: 14,
    overdue_list: undefined,
  });
  // The shipped file spells the usual settings out.
  expect(shipped.reminders).toEqual({
    ...usual,
    overdue_list: { to: 'headteacher', on: 'monday' },
  });
});
