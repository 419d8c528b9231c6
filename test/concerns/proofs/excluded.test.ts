import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import { type About, abouts } from '../../../src/content/schema/concerns.ts';
import { createPeople } from '../../../src/school/people.ts';
import { type Browser, type House, openHouse, readerRoles, schoolOf } from '../../support/concerns/house.ts';

/** Whoever a concern is about, or whom its sender left out, never has a grant: not when it is sent, and not after. */

let house: House;
let browsers: readonly Browser[];

beforeEach(async () => {
  house = await openHouse();
  const enrolled: Browser[] = [];
  for (const role of readerRoles) enrolled.push(await house.enrol(role));
  browsers = enrolled;
});

afterEach(() => house.close());

/** Roles of the readers for whom any grant in the store opens. */
async function granted(): Promise<string[]> {
  const grants = await house.store.run((db) => db.selectFrom('grant').select('sealed_key').execute());
  return browsers
    .filter(({ keys }) =>
      sealing.openGrants(
        grants.map(({ sealed_key: key }) => key),
        keys,
      ),
    )
    .map(({ role }) => role);
}

const forbidden: Readonly<Record<About, readonly string[]>> = {
  child: [],
  adult: [],
  headteacher: ['headteacher', 'deputy-headteacher', 'deputy-dsl'],
  // The deputy DSL is deputy headteacher, too: one person, one rule.
  dsl: ['dsl', 'deputy-dsl', 'deputy-headteacher'],
  chair: readerRoles,
  server: [],
  other: [],
};

test('nobody who is barred has a grant, whatever is chosen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...abouts),
      fc.subarray([...readerRoles]),
      async (about, leftOut: readonly string[]) => {
        await house.store.run((db) => db.deleteFrom('concern').execute());
        const exclude = browsers.filter(({ role }) => leftOut.includes(role)).map(({ id }) => id);
        await house.submit({ about, exclude });
        const able = await granted();
        for (const role of [...leftOut, ...forbidden[about]]) expect(able).not.toContain(role);
        // Left out with one role, left out with the other.
        if (leftOut.includes('deputy-dsl')) expect(able).not.toContain('deputy-headteacher');
      },
    ),
    { numRuns: 60 },
  );
});

test('nor somebody who becomes a reader afterwards, by any role: passing it on to them is refused', async () => {
  await house.send({ about: 'headteacher' });
  const before = await granted();
  expect(before.sort()).toEqual(['chair-of-governors', 'vice-chair-of-governors']);
  // The headteacher becomes the chair of governors, and is enrolled as that.
  house.people = createPeople(
    schoolOf({
      people: [
        { name: 'Grace Holloway', email: 'head@hill.example', roles: ['chair-of-governors'] },
        { name: 'David Osei', email: 'd.osei@hill.example', roles: ['vice-chair-of-governors'] },
      ],
    }),
    [],
  );
  const again = await house.enrol('chair-of-governors');
  browsers = [...browsers, { ...again, role: 'the headteacher as chair' }];
  expect(await granted()).not.toContain('the headteacher as chair');
  const vice = browsers.find(({ role }) => role === 'vice-chair-of-governors')!;
  const inbox = await vice.login();
  const [concern] = await inbox.mine();
  const { messages } = await inbox.read(concern!);
  const known = await house.concerns.readers.readers(inbox.session);
  if (known.kind !== 'readers') throw new Error(known.kind);
  const grace = known.readers.filter(({ id }) => id === again.id);
  expect(() => sealing.regrant(concern!.threadSecret, messages, grace)).toThrow('can’t read this concern');
});

test('nor somebody who loses the right while the form is open', async () => {
  const route = await house.concerns.senders.readersFor({ about: 'adult', exclude: [] });
  const readers = route.kind === 'readers' ? route.readers.map(({ id }) => id) : [];
  house.people = createPeople(
    schoolOf({
      people: [{ name: 'Martin Ashe', email: 'm.ashe@hill.example', roles: ['deputy-headteacher'] }],
    }),
    [],
  );
  expect(await house.submit({ about: 'adult', readers })).toMatchObject({ kind: 'changed' });
  expect(await granted()).toEqual([]);
});

describe('planted, it is found', () => {
  test('a grant for the headteacher in a concern about the headteacher', async () => {
    await house.send({ about: 'headteacher' });
    const head = browsers.find(({ role }) => role === 'headteacher')!;
    const [decoy] = sealing
      .sealGrants(sealing.newThread().secretKey, [head.keys.publicKey])
      .filter((grant) => sealing.openGrants([grant], head.keys));
    const [row] = await house.store.run((db) => db.selectFrom('grant').select('id').execute());
    await house.store.run((db) =>
      db.updateTable('grant').set({ sealed_key: decoy! }).where('id', '=', row!.id).execute(),
    );
    expect(await granted()).toContain('headteacher');
  });
});
