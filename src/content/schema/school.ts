import * as z from 'zod';
import { concernsSchema, unknownRouteRoles } from './concerns.ts';
import { day, hours, KEY_RULE, key, sentence } from './pieces.ts';
import { remindersSchema } from './reminders.ts';

/**
 * The shape of `content/school.yaml`: what a school says of itself. Nearly all of it may be left out; the
 * defaults are general words that name nobody. Unknown keys are refused, so that a slip of the pen shows.
 */

const email = z.email('is not an e-mail address; write it as name@school.example').toLowerCase();
const phone = z
  .string('must be text: put the number in quotes, such as "0151 496 0100", or its first 0 is lost')
  .regex(/^\+?\d[\d ]*$/, 'is not a telephone number; use digits and spaces only, such as "0151 496 0100"');
const timeZone = z
  .string()
  .refine(isTimeZone, 'is not a time zone that exists; schools in England write Europe/London');

/** Days in term on which no children are in: a half-term, a closure, an INSET day. One day where `to` is left out. */
const closure = z.strictObject({ name: sentence, from: day, to: day.optional() });

const term = z.strictObject({
  name: sentence,
  /** First and last day, both included. */
  from: day,
  to: day,
  closed: z.array(closure).default([]),
});

const role = z.strictObject({
  /** As it reads after "your" or "the": `headteacher`, `chair of governors`. */
  title: sentence,
  /** Groups that a policy speaks to, as in a policy's front matter: `staff`, `governor`, `contractor`. */
  audience: z.array(key).default([]),
  permissions: z.array(z.enum(['see-report', 'manage-people', 'read-gaps'])).default([]),
  /** Names of groups on Slack or Teams whose members hold this role, unless `people` says otherwise. */
  groups: z.array(sentence).default([]),
});

const person = z.strictObject({
  name: sentence,
  email,
  roles: z.array(key).min(1, 'names no role; give at least one, such as [teacher]'),
  /** First day at the school. */
  start: day.optional(),
  /** Last day at the school. */
  leave: day.optional(),
  /** First day back from a long leave. */
  away_until: day.optional(),
});

const safeguarding = z.strictObject({
  /** Roles. */
  lead: key.default('dsl'),
  deputy: key.optional(),
  phones: z.array(z.strictObject({ label: sentence, number: phone })).default([]),
  /** Shown at once, before anything else, when a message sounds as if a child may be at risk. */
  text: sentence.default(
    'If a child is in danger now, call 999. Then tell your designated safeguarding lead (DSL) at once, face to ' +
      'face or by phone. If you can’t reach them, tell their deputy or your headteacher.',
  ),
});

const outsideBody = z
  .strictObject({
    id: key,
    name: sentence,
    /** When to turn to them. */
    about: sentence,
    phone: phone.optional(),
    email: email.optional(),
    url: z.url('is not a web address; write it in full, such as https://www.nspcc.org.uk').optional(),
    /** Nobody is reached this way: it stands here to show what belongs here, and is marked wherever it is shown. */
    made_up: z.boolean().default(false),
    /** The day somebody last made sure that this is right. */
    checked: day,
  })
  .refine(
    (body) => body.phone ?? body.email ?? body.url,
    'gives no way to reach them; add phone, email or url',
  );

const staff = ['staff'];
const governors = ['governor'];

/** The roles of a school that names none. */
const usualRoles: Record<string, z.input<typeof role>> = {
  headteacher: {
    title: 'headteacher',
    audience: staff,
    permissions: ['see-report', 'manage-people', 'read-gaps'],
  },
  'deputy-headteacher': { title: 'deputy headteacher', audience: staff, permissions: ['see-report'] },
  dsl: { title: 'designated safeguarding lead', audience: staff },
  'deputy-dsl': { title: 'deputy safeguarding lead', audience: staff },
  'data-protection-lead': { title: 'data protection lead', audience: staff },
  office: { title: 'school office', audience: staff, permissions: ['see-report', 'manage-people'] },
  teacher: { title: 'teacher', audience: staff },
  'teaching-assistant': { title: 'teaching assistant', audience: staff },
  'support-staff': { title: 'member of the support staff', audience: staff },
  'chair-of-governors': { title: 'chair of governors', audience: governors, permissions: ['see-report'] },
  'vice-chair-of-governors': { title: 'vice-chair of governors', audience: governors },
  governor: { title: 'governor', audience: governors },
  contractor: { title: 'contractor', audience: ['contractor'] },
  trainee: { title: 'trainee', audience: ['trainee'] },
  volunteer: { title: 'volunteer', audience: ['volunteer'] },
};

const fields = z.strictObject({
  /** True as long as the people and numbers are made up: Slack and Teams then refuse to start. */
  example: z.boolean().default(false),
  name: sentence,
  time_zone: timeZone.default('Europe/London'),
  /** When the bot may write to people of its own accord, on school days. */
  working_hours: hours.default({ from: '08:00', to: '16:30' }),
  reminders: remindersSchema.prefault({}),
  concerns: concernsSchema.prefault({}),
  terms: z.array(term).default([]),
  roles: z
    .record(key, role, { error: ({ code }) => (code === 'invalid_key' ? KEY_RULE : undefined) })
    .prefault(usualRoles),
  people: z.array(person).default([]),
  safeguarding: safeguarding.prefault({}),
  outside_bodies: z.array(outsideBody).default([]),
  /** The role that hears what the policies do not answer. */
  policy_owner: key.default('headteacher'),
});

/** A school as `content/school.yaml` gives it, with every default filled in. */
export type School = z.infer<typeof fields>;
type Term = School['terms'][number];
export type Permission = School['roles'][string]['permissions'][number];

/**
 * Reads `content/school.yaml`, parsed. Each message says what is wrong and what to do, and reads on from the
 * name of the place; the path leads to the line.
 */
export const schoolSchema = fields.superRefine((school, context) => {
  const fault: Report = (path, message) => context.addIssue({ code: 'custom', path, message });
  checkTerms(school.terms, fault);
  checkPeople(school, fault);
  checkRole(school, ['policy_owner'], school.policy_owner, fault);
  checkRole(school, ['safeguarding', 'lead'], school.safeguarding.lead, fault);
  if (school.safeguarding.deputy !== undefined)
    checkRole(school, ['safeguarding', 'deputy'], school.safeguarding.deputy, fault);
  if (school.reminders.overdue_list?.to !== undefined)
    checkRole(school, ['reminders', 'overdue_list', 'to'], school.reminders.overdue_list.to, fault);
  for (const { path, role } of unknownRouteRoles(school.concerns, school.roles))
    checkRole(school, path, role, fault);
});

/** Where a content folder has no school.yaml: general words, nobody named, no terms. */
export const defaultSchool: School = schoolSchema.parse({
  example: true,
  name: 'Your school',
  safeguarding: { deputy: 'deputy-dsl' },
});

type Report = (path: PropertyKey[], message: string) => void;

function checkTerms(terms: readonly Term[], fault: Report): void {
  for (const [index, { from, to, closed }] of terms.entries()) {
    const before = terms[index - 1];
    if (to < from) fault(['terms', index, 'to'], 'is before "from"; put in the last day of the term');
    if (before && from <= before.to)
      fault(
        ['terms', index, 'from'],
        `is not after ${before.to}, the last day of "${before.name}"; list the terms in order, none overlapping`,
      );
    for (const [nth, closure] of closed.entries()) {
      const path = ['terms', index, 'closed', nth];
      const last = closure.to ?? closure.from;
      if (last < closure.from)
        fault([...path, 'to'], 'is before "from"; put in the last day, or take it out');
      else if (closure.from < from || last > to)
        fault(
          [...path, 'from'],
          `lies outside the term (${from} to ${to}); move it to the term it belongs to`,
        );
    }
  }
}

function checkPeople(school: School, fault: Report): void {
  const emails = new Map<string, string>();
  for (const [index, { name, email, roles, start, leave }] of school.people.entries()) {
    for (const [nth, role] of roles.entries())
      checkRole(school, ['people', index, 'roles', nth], role, fault);
    const twin = emails.get(email);
    if (twin !== undefined)
      fault(
        ['people', index, 'email'],
        `is ${twin}'s too; give each person an address of their own, or list all their roles in one place`,
      );
    emails.set(email, name);
    if (start !== undefined && leave !== undefined && leave < start)
      fault(['people', index, 'leave'], 'is before "start"; put in the last day at the school');
  }
}

function checkRole(school: School, path: PropertyKey[], role: string, fault: Report): void {
  if (!Object.hasOwn(school.roles, role))
    fault(
      path,
      `"${role}" is not one of the roles; use ${Object.keys(school.roles).join(', ')}, or add it to "roles"`,
    );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
  } catch {
    return false;
  }
  // Intl also takes offsets such as +01:00, which know nothing of clock changes.
  return /^[A-Za-z]/.test(name);
}
