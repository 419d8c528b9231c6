import { expect, test } from 'vitest';
import { Holds } from '../../src/reminders/holds.ts';

const on = (...platforms: string[]) => platforms.map((platform) => ({ platform, person: 'U1' }));

test('a platform that is full is left alone as long as it asks, and a minute at the most', () => {
  const holds = new Holds(() => 1_000);
  expect(holds.until(on('slack'))).toBe(0);
  holds.refused('slack', 30_000, 10_000);
  expect(holds.until(on('slack'))).toBe(30_000);
  expect(holds.until(on('teams'))).toBe(0);
  expect(holds.until(on('teams', 'slack'))).toBe(30_000);
  expect(holds.until([])).toBe(0);
  holds.refused('slack', 999_000, 10_000);
  expect(holds.until(on('slack'))).toBe(70_000);
});

test('a platform that does not answer is left alone for longer each time, until it answers', () => {
  const holds = new Holds((tries) => tries * 1_000);
  const after = () => {
    holds.unanswered('slack', 0);
    return holds.until(on('slack'));
  };
  expect([after(), after(), after()]).toEqual([1_000, 2_000, 3_000]);
  holds.answered('slack');
  expect(after()).toBe(1_000);
  for (let n = 0; n < 99; n++) after();
  expect(after()).toBe(60_000);
});
