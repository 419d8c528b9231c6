import { createAnswerer } from '../../src/answers/answerer.ts';
import { shippedContent } from '../../src/content/shipped.ts';
import { prepareAnew } from './content.ts';
import { median, print, progress, quantile, timeOf } from './figure.ts';
import { type Asked, fuseOver, miniSearchOver } from './peers.ts';
import { clauseQuestions, policiesLike } from './policies.ts';
import { evaluationQuestions, phrasingsOf, variedQuestions } from './questions.ts';

const ROUNDS = 3;
const WARM_UP = 600;
/** Peers are slow over this much, so they are asked fewer of the same questions in each round. */
const ASKED_OF_MINISEARCH = 400;
const ASKED_OF_FUSE = 15;

/** How long answers take with the shipped content. */
export async function shippedAnswers(): Promise<void> {
  progress('answers with the shipped content');
  const { content, learnt } = await prepareAnew(shippedContent);
  const answerer = createAnswerer(content, learnt);
  const phrasings = phrasingsOf(content);
  const clauses = content.policies.flatMap((policy) => policy.clauses.map(({ text }) => text));
  const evaluation = evaluationQuestions();
  const rounds = Array.from({ length: ROUNDS + 1 }, (_, round) => [
    ...evaluation,
    ...variedQuestions(phrasings, round === 0 ? WARM_UP : 1_500, round + 1),
  ]);
  const texts = [...clauses, ...phrasings];
  const own = measure((question) => void answerer.answer(question), rounds);
  const peers = measurePeers(texts, rounds);
  const note =
    `${clauses.length} clauses and ${phrasings.length} phrasings; ${rounds.slice(1).flat().length} questions ` +
    `in ${ROUNDS} rounds after warm-up, the median round; ${ofPeers}`;
  printBoth('one answer, shipped content', own, peers, note);
}

/** How the time of an answer grows with the clauses of policies without guidance. */
export async function growingAnswers(): Promise<void> {
  const shipped = (await prepareAnew(shippedContent)).content;
  const phrasings = phrasingsOf(shipped);
  const material = shipped.policies.flatMap(({ clauses }) => clauses);
  for (const count of [1_000, 5_000, 20_000]) {
    progress(`answers with ${count} clauses`);
    const { content, learnt } = await prepareAnew(policiesLike(material, count, count));
    const clauses = content.policies.flatMap((policy) => policy.clauses);
    const answerer = createAnswerer(content, learnt);
    const rounds = Array.from({ length: ROUNDS + 1 }, (_, round) =>
      clauseQuestions(clauses, phrasings, round === 0 ? WARM_UP : 1_000, round + 1),
    );
    const texts = clauses.map(({ text }) => text);
    const own = measure((question) => void answerer.answer(question), rounds);
    const peers = measurePeers(texts, rounds);
    const note = `${clauses.length} clauses of ${content.policies.length} policies; ${ROUNDS * 1_000} questions; ${ofPeers}`;
    printBoth(`one answer, ${count} clauses without guidance`, own, peers, note);
  }
}

const ofPeers = `${ROUNDS * ASKED_OF_MINISEARCH} of them for minisearch, ${ROUNDS * ASKED_OF_FUSE} for fuse.js`;

function measurePeers(
  texts: readonly string[],
  rounds: readonly (readonly string[])[],
): Record<string, Measured> {
  const some = (count: number) => rounds.map((questions) => sample(questions, count));
  return {
    'fuse.js': measure(fuseOver(texts), some(ASKED_OF_FUSE)),
    minisearch: measure(miniSearchOver(texts), some(ASKED_OF_MINISEARCH)),
  };
}

interface Measured {
  readonly p50: number;
  readonly p99: number;
}

/** The first round warms up; of the others, each with questions of its own, the medians count. */
function measure(asked: Asked, [warmUp = [], ...rounds]: readonly (readonly string[])[]): Measured {
  for (const question of warmUp) asked(question);
  const times = rounds.map((questions) => questions.map((question) => timeOf(() => asked(question))));
  return {
    p50: median(times.map((round) => quantile(round, 0.5))),
    p99: median(times.map((round) => quantile(round, 0.99))),
  };
}

function printBoth(
  name: string,
  own: Measured,
  peers: Readonly<Record<string, Measured>>,
  note: string,
): void {
  for (const which of ['p50', 'p99'] as const) {
    const vs = Object.fromEntries(Object.entries(peers).map(([peer, measured]) => [peer, measured[which]]));
    print({ name: `${name}, ${which}`, value: own[which], unit: 'ms', vs, note });
  }
}

/** So many of a list, evenly spread. */
function sample(questions: readonly string[], count: number): string[] {
  const step = Math.max(1, questions.length / count);
  return Array.from(
    { length: Math.min(questions.length, Math.floor(count)) },
    (_, n) => questions[Math.floor(n * step)]!,
  );
}
