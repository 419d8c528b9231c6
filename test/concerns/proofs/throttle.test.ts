import { describe, expect, test } from 'vitest';
import { type ConcernsOptions, type Parts, partsOf } from '../../../src/concerns/parts.ts';
import { createSenders, type Senders } from '../../../src/concerns/senders.ts';
import { type House, openHouse, quickStretch } from '../../support/concerns/house.ts';

/** What slows people down does not know who sent something, who looked, and whose code was right. */

const still = { now: () => 0, wait: () => new Promise<void>(() => {}), random: () => 0 };

interface Visitor {
  readonly senders: Senders;
  readonly house: House;
  readonly receipt: string;
}

/** What the gates remember after a visit. */
async function remembered(
  visit: (visitor: Visitor) => Promise<unknown>,
  gates: (parts: Parts) => unknown = ({ gates: { openings, lookups, logins } }) =>
    [openings, lookups, logins].map(({ state }) => state),
): Promise<string> {
  const house = await openHouse({ readers: ['headteacher', 'deputy-headteacher'] });
  const receipt = await house.send();
  const options: ConcernsOptions = {
    store: house.store,
    clock: house.clock,
    school: house.school,
    people: () => house.people,
    stretch: quickStretch,
    passing: still,
  };
  const parts = partsOf(options);
  const senders = createSenders(parts);
  await visit({ senders, house, receipt });
  await house.close();
  return JSON.stringify(gates(parts));
}

const look = async ({ senders }: Visitor): Promise<void> => {
  await senders.opening();
  await senders.choices();
};

const send = async (visitor: Visitor): Promise<void> => {
  await look(visitor);
  const route = await visitor.senders.readersFor({ about: 'adult', exclude: [] });
  if (route.kind !== 'readers') throw new Error(route.kind);
  const sent = await visitor.senders.submit({
    about: 'adult',
    exclude: [],
    kind: 'conduct',
    text: 'He shouts.',
    readers: route.readers.map(({ id }) => id),
    nonce: 'n',
  });
  expect(sent.kind).toBe('stored');
};

describe('what is remembered', () => {
  test('is the same of somebody who sent and of somebody who looked', async () => {
    expect(await remembered(send)).toBe(await remembered(look));
    expect(await remembered(look)).not.toBe(await remembered(async () => {}));
  });

  test('is the same of a right code and of a wrong one, whoever writes again', async () => {
    const right = await remembered(async ({ senders, receipt }) => {
      expect((await senders.openThread(receipt)).kind).toBe('open');
      await senders.reply(receipt, 'More.', 'a');
    });
    const wrong = await remembered(({ senders }) => senders.openThread('hello'));
    expect(right).toBe(wrong);
  });

  test('holds two numbers for each gate, and nothing else', async () => {
    expect(JSON.parse(await remembered(send))).toEqual([
      { tokens: 299, waiting: 0 },
      { tokens: 20, waiting: 0 },
      { tokens: 5, waiting: 0 },
    ]);
  });
});

test('planted, it is found: a gate that counts what was sent', async () => {
  let sent = 0;
  const counting = async (visitor: Visitor): Promise<void> => {
    await send(visitor);
    sent++;
  };
  const telling = (parts: Parts): unknown => [parts.gates.openings.state, sent];
  expect(await remembered(counting, telling)).not.toBe(
    await remembered(look, () => [{ tokens: 299, waiting: 0 }, 0]),
  );
});
