import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { countFeedback, listFeedback } from '../../src/store/feedback.ts';
import { addGap, closeGap, openGaps } from '../../src/store/gaps.ts';
import { adapterMemory } from '../../src/store/memory.ts';
import { migrations } from '../../src/store/migrations/mod.ts';
import {
  addReferral,
  addReferralMessage,
  findReferral,
  keepReferralCard,
  referralsOf,
  withdrawReferral,
} from '../../src/store/referrals.ts';
import { engines } from './engines.ts';

/** Any string that JavaScript can hold: NUL and halves of surrogate pairs included. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.oneof(fc.constantFrom(0, 0xd83d, 0xde00), fc.integer({ min: 0, max: 0xffff })))
    .map((units) => String.fromCharCode(...units)),
);

/** What comes back: UTF-8's own replacement for halves of pairs, and the same sign for NUL. */
const asKept = (text: string): string =>
  Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD');

describe.each(engines)('$name', (engine) => {
  const open = async () => (await engine.home()).open();

  describe('the store', () => {
    test('keeps what was written when it is closed and opened again', async () => {
      const home = await engine.home();
      const first = await home.open();
      await adapterMemory(first, 'console').set('chat', 'D1');
      await first.close();
      const second = await home.open();
      expect(await adapterMemory(second, 'console').get('chat')).toBe('D1');
      const versions = await second.run((db) =>
        db.selectFrom('schema_version').selectAll().orderBy('version').execute(),
      );
      expect(versions).toEqual(
        migrations.map(({ name }, index) => ({
          version: index + 1,
          name,
          applied: '2026-11-23T09:30:00.000Z',
        })),
      );
    });

    test('can be closed twice', async () => {
      const store = await open();
      await store.close();
      await expect(store.close()).resolves.toBeUndefined();
    });

    test('refuses data from a newer version of the bot, and changes nothing', async () => {
      const home = await engine.home();
      const store = await home.open();
      const newer = {
        version: migrations.length + 1,
        name: 'from the future',
        applied: '2030-01-01T00:00:00.000Z',
      };
      await store.run((db) => db.insertInto('schema_version').values(newer).execute());
      await adapterMemory(store, 'console').set('chat', 'D1');
      await store.close();
      const opening = home.open();
      await expect(opening).rejects.toMatchObject({ name: 'StoreError' });
      await expect(opening).rejects.toThrow(/newer version of the bot .* Update the bot/);
      await expect(opening).rejects.toThrow(store.place);
    });

    test('rolls a transaction back where the work throws', async () => {
      const store = await open();
      const fault = new Error('changed my mind');
      const work = store.transaction(async (db) => {
        await db.insertInto('adapter_memory').values({ adapter: 'a', key: 'k', value: 'v' }).execute();
        throw fault;
      });
      await expect(work).rejects.toBe(fault);
      expect(await adapterMemory(store, 'a').get('k')).toBeUndefined();
    });

    test('runs transactions and single queries side by side without mixing them', async () => {
      const store = await open();
      const memory = adapterMemory(store, 'console');
      const failing = Array.from({ length: 10 }, (_, n) =>
        store
          .transaction(async (db) => {
            await db
              .insertInto('adapter_memory')
              .values({ adapter: 'console', key: `lost ${n}`, value: '' })
              .execute();
            throw new Error('rolled back');
          })
          .catch(() => {}),
      );
      const kept = Array.from({ length: 10 }, (_, n) => memory.set(`kept ${n}`, String(n)));
      await Promise.all([...failing, ...kept]);
      const rows = await store.run((db) =>
        db.selectFrom('adapter_memory').select('key').orderBy('key').execute(),
      );
      expect(rows.map(({ key }) => key)).toEqual(Array.from({ length: 10 }, (_, n) => `kept ${n}`));
    });

    test('says nothing of what was typed when the database refuses it', async () => {
      const store = await open();
      const insert = () =>
        store.run((db) =>
          db
            .insertInto('adapter_memory')
            .values({ adapter: 'a', key: 'my secret', value: 'my secret' })
            .execute(),
        );
      await insert();
      const refused = await insert().catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'StoreError' });
      expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain('secret');
      expect(refused).not.toHaveProperty('cause');
    });
  });

  describe('an adapter’s memory', () => {
    test('gets what was set last, and nothing of another adapter', async () => {
      const store = await open();
      const slack = adapterMemory(store, 'slack');
      expect(await slack.get('chat')).toBeUndefined();
      await slack.set('chat', 'D1');
      await slack.set('chat', 'D2');
      await adapterMemory(store, 'teams').set('chat', '{"id":1}');
      expect(await slack.get('chat')).toBe('D2');
      await slack.delete('chat');
      await slack.delete('chat');
      expect(await slack.get('chat')).toBeUndefined();
      expect(await adapterMemory(store, 'teams').get('chat')).toBe('{"id":1}');
    });

    test('keeps any text, the same on every engine', async () => {
      const memory = adapterMemory(await open(), 'console');
      await fc.assert(
        fc.asyncProperty(anyText, anyText, async (key, value) => {
          await memory.set(key, value);
          expect(await memory.get(key)).toBe(asKept(value));
        }),
        {
          examples: [
            ['', ''],
            ['\0', 'a\0b'],
            ['\ud83d', '\ude00'],
            ['é', 'e\u0301 👩‍🏫'],
            ["'; --", '\\"$1 ?'],
          ],
        },
      );
    });
  });

  test('feedback is counted for each entry and version, and holds no more than that', async () => {
    const store = await open();
    const entry = { policy: 'social', entry: 'friend-parent', version: '2015-06' };
    await countFeedback(store, entry, 'helpful');
    await countFeedback(store, entry, 'unhelpful');
    await Promise.all([1, 2, 3].map(() => countFeedback(store, entry, 'helpful')));
    await countFeedback(store, { policy: 'social', entry: 'friend-parent' }, 'unhelpful');
    expect(await listFeedback(store)).toEqual([
      { policy: 'social', entry: 'friend-parent', helpful: 0, unhelpful: 1 },
      { ...entry, helpful: 4, unhelpful: 1 },
    ]);
    const rows = await store.run((db) => db.selectFrom('feedback').selectAll().execute());
    expect(Object.keys(rows[0]!).sort()).toEqual(['entry', 'helpful', 'policy', 'unhelpful', 'version']);
  });

  describe('gaps', () => {
    test('come newest day first, then by how often they were reported', async () => {
      const store = await open();
      await addGap(store, { id: 'a', question: 'Older?', day: '2026-11-20' });
      await addGap(store, { id: 'b', question: 'Rare?', day: '2026-11-23' });
      await addGap(store, {
        id: 'c',
        question: 'Often?',
        day: '2026-11-23',
        near: { policy: 'social', entry: 'x' },
      });
      await addGap(store, { id: 'd', question: ' often ', day: '2026-11-23', near: { policy: 'social' } });
      expect(await openGaps(store)).toEqual([
        { id: 'c', question: 'Often?', day: '2026-11-23', times: 2, near: { policy: 'social' } },
        { id: 'b', question: 'Rare?', day: '2026-11-23', times: 1 },
        { id: 'a', question: 'Older?', day: '2026-11-20', times: 1 },
      ]);
    });

    test.each([
      ['capitals, spaces and punctuation', 'Can I  use TikTok?', '“can i use tiktok”', 1],
      ['full-width letters', 'TikTok', 'ＴｉｋＴｏｋ', 1],
      ['another word', 'Can I use TikTok?', 'Can I use X?', 2],
      ['signs alone', '???', '!!!', 2],
      ['an accent', 'resume', 'résumé', 2],
    ])('the same question or not: %s', async (_, one, other, expected) => {
      const store = await open();
      await addGap(store, { id: 'a', question: one, day: '2026-11-23' });
      await addGap(store, { id: 'b', question: other, day: '2026-11-23' });
      const gaps = await openGaps(store);
      expect(gaps).toHaveLength(expected);
      expect(gaps.map(({ times }) => times)).toEqual(expected === 1 ? [2] : [1, 1]);
    });

    test('a question that was taught opens again when it is reported; a dismissed one does not', async () => {
      const store = await open();
      await addGap(store, { id: 'a', question: 'Taught?', day: '2026-11-20' });
      await addGap(store, { id: 'b', question: 'Dismissed?', day: '2026-11-20' });
      expect(await closeGap(store, 'a', 'taught')).toBe(true);
      expect(await closeGap(store, 'b', 'dismissed')).toBe(true);
      expect(await closeGap(store, 'b', 'taught')).toBe(false);
      expect(await closeGap(store, 'unknown', 'taught')).toBe(false);
      expect(await openGaps(store)).toEqual([]);
      const kept = await store.run((db) => db.selectFrom('gaps').select('question').execute());
      expect(kept).toEqual([{ question: '' }, { question: '' }]);
      await addGap(store, { id: 'c', question: 'taught', day: '2026-11-23' });
      await addGap(store, { id: 'd', question: 'dismissed', day: '2026-11-23' });
      expect(await openGaps(store)).toEqual([{ id: 'a', question: 'taught', day: '2026-11-23', times: 2 }]);
    });

    test('hold no person, no conversation and no time', async () => {
      const store = await open();
      await addGap(store, { id: 'a', question: 'Why?', day: '2026-11-23' });
      const [row] = await store.run((db) => db.selectFrom('gaps').selectAll().execute());
      expect(row).toEqual({
        id: 'a',
        question: 'Why?',
        question_key: expect.stringMatching(/^[0-9a-f]{64}$/),
        policy: '',
        near: '',
        day: '2026-11-23',
        times: 1,
        status: 'open',
      });
    });

    test('take a question as long as may be', async () => {
      const store = await open();
      const question = '漢字 '.repeat(1000).trim();
      await addGap(store, { id: 'a', question, day: '2026-11-23' });
      expect((await openGaps(store))[0]?.question).toBe(question);
    });
  });

  describe('referrals', () => {
    const referral = {
      id: 'r1',
      asker: { platform: 'console', person: 'me', name: 'Ada' },
      role: 'headteacher',
      receivers: [
        { platform: 'slack', person: 'U1', name: 'Ben' },
        { platform: 'slack', person: 'U2', name: 'Cy' },
      ],
      question: 'May I?',
      created: new Date('2026-11-23T09:30:00Z'),
    };
    const ben = { platform: 'slack', person: 'U1' };
    const cy = { platform: 'slack', person: 'U2' };
    const at = (time: string) => new Date(`2026-11-23T${time}Z`);

    test('wait until they are answered', async () => {
      const store = await open();
      await addReferral(store, referral);
      expect(await findReferral(store, 'r1')).toEqual({
        ...referral,
        state: 'waiting',
        messages: [],
        cards: [],
      });
      expect(await findReferral(store, 'r2')).toBeUndefined();
      const first = await addReferralMessage(store, 'r1', { by: ben, text: 'Yes.', at: at('10:00:00') });
      const second = await addReferralMessage(store, 'r1', { by: cy, text: 'Yes.', at: at('10:05:00') });
      expect([first.position, second.position]).toEqual([1, 2]);
      const answered = await findReferral(store, 'r1');
      expect(second.referral).toEqual(answered);
      expect(answered).toEqual({
        ...referral,
        state: 'answered',
        cards: [],
        messages: [
          { position: 1, by: ben, text: 'Yes.', at: at('10:00:00') },
          { position: 2, by: cy, text: 'Yes.', at: at('10:05:00') },
        ],
      });
      const row = await store.run((db) => db.selectFrom('referrals').select('answered').executeTakeFirst());
      expect(row?.answered).toBe('2026-11-23T10:00:00.000Z');
    });

    test('keep an answer that is delivered twice once', async () => {
      const store = await open();
      await addReferral(store, referral);
      await addReferralMessage(store, 'r1', { by: ben, text: 'Yes.\0', at: at('10:00:00') });
      await addReferralMessage(store, 'r1', { by: ben, text: 'Or no.', at: at('10:01:00') });
      const again = await addReferralMessage(store, 'r1', { by: ben, text: 'Yes.\0', at: at('10:02:00') });
      expect(again.position).toBe(1);
      expect(again.referral.messages.map(({ text }) => text)).toEqual(['Yes.\uFFFD', 'Or no.']);
    });

    test('number answers that come at once one after the other', async () => {
      const store = await open();
      await addReferral(store, referral);
      const texts = Array.from({ length: 8 }, (_, n) => `Answer ${n}`);
      const kept = await Promise.all(
        texts.map((text) => addReferralMessage(store, 'r1', { by: ben, text, at: at('10:00:00') })),
      );
      expect(kept.map(({ position }) => position).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    test('wait again once the asker has written back', async () => {
      const store = await open();
      await addReferral(store, referral);
      const states = [];
      for (const [by, text] of [
        [ben, 'Yes.'],
        [referral.asker, 'Also in June?'],
        [cy, 'No.'],
      ] as const)
        states.push((await addReferralMessage(store, 'r1', { by, text, at: at('10:00:00') })).referral.state);
      expect(states).toEqual(['answered', 'waiting', 'answered']);
    });

    test('remember the first card of each side', async () => {
      const store = await open();
      await addReferral(store, referral);
      for (const message of ['m1', 'm2']) await keepReferralCard(store, 'r1', ben, message);
      await keepReferralCard(store, 'r1', cy, 'm3');
      expect((await findReferral(store, 'r1'))?.cards).toEqual([
        { owner: ben, message: 'm1' },
        { owner: cy, message: 'm3' },
      ]);
    });

    test('are listed for their asker, newest first, without what was withdrawn', async () => {
      const store = await open();
      const hours = ['08', '09', '10', '11'];
      for (const hour of hours)
        await addReferral(store, { ...referral, id: hour, created: at(`${hour}:00:00`) });
      await addReferral(store, { ...referral, id: 'other', asker: { ...cy, name: 'Cy' } });
      await withdrawReferral(store, '11', at('11:01:00'));
      const listed = await referralsOf(store, referral.asker, { since: at('09:00:00'), most: 5 });
      expect(listed.map(({ id }) => id)).toEqual(['10', '09']);
      expect(await referralsOf(store, referral.asker, { since: at('08:00:00'), most: 1 })).toHaveLength(1);
    });

    test('are withdrawn with their words, unless somebody has answered', async () => {
      const store = await open();
      await addReferral(store, referral);
      await addReferral(store, { ...referral, id: 'r2' });
      await addReferralMessage(store, 'r2', { by: ben, text: 'Yes.', at: at('10:00:00') });
      for (const id of ['r1', 'r2', 'r9']) await withdrawReferral(store, id, at('10:01:00'));
      expect(await findReferral(store, 'r1')).toMatchObject({
        state: 'withdrawn',
        question: '',
        messages: [],
      });
      expect(await findReferral(store, 'r2')).toMatchObject({ state: 'answered', question: 'May I?' });
    });

    test('take no answer to a question that is not there', async () => {
      const store = await open();
      await expect(
        addReferralMessage(store, 'r9', { by: ben, text: 'Yes.', at: at('10:00:00') }),
      ).rejects.toMatchObject({
        name: 'StoreError',
      });
      const insert = store.run((db) =>
        sql`insert into referral_messages values ('r9', 1, 'slack', 'U1', 'Yes.', '2026-11-23')`.execute(db),
      );
      await expect(insert).rejects.toMatchObject({ name: 'StoreError' });
    });

    test.each(['', 'nonsense', '[]', '[{"platform":"slack"}]'])(
      'receivers that read %j are refused, by the row’s name',
      async (json) => {
        const store = await open();
        await addReferral(store, referral);
        await store.run((db) => db.updateTable('referrals').set({ receivers: json }).execute());
        await expect(findReferral(store, 'r1')).rejects.toThrow(/referral "r1" .* can't be read/);
      },
    );

    test('keep any question, the same on every engine', async () => {
      const store = await open();
      let n = 0;
      await fc.assert(
        fc.asyncProperty(anyText, async (question) => {
          const id = `any${n++}`;
          await addReferral(store, {
            ...referral,
            id,
            question,
            asker: { ...referral.asker, name: question },
          });
          const found = await findReferral(store, id);
          expect(found?.question).toBe(asKept(question));
          expect(found?.asker.name).toBe(asKept(question));
        }),
      );
    });
  });
});
