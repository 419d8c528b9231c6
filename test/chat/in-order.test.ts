import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { InOrder } from '../../src/chat/in-order.ts';

test('keeps the order within a key, and lets other keys pass', async () => {
  const queue = new InOrder();
  const done: string[] = [];
  const job = (name: string, ms: number) => async () => {
    await wait(ms);
    done.push(name);
  };
  await Promise.all([
    queue.run('a', job('slow', 30)),
    queue.run('a', job('quick', 0)),
    queue.run('b', job('other', 5)),
  ]);
  expect(done).toEqual(['other', 'slow', 'quick']);
});

test('a job that fails reaches its caller and holds up nobody', async () => {
  const queue = new InOrder();
  const failed = queue.run('a', () => {
    throw new Error('broken');
  });
  const next = queue.run('a', () => 'fine');
  await expect(failed).rejects.toThrow('broken');
  await expect(next).resolves.toBe('fine');
});

test('keeps nothing once all is done', async () => {
  const queue = new InOrder();
  const jobs = Array.from({ length: 50 }, (_, index) => queue.run(`key ${index % 7}`, () => index));
  expect(queue.size).toBe(7);
  await Promise.all(jobs);
  expect(queue.size).toBe(0);
});
