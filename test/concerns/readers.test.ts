import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Access, Change } from '../../src/concerns/readers.ts';
import * as sealing from '../../src/concerns/sealing/mod.ts';
import { createPeople } from '../../src/school/people.ts';
import {
  type Browser,
  type House,
  type OpenedConcern,
  openHouse,
  quickStretch,
  type SignedInBrowser,
  schoolOf,
} from '../support/concerns/house.ts';

const stretch = quickStretch;

let house: House;
let head: Browser;
let deputy: Browser;
let chair: Browser;

beforeEach(async () => {
  house = await openHouse({ readers: ['vice-chair-of-governors'] });
  head = await house.enrol('headteacher');
  deputy = await house.enrol('deputy-headteacher');
  chair = await house.enrol('chair-of-governors');
});

afterEach(() => house.close());

const accessOf = ({ id: concern, proof }: OpenedConcern): Access => ({ concern, proof });

async function openOnly(browser: Browser): Promise<{ inbox: SignedInBrowser; concern: OpenedConcern }> {
  const inbox = await browser.login();
  const [concern] = await inbox.mine();
  return { inbox, concern: concern! };
}

const change = (inbox: SignedInBrowser, concern: OpenedConcern, what: Change) =>
  house.concerns.readers.change(inbox.session, accessOf(concern), what);

const stateOf = async (inbox: SignedInBrowser, concern: OpenedConcern) => {
  const found = await house.concerns.readers.read(inbox.session, accessOf(concern));
  if (found.kind !== 'concern') throw new Error(found.kind);
  return found;
};

describe('enrolment', () => {
  test('takes a link that is used once', async () => {
    const { enrolments } = house.concerns;
    const offered = await enrolments.offer('dsl');
    if (offered.kind !== 'offered') throw new Error(offered.message);
    expect(await enrolments.enrolling(offered.token)).toEqual({
      role: 'dsl',
      title: 'designated safeguarding lead',
      name: 'Priya Raman',
    });
    const { sealed } = await sealing.enrol('marble kettle orbit seven', stretch);
    expect(await enrolments.enrol(offered.token, sealed)).toBe(true);
    expect(await enrolments.enrolling(offered.token)).toBeUndefined();
    const other = await sealing.enrol('marble kettle orbit seven', stretch);
    expect(await enrolments.enrol(offered.token, other.sealed)).toBe(false);
  });

  test('is over after seven days', async () => {
    const { enrolments } = house.concerns;
    const offered = await enrolments.offer('dsl');
    if (offered.kind !== 'offered') throw new Error(offered.message);
    house.clock.moveTo(new Date('2026-12-02T23:00:00Z'));
    expect(await enrolments.enrolling(offered.token)).toBeDefined();
    house.clock.moveTo(new Date('2026-12-03T01:00:00Z'));
    expect(await enrolments.enrolling(offered.token)).toBeUndefined();
    const { sealed } = await sealing.enrol('marble kettle orbit seven', stretch);
    expect(await enrolments.enrol(offered.token, sealed)).toBe(false);
  });

  test.each([
    ['nobody-at-all', undefined, /no role "nobody-at-all"/],
    ['teacher', undefined, /No concern goes to the role "teacher"/],
    ['headteacher', 'Priya Raman', /does not hold the role/],
  ])('is refused for %s %s', async (role, whom, message) => {
    expect(await house.concerns.enrolments.offer(role, whom)).toEqual({
      kind: 'refused',
      message: expect.stringMatching(message),
    });
  });

  test('asks which of several holders is meant', async () => {
    house.people = createPeople(
      schoolOf({
        people: [
          { name: 'One', email: 'one@hill.example', roles: ['dsl'] },
          { name: 'Two', email: 'two@hill.example', roles: ['dsl'] },
        ],
      }),
      [],
    );
    expect(await house.concerns.enrolments.offer('dsl')).toMatchObject({
      message: expect.stringMatching(/Say which/),
    });
    for (const whom of ['Two', 'two', 'TWO@hill.example'])
      expect(await house.concerns.enrolments.offer('dsl', whom)).toMatchObject({ name: 'Two' });
    house.people = createPeople(schoolOf({ people: [] }), []);
    expect(await house.concerns.enrolments.offer('dsl')).toMatchObject({ kind: 'refused' });
  });

  test('takes nothing but keys of the right sizes, and no id twice', async () => {
    const { enrolments } = house.concerns;
    const { sealed } = await sealing.enrol('marble kettle orbit seven', stretch);
    const token = async (): Promise<string> => {
      const offered = await enrolments.offer('dsl');
      return offered.kind === 'offered' ? offered.token : '';
    };
    for (const name of ['id', 'publicKey', 'sealedByPassphrase', 'sealedByRecovery', 'verifier'] as const)
      expect(await enrolments.enrol(await token(), { ...sealed, [name]: sealed[name].slice(1) }), name).toBe(
        false,
      );
    const taken = sealing.fromText(head.id)!;
    expect(await enrolments.enrol(await token(), { ...sealed, id: taken })).toBe(false);
  });

  test('shows to every reader', async () => {
    const inbox = await head.login();
    const dsl = await house.enrol('dsl');
    const known = await house.concerns.readers.readers(inbox.session);
    if (known.kind !== 'readers') throw new Error(known.kind);
    expect(known.readers.find(({ id }) => id === dsl.id)).toMatchObject({
      name: 'Priya Raman',
      role: 'dsl',
      state: 'active',
      present: true,
      publicKey: Buffer.from(dsl.keys.publicKey),
    });
    expect(known.log).toContainEqual({ reader: dsl.id, action: 'enrolled', day: '2026-11-25' });
  });
});

describe('the login', () => {
  test('shows whom there is to log in, and nobody who has left', async () => {
    expect((await house.concerns.readers.list()).map(({ name }) => name).sort()).toEqual([
      'David Osei',
      'Grace Holloway',
      'Helen Marsh',
      'Martin Ashe',
    ]);
    await house.concerns.enrolments.end(chair.id);
    expect((await house.concerns.readers.list()).map(({ name }) => name)).not.toContain('Helen Marsh');
  });

  test('takes an answer to its own question once, from the right reader', async () => {
    const { readers } = house.concerns;
    const id = sealing.fromText(head.id)!;
    const keys = await sealing.keysOfPassphrase(id, head.passphrase, stretch);
    const { ticket, challenge } = await readers.challenge(id);
    const signature = sealing.signChallenge(challenge, keys);
    const other = await readers.challenge(id);
    expect(await readers.login(other.ticket, signature)).toEqual({ kind: 'refused' });
    expect(await readers.login(ticket, signature)).toMatchObject({ kind: 'session' });
    expect(await readers.login(ticket, signature)).toEqual({ kind: 'refused' });
    const late = await readers.challenge(id);
    house.clock.moveTo(new Date('2026-11-25T10:23:00Z'));
    expect(await readers.login(late.ticket, sealing.signChallenge(late.challenge, keys))).toEqual({
      kind: 'refused',
    });
  });

  test('asks somebody who is not there as it asks anybody, and takes no answer', async () => {
    const { readers } = house.concerns;
    const { ticket, challenge } = await readers.challenge(sealing.randomBytes(16));
    expect(challenge).toHaveLength(32);
    expect(await readers.login(ticket, new Uint8Array(64))).toEqual({ kind: 'refused' });
  });

  test('is slowed for everybody together, and locks nobody out', async () => {
    const { readers } = house.concerns;
    const id = sealing.fromText(head.id)!;
    for (let n = 0; n < 40; n++) {
      const { ticket } = await readers.challenge(id);
      expect(await readers.login(ticket, new Uint8Array(64))).toEqual({ kind: 'refused' });
    }
    expect(await head.login()).toBeDefined();
  });

  test('is over after half an hour without a word, after logging out, and once somebody has left', async () => {
    const { readers } = house.concerns;
    const inbox = await head.login();
    house.clock.moveTo(new Date('2026-11-25T10:45:00Z'));
    expect((await readers.concerns(inbox.session)).kind).toBe('concerns');
    house.clock.moveTo(new Date('2026-11-25T11:10:00Z'));
    expect((await readers.concerns(inbox.session)).kind).toBe('concerns');
    house.clock.moveTo(new Date('2026-11-25T11:41:00Z'));
    expect(await readers.concerns(inbox.session)).toEqual({ kind: 'signed_out' });
    const again = await head.login();
    readers.logout(again.session);
    expect(await readers.concerns(again.session)).toEqual({ kind: 'signed_out' });
    const third = await head.login();
    house.people = createPeople(schoolOf({ people: [] }), []);
    expect(await readers.concerns(third.session)).toEqual({ kind: 'signed_out' });
    await expect(head.login()).rejects.toThrow('refused');
  });

  test('with the recovery key leads to a new passphrase, and shows to all readers', async () => {
    const { readers } = house.concerns;
    const id = sealing.fromText(head.id)!;
    const question = await readers.recovery(id);
    if (question.kind !== 'question') throw new Error(question.kind);
    const keys = sealing.openWithRecovery(question.sealedKey, head.recoveryKey)!;
    const entered = await readers.recover(
      question.ticket,
      sealing.openChallenge(question.sealedQuestion, keys)!,
    );
    if (entered.kind !== 'session') throw new Error(entered.kind);
    const { sealed } = await sealing.reseal(id, keys, 'quite another set of words', stretch);
    expect(await readers.changeKeys(entered.session, sealed)).toEqual({ kind: 'done' });
    await expect(head.login()).rejects.toThrow('refused');
    const typed = await sealing.keysOfPassphrase(id, 'quite another set of words', stretch);
    const { ticket, challenge } = await readers.challenge(id);
    const back = await readers.login(ticket, sealing.signChallenge(challenge, typed));
    if (back.kind !== 'session') throw new Error(back.kind);
    expect(sealing.openWithPassphrase(back.sealedKey, typed)).toEqual(head.keys);
    const inbox = await deputy.login();
    const known = await readers.readers(inbox.session);
    expect(known.kind === 'readers' && known.log.map(({ reader, action }) => [reader, action])).toEqual(
      expect.arrayContaining([
        [head.id, 'recovered'],
        [head.id, 'keys'],
      ]),
    );
    expect(await readers.recover(question.ticket, sealing.randomBytes(32))).toEqual({ kind: 'refused' });
    expect(await readers.recovery(sealing.randomBytes(16))).toEqual({ kind: 'refused' });
  });
});

describe('a concern', () => {
  test('opens for its readers and for nobody else', async () => {
    await house.send({ about: 'adult', text: 'About an adult.' });
    await house.send({ about: 'headteacher', text: 'About the head.' });
    const texts = async (browser: Browser): Promise<string[]> => {
      const inbox = await browser.login();
      const all = await Promise.all((await inbox.mine()).map((each) => inbox.read(each)));
      return all.flatMap(({ messages }) => messages.map((each) => ('text' in each ? each.text : '')));
    };
    expect(await texts(head)).toEqual(['About an adult.']);
    expect(await texts(deputy)).toEqual(['About an adult.']);
    expect(await texts(chair)).toEqual(['About the head.']);
  });

  test('is denied in every way to a reader who can’t open it', async () => {
    const receipt = await house.send({ about: 'headteacher' });
    const { readers } = house.concerns;
    const inbox = await head.login();
    const all = await readers.concerns(inbox.session);
    if (all.kind !== 'concerns') throw new Error(all.kind);
    const access = { concern: all.concerns[0]!.id, proof: sealing.randomBytes(32) };
    expect(await readers.read(inbox.session, access)).toEqual({ kind: 'denied' });
    expect(await readers.change(inbox.session, access, { status: 'closed' })).toEqual({ kind: 'denied' });
    expect(await readers.exported(inbox.session, access)).toEqual({ kind: 'denied' });
    expect(await house.concerns.senders.openThread(receipt)).toMatchObject({ status: 'received' });
    // The proof of somebody else's session is none.
    const { inbox: theirs, concern } = await openOnly(chair);
    expect(await readers.read(inbox.session, accessOf(concern))).toEqual({ kind: 'denied' });
    expect((await readers.read(theirs.session, accessOf(concern))).kind).toBe('concern');
    expect(await readers.read('no session', accessOf(concern))).toEqual({ kind: 'signed_out' });
  });

  test('carries its log: who did what on which day, once a day', async () => {
    await house.send();
    const { inbox, concern } = await openOnly(head);
    await inbox.read(concern);
    await inbox.read(concern);
    await change(inbox, concern, { status: 'acknowledged' });
    await house.concerns.readers.exported(inbox.session, accessOf(concern));
    const day = '2026-11-25';
    expect((await stateOf(inbox, concern)).log).toEqual(
      expect.arrayContaining([
        { reader: head.id, action: 'read', day },
        { reader: head.id, action: 'status', day },
        { reader: head.id, action: 'exported', day },
      ]),
    );
    expect((await stateOf(inbox, concern)).log).toHaveLength(3);
  });

  test.each<readonly [string, Change]>([
    ['an answer', { message: sealing.randomBytes(sealing.MESSAGE_BYTES) }],
    ['another year', { renew: true }],
    [
      'other readers',
      { grants: Array.from({ length: sealing.GRANTS }, () => sealing.randomBytes(sealing.GRANT_BYTES)) },
    ],
  ])('counts as taken on with %s, and not when it is only read', async (_, what) => {
    const receipt = await house.send();
    house.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
    const { inbox, concern } = await openOnly(head);
    expect((await stateOf(inbox, concern)).status).toBe('received');
    expect(await house.concerns.isOverdue()).toBe(true);
    expect(await change(inbox, concern, what)).toEqual({ kind: 'done' });
    expect(await house.concerns.senders.openThread(receipt)).toMatchObject({ status: 'acknowledged' });
    expect(await house.concerns.isOverdue()).toBe(false);
  });

  test('stays where it is with an answer that comes later', async () => {
    await house.send();
    const { inbox, concern } = await openOnly(head);
    await change(inbox, concern, { status: 'looking' });
    await change(inbox, concern, { message: sealing.randomBytes(sealing.MESSAGE_BYTES) });
    expect((await stateOf(inbox, concern)).status).toBe('looking');
  });

  test('shows what is overdue, and when it is the second reader’s turn', async () => {
    await house.send();
    house.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
    const { inbox, concern } = await openOnly(deputy);
    expect((await stateOf(inbox, concern)).deadlines).toMatchObject({
      overdue: 'acknowledge',
      escalated: false,
    });
    expect(await house.concerns.isOverdue()).toBe(true);
    await change(inbox, concern, { status: 'acknowledged' });
    expect((await stateOf(inbox, concern)).deadlines.overdue).toBeUndefined();
    expect(await house.concerns.isOverdue()).toBe(false);
  });

  test('is kept ninety days once closed, and a year again when it is opened again or renewed', async () => {
    await house.send();
    const { inbox, concern } = await openOnly(head);
    expect((await stateOf(inbox, concern)).purgeWeek).toBe('2027-W46');
    await change(inbox, concern, { status: 'closed' });
    expect((await stateOf(inbox, concern)).purgeWeek).toBe('2027-W08');
    house.clock.moveTo(new Date('2026-11-25T10:30:00Z'));
    await change(inbox, concern, { renew: true });
    expect((await stateOf(inbox, concern)).purgeWeek).toBe('2027-W08');
    await change(inbox, concern, { status: 'looking' });
    expect((await stateOf(inbox, concern)).purgeWeek).toBe('2027-W46');
    house.clock.moveTo(new Date('2026-11-25T10:40:00Z'));
    await change(inbox, concern, { renew: true });
    expect((await stateOf(inbox, concern)).log.map(({ action }) => action)).toContain('renewed');
  });

  test.each([
    ['a short message', { message: new Uint8Array(5) }],
    ['too few grants', { grants: [new Uint8Array(80)] }],
    ['grants of a wrong size', { grants: Array.from({ length: 8 }, () => new Uint8Array(5)) }],
  ])('takes no change with %s', async (_, what) => {
    await house.send();
    const { inbox, concern } = await openOnly(head);
    expect(await change(inbox, concern, { ...what, status: 'closed' })).toEqual({ kind: 'denied' });
    expect((await stateOf(inbox, concern)).status).toBe('received');
  });
});

describe('handing over', () => {
  test('gives what a reader could read to another, and destroys their key', async () => {
    const receipt = await house.send({ text: 'For whoever comes next.' });
    const dsl = await house.enrol('dsl');
    const { inbox, concern } = await openOnly(head);
    const { readers } = house.concerns;
    const known = await readers.readers(inbox.session);
    if (known.kind !== 'readers') throw new Error(known.kind);
    const next = known.readers.filter(({ id }) => id === deputy.id || id === dsl.id);
    const { messages } = await inbox.read(concern);
    const message = sealing.sealMessage(
      {
        type: 'readers',
        order: sealing.nextOrder(messages),
        author: { id: head.id, title: 'headteacher', name: 'Grace Holloway' },
        week: '2026-W48',
        readers: next,
      },
      concern.threadSecret,
    )!;
    const grants = sealing.regrant(concern.threadSecret, messages, next);
    expect(await change(inbox, concern, { grants, message })).toEqual({ kind: 'done' });
    expect(await house.concerns.senders.openThread(receipt)).toMatchObject({
      messages: [{ type: 'concern' }, { type: 'readers', readers: next.map(({ id }) => ({ id })) }],
    });
    expect(await inbox.mine()).toEqual([]);
    expect(await readers.leave(inbox.session)).toEqual({ kind: 'done' });
    expect(await readers.concerns(inbox.session)).toEqual({ kind: 'signed_out' });
    await expect(head.login()).rejects.toThrow('refused');
    const { inbox: theirs, concern: given } = await openOnly(dsl);
    const { messages: seen } = await theirs.read(given);
    expect(seen[0]).toMatchObject({ text: 'For whoever comes next.' });
    expect(
      sealing
        .readersOf(seen)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([deputy.id, dsl.id].sort());
    const [row] = await house.store.run((db) =>
      db.selectFrom('handler').selectAll().where('state', '=', 'left').execute(),
    );
    for (const key of [row!.sealed_by_passphrase, row!.sealed_by_recovery, row!.verifier])
      expect(key).toHaveLength(0);
  });

  test('somebody who has left is no reader of what comes after', async () => {
    expect(await house.concerns.enrolments.end(head.id)).toBe(true);
    expect(await house.concerns.enrolments.end(head.id)).toBe(false);
    expect(await house.concerns.enrolments.end('nonsense')).toBe(false);
    await house.send();
    const { inbox, concern } = await openOnly(deputy);
    const { messages } = await inbox.read(concern);
    expect(sealing.readersOf(messages).map(({ name }) => name)).toEqual(['Martin Ashe']);
    expect((await house.concerns.enrolments.enrolled()).find(({ id }) => id === head.id)?.standing).toBe(
      'left',
    );
  });
});
