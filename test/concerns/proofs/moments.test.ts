import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMoment, type Haystack, haystacksIn } from '../../support/concerns/search.ts';
import { openWorld, sender, type World } from '../../support/concerns/world.ts';

/** The moment at which somebody sent, or came back, is nowhere: nothing finer than the week. */

const moment = new Date('2026-11-25T10:20:30.123Z');
let world: World;
let seen: readonly Haystack[];
let logBefore: string;

beforeAll(async () => {
  world = await openWorld();
  logBefore = world.log();
  const watched = await world.sendWatched();
  seen = watched.seen;
  await world.comeBack(watched.receipt, sender.text);
});

afterAll(() => world.close());

test('no time finer than the week is in any file', async () => {
  expect(world.clock.now()).toEqual(moment);
  expect(findMoment([...haystacksIn(world.dataDir), ...seen], moment)).toEqual([]);
});

test('sending and coming back add no line to the log: a line has a time', () => {
  expect(world.log()).toBe(logBefore);
});

describe('planted, each is found', () => {
  const seconds = Math.floor(moment.getTime() / 1000);
  const double = Buffer.alloc(8);
  double.writeDoubleBE(moment.getTime());
  const word = Buffer.alloc(4);
  word.writeUInt32BE(seconds);
  test.each<[string, string | Buffer]>([
    ['seconds', String(seconds)],
    ['milliseconds', String(moment.getTime())],
    ['microseconds', String(moment.getTime() * 1000)],
    ['ISO', moment.toISOString()],
    ['the day', '2026-11-25'],
    ['a time stamp as Slack writes it', `${seconds}.000200`],
    ['a number of four bytes', word],
    ['a number of eight bytes, as SQLite keeps it', double],
    ['a Julian day', String(moment.getTime() / 86_400_000 + 2_440_587.5)],
  ])('%s', (_, planted) => {
    const file = join(world.dataDir, 'planted');
    writeFileSync(file, Buffer.concat([Buffer.from('x'), Buffer.from(planted as string), Buffer.from('y')]));
    expect(findMoment(haystacksIn(world.dataDir), moment).join('\n')).toContain('planted: ');
    writeFileSync(file, '');
  });
});
