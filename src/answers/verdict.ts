import type { Verdict } from './reply.ts';

/** The verdict in words, as every answer begins with it. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  no: 'No',
  yes: 'Yes',
  only_if: 'Only if …',
  advice: 'Advice',
  info: 'The policy says',
};
