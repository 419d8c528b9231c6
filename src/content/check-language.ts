import type { Fault } from './fault.ts';
import type { Elsewhere, Vocabulary } from './schema/language.ts';
import type { YamlFile } from './yaml-file.ts';

/** Doubts about a school's own vocabulary.yaml: an id given twice, a phrase that names no concept. */
export function checkVocabulary(file: YamlFile<Vocabulary> | undefined): Fault[] {
  const concepts = file?.value?.concepts;
  if (!file || !concepts) return [];
  const faults = twins(
    file,
    concepts.map(({ id }) => id),
    (index) => ['concepts', index, 'id'],
    'concept',
  );
  const known = new Set(concepts.map(({ id }) => id));
  for (const [index, { words }] of concepts.entries())
    for (const [nth, phrase] of words.entries())
      for (const [, name = ''] of phrase.matchAll(/<([^<>]*)>/g))
        if (!known.has(name))
          faults.push({
            file: file.file,
            line: file.lineOf(['concepts', index, 'words', nth]),
            what: `"${phrase}" speaks of <${name}>, and there is no concept "${name}".`,
            todo: 'Use the id of a concept in this file, or add the concept.',
          });
  return faults;
}

/** Doubts about a school's own elsewhere.yaml: an id given twice. */
export function checkElsewhere(file: YamlFile<readonly Elsewhere[]> | undefined): Fault[] {
  if (!file?.value) return [];
  return twins(
    file,
    file.value.map(({ id }) => id),
    (index) => [index, 'id'],
    'topic',
  );
}

function twins(
  file: YamlFile<unknown>,
  ids: readonly string[],
  pathOf: (index: number) => PropertyKey[],
  kind: string,
): Fault[] {
  const first = new Map<string, number>();
  return ids.flatMap((id, index) => {
    const line = file.lineOf(pathOf(index));
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, line);
      return [];
    }
    return [
      {
        file: file.file,
        line,
        what: `The id "${id}" is taken by another ${kind}, on line ${before}.`,
        todo: 'Give this one another id, or make the two one.',
      },
    ];
  });
}
