import { type About, abouts } from '../content/schema/concerns.ts';

/** What a concern can be; counted for the governors, and otherwise only inside what is sealed. */
export const kinds = [
  'child',
  'conduct',
  'policy',
  'bullying',
  'sexual_harassment',
  'data',
  'other',
] as const;
export type Kind = (typeof kinds)[number];

export const kindWords: Readonly<Record<Kind, string>> = {
  child: 'A child’s welfare',
  conduct: 'How an adult behaves',
  policy: 'Something this policy forbids',
  bullying: 'Bullying or harassment',
  sexual_harassment: 'Sexual harassment',
  data: 'Data or confidentiality',
  other: 'Something else',
};

export const aboutWords: Readonly<Record<About, string>> = {
  child: 'A child’s welfare',
  adult: 'Staff, a volunteer or a contractor',
  headteacher: 'The headteacher',
  dsl: 'The safeguarding lead (DSL)',
  chair: 'The chair of governors',
  server: 'Whoever runs this bot’s server',
  other: 'Something else, or nobody in particular',
};

/** The same for a page, in the order in which they are offered. */
export const kindChoices = kinds.map((value) => ({ value, label: kindWords[value] }));
export const aboutChoices = abouts.map((value) => ({ value, label: aboutWords[value] }));

/** Undefined for anything else. */
export const kindOf = (value: unknown): Kind | undefined => kinds.find((kind) => kind === value);
export const aboutOf = (value: unknown): About | undefined => abouts.find((about) => about === value);
