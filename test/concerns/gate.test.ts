import { describe, expect, test } from 'vitest';
import { Gate, type Passing } from '../../src/concerns/gate.ts';

/** Time that stands still until a test moves it. */
function stillTime(): Passing & { move(milliseconds: number): Promise<void> } {
  let now = 0;
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    wait: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ until: now + milliseconds, wake });
      }),
    random: () => 0.5,
    async move(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        // What has been woken may want to sleep again first.
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        const [next] = [...sleepers].sort((one, other) => one.until - other.until);
        if (!next || next.until > end) break;
        now = Math.max(now, next.until);
        sleepers = sleepers.filter((each) => each !== next);
        next.wake();
      }
      now = end;
    },
  };
}

const pace = { burst: 3, perSecond: 2, waiting: 4 };

describe('a gate', () => {
  test('lets a few through at once, and then so many a second', async () => {
    const time = stillTime();
    const gate = new Gate(pace, time);
    let through = 0;
    for (let n = 0; n < 7; n++)
      void gate.pass().then((passed) => {
        if (passed) through++;
      });
    await time.move(0);
    expect(through).toBe(3);
    await time.move(1_000);
    expect(through).toBe(5);
    await time.move(1_000);
    expect(through).toBe(7);
  });

  test('lets nobody try faster, however many come at once', async () => {
    const time = stillTime();
    const gate = new Gate(pace, time);
    let through = 0;
    const seconds = 60;
    for (let second = 0; second < seconds; second++) {
      for (let n = 0; n < 100; n++)
        void gate.pass().then((passed) => {
          if (passed) through++;
        });
      await time.move(1_000);
    }
    expect(through).toBeLessThanOrEqual(pace.burst + pace.perSecond * seconds);
    expect(through).toBeGreaterThan(pace.perSecond * seconds * 0.9);
  });

  test('turns one away by lot where too many wait, and not always the last', async () => {
    const time = stillTime();
    const gate = new Gate(pace, time);
    const passed: (boolean | undefined)[] = [];
    for (let n = 0; n < 12; n++)
      void gate.pass().then((each) => {
        passed[n] = each;
      });
    await time.move(60_000);
    expect(passed.filter((each) => each === true)).toHaveLength(pace.burst + pace.waiting);
    expect(passed.filter((each) => each === false)).toHaveLength(12 - pace.burst - pace.waiting);
    expect(passed.at(-1)).toBe(true);
  });

  test('locks nobody out: once the crowd has gone, it opens as before', async () => {
    const time = stillTime();
    const gate = new Gate(pace, time);
    for (let n = 0; n < 500; n++) void gate.pass();
    await time.move(10_000);
    expect(await gate.pass()).toBe(true);
    expect(gate.state.waiting).toBe(0);
  });
});
