import { pino } from 'pino';
import { expect, test } from 'vitest';
import { AdapterError } from '../src/chat/adapter-error.ts';
import type { Adapter, PlatformPerson } from '../src/chat/mod.ts';
import { loadContent } from '../src/content/load.ts';
import { Directory } from '../src/directory.ts';
import { hillPrimary } from './support/content.ts';

/** A platform whose list comes only when it is let go. */
function platform() {
  let people: readonly PlatformPerson[] = [];
  const waiting: (() => void)[] = [];
  const adapter: Adapter = {
    name: 'fake',
    start: async () => {},
    stop: async () => {},
    ready: () => true,
    send: async () => ({ kind: 'blocked', reason: 'x' }),
    update: async () => ({ kind: 'blocked', reason: 'x' }),
    async *people() {
      const listed = people;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      yield* listed;
    },
  };
  return {
    adapter,
    asked: () => waiting.length,
    comes: (name: string, email: string) => {
      people = [...people, { id: email, name, email }];
    },
    /** Lets every list go that is asked for, until none is. */
    async letGo() {
      for (let idle = 0; idle < 5; idle++) {
        if (waiting.length > 0) idle = 0;
        for (const go of waiting.splice(0)) go();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

const { school } = loadContent(hillPrimary);
const accounts = (directory: Directory) =>
  directory.people.all.filter((person) => person.accounts.length > 0).length;

test('a platform that says its people are others is asked again, also while it is being asked', async () => {
  const fake = platform();
  const directory = new Directory(school, [fake.adapter], pino({ level: 'silent' }));
  const first = directory.refresh();
  await new Promise((resolve) => setImmediate(resolve));
  fake.comes('Aisha Malik', 'aisha@hill.example');
  const changed = [directory.changed('fake'), directory.changed('fake')];
  // Both wait for one more list, after the one that is being read.
  expect(changed[1]).toBe(changed[0]);
  expect(fake.asked()).toBe(1);
  await fake.letGo();
  await Promise.all([first, ...changed]);
  expect(accounts(directory)).toBe(1);
});

test('a change of a platform that is not there changes nothing', async () => {
  await new Directory(school, [], pino({ level: 'silent' })).changed('gone');
});

test('a platform that says itself why it lists nobody is told of in one line; a fault with where it happened', async () => {
  const { adapter } = platform();
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  const failing = (error: Error): Adapter => ({
    ...adapter,
    people: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }),
  });
  for (const error of [new AdapterError('It can’t be reached.'), new TypeError('secret')])
    await new Directory(school, [failing(error)], logger).refresh();
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('could not be listed: It can’t be reached.');
  expect(lines[0]).not.toContain('"at"');
  expect(lines[1]).toContain('"at"');
  expect(lines[1]).not.toContain('secret');
});
