import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as sealing from '../../../src/concerns/sealing/mod.ts';

beforeAll(() => sealing.ready);

const reader = { id: 'abc', title: 'headteacher', name: 'Grace Holloway' };
const base = { order: 3, author: 'sender', week: '2026-W48' } as const;
const message = (text: string): sealing.Message => ({ ...base, type: 'message', text });
const kinds: readonly sealing.Message[] = [
  {
    ...base,
    type: 'concern',
    about: 'adult',
    kind: 'conduct',
    text: 'He shouts.',
    readers: [reader],
    excluded: { people: ['a@b.example'], roles: ['office'] },
  },
  message('Again.'),
  { ...base, author: reader, type: 'status', status: 'closed', text: 'Talked to.' },
  { ...base, author: reader, type: 'mute', muted: true },
  { ...base, author: reader, type: 'readers', readers: [reader, reader] },
];

describe('a sealed message', () => {
  test.each(kinds.map((each) => [each.type, each] as const))('says what it said: %s', (_, each) => {
    const { secretKey } = sealing.newThread();
    const sealed = sealing.sealMessage(each, secretKey)!;
    expect(sealed).toHaveLength(sealing.MESSAGE_BYTES);
    expect(sealing.openMessage(sealed, secretKey)).toEqual(each);
  });

  test('has one length and carries any text of so many characters', () => {
    const { secretKey } = sealing.newThread();
    const unit = fc.constantFrom('a', '"', '\\', '\n', 'é', 'म', '字', '🙈', '\u2028');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: sealing.TEXT_LIMIT }), (written) => {
        const text = written.slice(0, sealing.TEXT_LIMIT).toWellFormed();
        const sealed = sealing.sealMessage(message(text), secretKey)!;
        expect(sealed).toHaveLength(sealing.MESSAGE_BYTES);
        expect(sealing.openMessage(sealed, secretKey)).toEqual(message(text));
      }),
      { numRuns: 50 },
    );
    for (const unit of ['字', '"', '\n', '🙈'])
      expect(
        sealing.sealMessage(message(unit.repeat(sealing.TEXT_LIMIT / unit.length)), secretKey),
      ).toHaveLength(sealing.MESSAGE_BYTES);
  });

  test('is not made where it would be longer than the others', () => {
    expect(sealing.sealMessage(message('x'.repeat(20_000)), sealing.newThread().secretKey)).toBeUndefined();
  });

  test('opens with no other key, and not once a single bit has changed', () => {
    const { secretKey, publicKey } = sealing.newThread();
    const sealed = sealing.sealMessage(message('x'), secretKey)!;
    for (const key of [publicKey, sealing.newThread().secretKey, new Uint8Array(32)])
      expect(sealing.openMessage(sealed, key)).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const changed = sealed.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(sealing.openMessage(changed, secretKey)).toBeUndefined();
      }),
    );
    expect(sealing.openMessage(new Uint8Array(), secretKey)).toBeUndefined();
  });

  test('is no message where somebody’s browser put other things in it', () => {
    const { secretKey } = sealing.newThread();
    const wrong: readonly unknown[] = [
      null,
      7,
      'text',
      [],
      {},
      { ...base, type: 'message' },
      { ...base, type: 'message', text: 7 },
      { ...base, type: 'constructor', text: '' },
      { ...base, type: '__proto__', text: '' },
      { ...base, author: 'the headteacher', type: 'message', text: '' },
      { ...base, author: { id: 'x' }, type: 'message', text: '' },
      { ...base, order: 0.5, type: 'message', text: '' },
      { ...base, type: 'readers', readers: [7] },
      { ...base, type: 'concern', about: '', kind: '', text: '', readers: [], excluded: [] },
    ];
    for (const value of wrong) {
      const sealed = sealing.sealMessage(value as sealing.Message, secretKey)!;
      expect(sealing.openMessage(sealed, secretKey), JSON.stringify(value)).toBeUndefined();
    }
  });
});

test('messages come in the order in which they were written, those that can’t be opened left out', () => {
  const { secretKey } = sealing.newThread();
  const other = sealing.newThread().secretKey;
  const seal = (order: number, key = secretKey): Uint8Array =>
    sealing.sealMessage({ ...message(String(order)), order }, key)!;
  const messages = sealing.openMessages([seal(2), seal(0), seal(7, other), seal(1)], secretKey);
  expect(messages.map(({ order }) => order)).toEqual([0, 1, 2]);
  expect(sealing.nextOrder(messages)).toBe(3);
  expect(sealing.nextOrder([])).toBe(0);
});
