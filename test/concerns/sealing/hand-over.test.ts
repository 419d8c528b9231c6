import { beforeAll, expect, test } from 'vitest';
import * as sealing from '../../../src/concerns/sealing/mod.ts';

beforeAll(() => sealing.ready);

const listed = (name: string, role: string, keys = sealing.newThread()) => ({
  keys,
  reader: { id: name, title: role, name, role, person: `${name}@hill.example`, publicKey: keys.publicKey },
});

const first: sealing.Message = {
  type: 'concern',
  order: 0,
  author: 'sender',
  week: '2026-W48',
  about: 'headteacher',
  kind: 'conduct',
  text: 'x',
  readers: [{ id: 'Helen', title: 'chair', name: 'Helen' }],
  excluded: { people: ['Grace@hill.example'], roles: ['headteacher', 'office'] },
};

test('a concern is passed to others, and the one who had it has it no more', () => {
  const { secretKey } = sealing.newThread();
  const [helen, david, fatima] = [
    listed('Helen', 'chair'),
    listed('David', 'vice'),
    listed('Fatima', 'governor'),
  ];
  const grants = sealing.regrant(secretKey, [first], [david.reader, fatima.reader]);
  expect(grants).toHaveLength(sealing.GRANTS);
  for (const { keys } of [david, fatima]) expect(sealing.openGrants(grants, keys)).toEqual(secretKey);
  expect(sealing.openGrants(grants, helen.keys)).toBeUndefined();
});

test('never to whom it is about, whatever they have become since, nor to their role', () => {
  const { secretKey } = sealing.newThread();
  const helen = listed('Helen', 'chair').reader;
  for (const barred of [listed('Grace', 'chair'), listed('Somebody', 'office')])
    expect(() => sealing.regrant(secretKey, [first], [helen, barred.reader])).toThrow(
      `${barred.reader.name} can’t read this concern`,
    );
});

test('never to nobody, to too many, or without its first message', () => {
  const { secretKey } = sealing.newThread();
  const helen = listed('Helen', 'chair').reader;
  expect(() => sealing.regrant(secretKey, [first], [])).toThrow('Somebody has to read');
  expect(() =>
    sealing.regrant(
      secretKey,
      [first],
      Array.from({ length: 9 }, () => helen),
    ),
  ).toThrow('At most 8');
  expect(() => sealing.regrant(secretKey, [], [helen])).toThrow('can’t be handed over');
});

test('who reads it now is said by the last message that says so', () => {
  const readers = [{ id: 'David', title: 'vice', name: 'David' }];
  const later: sealing.Message = {
    type: 'readers',
    order: 4,
    author: readers[0]!,
    week: '2026-W49',
    readers,
  };
  expect(sealing.readersOf([first]).map(({ id }) => id)).toEqual(['Helen']);
  expect(sealing.readersOf([first, later]).map(({ id }) => id)).toEqual(['David']);
  expect(sealing.readersOf([])).toEqual([]);
});
