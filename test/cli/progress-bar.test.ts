import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { progressBar } from '../../src/cli/progress-bar.ts';

function drawn(isTTY: boolean, steps: readonly (readonly [number, number])[]): string {
  const output = Object.assign(new PassThrough(), { isTTY });
  const bar = progressBar(output, 'done');
  for (const [done, total] of steps) bar.show(done, total);
  bar.end();
  return output.read()?.toString() ?? '';
}

test('a bar is drawn over on one line, with numbers', () => {
  const text = drawn(true, [
    [0, 4],
    [2, 4],
    [2, 4],
    [4, 4],
  ]);
  expect(text).toBe(
    `\r${'░'.repeat(30)} 0 of 4 done\r${'█'.repeat(15)}${'░'.repeat(15)} 2 of 4 done\r${'█'.repeat(30)} 4 of 4 done\n`,
  );
});

test('nothing is drawn where nobody looks, or where there is nothing to do', () => {
  expect(drawn(false, [[1, 2]])).toBe('');
  expect(drawn(true, [[0, 0]])).toBe('');
});
