import { checkCampaigns } from './check-campaigns.ts';
import { checkClaims } from './check-claims.ts';
import { checkElsewhere, checkVocabulary } from './check-language.ts';
import { type Content, clausesWithoutGuidance, type Policy } from './content.ts';
import type { Fault } from './fault.ts';
import { type PolicySource, readContent } from './load.ts';
import { nearest } from './nearest.ts';

/**
 * Everything wrong or doubtful in a content folder: what can't be read, and what reads well and yet can't
 * be right. Never throws for what stands there.
 */
export function checkContent(directory: string): readonly Fault[] {
  const { content, sources, own, faults, doubts } = readContent(directory);
  return [
    ...faults,
    ...doubts,
    ...sources.flatMap((source) => checkPolicy(source, content)),
    ...checkCampaigns(sources, content.school),
    ...checkVocabulary(own.vocabulary),
    ...checkElsewhere(own.elsewhere),
    ...checkClaims(sources, own),
  ];
}

function checkPolicy(source: PolicySource, content: Content): Fault[] {
  const { policy, files } = source;
  const faults: Fault[] = [];
  const clauses = new Map(policy.clauses.map((clause) => [clause.id, clause]));
  const roles = new Set(Object.keys(content.school.roles));
  const concepts = new Map(content.vocabulary.concepts.map((concept) => [concept.id, concept.slot]));

  const seen = new Map<string, number>();
  for (const { id, line } of policy.clauses) {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, line);
    else
      faults.push({
        file: files.policy,
        line,
        what: `The clause id "${id}" stands already on line ${first}.`,
        todo: 'Give this clause an id of its own: {#section.name} at the end of its line.',
      });
  }
  if (policy.owner !== undefined && !roles.has(policy.owner))
    faults.push(unknownRole(files.policy, source.frontMatter.lineOf(['owner']), policy.owner, roles));

  const guidance = source.guidance;
  const guidanceFault = (path: PropertyKey[], what: string, todo: string): void => {
    faults.push({ file: files.guidance, line: guidance?.lineOf(path) ?? 0, what, todo });
  };
  const checkCited = (path: PropertyKey[], cited: string | { clause: string; quote: string }): void => {
    const id = typeof cited === 'string' ? cited : cited.clause;
    const clause = clauses.get(id);
    if (!clause)
      guidanceFault(path, `There is no clause "${id}" in ${files.policy}.`, nearest(id, clauses.keys()));
    else if (typeof cited !== 'string' && !clause.text.includes(cited.quote))
      guidanceFault(
        [...path, 'quote'],
        `This quote does not stand in clause "${id}".`,
        'Copy the words from policy.md, to the letter.',
      );
  };
  const checkSlots = (path: PropertyKey[], slots: Record<string, string[]> | undefined): void => {
    for (const [slot, values] of Object.entries(slots ?? {}))
      for (const [index, value] of values.entries())
        if (concepts.get(value) !== slot)
          guidanceFault(
            [...path, slot, index],
            `"${value}" is not a concept of the slot "${slot}" in vocabulary.yaml.`,
            'Use one that stands there, or add it.',
          );
  };

  const ids = new Map<string, string>();
  const checkId = (path: PropertyKey[], id: string, kind: string): void => {
    const taken = ids.get(id);
    if (taken)
      guidanceFault(path, `The id "${id}" is taken by another ${taken}.`, 'Give this one another id.');
    ids.set(id, kind);
  };
  const checkRole = (path: PropertyKey[], role: string | undefined): void => {
    if (role !== undefined && !roles.has(role))
      faults.push(unknownRole(files.guidance, guidance?.lineOf(path) ?? 0, role, roles));
  };
  for (const [index, entry] of policy.guidance.entries()) {
    const at = ['entries', index];
    checkId([...at, 'id'], entry.id, 'entry');
    checkRole([...at, 'ask'], entry.ask);
    for (const [nth, cited] of entry.clauses.entries()) checkCited([...at, 'clauses', nth], cited);
    checkSlots([...at, 'slots', 'must'], entry.slots?.must);
    checkSlots([...at, 'slots', 'must_not'], entry.slots?.must_not);
  }
  for (const [index, gap] of policy.gaps.entries()) {
    const at = ['gaps', index];
    checkId([...at, 'id'], gap.id, 'gap');
    checkRole([...at, 'ask'], gap.ask);
    for (const [nth, near] of gap.near.entries()) checkCited([...at, 'near', nth], near);
  }
  for (const [index, note] of policy.notes.entries())
    for (const [nth, id] of note.clauses.entries())
      if (!clauses.has(id))
        faults.push({
          file: files.notes,
          line: source.notes?.lineOf(['notes', index, 'clauses', nth]) ?? 0,
          what: `There is no clause "${id}" in ${files.policy}.`,
          todo: nearest(id, clauses.keys()),
        });
  faults.push(...uncovered(policy, files.policy));
  return faults;
}

/** Clauses that no guidance speaks of, once a policy has guidance at all. */
function uncovered(policy: Policy, file: string): Fault[] {
  if (policy.guidance.length === 0) return [];
  return clausesWithoutGuidance(policy).map((clause) => ({
    file,
    line: clause.line,
    what: `No entry of guidance.yaml covers the clause "${clause.id}".`,
    todo: 'Add it to the clauses of an entry, or write an entry for it.',
  }));
}

function unknownRole(file: string, line: number, role: string, roles: ReadonlySet<string>): Fault {
  return { file, line, what: `There is no role "${role}" in school.yaml.`, todo: nearest(role, roles) };
}
