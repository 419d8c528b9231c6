import type { Content } from '../content/content.ts';
import type { GuidanceEntry } from '../content/schema/language.ts';

/** One question for each of a few verdicts, so that it shows what answers look like: what people ask in most ways. */
export function exampleQuestions({ policies }: Pick<Content, 'policies'>): string[] {
  const verdicts: readonly GuidanceEntry['verdict'][] = ['only_if', 'no', 'yes'];
  const byPhrasings = policies
    .flatMap(({ guidance }) => guidance)
    .sort((one, other) => other.phrasings.length - one.phrasings.length);
  return verdicts.flatMap(
    (verdict) => byPhrasings.find((entry) => entry.verdict === verdict)?.question ?? [],
  );
}
