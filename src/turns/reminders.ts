import { action, form as forms, type Origin, type Response } from '../chat/mod.ts';
import type { Referrals } from '../referrals/referrals.ts';
import type { Answer } from '../reminders/desk.ts';
import type { Reminders } from '../reminders/reminders.ts';
import { type Press, privately, says, type Turns, toAsker } from './turns.ts';

export interface ReminderTurnsParts {
  readonly reminders: Reminders;
  /** What somebody has asked other people is part of their status. */
  readonly referrals: Pick<Referrals, 'asked'>;
}

/** Acknowledging policies, and how things stand. */
export function reminderTurns({ reminders, referrals }: ReminderTurnsParts): Turns {
  const statusOf = async ({ platform, person }: Origin) =>
    reminders.status({ platform, person }, await referrals.asked({ platform, person }));

  /** What somebody owes is nobody else's business, where others read along. */
  const status = async ({ origin }: { readonly origin: Origin }): Promise<Response> => {
    return privately(origin, await statusOf(origin));
  };

  const press =
    (act: (account: Origin, value: string) => Promise<Answer>) =>
    async ({ origin, value }: Press): Promise<Response> =>
      toResponse(await act(origin, value));

  const decide =
    (decision: 'paused' | 'resumed') =>
    async ({ origin, value }: Press): Promise<Response> => {
      const answer = await reminders.decide(origin, value, decision);
      return answer === 'done' ? { kind: 'replace', card: await statusOf(origin) } : toResponse(answer);
    };

  return {
    words: { status },
    presses: {
      [action.acknowledgeOpen]: press(reminders.open),
      [action.acknowledgeConfirm]: press(reminders.confirm),
      [action.acknowledgeQuestion]: press(reminders.question),
      [action.acknowledgeTomorrow]: press(reminders.putOff),
      [action.campaignStanding]: press(reminders.standing),
      [action.campaignPreview]: press(reminders.preview),
      [action.campaignPause]: press(reminders.pause),
      [action.campaignPauseNow]: decide('paused'),
      [action.campaignResume]: decide('resumed'),
      [action.status]: async ({ origin }) => ({ kind: 'replace', card: await statusOf(origin) }),
    },
    forms: {
      [forms.acknowledge]: async ({ origin, state = '', values }) =>
        toResponse(await reminders.check(origin, state, values)),
    },
    home: ({ platform, person }) => reminders.home({ platform, person }),
  };
}

function toResponse(answer: Answer): Response {
  switch (answer.kind) {
    case 'said':
      return toAsker(says(answer.message));
    case 'card':
      return toAsker(answer.card);
    default:
      return answer;
  }
}
