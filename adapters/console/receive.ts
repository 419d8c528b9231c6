import type { PlatformPerson } from '../../src/chat/mod.ts';

/** What a typed line means. */
export type Heard =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'question'; readonly text: string }
  /** A button's number, as shown. */
  | { readonly kind: 'press'; readonly number: number }
  | { readonly kind: 'number out of range'; readonly last: number }
  /** `/me`; without a name it asks who there is. */
  | { readonly kind: 'me'; readonly name: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'unknown command'; readonly command: string };

/** Reads a line typed at the prompt while buttons 1 to `last` are shown; 0 where there are none. */
export function readLine(line: string, last: number): Heard {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  if (last > 0 && /^\d{1,3}$/.test(text)) {
    const number = Number(text);
    return number >= 1 && number <= last ? { kind: 'press', number } : { kind: 'number out of range', last };
  }
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
