import type { Content } from '../content/content.ts';
import { nameOf } from '../content/policy-in-words.ts';
import type { Citation } from './reply.ts';

/** Where a citation stands, for people to look it up: section, clause, policy and version. */
export function sourceOf(content: Content, citation: Citation): string {
  const policy = content.policies.find(({ id }) => id === citation.policy);
  const clause = policy?.clauses.find(({ id }) => id === citation.clause);
  const place = clause ? `${citation.section}, clause ${clause.position}` : citation.section;
  return policy ? `${place} · ${nameOf(policy)}` : place;
}
