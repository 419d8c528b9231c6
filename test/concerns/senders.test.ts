import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as sealing from '../../src/concerns/sealing/mod.ts';
import type { OpenThread } from '../../src/concerns/senders.ts';
import { stretchOnThreads } from '../../src/concerns/stretch.ts';
import { createPeople } from '../../src/school/people.ts';
import { type House, openHouse, quickStretch, readerRoles, schoolOf } from '../support/concerns/house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse({ readers: ['headteacher', 'deputy-headteacher', 'dsl', 'deputy-dsl'] });
});

afterEach(() => house.close());

const opened = async (receipt: string): Promise<OpenThread> => {
  const thread = await house.concerns.senders.openThread(receipt);
  if (thread.kind !== 'open') throw new Error(thread.kind);
  return thread;
};

const countRows = (table: 'concern' | 'message' | 'grant'): Promise<number> =>
  house.store.run(async (db) => (await db.selectFrom(table).select('id').execute()).length);

describe('sending', () => {
  test('stores a concern, and gives the code that opens it', async () => {
    const receipt = await house.send({ about: 'child', kind: 'child', text: '  He came with a bruise.\n' });
    expect(await opened(receipt)).toMatchObject({
      status: 'received',
      week: '2026-W48',
      purgeWeek: '2027-W46',
      messages: [{ author: 'sender', about: 'child', kind: 'child', text: 'He came with a bruise.' }],
    });
    expect(await countRows('concern')).toBe(1);
    expect(await countRows('grant')).toBe(sealing.GRANTS);
  });

  test('says who will read, with the titles of those who read by two roles together', async () => {
    expect(await house.concerns.senders.choices()).toEqual([
      { id: expect.any(String), name: 'Grace Holloway', title: 'headteacher' },
      { id: expect.any(String), name: 'Martin Ashe', title: expect.stringMatching(/deputy .* and deputy /) },
      { id: expect.any(String), name: 'Priya Raman', title: 'designated safeguarding lead' },
    ]);
    const martin = (await house.concerns.senders.choices())[1]!;
    const route = await house.concerns.senders.readersFor({ about: 'child', exclude: [martin.id] });
    expect(route.kind === 'readers' && route.readers.map(({ name }) => name)).toEqual(['Priya Raman']);
  });

  test('refuses to leave out somebody whom nobody knows, and keeps nothing', async () => {
    const { senders } = house.concerns;
    const [one] = await senders.choices();
    const refused = { kind: 'refused', message: expect.stringMatching(/readers have changed/) };
    const exclude = [one!.id, 'nobody'];
    expect(await senders.readersFor({ about: 'adult', exclude })).toMatchObject(refused);
    const shown = await senders.readersFor({ about: 'adult', exclude: [one!.id] });
    const readers = shown.kind === 'readers' ? shown.readers.map(({ id }) => id) : [];
    expect(await house.submit({ about: 'adult', readers, exclude })).toMatchObject(refused);
    expect(await countRows('concern')).toBe(0);
  });

  test.each(['', ' \n ', '\u200B', 'x'.repeat(3001)])('refuses “%.10s”, and keeps nothing', async (text) => {
    expect(await house.submit({ text })).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/Please/),
    });
    expect(await countRows('concern')).toBe(0);
  });

  test('seals to nobody whom the sender was not shown', async () => {
    const { senders } = house.concerns;
    const before = await senders.readersFor({ about: 'adult', exclude: [] });
    const readers = before.kind === 'readers' ? before.readers.map(({ id }) => id) : [];
    house.people = createPeople(
      schoolOf({
        people: [
          { name: 'New Head', email: 'new@hill.example', roles: ['headteacher'] },
          { name: 'Martin Ashe', email: 'm.ashe@hill.example', roles: ['deputy-headteacher'] },
        ],
      }),
      [],
    );
    const changed = await house.submit({ readers });
    expect(changed).toMatchObject({ kind: 'changed', route: { kind: 'readers' } });
    expect(await countRows('concern')).toBe(0);
  });

  test('stores nothing where nobody is left to read', async () => {
    for (const about of ['chair', 'headteacher', 'server'] as const)
      expect(await house.submit({ about })).toEqual({ kind: 'changed', route: { kind: 'outside' } });
    expect(await countRows('concern')).toBe(0);
  });

  test('the same twice is one concern, with one code', async () => {
    const draft = { nonce: 'once', text: 'Twice.' };
    const both = await Promise.all([house.send(draft), house.send(draft)]);
    expect(both[0]).toBe(both[1]);
    house.clock.moveTo(new Date('2026-11-25T10:30:00Z'));
    expect(await house.send(draft)).toBe(both[0]);
    expect(await countRows('concern')).toBe(1);
  });

  test('other words in the same form are another concern; and so are the same ones after ten minutes', async () => {
    await house.send({ nonce: 'once', text: 'One.' });
    await house.send({ nonce: 'once', text: 'Other.' });
    house.clock.moveTo(new Date('2026-11-25T10:31:00Z'));
    await house.send({ nonce: 'once', text: 'One.' });
    expect(await countRows('concern')).toBe(3);
  });

  test('takes under a second, also for five at once, with Argon2id as it is', async () => {
    await house.close();
    house = await openHouse({ readers: readerRoles, stretch: stretchOnThreads() });
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const start = performance.now();
      await work();
      return performance.now() - start;
    };
    await house.send();
    const alone = await timed(() => house.send());
    const receipts = new Set<string>();
    const together = await timed(() =>
      Promise.all(Array.from({ length: 5 }, async () => receipts.add(await house.send()))),
    );
    expect(receipts.size).toBe(5);
    // A machine that has other things to do takes longer for one already.
    expect(together).toBeLessThan(Math.max(1_000, 6 * alone));
  });

  test('a fault keeps nothing, and the same may be sent again', async () => {
    const draft = { nonce: 'once' };
    await house.store.run(async (db) => {
      await db.schema.alterTable('grant').renameTo('gone').execute();
    });
    await expect(house.send(draft)).rejects.toThrow('concerns.db');
    await house.store.run(async (db) => {
      await db.schema
        .alterTable('gone' as 'grant')
        .renameTo('grant')
        .execute();
    });
    expect(await countRows('concern')).toBe(0);
    await house.send(draft);
    expect(await countRows('concern')).toBe(1);
  });
});

describe('coming back with the code', () => {
  test('shows what readers answered, and not what they tell each other', async () => {
    const head = await house.enrol('headteacher');
    const receipt = await house.send();
    const browser = await head.login();
    const [concern] = await browser.mine();
    const { messages } = await browser.read(concern!);
    const author = { id: head.id, title: 'headteacher', name: 'Grace Holloway' };
    const write = (message: sealing.Message, status?: 'question') =>
      house.concerns.readers.change(
        browser.session,
        { concern: concern!.id, proof: concern!.proof },
        {
          message: sealing.sealMessage(message, concern!.threadSecret)!,
          ...(status && { status }),
        },
      );
    const base = { author, week: '2026-W48', order: sealing.nextOrder(messages) };
    expect(await write({ ...base, type: 'message', text: 'When was it?' }, 'question')).toEqual({
      kind: 'done',
    });
    await write({ ...base, order: base.order + 1, type: 'mute', muted: true });
    const thread = await opened(receipt);
    expect(thread.status).toBe('question');
    expect(thread.messages.map((each) => ('text' in each ? each.text : each.type))).toEqual([
      'Somebody shouts at children.',
      'When was it?',
    ]);
  });

  test('lets the sender write again, once for each time', async () => {
    const { senders } = house.concerns;
    const receipt = await house.send();
    const once = await Promise.all([
      senders.reply(receipt, 'It was on Monday.', 'a'),
      senders.reply(receipt, 'It was on Monday.', 'a'),
    ]);
    expect(once).toEqual([{ kind: 'stored' }, { kind: 'stored' }]);
    expect(await senders.reply(receipt, 'And on Tuesday.', 'b')).toEqual({ kind: 'stored' });
    expect((await opened(receipt)).messages.map(({ order }) => order)).toEqual([0, 1, 2]);
    expect(await senders.reply(receipt, '', 'c')).toMatchObject({ kind: 'refused' });
  });

  test.each(['', 'nonsense', '7K3M-9QXT-4WZ8-HB2N-C', 'x'.repeat(10_000)])(
    'with “%.20s” opens nothing',
    async (receipt) => {
      await house.send();
      expect(await house.concerns.senders.openThread(receipt)).toEqual({ kind: 'none' });
      expect(await house.concerns.senders.reply(receipt, 'x', 'a')).toEqual({ kind: 'none' });
    },
  );

  test('works from any account and device: nothing but the code is asked for', async () => {
    const receipt = await house.send();
    const elsewhere = await openHouse({ dataDir: house.dataDir });
    expect(await elsewhere.concerns.senders.openThread(receipt.toLowerCase())).toMatchObject({
      kind: 'open',
    });
    await elsewhere.close();
  });
});

describe('what a browser has sealed', () => {
  async function sealed(text: string) {
    const route = await house.concerns.senders.readersFor({ about: 'adult', exclude: [] });
    if (route.kind !== 'readers') throw new Error('nobody');
    const receipt = sealing.newReceipt();
    const { lookup, unlock } = await sealing.keysOfReceipt(receipt, quickStretch);
    const { publicKey, secretKey } = sealing.newThread();
    const message = sealing.sealMessage(
      {
        type: 'concern',
        order: 0,
        author: 'sender',
        week: '2026-W48',
        about: 'adult',
        kind: 'data',
        text,
        readers: route.readers.map(({ id, title, name }) => ({ id, title, name })),
        excluded: route.route.excluded,
      },
      secretKey,
    )!;
    const grants = sealing.sealGrants(
      secretKey,
      route.readers.map((reader) => reader.publicKey),
    );
    const concern = { lookup, publicKey, sealedKey: sealing.sealKey(secretKey, unlock), grants, message };
    return { receipt, secretKey, concern };
  }

  test('is one concern with those of the other door: its code opens there, too', async () => {
    const { receipt, concern } = await sealed('From the web.');
    expect(await house.concerns.senders.submitSealed(concern, 'data')).toBe(true);
    expect(await house.concerns.senders.submitSealed(concern, 'data')).toBe(true);
    expect(await countRows('concern')).toBe(1);
    expect((await opened(receipt)).messages).toMatchObject([{ text: 'From the web.' }]);
  });

  test('is read and answered without the server knowing a key', async () => {
    const { concern, secretKey } = await sealed('From the web.');
    const { senders } = house.concerns;
    await senders.submitSealed(concern, 'data');
    const message = sealing.sealMessage(
      { type: 'message', order: 1, author: 'sender', week: '2026-W48', text: 'More.' },
      secretKey,
    )!;
    expect(await senders.replySealed(concern.lookup, message)).toEqual({ kind: 'stored' });
    const found = await senders.openSealed(concern.lookup);
    if (found.kind !== 'sealed') throw new Error(found.kind);
    expect(sealing.openMessages(found.messages, secretKey).map(({ order }) => order)).toEqual([0, 1]);
    expect(await senders.openSealed(sealing.randomBytes(32))).toEqual({ kind: 'none' });
    expect(await senders.replySealed(concern.lookup, message.slice(1))).toEqual({ kind: 'none' });
  });

  test.each(['lookup', 'publicKey', 'sealedKey', 'message', 'grants'] as const)(
    'is refused where a size is wrong: %s',
    async (name) => {
      const { concern } = await sealed('x');
      const short = name === 'grants' ? concern.grants.slice(1) : concern[name].slice(1);
      expect(await house.concerns.senders.submitSealed({ ...concern, [name]: short }, 'data')).toBe(false);
      expect(await countRows('concern')).toBe(0);
    },
  );

  test('can’t fill the disk: a thread has room for so many messages', async () => {
    const { concern, secretKey } = await sealed('x');
    const { senders } = house.concerns;
    await senders.submitSealed(concern, 'data');
    const message = sealing.sealMessage(
      { type: 'message', order: 1, author: 'sender', week: '2026-W48', text: 'x' },
      secretKey,
    )!;
    const outcomes = new Set<string>();
    for (let n = 0; n < 505; n++) outcomes.add((await senders.replySealed(concern.lookup, message)).kind);
    expect(outcomes).toEqual(new Set(['stored', 'none']));
    expect(await countRows('message')).toBe(500);
  });
});

test('guessing is slowed for all together, whether it is right or wrong, and sending is not', async () => {
  await house.close();
  let passed = 0;
  house = await openHouse({
    readers: readerRoles,
    passing: { now: () => 0, wait: () => new Promise(() => {}), random: () => 0 },
  });
  const { senders } = house.concerns;
  const lookups = Array.from({ length: 40 }, (_, n) =>
    n % 2 === 0 ? senders.openSealed(sealing.randomBytes(32)) : senders.openThread('no code'),
  );
  for (const lookup of lookups)
    void lookup.then(({ kind }) => {
      if (kind === 'none') passed++;
    });
  for (let n = 0; n < 5; n++) await house.send();
  expect(passed).toBe(20);
  expect(await countRows('concern')).toBe(5);
});
