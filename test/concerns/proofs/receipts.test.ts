import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Gate } from '../../../src/concerns/gate.ts';
import { checkSymbol, encode, tidy } from '../../../src/concerns/sealing/code.ts';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import { stretchOnThreads } from '../../../src/concerns/stretch.ts';
import { type House, openHouse } from '../../support/concerns/house.ts';

/** Codes have 80 bits, a check symbol and no repeats; and they can't be guessed fast, or told apart by what they cost. */

beforeAll(() => sealing.ready);

const COUNT = 1_000_000;
const stretch = stretchOnThreads();

/** What is wrong with so many codes. */
function faultsOf(make: () => string, count = COUNT): string[] {
  const seen = new Set<string>();
  const faults = new Set<string>();
  // How often each character stood in each place.
  const counts = new Uint32Array(16 * 128);
  for (let n = 0; n < count; n++) {
    const receipt = make();
    const code = tidy(receipt);
    if (!/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]$/.test(receipt)) faults.add('not of the alphabet');
    else if (checkSymbol(code.slice(0, 16)) !== code[16]) faults.add('a wrong check symbol');
    if (seen.has(receipt)) faults.add('the same twice');
    seen.add(receipt);
    for (let place = 0; place < 16; place++) counts[place * 128 + code.charCodeAt(place)]!++;
  }
  const even = count / 32;
  // Eight standard deviations: once in the life of the universe.
  const seenPlaces = counts.filter((number) => number > 0);
  if (seenPlaces.length !== 16 * 32) faults.add('not even');
  // Eight standard deviations: once in the life of the universe.
  if (seenPlaces.some((number) => Math.abs(number - even) > 8 * Math.sqrt(even))) faults.add('not even');
  return [...faults].sort();
}

test('a million codes have nothing wrong with them', () => {
  expect(faultsOf(sealing.newReceipt)).toEqual([]);
});

describe('planted, it is found', () => {
  test.each([
    [
      'a random number of too few bits',
      () => sealing.newReceipt().replace(/^.{15}/, '0000-0000-0000-'),
      'not even',
    ],
    ['the letter U', () => sealing.newReceipt().replace(/^./, 'U'), 'not of the alphabet'],
    [
      'a check symbol that is always the same',
      () => sealing.newReceipt().replace(/.$/, '0'),
      'a wrong check symbol',
    ],
    ['a counter', counter(), 'not even'],
  ])('%s', (_, make, fault) => {
    expect(faultsOf(make, 20_000)).toContain(fault);
  });

  test('a birthday', () => {
    const make = (): string => sealing.newReceipt().replace(/^.{16}/, '0000-0000-0000-0');
    expect(faultsOf(make, 20_000)).toContain('the same twice');
  });
});

function counter(): () => string {
  let n = 0;
  return () => {
    const bytes = new Uint8Array(10);
    new DataView(bytes.buffer).setUint32(6, ++n);
    const code = encode(bytes);
    return `${code.match(/.{4}/g)!.join('-')}-${checkSymbol(code)}`;
  };
}

describe('guessing', () => {
  /** Codes that somebody gets to try in a minute of a thousand tries a second. */
  async function triedInAMinute(pass: (gate: Gate) => Promise<boolean>): Promise<number> {
    let now = 0;
    const sleepers: { until: number; wake(): void }[] = [];
    const passing = {
      now: () => now,
      random: Math.random,
      wait: (milliseconds: number) =>
        new Promise<void>((wake) => {
          sleepers.push({ until: now + milliseconds, wake });
        }),
    };
    const gate = new Gate({ burst: 20, perSecond: 5, waiting: 6 }, passing);
    let tried = 0;
    for (let n = 0; n < 60_000; n++) {
      void pass(gate).then((passed) => {
        if (passed) tried++;
      });
      now++;
      for (const sleeper of sleepers.splice(0))
        if (sleeper.until <= now) sleeper.wake();
        else sleepers.push(sleeper);
      await Promise.resolve();
    }
    await new Promise((resolve) => setImmediate(resolve));
    return tried;
  }

  test('gets through a few hundred a minute, of 2⁸⁰', async () => {
    expect(await triedInAMinute((gate) => gate.pass())).toBeLessThanOrEqual(20 + 5 * 60 + 1);
  });

  test('planted, it is found: no gate', async () => {
    expect(await triedInAMinute(async () => true)).toBeGreaterThan(1_000);
  });
});

describe('what a wrong code costs', () => {
  let house: House;
  let right: string;
  /** Codes that were stretched. */
  let stretched: number;

  beforeAll(async () => {
    stretched = 0;
    house = await openHouse({
      readers: ['headteacher', 'deputy-headteacher'],
      stretch: (typed, salt) => {
        stretched++;
        return stretch(typed, salt);
      },
    });
    right = await house.send();
  });

  afterAll(() => house.close());

  const unknown = '7K3M-9QXT-4WZ8-HB2N';
  const kinds = () => ({
    unknown,
    mistyped: right.replace(/^./, (first) => (first === '0' ? '1' : '0')),
    malformed: 'hello',
    empty: '',
    long: 'x'.repeat(5_000),
  });

  /** What is told apart among wrong codes, by answer or by what was done for it. */
  async function toldApart(open: (code: string) => Promise<unknown>): Promise<string[]> {
    const seen = new Map<string, string>();
    for (const [name, code] of Object.entries(kinds())) {
      const before = stretched;
      const answer = JSON.stringify(await open(code));
      seen.set(name, `${answer} ${stretched - before}`);
    }
    const usual = seen.get('unknown');
    return [...seen].filter(([, each]) => each !== usual).map(([name]) => name);
  }

  test('is the same work and the same answer for every one', async () => {
    expect(await toldApart((code) => house.concerns.senders.openThread(code))).toEqual([]);
  });

  test('is the same time, within noise', async () => {
    const times = new Map<string, number[]>();
    for (let round = 0; round < 8; round++)
      for (const [name, code] of Object.entries(kinds())) {
        const start = performance.now();
        await house.concerns.senders.openThread(code);
        times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
      }
    // The fastest of a few is what the work takes; the rest is whatever else the machine did.
    const fastest = [...times.values()].map((each) => Math.min(...each));
    expect(Math.max(...fastest) / Math.min(...fastest)).toBeLessThan(2);
  });

  test('planted, it is found: a short way for what is no code', async () => {
    const shortcut = async (code: string): Promise<unknown> =>
      code.length === 19 ? house.concerns.senders.openThread(code) : { kind: 'none' };
    expect(await toldApart(shortcut)).toEqual(['mistyped', 'malformed', 'empty', 'long']);
  });
});
