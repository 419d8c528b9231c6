import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { ConcernPages, PageAnswer } from '../../src/chat/concern-pages.ts';
import { createConcernPages } from '../../src/concerns/api/pages.ts';
import * as sealing from '../../src/concerns/sealing/mod.ts';
import { type House, openHouse, quickStretch } from '../support/concerns/house.ts';

let house: House;
let pages: ConcernPages;
let faults: unknown[];

beforeEach(async () => {
  house = await openHouse();
  faults = [];
  pages = createConcernPages({
    concerns: house.concerns,
    notice: () => ({ school: house.school, people: house.people, day: '2026-11-25', doorB: undefined }),
    now: () => ({ week: '2026-W48', today: '2026-11-25' }),
    onFault: (error) => faults.push(error),
  });
});

afterEach(() => house.close());

/** All goes as JSON, as it does between a browser and the server. */
const sent = <T>(shape: z.ZodType<T>, { status, body }: PageAnswer): T => {
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return shape.parse(JSON.parse(JSON.stringify(body)));
};
const bytes = z.string().transform((text) => sealing.fromText(text)!);
const { toText } = sealing;

async function enrolByLink(role: string) {
  const offered = await house.concerns.enrolments.offer(role);
  if (offered.kind !== 'offered') throw new Error(offered.message);
  const token = offered.token;
  const greeted = sent(z.object({ name: z.string() }), await pages.reader('enrolling', { token }));
  const passphrase = `${role} marble kettle orbit`;
  const { sealed, keys } = await sealing.enrol(passphrase, quickStretch);
  const body = {
    token,
    id: toText(sealed.id),
    publicKey: toText(sealed.publicKey),
    sealedByPassphrase: toText(sealed.sealedByPassphrase),
    sealedByRecovery: toText(sealed.sealedByRecovery),
    verifier: toText(sealed.verifier),
  };
  expect(await pages.reader('enrol', body)).toEqual({ status: 200, body: {} });
  expect(await pages.reader('enrol', body)).toMatchObject({ status: 403 });
  return { id: sealed.id, keys, passphrase, name: greeted.name };
}

async function login({ id, passphrase }: { id: Uint8Array; passphrase: string }) {
  const asked = sent(
    z.object({ ticket: z.string(), challenge: bytes }),
    await pages.reader('challenge', { reader: toText(id) }),
  );
  const typed = await sealing.keysOfPassphrase(id, passphrase, quickStretch);
  const entered = sent(
    z.object({ session: z.string(), sessionKey: bytes, sealedKey: bytes }),
    await pages.reader('login', {
      ticket: asked.ticket,
      signature: toText(sealing.signChallenge(asked.challenge, typed)),
    }),
  );
  return { ...entered, keys: sealing.openWithPassphrase(entered.sealedKey, typed)! };
}

/** What a browser does at door B, from the first page to the code. */
async function sendByWeb(text: string) {
  const route = sent(
    z.object({
      kind: z.literal('readers'),
      readers: z.array(z.object({ id: z.string(), title: z.string(), name: z.string(), publicKey: bytes })),
      excluded: z.object({ people: z.array(z.string()), roles: z.array(z.string()) }),
      week: z.string(),
    }),
    await pages.sender('readers', { about: 'adult' }),
  );
  const receipt = sealing.newReceipt();
  const { lookup, unlock } = await sealing.keysOfReceipt(receipt, quickStretch);
  const { publicKey, secretKey } = sealing.newThread();
  const message = sealing.sealMessage(
    {
      type: 'concern',
      order: 0,
      author: 'sender',
      week: route.week,
      about: 'adult',
      kind: 'conduct',
      text,
      readers: route.readers.map(({ id, title, name }) => ({ id, title, name })),
      excluded: route.excluded,
    },
    secretKey,
  )!;
  const grants = sealing.sealGrants(
    secretKey,
    route.readers.map((reader) => reader.publicKey),
  );
  const body = {
    kind: 'conduct',
    lookup: toText(lookup),
    publicKey: toText(publicKey),
    sealedKey: toText(sealing.sealKey(secretKey, unlock)),
    grants: grants.map(toText),
    message: toText(message),
  };
  expect(await pages.sender('submit', body)).toEqual({ status: 200, body: {} });
  return receipt;
}

test('before anybody is enrolled, what to do about a child comes first, then whom else to turn to', async () => {
  const { notice, readers } = sent(
    z.object({ notice: z.array(z.object({ text: z.string().optional() })), readers: z.array(z.unknown()) }),
    await pages.sender('form', {}),
  );
  expect(readers).toEqual([]);
  expect(notice[0]!.text).toMatch(/^Is a child in danger now\?/);
  expect(notice.map(({ text }) => text)).toContain(
    'Nobody has been set up to read concerns here yet. Nothing can be sent.',
  );
});

describe('door B and the inbox', () => {
  test('carry a concern to its reader, an answer to its sender, and a word back', async () => {
    const reader = await enrolByLink('headteacher');
    expect(reader.name).toBe('Grace Holloway');
    const receipt = await sendByWeb('Seen from my own phone.');

    const inbox = await login(reader);
    const { concerns } = sent(
      z.object({ concerns: z.array(z.object({ id: bytes, grants: z.array(bytes) })) }),
      await pages.reader('concerns', {}, inbox.session),
    );
    const [{ id, grants }] = concerns as [(typeof concerns)[number]];
    const threadSecret = sealing.openGrants(grants, inbox.keys)!;
    const access = {
      concern: toText(id),
      proof: toText(sealing.proveAccess(threadSecret, inbox.sessionKey, id)),
    };
    const concernShape = z.object({ status: z.string(), messages: z.array(bytes), deadlines: z.object({}) });
    const before = sent(concernShape, await pages.reader('read', access, inbox.session));
    const messages = sealing.openMessages(before.messages, threadSecret);
    expect(messages).toMatchObject([{ text: 'Seen from my own phone.' }]);
    const answer: sealing.Message = {
      type: 'status',
      order: sealing.nextOrder(messages),
      author: { id: toText(reader.id), title: 'headteacher', name: reader.name },
      week: '2026-W48',
      status: 'question',
      text: 'When was it?',
    };
    const change = {
      ...access,
      status: 'question',
      message: toText(sealing.sealMessage(answer, threadSecret)!),
    };
    expect(await pages.reader('change', change, inbox.session)).toEqual({ status: 200, body: {} });

    const { lookup, unlock } = await sealing.keysOfReceipt(receipt, quickStretch);
    const thread = sent(
      z.object({
        status: z.string(),
        statusWords: z.string(),
        publicKey: bytes,
        sealedKey: bytes,
        messages: z.array(bytes),
        now: z.string(),
      }),
      await pages.sender('open', { lookup: toText(lookup) }),
    );
    expect(thread).toMatchObject({
      status: 'question',
      statusWords: 'There is a question for you',
      now: '2026-W48',
    });
    const secret = sealing.openKey(thread.sealedKey, unlock, thread.publicKey)!;
    expect(sealing.openMessages(thread.messages, secret)[1]).toEqual(answer);
    const word = sealing.sealMessage(
      { type: 'message', order: 2, author: 'sender', week: thread.now, text: 'On Monday.' },
      secret,
    )!;
    expect(await pages.sender('reply', { lookup: toText(lookup), message: toText(word) })).toMatchObject({
      status: 200,
    });
    const after = sent(concernShape, await pages.reader('read', access, inbox.session));
    expect(sealing.openMessages(after.messages, threadSecret)).toHaveLength(3);
    expect(await house.concerns.senders.openThread(receipt)).toMatchObject({ kind: 'open' });
  });

  test('say what there is to choose, and who can be left out', async () => {
    const bare = sent(z.object({ readers: z.array(z.unknown()) }), await pages.sender('form', {}));
    expect(bare.readers).toEqual([]);
    await enrolByLink('dsl');
    const form = sent(
      z.object({
        abouts: z.array(z.object({ value: z.string(), label: z.string() })),
        kinds: z.array(z.object({ value: z.string(), label: z.string() })),
        readers: z.array(z.object({ id: z.string(), name: z.string() })),
        notice: z.array(z.looseObject({ kind: z.string() })),
      }),
      await pages.sender('form', undefined),
    );
    expect(form.readers.map(({ name }) => name)).toEqual(['Priya Raman']);
    expect(form.kinds.map(({ label }) => label)).toContain('Sexual harassment');
    expect(JSON.stringify(form.notice)).toContain('999');
    expect(JSON.stringify(form.notice)).toContain('This page seals what you write');
  });

  test('show the outside bodies where nobody could read it', async () => {
    await enrolByLink('headteacher');
    expect(await pages.sender('readers', { about: 'chair', exclude: [] })).toMatchObject({
      status: 200,
      body: { kind: 'outside', notice: expect.arrayContaining([]) },
    });
    expect(JSON.stringify(await pages.sender('readers', { about: 'chair' }))).toContain('NSPCC');
  });
});

describe('what is not right', () => {
  test('is to leave out somebody whom nobody knows', async () => {
    await enrolByLink('headteacher');
    expect(await pages.sender('readers', { about: 'adult', exclude: ['nobody'] })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('Please look again who will read it.') },
    });
  });

  test('is refused: no session, a wrong passphrase, an unknown call, an unknown code', async () => {
    const reader = await enrolByLink('headteacher');
    for (const call of ['readers', 'concerns', 'leave'])
      expect(await pages.reader(call, {}, 'nobody'), call).toMatchObject({ status: 401 });
    expect(await pages.reader('concerns', {})).toMatchObject({ status: 401 });
    await expect(login({ ...reader, passphrase: 'something else altogether' })).rejects.toThrow('403');
    for (const call of ['nothing', 'constructor', '__proto__', ''])
      expect(await pages.reader(call, {}), call).toMatchObject({ status: 404 });
    expect(await pages.sender('concerns', {})).toMatchObject({ status: 404 });
    expect(await pages.sender('open', { lookup: toText(sealing.randomBytes(32)) })).toMatchObject({
      status: 403,
    });
    expect(await pages.reader('enrolling', { token: 'x' })).toMatchObject({ status: 403 });
  });

  test('is never a fault of the server, whatever comes', async () => {
    const calls = [
      'form',
      'readers',
      'submit',
      'open',
      'reply',
      'login',
      'challenge',
      'enrol',
      'read',
      'change',
      'keys',
      'recover',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...calls), fc.jsonValue(), async (call, body) => {
        for (const answer of [await pages.sender(call, body), await pages.reader(call, body, 'x')])
          expect([200, 400, 401, 403, 404, 429]).toContain(answer.status);
      }),
      { numRuns: 300 },
    );
    expect(faults).toEqual([]);
  });

  test('in the store is said plainly, and told without what was sent', async () => {
    await house.store.close();
    const answer = await pages.sender('open', { lookup: toText(sealing.randomBytes(32)) });
    expect(answer).toMatchObject({
      status: 500,
      body: { error: expect.stringMatching(/this was not done/) },
    });
    expect(faults).toHaveLength(1);
  });
});
