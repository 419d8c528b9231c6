import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Content } from '../../src/content/content.ts';
import { Seeded } from './seeded.ts';

const evalFolder = fileURLToPath(new URL('../eval/', import.meta.url));

/** Questions of the evaluation files: lines of JSON that have a `q`. */
export function evaluationQuestions(): string[] {
  if (!existsSync(evalFolder)) return [];
  return readdirSync(evalFolder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(evalFolder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const { q }: { q?: unknown } = JSON.parse(line);
      return typeof q === 'string' ? [q] : [];
    });
}

/** Everything that content lists as a way of asking. */
export function phrasingsOf({ policies, elsewhere }: Content): string[] {
  const asked = policies.flatMap(({ guidance, gaps }) => [...guidance, ...gaps]);
  return [
    ...asked.flatMap(({ question, phrasings }) => [question, ...phrasings]),
    ...elsewhere.flatMap(({ phrasings }) => phrasings),
  ];
}

/** `count` questions as staff type them, none exactly as it is listed: recombined, with slips and small talk around them. */
export function variedQuestions(listed: readonly string[], count: number, seed: number): string[] {
  const random = new Seeded(seed);
  return Array.from({ length: count }, () => varied(listed, random));
}

const BEFORE = [
  'hi, ',
  'Quick one: ',
  'sorry to bother you but ',
  'hello bot ',
  'a colleague wants to know, ',
  'right so ',
];
const AFTER = [' thanks', '??', ' pls', ' asap', ' x', ' - asking for a friend', '!!'];

function varied(listed: readonly string[], random: Seeded): string {
  const one = random.pick(listed);
  const kind = random.next();
  let question: string;
  if (kind < 0.4) question = one;
  else if (kind < 0.75) question = recombined(one, random.pick(listed), random);
  else if (kind < 0.88) question = withoutSomeWords(one, random);
  else
    question = `${one}${/[.?!]$/.test(one) ? '' : '?'} ${random.pick(['And ', 'Also, ', ''])}${random.pick(listed)}`;
  if (random.chance(0.2)) question = random.pick(BEFORE) + question;
  if (random.chance(0.2)) question += random.pick(AFTER);
  return withSlips(question, random);
}

/** The beginning of one with the end of the other. */
function recombined(one: string, other: string, random: Seeded): string {
  const first = one.split(' ');
  const second = other.split(' ');
  const share = 0.3 + 0.4 * random.next();
  return [
    ...first.slice(0, Math.ceil(first.length * share)),
    ...second.slice(Math.floor(second.length * share)),
  ].join(' ');
}

function withoutSomeWords(text: string, random: Seeded): string {
  const words = text.split(' ').filter(() => random.chance(0.75));
  return words.length > 0 ? words.join(' ') : text;
}

/** About one word in twelve mistyped, now and then all in capitals. */
export function withSlips(text: string, random: Seeded): string {
  const slipped = text
    .split(' ')
    .map((word) => (word.length > 3 && random.chance(1 / 12) ? slip(word, random) : word))
    .join(' ');
  if (random.chance(0.03)) return slipped.toUpperCase();
  return random.chance(0.3) ? slipped.toLowerCase() : slipped;
}

/** A letter left out, doubled, changed, or swapped with its neighbour. */
export function slip(word: string, random: Seeded): string {
  const at = random.below(word.length - 1);
  const letter = word[at]!;
  const changed = ['', letter + letter, 'etaoinshrdlu'[random.below(12)]!, word[at + 1]! + letter];
  const how = random.below(changed.length);
  return word.slice(0, at) + changed[how] + word.slice(how === 3 ? at + 2 : at + 1);
}
