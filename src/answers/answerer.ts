import type { Content } from '../content/content.ts';
import { joined, leansOn } from './follow-up.ts';
import { judge } from './judge.ts';
import { Knowledge } from './knowledge.ts';
import { type Learnt, learn } from './learn.ts';
import { questionsIn } from './questions.ts';
import { judgedReply, noWordsReply, sectionReply } from './replies.ts';
import type { Answer, Answerer, Reply, Turn } from './reply.ts';
import { SectionTitles } from './section-request.ts';
import type { Reading } from './vocabulary.ts';

/** A second question in one message is answered by itself only where it is this clear. */
const CLEAR = 0.6;
const QUESTIONS_ANSWERED = 3;

/** Makes the answerer of some content. Without what was learnt elsewhere it learns here, in a second or two. */
export function createAnswerer(content: Content, learnt: Learnt = learn(content)): Answerer {
  const knowledge = new Knowledge(content, learnt);
  const sections = new SectionTitles(content.policies);

  const one = (reading: Reading, asked: string): Reply =>
    judgedReply(content, knowledge, reading, judge(knowledge, reading), asked);

  /** Two clear questions in one message, each answered; undefined where it is one question. */
  function several(message: string): Reply | undefined {
    const questions = questionsIn(message).slice(0, QUESTIONS_ANSWERED);
    if (questions.length < 2) return undefined;
    const clear = questions
      .map((question) => one(knowledge.read(question), question))
      .filter(({ kind, confidence }) => kind === 'answer' && confidence >= CLEAR);
    const answers: Answer[] = [];
    for (const answer of clear.flatMap((reply) => reply.answers))
      if (!answers.some(({ title }) => title === answer.title)) answers.push(answer);
    return clear[0] && answers.length > 1 ? { ...clear[0], asked: message, answers } : undefined;
  }

  function answer(message: string, before?: Turn): Reply {
    const reading = knowledge.read(message);
    if (reading.words.length === 0) return noWordsReply(message);
    const alone = one(reading, message);
    if (alone.kind === 'safeguarding' || alone.kind === 'concern') return alone;
    const section = sections.find(message);
    if (section) return sectionReply(section, message);
    if (before && leansOn(before, message, reading)) {
      const both = joined(knowledge, before, reading);
      return one(both, both.words.join(' '));
    }
    return several(message) ?? alone;
  }

  return { answer };
}
