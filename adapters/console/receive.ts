import type { PlatformPerson } from '../../src/chat/mod.ts';

/** What a typed line means. */
export type Heard =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'question'; readonly text: string }
  /** A button's number; whether there is one is not known here. */
  | { readonly kind: 'press'; readonly number: number }
  /** `/me`; without a name it asks who there is. */
  | { readonly kind: 'me'; readonly name: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'unknown command'; readonly command: string };

/**
 * Reads a line typed at the prompt. Once there have been buttons, a number alone is meant for one, and never
 * a question.
 */
export function readLine(line: string, buttonsWereShown: boolean): Heard {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  if (buttonsWereShown && /^\d+$/.test(text)) return { kind: 'press', number: Number(text) };
  const [, command, name] = /^\/([a-z]+)(?:\s+(.*))?$/is.exec(text) ?? [];
  switch (command?.toLowerCase()) {
    case undefined:
      return { kind: 'question', text };
    case 'me':
      return { kind: 'me', name: name?.trim() ?? '' };
    case 'quit':
    case 'exit':
      return { kind: 'leave' };
    default:
      return { kind: 'unknown command', command: `/${command}` };
  }
}

/** People whose name, id or role is, or failing that begins with or holds, what was typed. */
export function findPeople(people: readonly PlatformPerson[], typed: string): readonly PlatformPerson[] {
  const wanted = typed.toLowerCase();
  const names = (person: PlatformPerson): string[] =>
    [person.name, person.id, ...(person.groups ?? [])].map((name) => name.toLowerCase());
  const tests: ((name: string) => boolean)[] = [
    (name) => name === wanted,
    (name) => name.startsWith(wanted),
    (name) => name.includes(wanted),
  ];
  for (const test of tests) {
    const found = people.filter((person) => names(person).some(test));
    if (found.length > 0) return found;
  }
  return [];
}
