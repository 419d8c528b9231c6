import type { types } from '@slack/bolt';
import type { Card, Response } from '../../src/chat/mod.ts';
import { type Called, type Calls, isUnavailable } from './calls.ts';
import type { DirectChats } from './direct-chats.ts';
import type { Place } from './place.ts';
import type { Messages, Post } from './post.ts';
import { renderMessage } from './render.ts';
import type { Troubles } from './troubles.ts';
import { dialogView, isDialog, pageTitle, pageView } from './views.ts';

interface Parts {
  readonly calls: Calls;
  readonly messages: Messages;
  readonly chats: DirectChats;
  readonly troubles: Troubles;
}

/** Shows what the bot answers, where it belongs. */
export class Screen {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Shows a response as a message, or in place of one. A dialog that could not be opened is told of. */
  async show(place: Place, response: Response): Promise<void> {
    switch (response.kind) {
      case 'card':
        await this.#say(place, response.card, response.audience);
        break;
      case 'replace':
        await this.#replace(place, response.card);
        break;
      case 'page':
        await this.#say(place, response.card, 'asker');
        break;
      case 'form':
        await this.#say(place, notOpened, 'asker');
        break;
      case 'invalid':
        await this.#say(place, words(Object.values(response.errors).join(' ')), 'asker');
        break;
      case 'nothing':
        break;
    }
  }

  /**
   * Opens a dialog with the trigger of a press, on top of the modal that was pressed in where there is one.
   * Resolves with its id, or undefined where Slack did not open it: triggers live for three seconds.
   */
  async open(place: Place, trigger: string, view: types.ModalView): Promise<string | undefined> {
    const { live } = this.#parts.calls;
    const { modal } = place;
    // There is no room for a fourth.
    if (modal && modal.depth >= 3) return (await this.change(modal.id, view)) ? modal.id : undefined;
    const called = await this.#parts.calls.once(() =>
      modal ? live.views.push({ trigger_id: trigger, view }) : live.views.open({ trigger_id: trigger, view }),
    );
    return called.kind === 'done' ? called.result.view?.id : undefined;
  }

  /** Puts another view into a modal that is open. False where it is not open any more. */
  async change(id: string, view: types.ModalView): Promise<boolean> {
    const { calls } = this.#parts;
    const called = await calls.insist(() => calls.live.views.update({ view_id: id, view }));
    return called.kind === 'done';
  }

  /** Shows in a modal that is open what was asked for meanwhile; as a message where it was closed. */
  async fill(place: Place, id: string, response: Response): Promise<void> {
    const view = viewOf(response, place);
    if (!(view && (await this.change(id, view))) || response.kind === 'replace')
      await this.show(place, response);
  }

  /** In answer to a press in a modal: the answer lies on top of it, or in its place. */
  async showInModal(place: Place, trigger: string, response: Response): Promise<void> {
    const view = viewOf(response, place);
    if (!view || !place.modal) return this.show(place, response);
    const shown =
      response.kind === 'replace'
        ? await this.change(place.modal.id, {
            ...view,
            title: { type: 'plain_text', text: place.modal.title },
          })
        : (await this.open(place, trigger, view)) !== undefined;
    if (!shown) await this.show(place, response);
  }

  async #say(place: Place, card: Card, audience: 'asker' | 'place'): Promise<void> {
    const { origin, channel, thread, responseUrl } = place;
    const { messages } = this.#parts;
    if (origin.place === 'direct') return this.#sayDirectly(place, card);
    if (responseUrl !== undefined) {
      const shown = audience === 'asker' ? ('ephemeral' as const) : ('in_channel' as const);
      const called = await this.#respond(responseUrl, card, {
        response_type: shown,
        replace_original: false,
      });
      // What may be there for all to see is not said again.
      if (called.kind === 'done' || (called.kind === 'lost' && audience === 'place')) return;
    }
    if (channel !== undefined) {
      const called =
        audience === 'asker'
          ? await messages.whisper({ channel, thread, card }, origin.person)
          : await messages.insist(postOf(place, channel, card));
      if (called.kind === 'done') return;
    }
    // The bot may not write there, so that whoever asked is answered where it may.
    await this.#sayDirectly({ origin }, card);
  }

  async #sayDirectly(place: Place, card: Card): Promise<void> {
    const { messages, chats, troubles } = this.#parts;
    const { origin, channel, again = false } = place;
    const direct = origin.place === 'direct' ? channel : undefined;
    const chat = direct === undefined ? await chats.insist(origin.person) : done(direct);
    const own = direct === undefined ? { origin, again } : place;
    const called = chat.kind === 'done' ? await messages.insist(postOf(own, chat.result, card)) : chat;
    if (called.kind === 'done') troubles.over('unshown');
    else if (!troubles.has('token'))
      troubles.meet(
        'unshown',
        `An answer has not reached whoever asked: ${called.kind === 'refused' ? `Slack refused it (${called.code})` : 'Slack did not take it in time'}.`,
      );
  }

  async #replace(place: Place, card: Card): Promise<void> {
    const { message, responseUrl } = place;
    if (message) {
      const called = await this.#parts.messages.change(message, card);
      if (called.kind === 'done') return;
    } else if (responseUrl !== undefined) {
      const called = await this.#respond(responseUrl, card, { replace_original: true });
      if (called.kind === 'done') return;
    }
    await this.#say(place, card, 'asker');
  }

  #respond(
    url: string,
    card: Card,
    how: { readonly response_type?: 'ephemeral' | 'in_channel'; readonly replace_original: boolean },
  ): Promise<Called<unknown>> {
    // What everybody sees is not said twice.
    const repeatable = how.response_type !== 'in_channel';
    const { calls } = this.#parts;
    return calls.retrying(
      async () => {
        const called = await calls.respond(url, { ...how, ...renderMessage(card) });
        return isUnavailable(called) ? { kind: 'away' as const } : called;
      },
      { repeatable },
    );
  }
}

const done = <Result>(result: Result): Called<Result> => ({ kind: 'done', result });

function postOf({ origin, thread, again }: Place, channel: string, card: Card): Post {
  return {
    channel,
    thread,
    card,
    key: `reply:${origin.delivery ?? crypto.randomUUID()}`,
    look: again === true,
  };
}

function viewOf(response: Response, place: Place): types.ModalView | undefined {
  if (isDialog(response)) return dialogView(response, place);
  if (response.kind === 'card' || response.kind === 'replace')
    return pageView(pageTitle, response.card, place);
  return undefined;
}

const words = (text: string): Card => ({ summary: text, elements: [{ kind: 'text', text }] });

const notOpened = words(
  'Slack did not open the form in time, or can’t open one here. Please press the button again; without a button, type /guidance and what you want.',
);
