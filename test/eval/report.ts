import { createAnswerer } from '../../src/answers/answerer.ts';
import { prepare } from '../../src/answers/prepare.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { questionSets } from './questions.ts';
import { type Score, scoreOf } from './score.ts';

/** Prints how often the bot is right on each set of questions, and on all: `npm run -s score`. */
const { content, learnt } = await prepare(shippedContent);
const answerer = createAnswerer(content, learnt);
const columns: readonly (keyof Score)[] = [
  'hit',
  'verdict',
  'abstain',
  'safeguarding',
  'falseAlarms',
  'concern',
];
const sets = questionSets();
console.log(['set'.padEnd(20), ...columns.map((name) => name.padStart(12))].join(' '));
for (const [name, questions] of [...sets, ['all', [...sets.values()].flat()] as const]) {
  const score = scoreOf(questions, (question) => answerer.answer(question));
  const cells = columns.map((column) => `${(100 * score[column]).toFixed(1)} %`.padStart(12));
  console.log([`${name.replace('.jsonl', '')} (${questions.length})`.padEnd(20), ...cells].join(' '));
}
