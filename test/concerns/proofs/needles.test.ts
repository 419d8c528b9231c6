import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findWords, formsOf, type Haystack, haystacksIn } from '../../support/concerns/search.ts';
import { needles, openWorld, sender, type World } from '../../support/concerns/world.ts';

/** Nothing of a sender is kept: not in the database, its journal, other files, their names, the log, or a backup. */

let world: World;
let seen: readonly Haystack[];

beforeAll(async () => {
  world = await openWorld();
  const watched = await world.sendWatched();
  seen = watched.seen;
  await world.comeBack(watched.receipt, sender.text);
  await world.composed.concerns.upkeep.night();
});

afterAll(() => world.close());

const everything = (): Haystack[] => [
  ...haystacksIn(world.dataDir),
  { place: 'the log', bytes: Buffer.from(world.log()) },
];

test('no word of the sender is anywhere', () => {
  const places = everything().map(({ place }) => place);
  expect(places).toEqual(expect.arrayContaining(['concerns.db', 'bot.db', 'backups/concerns-2026-W48.db']));
  expect(seen.some(({ place }) => place.startsWith('concerns.db-journal'))).toBe(true);
  expect(findWords([...everything(), ...seen], needles)).toEqual([]);
});

describe('planted, each is found', () => {
  test.each([...formsOf(sender.id).keys()])('the id in another file, %s', (form) => {
    const file = join(world.dataDir, 'planted');
    writeFileSync(
      file,
      Buffer.concat([Buffer.from('x'.repeat(7)), formsOf(sender.id).get(form)!, Buffer.from('y')]),
    );
    expect(findWords(everything(), needles).join('\n')).toContain('planted: U0SENDER9QX');
    writeFileSync(file, '');
  });

  test('the text in the database', async () => {
    await world.composed.concerns.enrolments.offer('headteacher');
    const file = join(world.dataDir, 'concerns.db');
    appendFileSync(file, Buffer.from(sender.text, 'utf16le'));
    expect(findWords(everything(), needles)).toContain(`concerns.db: ${sender.text} (UTF-16 LE)`);
  });

  test('the name in the name of a file', () => {
    writeFileSync(join(world.dataDir, `${sender.name}.txt`), '');
    expect(findWords(everything(), needles)).toContain(`the names of files: ${sender.name} (as it is)`);
  });

  test('the direct chat in a line of the log', () => {
    const log = [{ place: 'the log', bytes: Buffer.from(`${world.log()}{"dm":"${sender.conversation}"}\n`) }];
    expect(findWords(log, needles)).toEqual([
      `the log: ${sender.conversation} (as it is)`,
      `the log: ${sender.conversation} (in capitals)`,
      `the log: ${sender.conversation} (as a JSON string)`,
      `the log: ${sender.conversation} (percent-encoded)`,
    ]);
  });
});
