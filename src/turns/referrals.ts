import { Bounded } from '../chat/bounded.ts';
import { row } from '../chat/buttons.ts';
import {
  type Card,
  type Element,
  type FormValues,
  field,
  form as forms,
  type MessageRef,
  type Outcome,
  type Response,
} from '../chat/mod.ts';
import { outcomeInWords } from '../chat/outcome.ts';
import { names } from '../referrals/cards.ts';
import type { Delivery, Kept, Prepared, Referrals, Revision } from '../referrals/referrals.ts';
import type { Refused } from '../referrals/refused.ts';
import type { Clock } from '../school/clock.ts';
import { type Account, sameAccount } from '../school/people.ts';
import { type FilledForm, type Question, says, type Turns, toAsker } from './turns.ts';

export interface ReferralTurnsParts {
  readonly referrals: Referrals;
  readonly clock: Clock;
  /** What comes before all else in what somebody types: a child at risk, a wish to report. */
  readonly care: (question: Question) => Card | undefined;
  /** Sends a card to somebody's direct chat. */
  readonly deliver: (delivery: Delivery) => Promise<Outcome>;
  /** Changes a card that is on somebody's screen, where it still can be. */
  readonly revise: (revision: Revision) => Promise<Outcome>;
}

/** Asking a person, and answering. */
export function referralTurns({ referrals, clock, care, deliver, revise }: ReferralTurnsParts): Turns {
  /** What was typed below a question instead of into its form, until it is sent. */
  const drafts = new Bounded<string>(5_000, {
    lifetime: draftLifetime,
    now: () => clock.now().getTime(),
  });

  /** Nothing goes to anybody without a press, so what was typed is put into the form. */
  async function under(question: Question, message: MessageRef): Promise<Response | undefined> {
    const { origin, text } = question;
    const shown = await referrals.shownBy(origin, message);
    if (!shown) return undefined;
    const whom = names(shown.others);
    const told = (words: string, label: string): Element[] => [
      { kind: 'text', text: words },
      ...row([{ action: forms.personReply, value: shown.id, label }]),
    ];
    const worry = care(question);
    if (worry) {
      // Not even for a moment is such a text kept. It may be an answer all the same.
      const words = `I have not passed on to ${whom} what you typed. To write to them, press the button.`;
      const elements = [...worry.elements, divider, ...told(words, `Write to ${whom}`)];
      return toAsker({ summary: worry.summary, elements });
    }
    drafts.set(draftOf(origin, shown.id), text);
    const words = `I have not passed this on to ${whom}. To send it, press the button: you see it first.`;
    return toAsker({ summary: words, elements: told(words, `Send it to ${whom}`) });
  }

  /** Sends what a form has led to. Returns, for the sender, why something has not arrived. */
  async function send({ deliveries, revisions, referral }: Kept): Promise<readonly Sent[]> {
    const known = [referral.asker, ...referral.receivers];
    const sent = await Promise.all(
      deliveries.map(async (delivery) => {
        const name = known.find((person) => sameAccount(person, delivery.to))?.name ?? 'them';
        const outcome = await deliver(delivery);
        if (outcome.kind === 'sent') await referrals.arrived(referral.id, delivery.to, outcome.message);
        return { name, outcome, problem: outcomeInWords(outcome, name) };
      }),
    );
    await Promise.all(revisions.map(revise));
    return sent;
  }

  async function ask({ origin, state = '', values }: FilledForm): Promise<Response> {
    const result = await referrals.ask({ role: state, asker: origin, text: textOf(values) });
    if (result.kind === 'refused') return refusal(result);
    const sent = await send(result);
    // A question that nobody has got is not waiting for an answer.
    if (sent.every(({ outcome: { kind } }) => kind === 'wait' || kind === 'blocked'))
      await referrals.withdraw(result.referral.id);
    const problems = problemsOf(sent);
    if (problems) return toAsker(problems);
    const { own } = result;
    // Sent rather than replied, so that it can show the answer's state later.
    const outcome = await deliver(own);
    if (outcome.kind !== 'sent') return toAsker(own.card);
    await referrals.arrived(result.referral.id, own.to, outcome.message);
    if (origin.place === 'direct') return { kind: 'nothing' };
    return toAsker(says(`${own.card.summary} The answer will come to your direct messages with me.`));
  }

  async function write({ origin, state = '', values }: FilledForm): Promise<Response> {
    const result = await referrals.write({ id: state, by: origin, text: textOf(values) });
    if (result.kind === 'refused') return refusal(result);
    drafts.delete(draftOf(origin, state));
    const problems = problemsOf(await send(result));
    return problems ? toAsker(problems) : { kind: 'replace', card: result.own.card };
  }

  return {
    under,
    presses: {
      [forms.personReply]: async ({ origin, value }) =>
        openForm(await referrals.prepareMessage(value, origin, drafts.get(draftOf(origin, value)))),
    },
    forms: { [forms.askPerson]: ask, [forms.personReply]: write },
    home: ({ platform, person }) => referrals.asked({ platform, person }),
    forget: () => drafts.forget(),
  };
}

const divider: Element = { kind: 'divider' };

/** Milliseconds: as long as a question is kept for a follow-up. */
const draftLifetime = 10 * 60_000;

const draftOf = ({ platform, person }: Account, id: string): string => JSON.stringify([platform, person, id]);

interface Sent {
  readonly name: string;
  readonly outcome: Outcome;
  readonly problem: string | undefined;
}

function refusal({ field: wrong, message }: Refused): Response {
  return wrong === undefined ? toAsker(says(message)) : { kind: 'invalid', errors: { [wrong]: message } };
}

/** What has not arrived, and what has all the same; nothing where all has. */
function problemsOf(sent: readonly Sent[]): Card | undefined {
  const problems = sent.flatMap(({ problem }) => problem ?? []);
  if (problems.length === 0) return undefined;
  const reached = sent.filter(({ problem }) => problem === undefined).map(({ name }) => name);
  const cards = [
    ...problems.map((problem) => says(problem, 'warning')),
    ...(reached.length === 0 ? [] : [says(`It has gone to ${reached.join(' and ')}.`)]),
  ];
  return { summary: problems[0]!, elements: cards.flatMap(({ elements }) => elements) };
}

/** The form that was prepared, or why there is none. */
export function openForm(prepared: Refused | Prepared): Response {
  return prepared.kind === 'ready' ? { kind: 'form', form: prepared.form } : toAsker(says(prepared.message));
}

function textOf(values: FormValues): string {
  const value = values[field.personText];
  return typeof value === 'string' ? value : '';
}
