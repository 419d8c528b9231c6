import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withPhrasing } from '../../src/cli/phrasing.ts';

const guidance = `# Comment at the top
entries:
  - id: list   # beside
    phrasings:
      - one # as they say it
      - "two"   # and so

      # after
  - id: flow
    phrasings: [x,   y , ]
  - id: wide
    phrasings:
    - a line
      that goes on
    - >-
      a folded
      text
gaps:
  - { id: nothing, phrasings: ["last one"] }
  - id: end
    phrasings:
      - the end`;

test.each([
  ['list', '      - "two"   # and so\n      - how about it?\n\n      # after\n'],
  ['flow', 'phrasings: [x,   y, "how about it?" , ]\n'],
  ['wide', '      a folded\n      text\n    - how about it?\ngaps:'],
  ['nothing', 'phrasings: ["last one", "how about it?"] }\n'],
  ['end', '      - the end\n      - how about it?'],
])('adds one line to %s and changes nothing else', (entry, expected) => {
  const changed = withPhrasing(guidance, entry, 'how about it?')!;
  expect(changed).toContain(expected);
  const added = changed.replace(/\n *- how about it\?|, "how about it\?"/, '');
  expect(added).toBe(guidance);
});

test.each(['missing', ''])('leaves it where there is no entry %j', (entry) => {
  expect(withPhrasing(guidance, entry, 'x')).toBeUndefined();
});

test.each(['', 'entries: nonsense', '- a\n- b', 'entries:\n  - id: a\n'])('finds nothing in %j', (text) => {
  expect(withPhrasing(text, 'a', 'x')).toBeUndefined();
});

test('writes any words so that they are read back to the letter', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.replace(/\s+/g, ' ')),
      fc.constantFrom('list', 'flow', 'wide', 'end'),
      (phrasing, entry) => {
        const { entries, gaps } = parse(withPhrasing(guidance, entry, phrasing)!) as Record<
          string,
          { id: string; phrasings: unknown[] }[]
        >;
        const found = [...entries!, ...gaps!].find(({ id }) => id === entry);
        expect(found?.phrasings.at(-1)).toBe(phrasing);
      },
    ),
  );
});
