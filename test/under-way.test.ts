import { expect, test } from 'vitest';
import { UnderWay } from '../src/under-way.ts';

test('waits for what has begun, or until nothing is left, whatever fails', async () => {
  const underWay = new UnderWay();
  await underWay.done();
  const [one, other] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const order: string[] = [];
  const first = underWay.run(() => one.promise).catch(() => 'failed');
  const begun = underWay.begun().then(() => order.push('begun'));
  const second = underWay.run(() => other.promise);
  const done = underWay.done().then(() => order.push('done'));
  one.reject(new Error('broken'));
  expect(await first).toBe('failed');
  await begun;
  expect(order).toEqual(['begun']);
  other.resolve('done');
  expect(await second).toBe('done');
  await done;
  expect(order).toEqual(['begun', 'done']);
});
