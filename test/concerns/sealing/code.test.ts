import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkSymbol,
  encode,
  endsOf,
  format,
  isEnd,
  read,
  tidy,
} from '../../../src/concerns/sealing/code.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codes = fc.uint8Array({ minLength: 10, maxLength: 10 }).map((bytes) => encode(bytes));

describe('a code', () => {
  test('says its bytes, all of them', () => {
    expect(encode(new Uint8Array(10))).toBe('0000000000000000');
    expect(encode(new Uint8Array(10).fill(255))).toBe('ZZZZZZZZZZZZZZZZ');
    expect(encode(new Uint8Array([0, 0, 0, 0, 1, 0, 0, 0, 0, 31]))).toBe('000000010000000Z');
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
        const bits = [...encode(bytes)]
          .map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0'))
          .join('');
        expect(bits).toBe([...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join(''));
      }),
    );
  });

  test.each([0, 1, 9, 11])('is not made of %i bytes', (length) => {
    expect(() => encode(new Uint8Array(length))).toThrow(RangeError);
  });

  test('is read however it was typed', () => {
    const code = format('01ABCDEFGHJKMNPQ');
    for (const typed of [
      code,
      code.toLowerCase(),
      code.replaceAll('-', ' '),
      code.replaceAll('-', ''),
      `  ${code.replaceAll('-', '–')}\n`,
      code.replace('0', 'O').replace('1', 'l'),
      code.replace('0', 'o').replace('1', 'I'),
      [...code]
        .map((character) =>
          /[A-Z]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character,
        )
        .join(''),
    ])
      expect(read(typed, 16), typed).toBe('01ABCDEFGHJKMNPQ');
  });

  test('may be typed without its check symbol', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(read(code, 16)).toBe(code);
        expect(read(format(code), 16)).toBe(code);
      }),
    );
  });

  test('is refused with any one character changed, and with any two in each other’s place', () => {
    const places = fc.tuple(fc.nat(16), fc.nat(16));
    fc.assert(
      fc.property(codes, places, fc.nat(31), (code, [one, other], symbol) => {
        const whole = tidy(format(code));
        const changed = [...whole];
        changed[one] = alphabet[symbol]!;
        if (changed.join('') !== whole) expect(read(changed.join(''), 16)).toBeUndefined();
        const swapped = [...whole];
        [swapped[one], swapped[other]] = [swapped[other]!, swapped[one]!];
        if (swapped.join('') !== whole) expect(read(swapped.join(''), 16)).toBeUndefined();
      }),
      { numRuns: 5_000 },
    );
  });

  test.each(['', 'U', 'UUUU-UUUU-UUUU-UUUU', '7K3M', '7'.repeat(15), '7'.repeat(18), '🙈'.repeat(16)])(
    'is not “%s”',
    (typed) => {
      expect(read(typed, 16)).toBeUndefined();
    },
  );

  test('never throws for what is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const found = read(typed, 16);
        if (found !== undefined) expect(found).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
      }),
    );
  });
});

test('the check symbol is of the same alphabet, and not always the same', () => {
  const symbols = new Set(fc.sample(codes, 500).map(checkSymbol));
  for (const symbol of symbols) expect(alphabet).toContain(symbol);
  expect(symbols.size).toBeGreaterThan(25);
});

test('the end of a code is known again, with its check symbol and without, and with the dash counted', () => {
  const code = '7K3M-9QXT-4WZ8-HB2N-C';
  expect(endsOf(code)).toEqual(['B2NC', 'HB2N', '2NC']);
  for (const typed of ['B2NC', 'b2n-c', 'HB2N', 'hb2n', '4wz8-hb2n-c', '2N-C', '2n c', code])
    expect(isEnd(typed, endsOf(code)), typed).toBe(true);
  for (const typed of ['', 'C', 'N-C', 'B2N', '12NB', '7K3M', 'B2NB', 'XXXX'])
    expect(isEnd(typed, endsOf(code)), typed).toBe(false);
});
