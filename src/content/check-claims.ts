import type { Fault } from './fault.ts';
import type { LanguageFiles, PolicySource } from './load.ts';

/** A way of asking, whose it is, and where it stands. */
interface Claim {
  readonly text: string;
  /** As a fault names it: `"away" of "phones"`. */
  readonly owner: string;
  readonly file: string;
  line(): number;
}

/**
 * What two claim of the ids and ways of asking in a content folder, so that the bot could only guess which is
 * meant: between entries and gaps of all policies, and between those and the folder's own elsewhere.yaml and
 * care.yaml. Entries' and gaps' ways of asking without words are found too.
 */
export function checkClaims(sources: readonly PolicySource[], own: LanguageFiles): Fault[] {
  const faults = sharedIds(sources);
  const claimed = new Map<string, string>();
  const fault = (claim: Claim, what: string, todo: string): void => {
    faults.push({ file: claim.file, line: claim.line(), what, todo });
  };
  const twice = (claim: Claim, before: string): void =>
    fault(
      claim,
      before === claim.owner
        ? `"${claim.text}" stands twice under ${claim.owner}.`
        : `"${claim.text}" is claimed by ${before} and by ${claim.owner}.`,
      'Keep it where it belongs and take it out of the other.',
    );
  for (const claim of claimsOfPolicies(sources)) {
    const key = plain(claim.text);
    const before = claimed.get(key);
    if (key === '')
      fault(
        claim,
        `"${claim.text}" under ${claim.owner} has no words.`,
        'Write it in words, or take it out.',
      );
    else if (before === undefined) claimed.set(key, claim.owner);
    else twice(claim, before);
  }
  for (const claim of claimsOfLanguage(own)) {
    const before = claimed.get(plain(claim.text));
    if (before !== undefined) twice(claim, before);
  }
  return faults;
}

/** Ids of entries and gaps that stand in more than one policy. */
function sharedIds(sources: readonly PolicySource[]): Fault[] {
  const faults: Fault[] = [];
  const first = new Map<string, PolicySource>();
  for (const source of sources) {
    const { policy, files, guidance } = source;
    for (const [group, items] of Object.entries({ entries: policy.guidance, gaps: policy.gaps }))
      for (const [index, { id }] of items.entries()) {
        const before = first.get(id);
        if (before === undefined) first.set(id, source);
        // Within one policy it is a fault of that policy.
        else if (before !== source)
          faults.push({
            file: files.guidance,
            line: guidance?.lineOf([group, index, 'id']) ?? 0,
            what: `The id "${id}" stands in two policies, "${before.policy.id}" and "${policy.id}".`,
            todo: 'Give one of them another id.',
          });
      }
  }
  return faults;
}

function* claimsOfPolicies(sources: readonly PolicySource[]): Iterable<Claim> {
  for (const { policy, files, guidance } of sources)
    for (const [group, items] of Object.entries({ entries: policy.guidance, gaps: policy.gaps }))
      for (const [index, { id, question, phrasings }] of items.entries()) {
        const owner = `"${id}" of "${policy.id}"`;
        const at = (...path: PropertyKey[]) => ({
          owner,
          file: files.guidance,
          line: () => guidance?.lineOf([group, index, ...path]) ?? 0,
        });
        yield { text: question, ...at('question') };
        for (const [nth, text] of phrasings.entries()) yield { text, ...at('phrasings', nth) };
      }
}

/** What belongs to no policy. Questions that only sound like a worry (`lookalike_policy`) may well belong to one. */
function* claimsOfLanguage({ elsewhere, care }: LanguageFiles): Iterable<Claim> {
  for (const [index, { id, phrasings }] of elsewhere?.value?.entries() ?? [])
    for (const [nth, text] of phrasings.entries())
      yield {
        text,
        owner: `"${id}" of elsewhere.yaml`,
        file: elsewhere!.file,
        line: () => elsewhere!.lineOf([index, 'phrasings', nth]),
      };
  if (!care?.value) return;
  const { safeguarding, concern, lookalike_other, small_talk } = care.value;
  const lists: [path: PropertyKey[], texts: readonly string[]][] = [
    ...Object.entries(safeguarding).map(([name, texts]): [PropertyKey[], string[]] => [
      ['safeguarding', name],
      texts,
    ]),
    ...Object.entries(concern).map(([name, texts]): [PropertyKey[], string[]] => [['concern', name], texts]),
    [['lookalike_other'], lookalike_other],
    [['small_talk'], small_talk],
  ];
  for (const [path, texts] of lists)
    for (const [nth, text] of texts.entries())
      yield {
        text,
        owner: `"${path.map(String).join('.')}" of care.yaml`,
        file: care.file,
        line: () => care.lineOf([...path, nth]),
      };
}

/** Only the words: two ways of asking that differ in capitals and marks are one. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.join(' ') ?? '';
