import type { Content } from '../content/content.ts';
import { joined, leansOn } from './follow-up.ts';
import { type Asks, judge, weighCare } from './judge.ts';
import { Knowledge } from './knowledge.ts';
import { type Learnt, learn } from './learn.ts';
import { asks, questionsIn, sentencesIn } from './questions.ts';
import { careReply, clauseReply, judgedReply, noWordsReply, sectionReply } from './replies.ts';
import type { Answer, Answerer, Reply, Turn } from './reply.ts';
import { SectionTitles, topicAskedFor, wantsSection } from './section-request.ts';
import type { Reading } from './vocabulary.ts';

/** One of several questions in a message is answered by itself only where it is this clear. */
const CLEAR = 0.6;
const QUESTIONS_ANSWERED = 4;
/** Of a section's title, so much must be named for the section to be meant; and of a topic, so much must stand in a clause. */
const TITLE = 0.5;
const SPOKEN_OF = 0.95;

const asksFor = (message: string): Asks =>
  topicAskedFor(message) !== undefined ? 'policy' : asks(message) ? 'something' : 'nothing';

/** Makes the answerer of some content. Without what was learnt elsewhere it learns here, in a second or two. */
export function createAnswerer(content: Content, learnt: Learnt = learn(content)): Answerer {
  const knowledge = new Knowledge(content, learnt);
  const sections = new SectionTitles(content.policies);

  const one = (reading: Reading, asked: string): Reply =>
    judgedReply(content, knowledge, reading, judge(knowledge, reading, asksFor(asked)), asked);

  /** A worry about a child, or a wish to report, in any sentence: it must not drown in the rest of a message. */
  function careInSentences(message: string): Reply | undefined {
    const kinds = sentencesIn(message).map((sentence) => weighCare(knowledge, knowledge.read(sentence)));
    const kind = kinds.find((each) => each === 'safeguarding') ?? kinds.find((each) => each === 'concern');
    return kind && careReply(content, kind, message);
  }

  /** What a policy says of a topic that is named: the section of that title, what answers best, the clause that speaks of it. */
  function topicReply(message: string): Reply | undefined {
    const topic = topicAskedFor(message);
    if (topic === undefined) return undefined;
    const section = sections.find(topic);
    if (section && section.likeness >= TITLE) return sectionReply(section, message);
    const reading = knowledge.read(topic);
    const reply = one(reading, message);
    if (reply.kind === 'answer') return reply;
    if (section) return sectionReply(section, message);
    const clause = knowledge.everyClause.find(reading, 1)[0];
    if (clause && clause.cover >= SPOKEN_OF) return clauseReply(content, clause, message);
    return reply.kind === 'none' && reply.confidence >= CLEAR ? reply : undefined;
  }

  /**
   * Several questions in one message: the clear ones answered, and the others named where nothing answers
   * the message as a whole. Undefined where it is one question.
   */
  function several(message: string, whole: Reply): Reply | undefined {
    const questions = questionsIn(message).slice(0, QUESTIONS_ANSWERED);
    if (questions.length < 2) return undefined;
    const replies = questions.map((question) => one(knowledge.read(question), question));
    const clear = replies.filter(({ kind, confidence }) => kind === 'answer' && confidence >= CLEAR);
    const answers: Answer[] = [];
    for (const answer of clear.flatMap((reply) => reply.answers))
      if (!answers.some(({ title }) => title === answer.title)) answers.push(answer);
    const [first] = clear;
    if (!first || (answers.length < 2 && whole.kind === 'answer')) return undefined;
    const open = replies.filter((reply) => reply.kind === 'none').map(({ asked }) => `“${asked}”`);
    const plain = open.length > 0 ? `The policy does not say: ${open.join(' ')}` : '';
    return { ...first, asked: message, answers, plain };
  }

  function answer(message: string, before?: Turn): Reply {
    const reading = knowledge.read(message);
    if (reading.words.length === 0) return noWordsReply(content, message);
    const worry = careInSentences(message);
    if (worry) return worry;
    if (before && leansOn(before, message, reading)) {
      const both = joined(knowledge, before, reading);
      // A fragment sounds like anything: alone it is a worry only where it says so plainly.
      return weighCare(knowledge, reading) ? one(reading, message) : one(both, both.words.join(' '));
    }
    const whole = one(reading, message);
    if (whole.kind === 'safeguarding' || whole.kind === 'concern') return whole;
    const section = wantsSection(message) ? sections.find(message) : undefined;
    if (section) return sectionReply(section, message);
    return topicReply(message) ?? several(message, whole) ?? whole;
  }

  return { answer };
}
