import { helpCard } from './answers/help-card.ts';
import type { Answerer } from './answers/reply.ts';
import { InOrder } from './chat/in-order.ts';
import type { Bot, Outcome, Request, Response } from './chat/mod.ts';
import type { Content } from './content/content.ts';
import { Deliveries } from './deliveries.ts';
import type { Delivery, Referrals, Revision } from './referrals/referrals.ts';
import type { Reminders } from './reminders/reminders.ts';
import type { Clock } from './school/clock.ts';
import type { People } from './school/people.ts';
import { answerTurns, conversationOf } from './turns/answers.ts';
import { type ConcernTurnsParts, concernTurns } from './turns/concerns.ts';
import { nearWord } from './turns/near-word.ts';
import { referralTurns } from './turns/referrals.ts';
import { reminderTurns } from './turns/reminders.ts';
import { privately, type Question, says, shown, type Turns, toAsker } from './turns/turns.ts';

/** The jobs that one turn may need, and the way out to people. */
export interface BotParts {
  readonly content: Content;
  readonly answerer: Answerer;
  readonly referrals: Referrals;
  readonly reminders: Reminders;
  readonly clock: Clock;
  /** Asked anew each time, since people come and go while the bot runs. */
  readonly people: () => People;
  /** Sends a card to somebody's direct chat. */
  readonly deliver: (delivery: Delivery) => Promise<Outcome>;
  /** Changes a card that was sent. */
  readonly revise: (revision: Revision) => Promise<Outcome>;
  /** Anonymous concerns, where they are set up. */
  readonly concerns?: ConcernTurnsParts;
  /** Told of faults of the bot, never of what was typed. */
  readonly onFault: (error: unknown, request: string) => void;
  /** What has been delivered already; nothing where left out. */
  readonly deliveries?: Deliveries;
}

/** A bot that also forgets by itself. */
export interface ComposedBot extends Bot {
  /** Drops what is remembered for a short while and is too old now; to be called every so often. */
  forget(): void;
}

/** One turn: a request in, a reply out. The only place that knows all the jobs. */
export function createBot({
  content,
  answerer,
  referrals,
  reminders,
  clock,
  people,
  deliver,
  revise,
  concerns,
  onFault,
  deliveries = new Deliveries(() => clock.now().getTime()),
}: BotParts): ComposedBot {
  const turns = new InOrder();

  const offersConcern = concerns !== undefined;
  const answers = answerTurns({ content, answerer, referrals, clock, people, offersConcern });
  const jobs: readonly Turns[] = [
    { words: { home } },
    reminderTurns({ reminders, referrals }),
    answers,
    referralTurns({ referrals, clock, deliver, revise, care: answers.care }),
    ...(concerns ? [concernTurns(concerns)] : []),
  ];

  const words = jobs.map((job) => job.words ?? {});
  const known = words.flatMap((each) => Object.keys(each));

  /** What somebody owes and has asked is for their eyes alone, wherever they ask for it. */
  async function home({ origin }: Pick<Request, 'origin'>): Promise<Response> {
    const { summary, elements } = helpCard(content, { concern: offersConcern });
    const own = await Promise.all(jobs.map(async (job) => (await job.home?.(origin)) ?? []));
    return privately(origin, { summary, elements: [...own.flat(), ...elements] });
  }

  async function respond(request: Request): Promise<Response> {
    const { origin } = request;
    switch (request.kind) {
      case 'question': {
        const typed = wordIn(request.text);
        const word = find(words, typed) ?? find(words, nearWord(typed, known) ?? typed);
        return word ? word(request) : ((await below(request)) ?? answers.question(request));
      }
      case 'press':
        return (
          find(
            jobs.map(({ presses }) => presses),
            request.action,
          ) ?? unknown
        )(request);
      case 'form':
        return (
          find(
            jobs.map(({ forms }) => forms),
            request.form,
          ) ?? unknown
        )(request);
      case 'home':
        return home(request);
      case 'welcome':
        return shown(origin, helpCard(content, { welcome: true, concern: offersConcern }));
    }
  }

  /** What was typed below a message that some job has sent. */
  async function below(request: Question): Promise<Response | undefined> {
    if (request.under === undefined) return undefined;
    for (const { under } of jobs) {
      const response = await under?.(request, request.under);
      if (response) return response;
    }
    return undefined;
  }

  /** A form waits for other people's platforms, so it may not hold up what is asked meanwhile. */
  const inTurn = (request: Request): Promise<Response> =>
    request.kind === 'form'
      ? respond(request)
      : turns.run(conversationOf(request.origin), () => respond(request));

  return {
    async handle(request) {
      if (!deliveries.isNew(request)) return { kind: 'nothing' };
      try {
        return await inTurn(request);
      } catch (error) {
        onFault(error, request.kind);
        return toAsker(
          says('Something went wrong on my side, and this was not done. Please try again in a while.'),
        );
      }
    },
    async anonymous(form) {
      const fill = find(
        jobs.map(({ anonymousForms }) => anonymousForms),
        form.form,
      );
      // Shown in the form's own window: nothing of this may become a message.
      const page = (words: string): Response => ({
        kind: 'page',
        title: 'Raise a concern',
        card: says(words),
      });
      if (!fill) return page('This form is not in use here. Nothing of what you wrote was kept.');
      try {
        return await fill(form);
      } catch (error) {
        onFault(error, 'anonymous form');
        return page(
          'Something went wrong on my side. It was not sent, and nothing was kept. Please try again in a while.',
        );
      }
    },
    forget() {
      for (const { forget } of jobs) forget?.();
      deliveries.forget();
    },
  };
}

/** What is typed as a word to be obeyed: `Status?` and `/guidance status` are `status`. */
const wordIn = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^\s*\/guidance\b/, '')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');

/** What a job does under a name that may come from anywhere. */
function find<Turn>(
  jobs: readonly (Readonly<Record<string, Turn>> | undefined)[],
  name: string,
): Turn | undefined {
  return jobs.find((job) => job && Object.hasOwn(job, name))?.[name];
}

const unknown = (): Response =>
  toAsker(says('I don’t know this button or form any more. Please type your question, or “help”.'));
