import { expect, test } from 'vitest';
import { systemTimer } from '../../src/reminders/timer.ts';

test('waits so long, by the machine’s own time', async () => {
  const before = systemTimer.now().getTime();
  await systemTimer.wait(30, new AbortController().signal);
  // A timer may ring a millisecond early.
  expect(systemTimer.now().getTime() - before).toBeGreaterThanOrEqual(29);
});

test('waits no longer once it is told to stop, before or meanwhile', async () => {
  const before = performance.now();
  await systemTimer.wait(60_000, AbortSignal.abort());
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 5);
  await systemTimer.wait(60_000, stop.signal);
  expect(performance.now() - before).toBeLessThan(10_000);
});
