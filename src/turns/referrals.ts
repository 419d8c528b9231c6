import { type FormValues, field, form as forms, type Outcome, type Response } from '../chat/mod.ts';
import { outcomeInWords } from '../chat/outcome.ts';
import type { Delivery, Kept, Prepared, Referrals } from '../referrals/referrals.ts';
import type { Refused } from '../referrals/refused.ts';
import { sameAccount } from '../school/people.ts';
import { says, type Turns, toAsker } from './turns.ts';

export interface ReferralTurnsParts {
  readonly referrals: Referrals;
  /** Sends a card to somebody's direct chat. */
  readonly deliver: (delivery: Delivery) => Promise<Outcome>;
}

/** Asking a person, and answering. */
export function referralTurns({ referrals, deliver }: ReferralTurnsParts): Turns {
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

  return {
    presses: {
      [forms.personReply]: async ({ origin, value }) =>
        openForm(await referrals.prepareAnswer(value, origin)),
    },
    forms: {
      [forms.askPerson]: async ({ origin, state = '', values }) =>
        send(await referrals.ask({ role: state, asker: origin, text: textOf(values) }), 'card'),
      [forms.personReply]: async ({ origin, state = '', values }) =>
        send(await referrals.answer({ id: state, by: origin, text: textOf(values) }), 'replace'),
    },
  };
}

/** The form that was prepared, or why there is none. */
export function openForm(prepared: Refused | Prepared): Response {
  return prepared.kind === 'ready' ? { kind: 'form', form: prepared.form } : toAsker(says(prepared.message));
}

function textOf(values: FormValues): string {
  const value = values[field.personText];
  return typeof value === 'string' ? value : '';
}
