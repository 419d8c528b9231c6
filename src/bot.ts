import { type Drawing, replyCard } from './answers/card.ts';
import { Conversations } from './answers/conversations.ts';
import { helpCard } from './answers/help-card.ts';
import { policyCard, sectionCard } from './answers/policy-card.ts';
import type { Answerer, Reply, Turn } from './answers/reply.ts';
import { Bounded } from './chat/bounded.ts';
import { InOrder } from './chat/in-order.ts';
import {
  action,
  type Bot,
  type Card,
  type Element,
  type FormValues,
  field,
  form as forms,
  type Origin,
  type Outcome,
  type Request,
  type Response,
  type Tone,
} from './chat/mod.ts';
import { outcomeInWords } from './chat/outcome.ts';
import type { Content } from './content/content.ts';
import type { Delivery, Kept, Prepared, Referrals } from './referrals/referrals.ts';
import type { Refused } from './referrals/refused.ts';
import { createCalendar } from './school/calendar.ts';
import type { Clock } from './school/clock.ts';
import { type People, sameAccount } from './school/people.ts';

/** The jobs that one turn may need, and the way out to people. */
export interface BotParts {
  readonly content: Content;
  readonly answerer: Answerer;
  readonly referrals: Referrals;
  readonly clock: Clock;
  /** Asked anew each time, since people come and go while the bot runs. */
  readonly people: () => People;
  /** Sends a card to somebody's direct chat. */
  readonly deliver: (delivery: Delivery) => Promise<Outcome>;
  /** Told of faults of the bot, never of what was typed. */
  readonly onFault: (error: unknown, request: string) => void;
}

/** A bot that also forgets by itself. */
export interface ComposedBot extends Bot {
  /** Drops what is remembered for a short while and is too old now; to be called every so often. */
  forget(): void;
}

type Press = Extract<Request, { kind: 'press' }>;
type FilledForm = Extract<Request, { kind: 'form' }>;

const hour = 3_600_000;

/** One turn: a request in, a reply out. The only place that knows all the jobs. */
export function createBot({
  content,
  answerer,
  referrals,
  clock,
  people,
  deliver,
  onFault,
}: BotParts): ComposedBot {
  const calendar = createCalendar(content.school);
  const now = () => clock.now().getTime();
  const conversations = new Conversations(now);
  const deliveries = new Bounded<true>(20_000, { lifetime: hour, now });
  const turns = new InOrder();

  const today = () => calendar.dayOf(clock.now());
  const drawing = (): Drawing => ({
    content,
    today: today(),
    holders: (role) => people().holders(role, today()),
  });

  const presses: Readonly<Record<string, (press: Press) => Promise<Response> | Response>> = {
    [action.ask]: ({ origin, value }) => answer(origin, value),
    [action.helpful]: (press) => judge(press, 'helpful'),
    [action.unhelpful]: (press) => judge(press, 'unhelpful'),
    [action.reportGap]: reportGap,
    [action.share]: share,
    [action.section]: ({ value }) =>
      toAsker(
        sectionCard(content, today(), value) ??
          says('This section is not in the policy any more. Type “policy” to see what is.'),
      ),
    [action.policy]: ({ value }) => toAsker(policyCard(content, today(), value)),
    [action.askPerson]: askPerson,
    [forms.personReply]: async ({ origin, value }) => open(await referrals.prepareAnswer(value, origin)),
  };
  const filledForms: Readonly<Record<string, (form: FilledForm) => Promise<Response>>> = {
    [forms.askPerson]: async ({ origin, state = '', values }) =>
      send(await referrals.ask({ role: state, asker: origin, text: textOf(values) }), 'card'),
    [forms.personReply]: async ({ origin, state = '', values }) =>
      send(await referrals.answer({ id: state, by: origin, text: textOf(values) }), 'replace'),
  };

  function question({ origin, text }: Extract<Request, { kind: 'question' }>): Response {
    const word = text.trim().toLowerCase();
    if (word === '' || word === 'help') return shown(origin, helpCard(content));
    if (word === 'policy' || word === 'policies') return shown(origin, policyCard(content, today()));
    return answer(origin, text, conversations.before(conversationOf(origin)));
  }

  /** `before` is the turn that the text may follow up on. */
  function answer(origin: Origin, text: string, before?: Turn): Response {
    const reply = answerer.answer(text, before);
    const conversation = conversationOf(origin);
    if (reply.kind === 'safeguarding' || reply.kind === 'concern') {
      conversations.leave(conversation);
      return toAsker(draw(reply, origin, ''));
    }
    // Thanks and greetings leave what was talked of before to be followed up on.
    const turn = reply.kind === 'help' ? '' : conversations.remember(conversation, text, reply);
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
    const asked = conversations.typed(conversationOf(origin), turn);
    if (!reply || asked === undefined) return toAsker(says(questionGone));
    if (conversations.wasPressed(turn)) return replaced(reply, origin, turn, []);
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
    return { kind: 'card', card: replyCard(reply, drawing()), audience: 'place' };
  }

  function askPerson({ origin, value: turn }: Press): Response {
    const reply = conversations.reply(turn);
    const role =
      reply?.ask ?? reply?.answers.find(({ ask }) => ask !== undefined)?.ask ?? content.school.policy_owner;
    return open(referrals.prepare(role, origin, conversations.typed(conversationOf(origin), turn)));
  }

  /** Sends what a form has led to, and says what became of it. */
  async function send(result: Refused | Kept, kind: 'card' | 'replace'): Promise<Response> {
    if (result.kind === 'refused') {
      const { field: wrong, message } = result;
      return wrong === undefined ? toAsker(says(message)) : { kind: 'invalid', errors: { [wrong]: message } };
    }
    const { deliveries, referral, card } = result;
    const known = [referral.asker, ...referral.receivers];
    const outcomes = await Promise.all(
      deliveries.map(async (delivery) => {
        const name = known.find((person) => sameAccount(person, delivery.to))?.name ?? 'them';
        const outcome = await deliver(delivery);
        return { name, kind: outcome.kind, problem: outcomeInWords(outcome, name) };
      }),
    );
    // A question that nobody has got is not waiting for an answer. An answer is kept: the same words again are it.
    const lost = outcomes.every((each) => each.kind === 'wait' || each.kind === 'blocked');
    if (lost && kind === 'card') await referrals.withdraw(referral.id);
    const problems = outcomes.flatMap(({ problem }) => problem ?? []);
    if (problems.length === 0) return kind === 'card' ? toAsker(card) : { kind, card };
    const reached = outcomes.filter(({ problem }) => problem === undefined).map(({ name }) => name);
    const sent = reached.length === 0 ? [] : [says(`It has gone to ${reached.join(' and ')}.`)];
    const cards = [...problems.map((problem) => says(problem, 'warning')), ...sent];
    return toAsker({ summary: problems[0]!, elements: cards.flatMap(({ elements }) => elements) });
  }

  function draw(reply: Reply, origin: Origin, turn: string, pressed = false): Card {
    const buttons = {
      turn,
      share: origin.place === 'command',
      concern: Object.hasOwn(presses, action.concern),
      pressed,
    };
    return replyCard(reply, { ...drawing(), buttons });
  }

  function replaced(reply: Reply, origin: Origin, turn: string, added: readonly Element[]): Response {
    const { summary, elements } = draw(reply, origin, turn, true);
    const buttons = elements.findIndex(({ kind }) => kind === 'buttons');
    return { kind: 'replace', card: { summary, elements: elements.toSpliced(buttons, 0, ...added) } };
  }

  async function respond(request: Request): Promise<Response> {
    switch (request.kind) {
      case 'question':
        return question(request);
      case 'press':
        return (ownEntry(presses, request.action) ?? unknown)(request);
      case 'form':
        return (ownEntry(filledForms, request.form) ?? unknown)(request);
      case 'home':
        return shown(request.origin, helpCard(content));
      case 'welcome':
        return shown(request.origin, helpCard(content, true));
    }
  }

  /** A form waits for other people's platforms, so it may not hold up what is asked meanwhile. */
  const inTurn = (request: Request): Promise<Response> =>
    request.kind === 'form'
      ? respond(request)
      : turns.run(conversationOf(request.origin), () => respond(request));

  return {
    async handle(request) {
      const { platform, delivery } = request.origin;
      const key = delivery === undefined ? undefined : `${platform}\n${delivery}`;
      if (key !== undefined && deliveries.get(key)) return { kind: 'nothing' };
      if (key !== undefined) deliveries.set(key, true);
      try {
        return await inTurn(request);
      } catch (error) {
        onFault(error, request.kind);
        return toAsker(
          says('Something went wrong on my side, and this was not done. Please try again in a while.'),
        );
      }
    },
    async anonymous() {
      return toAsker(says('This form is not in use here. Nothing of what you wrote was kept.'));
    },
    forget() {
      conversations.forget();
      deliveries.forget();
    },
  };
}

const questionGone =
  'I no longer have your question: I keep one for ten minutes only, and only the last. Please ask it again, and press then.';

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
function conversationOf({ platform, conversation, person, place }: Origin): string {
  return JSON.stringify([platform, conversation, place === 'channel' ? '' : person]);
}

/** A value under a name that may come from anywhere. */
function ownEntry<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const unknown = (): Response =>
  toAsker(says('I don’t know this button or form any more. Please type your question, or “help”.'));

function open(prepared: Refused | Prepared): Response {
  return prepared.kind === 'ready' ? { kind: 'form', form: prepared.form } : toAsker(says(prepared.message));
}

function textOf(values: FormValues): string {
  const value = values[field.personText];
  return typeof value === 'string' ? value : '';
}

const shown = ({ place }: Origin, card: Card): Response => ({
  kind: 'card',
  card,
  audience: place === 'command' ? 'asker' : 'place',
});

const toAsker = (card: Card): Response => ({ kind: 'card', card, audience: 'asker' });

const says = (text: string, tone: Tone = 'normal'): Card => ({
  summary: text,
  elements: [{ kind: 'text', text, tone }],
});
