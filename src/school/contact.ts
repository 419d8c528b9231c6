import { capital } from '../chat/capital.ts';
import type { Element } from '../chat/mod.ts';
import type { School } from '../content/schema/school.ts';
import { dateInWords } from './date-in-words.ts';
import type { Holders, Person } from './people.ts';

/** Said of names and numbers as long as the school is the made-up one. */
const madeUp = ' (made-up example)';

/** Who holds a role, and how to reach them; its title alone where the settings name nobody. */
export function holdersInWords(holders: Holders, { example }: School): string | undefined {
  switch (holders.kind) {
    case 'people':
      return `${holders.people.map(personInWords).join(' or ')}, your ${holders.title}${example ? madeUp : ''}`;
    case 'away':
      return `your ${holders.title} (${holders.people.map(({ name }) => name).join(' or ')}, away at the moment)`;
    case 'nobody':
      return `your ${holders.title}`;
    case 'unknown':
      return undefined;
  }
}

function personInWords({ name, email }: Person): string {
  return email === undefined ? name : `${name} (${email})`;
}

/** The safeguarding lead, the deputy and the telephone numbers, in that order, and 999 before them. */
export function safeguardingFields(
  school: School,
  holders: (role: string) => Holders,
): Extract<Element, { kind: 'fields' }> {
  const { lead, deputy, phones } = school.safeguarding;
  const example = school.example ? madeUp : '';
  const people = [lead, deputy].flatMap((role) => {
    const held = role === undefined ? undefined : holders(role);
    if (held === undefined || held.kind === 'unknown') return [];
    const names =
      held.kind === 'nobody' ? 'ask the school office' : held.people.map(({ name }) => name).join(' or ');
    const away = held.kind === 'away' ? ' (away at the moment)' : '';
    return [{ label: capital(held.title), value: `${names}${away}${held.kind === 'nobody' ? '' : example}` }];
  });
  return {
    kind: 'fields',
    fields: [
      { label: 'Danger now', value: '999' },
      ...people,
      ...phones.map(({ label, number }) => ({ label, value: `${number}${example}` })),
    ],
  };
}

/**
 * Help from outside the school: when to turn to whom, and how to reach them. With `checked`, on which day
 * somebody last made sure of each.
 */
export function outsideElements(
  { outside_bodies: bodies, example }: School,
  { checked: withDay = false } = {},
): Element[] {
  if (bodies.length === 0) return [];
  const warning = example
    ? ' (this school is a made-up example: make sure of a number before you use it)'
    : '';
  return [
    { kind: 'text', text: `Help from outside the school${warning}:` },
    {
      kind: 'fields',
      fields: bodies.map(({ name, about, phone, email, url, made_up: isMadeUp, checked }) => ({
        label: name,
        value: `${about} ${[phone, email, url].filter((way) => way !== undefined).join(', ')}${isMadeUp ? madeUp : ''}${withDay ? ` (checked ${dateInWords(checked)})` : ''}`,
      })),
    },
  ];
}
