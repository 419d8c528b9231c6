import { type Drawing, replyCard } from '../answers/card.ts';
import { Conversations } from '../answers/conversations.ts';
import { helpCard } from '../answers/help-card.ts';
import { policyCard, sectionCard } from '../answers/policy-card.ts';
import type { Answerer, Reply, Turn } from '../answers/reply.ts';
import { row } from '../chat/buttons.ts';
import { action, type Card, type Element, type Origin, type Response } from '../chat/mod.ts';
import type { Content } from '../content/content.ts';
import type { Referrals } from '../referrals/referrals.ts';
import { createCalendar } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import type { People } from '../school/people.ts';
import { openForm } from './referrals.ts';
import { type Press, type Question, says, shown, type Turns, toAsker } from './turns.ts';

export interface AnswerTurnsParts {
  readonly content: Content;
  readonly answerer: Answerer;
  readonly referrals: Referrals;
  readonly clock: Clock;
  /** Asked anew each time, since people come and go while the bot runs. */
  readonly people: () => People;
  /** Whether there is a concern form to offer. */
  readonly offersConcern: boolean;
}

/** Questions, and the buttons of an answer. */
export interface AnswerTurns extends Turns {
  readonly question: (question: Question) => Response;
  /** What comes before all else, wherever it is typed: a child at risk, a wish to report. */
  readonly care: (question: Question) => Card | undefined;
}

export function answerTurns({
  content,
  answerer,
  referrals,
  clock,
  people,
  offersConcern,
}: AnswerTurnsParts): AnswerTurns {
  const calendar = createCalendar(content.school);
  const conversations = new Conversations(() => clock.now().getTime());
  const today = () => calendar.dayOf(clock.now());
  const drawing = (): Drawing => ({
    content,
    today: today(),
    holders: (role) => people().holders(role, today()),
  });

  function question({ origin, text }: Question): Response {
    return answer(origin, text, conversations.before(conversationOf(origin)));
  }

  function care({ origin, text }: Question): Card | undefined {
    const reply = answerer.answer(text);
    return reply.kind === 'safeguarding' || reply.kind === 'concern' ? cared(reply, origin) : undefined;
  }

  /** Nothing of it is remembered. */
  function cared(reply: Reply, origin: Origin): Card {
    conversations.leave(conversationOf(origin));
    return draw(reply, origin, '');
  }

  /** `before` is the turn that the text may follow up on. */
  function answer(origin: Origin, text: string, before?: Turn): Response {
    const reply = answerer.answer(text, before);
    if (reply.kind === 'safeguarding' || reply.kind === 'concern') return toAsker(cared(reply, origin));
    // Thanks and greetings leave what was talked of before to be followed up on.
    const turn = reply.kind === 'help' ? '' : conversations.remember(conversationOf(origin), text, reply);
    return shown(origin, draw(reply, origin, turn));
  }

  async function judge(
    { origin, value: turn }: Press,
    judgement: 'helpful' | 'unhelpful',
  ): Promise<Response> {
    const reply = conversations.reply(turn);
    if (!reply)
      return toAsker(says('This answer is too old to be judged. Please ask again, and press then.'));
    if (conversations.wasPressed(turn)) return replaced(reply, origin, turn, [alreadyCounted]);
    for (const { entry, citations, policy } of reply.answers) {
      const about = entry ?? citations[0]?.clause;
      if (about === undefined) continue;
      const version = policy.version === undefined ? {} : { version: policy.version };
      await referrals[judgement]({ policy: policy.id, entry: about, ...version });
    }
    conversations.press(turn);
    return replaced(reply, origin, turn, [thanks[judgement]]);
  }

  async function reportGap({ origin, value: turn }: Press): Promise<Response> {
    const reply = conversations.reply(turn);
    // The one message above the button, and nothing that was said before it: no more is sent than is seen.
    const asked = conversations.text(conversationOf(origin), turn);
    if (!reply || asked === undefined) return toAsker(says(questionGone));
    if (conversations.wasPressed(turn)) return replaced(reply, origin, turn, [alreadyReported]);
    const [near] = reply.near;
    const nearest = near && { policy: near.policy, entry: near.clause };
    const reported = await referrals.reportGap(asked, nearest);
    if (reported.kind === 'refused') return toAsker(says(reported.message));
    conversations.press(turn);
    return replaced(reply, origin, turn, reported.card.elements);
  }

  function share({ value: turn }: Press): Response {
    const reply = conversations.reply(turn);
    if (!reply)
      return toAsker(says('This answer is too old to be shared. Please ask again, and press then.'));
    if (conversations.wasShared(turn)) return toAsker(says('This is shared already.'));
    conversations.share(turn);
    return { kind: 'card', card: replyCard(reply, drawing()), audience: 'place' };
  }

  function askPerson({ origin, value: turn }: Press): Response {
    const reply = conversations.reply(turn);
    // A button that stands beside no answer names the policy that it is about.
    const owner = content.policies.find(({ id }) => id === turn)?.owner;
    const role =
      reply?.ask ??
      reply?.answers.find(({ ask }) => ask !== undefined)?.ask ??
      owner ??
      content.school.policy_owner;
    return openForm(referrals.prepare(role, origin, conversations.typed(conversationOf(origin), turn)));
  }

  function draw(reply: Reply, origin: Origin, turn: string, pressed = false): Card {
    const buttons = {
      turn,
      share: origin.place === 'command',
      concern: offersConcern,
      pressed,
    };
    return replyCard(reply, { ...drawing(), buttons });
  }

  function replaced(reply: Reply, origin: Origin, turn: string, added: readonly Element[]): Response {
    const { summary, elements } = draw(reply, origin, turn, true);
    const buttons = elements.findIndex(({ kind }) => kind === 'buttons');
    return { kind: 'replace', card: { summary, elements: elements.toSpliced(buttons, 0, ...added) } };
  }

  const policies = ({ origin }: Question): Response => shown(origin, policyCard(content, today()));
  const help = ({ origin }: Question): Response =>
    shown(origin, helpCard(content, { concern: offersConcern }));

  return {
    question,
    care,
    words: { '': help, help, policy: policies, policies },
    presses: {
      [action.ask]: ({ origin, value }) => answer(origin, value),
      [action.helpful]: (press) => judge(press, 'helpful'),
      [action.unhelpful]: (press) => judge(press, 'unhelpful'),
      [action.reportGap]: reportGap,
      [action.share]: share,
      [action.section]: ({ value }) => {
        const card = sectionCard(content, today(), value);
        if (card) return { kind: 'page', title: 'The policy', card };
        return toAsker(says('This section is not in the policy any more. Type “policy” to see what is.'));
      },
      [action.policy]: ({ value }) => ({
        kind: 'page',
        title: 'The policy',
        card: policyCard(content, today(), value),
      }),
      [action.askPerson]: askPerson,
    },
    home: () =>
      content.policies.length === 0
        ? []
        : row([{ action: action.policy, value: '', label: 'Read the policy' }]),
    forget: () => conversations.forget(),
  };
}

const questionGone =
  'I no longer have your question: I keep the last few, for ten minutes. Please ask it again, and press then.';

const alreadyReported: Element = {
  kind: 'text',
  text: 'The policy’s owner has this question already.',
  tone: 'quiet',
};

const alreadyCounted: Element = { kind: 'text', text: 'This has been counted already.', tone: 'quiet' };

const thanks: Readonly<Record<'helpful' | 'unhelpful', Element>> = {
  helpful: { kind: 'text', text: 'Thank you. This is counted, without your name.', tone: 'quiet' },
  unhelpful: {
    kind: 'text',
    text: 'Thank you. This is counted, without your name. If you still need an answer, ask a person.',
    tone: 'quiet',
  },
};

/** Names one conversation; what only one person sees is theirs alone. */
export function conversationOf({ platform, conversation, person, place }: Origin): string {
  return JSON.stringify([platform, conversation, place === 'channel' ? '' : person]);
}
