import type { TurnContext } from 'botbuilder';
import { InOrder } from '../../src/chat/in-order.ts';
import { action, type Bot } from '../../src/chat/mod.ts';
import type { Activity } from './activity.ts';
import { type Heard, readActivity } from './receive.ts';
import type { Roster } from './roster.ts';
import type { Sender } from './send.ts';
import { Turn } from './turn.ts';

export interface TurnsParts {
  readonly bot: Bot;
  readonly sender: Sender;
  readonly roster: Roster;
}

/** Handles what Teams sends, one activity at a time in each conversation where order counts. */
export class Turns {
  readonly #parts: TurnsParts;
  readonly #conversations = new InOrder();

  constructor(parts: TurnsParts) {
    this.#parts = parts;
  }

  /** `context` is of the same activity. */
  run(context: TurnContext, activity: Activity): Promise<void> {
    const heard = readActivity(activity);
    const { bot, sender, roster } = this.#parts;
    const turn = new Turn(bot, sender, context, activity);
    const inOrder = (job: () => Promise<void>): Promise<void> =>
      this.#conversations.run(activity.conversation.id, job);
    switch (heard.kind) {
      case 'nothing':
        return Promise.resolve();
      case 'added':
        return inOrder(async () => {
          if (await roster.added(context, activity)) await turn.welcome();
        });
      case 'removed':
        return inOrder(() => roster.removed(activity));
      case 'people changed':
        return inOrder(() => roster.changed(activity));
      case 'question':
      case 'home':
        return inOrder(async () => {
          await roster.seen(context, activity);
          await turn.message(heard);
        });
      default:
        return (async () => {
          if (!leadsToDoor(heard)) await roster.seen(context, activity);
          const value = await turn.invoke(heard);
          if (activity.type === 'invoke') await context.sendActivity({ type: 'invokeResponse', value });
        })();
    }
  }
}

/** Whoever opens a form that is anonymous is not put down for it, not even as somebody who is there. */
const leadsToDoor = (heard: Heard): boolean =>
  heard.kind === 'dialog for words' ||
  (heard.kind === 'press' && (heard.action === action.concern || heard.action === action.concernCode));
