import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from '../../src/cli/lines.ts';

async function read(chunks: Iterable<Uint8Array | string>): Promise<string[]> {
  async function* stream() {
    yield* chunks;
  }
  const lines: string[] = [];
  for await (const line of linesOf(stream())) lines.push(line);
  return lines;
}

test.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\r\nb', ['a', 'b']],
  ['\n\n', ['', '']],
  ['{"q":"a\u2028b\u2029c\u0085d\re"}\n', ['{"q":"a\u2028b\u2029c\u0085d\re"}']],
])('%j', async (text, lines) => {
  expect(await read([text])).toEqual(lines);
});

test('finds the same lines however the bytes are cut into pieces', async () => {
  const line = fc
    .string({ unit: 'binary', maxLength: 20 })
    .map((text) => text.toWellFormed().replace(/[\n\r]/g, ' '));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1 }),
      fc.array(fc.nat(200)),
      fc.constantFrom('\n', '\r\n'),
      async (lines, cuts, end) => {
        const bytes = Buffer.from(lines.map((each) => each + end).join(''));
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((to, index) => bytes.subarray(at[index], to));
        // A byte-order mark at the very start says how the text is written and is no part of it.
        const [first = '', ...rest] = lines;
        expect(await read(pieces)).toEqual([first.replace(/^\uFEFF/, ''), ...rest]);
      },
    ),
  );
});

test('takes bytes that are no UTF-8', async () => {
  expect(await read([Buffer.from([0x61, 0xff, 0x0a, 0xe2, 0x82])])).toEqual(['a\uFFFD', '\uFFFD']);
});
