import { englishWords, isNear } from '../answers/spelling.ts';

/** Shorter ones are one slip away from too much. */
const typedWord = /^\p{L}{4,12}$/u;

let english: ReturnType<typeof englishWords> | undefined;

/** The word that was meant where somebody typed nothing else, and one letter wrong: `hepl`, `staus`. An English word is no slip. */
export function nearWord(typed: string, words: readonly string[]): string | undefined {
  if (!typedWord.test(typed)) return undefined;
  const near = words.find((word) => isNear(typed, word, 1));
  if (near === undefined) return undefined;
  // Loaded once somebody mistypes.
  english ??= englishWords();
  return english.has(typed) ? undefined : near;
}
