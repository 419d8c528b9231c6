import { randomUUID } from 'node:crypto';
import type { TurnContext } from 'botbuilder';
import { action as actions, type Bot, type Origin, type Request, type Response } from '../../src/chat/mod.ts';
import { type Activity, isAside, isPersonal } from './activity.ts';
import { cardType, closeDialog, type DialogAnswer, dialogSaying, dialogWith } from './dialog.ts';
import { messageSaying, messageWith } from './message.ts';
import { type Opens, renderOpener } from './opener.ts';
import type { Heard } from './receive.ts';
import { type RenderedMessage, renderAgain, renderForm, renderMessage, renderPage } from './render.ts';
import type { Sender } from './send.ts';

type Press = Extract<Heard, { kind: 'press' }>;
type Invoked = Exclude<
  Heard,
  { kind: 'nothing' | 'question' | 'home' | 'added' | 'removed' | 'people changed' }
>;
/** What is asked of the bot, without who asks. */
type Asked = Request extends infer Each ? (Each extends Request ? Omit<Each, 'origin'> : never) : never;

/** Where something was shown. */
type Where = 'in the conversation' | 'privately' | 'not at all';

/** What an invoke is answered with. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const privately = 'I have answered you in our own chat, where only you can see it.';
const notPrivately =
  'I can answer this to you alone only. Please open a chat with me: choose my name, then Chat, and ask there.';
const notSent = 'My answer could not be sent. Please try again in a few minutes.';
const title = 'Staff guidance';

/** One activity: its answer goes where it belongs. */
export class Turn {
  readonly #bot: Bot;
  readonly #sender: Sender;
  readonly #context: TurnContext;
  readonly #activity: Activity;
  readonly #origin: Origin;

  constructor(bot: Bot, sender: Sender, context: TurnContext, activity: Activity) {
    this.#bot = bot;
    this.#sender = sender;
    this.#context = context;
    this.#activity = activity;
    this.#origin = originOf(activity);
  }

  /** Says hello. */
  async welcome(): Promise<void> {
    await this.#converse(await this.#ask({ kind: 'welcome' }), undefined);
  }

  /** Answers what was typed, in the conversation. */
  async message(heard: Extract<Heard, { kind: 'question' | 'home' }>): Promise<void> {
    const opens = heard.kind === 'question' ? { words: heard.text } : undefined;
    const response = await this.#ask(heard);
    // What waits for somebody is nobody else's business.
    const shown = heard.kind === 'home' ? toAsker(response) : response;
    const answered = await this.#converse(shown, opens);
    if (isPersonal(this.#activity) || answered === 'in the conversation') return;
    await this.#reply(messageSaying(answered === 'privately' ? privately : notPrivately));
  }

  /** Answers a press or a dialog; part of the answer goes back with the invoke. */
  async invoke(heard: Invoked): Promise<InvokeAnswer> {
    switch (heard.kind) {
      case 'press':
        return this.#press(heard);
      case 'dialog for words':
      case 'question about message':
        return { status: 200, body: this.#show(await this.#ask({ kind: 'question', text: heard.text })) };
      case 'form': {
        const { data, values } = heard.sent;
        const state = data.state === undefined ? {} : { state: data.state };
        const response = await this.#ask({ kind: 'form', form: data.form, values, ...state });
        if (response.kind !== 'invalid')
          return { status: 200, body: await this.#submitted(response, data.message) };
        const again = renderAgain(data, { values, errors: response.errors });
        return { status: 200, body: dialogWith(data.drawn.title, again) };
      }
      case 'unknown':
        return { status: 501 };
    }
  }

  #ask(asked: Asked): Promise<Response> {
    return this.#bot.handle({ ...asked, origin: this.#origin });
  }

  async #press({ stood, action, value }: Press): Promise<InvokeAnswer> {
    const response = await this.#ask({ kind: 'press', action, value });
    switch (stood) {
      case 'card':
        return { status: 200, body: await this.#onCard(response, { action, value }) };
      case 'opener':
        if (response.kind === 'replace' && isPersonal(this.#activity))
          await this.#replace(response, this.#activity.replyToId);
        return { status: 200, body: this.#show(response) };
      case 'dialog':
        return { status: 200, body: await this.#inDialog(response, action) };
    }
  }

  /** Shows what was answered in the conversation, or to the asker alone. `opens` leads to the same again, in a dialog. */
  async #converse(response: Response, opens: Opens | undefined): Promise<Where> {
    switch (response.kind) {
      case 'card':
        if (response.audience === 'asker') return this.#toAsker(renderMessage(response.card));
        await this.#reply(messageWith(renderMessage(response.card)));
        return 'in the conversation';
      case 'replace':
      case 'page':
        return this.#toAsker(renderMessage(response.card));
      case 'form':
        return this.#toAsker(opens ? renderOpener(response.form, opens) : formAway);
      case 'invalid':
        return this.#toAsker(renderMessage(saying(Object.values(response.errors).join(' '))));
      case 'nothing':
        return 'in the conversation';
    }
  }

  /** To the asker's own chat, where others read along here. */
  async #toAsker(message: RenderedMessage): Promise<Where> {
    if (isPersonal(this.#activity))
      return (await this.#reply(messageWith(message))) ? 'in the conversation' : 'not at all';
    const { person, delivery = randomUUID() } = this.#origin;
    const outcome = await this.#sender.send(person, message, `answer ${delivery}`);
    return outcome.kind === 'sent' ? 'privately' : 'not at all';
  }

  /** What takes the place of the card whose button was pressed, or a line to the one who pressed it. */
  async #onCard(response: Response, opens: Opens): Promise<unknown> {
    if (response.kind === 'nothing') return lineOnCard('This was done already.');
    const alone = isPersonal(this.#activity);
    if (response.kind === 'replace') {
      // In company the card changes for whoever pressed, and for nobody else: what it says now is said to them.
      if (alone) await this.#replace(response, this.#activity.replyToId);
      else if (this.#activity.type !== 'invoke') await this.#toAsker(renderMessage(response.card));
      return { statusCode: 200, type: cardType, value: renderMessage(response.card).card };
    }
    const answered = await this.#converse(response, opens);
    if (answered === 'in the conversation') return lineOnCard('Answered below.');
    if (answered === 'privately') return lineOnCard(privately);
    return lineOnCard(alone ? notSent : notPrivately);
  }

  /** What a dialog shows that was asked to open. */
  #show(response: Response): DialogAnswer {
    switch (response.kind) {
      case 'form':
        return dialogWith(response.form.title, renderForm(response.form, this.#activity.replyToId));
      case 'page':
        return dialogWith(response.title, renderPage(response.card));
      case 'card':
      case 'replace':
        return dialogWith(title, renderPage(response.card));
      case 'invalid':
        return dialogSaying(Object.values(response.errors).join(' '));
      case 'nothing':
        return dialogSaying('This was done already.');
    }
  }

  /** What becomes of a dialog in which a button was pressed. Others see nothing of it but what is shared. */
  async #inDialog(response: Response, action: string): Promise<DialogAnswer> {
    if (isPersonal(this.#activity)) return this.#submitted(response, undefined);
    if (response.kind === 'nothing') return closeDialog;
    const isShared = action === actions.share && response.kind === 'card' && response.audience === 'place';
    if (!isShared) return this.#show(response);
    const shared = await this.#reply(messageWith(renderMessage(response.card)));
    return shared ? closeDialog : dialogSaying(notThere);
  }

  /** What becomes of a form that was sent: what is not for its dialog goes to whoever sent it, and it closes. */
  async #submitted(response: Response, message: string | undefined): Promise<DialogAnswer> {
    switch (response.kind) {
      case 'form':
      case 'page':
      case 'invalid':
        return this.#show(response);
      case 'nothing':
        return closeDialog;
      case 'card':
      case 'replace': {
        // Somebody's own dialog is as private as a chat.
        if (this.#origin.place === 'command') return this.#show(response);
        const shown =
          response.kind === 'replace'
            ? await this.#replace(response, message)
            : await this.#toAsker(renderMessage(response.card));
        return shown === 'not at all' ? this.#show(response) : closeDialog;
      }
    }
  }

  /** Puts a card in the place of a message of their own chat; to the asker alone where that can't be. */
  async #replace(
    { card }: Extract<Response, { kind: 'replace' }>,
    message: string | undefined,
  ): Promise<Where> {
    const drawn = renderMessage(card);
    const own = message !== undefined && isPersonal(this.#activity);
    if (own && (await this.#sender.change(this.#context, message, drawn))) return 'in the conversation';
    return this.#toAsker(drawn);
  }

  #reply(message: Parameters<Sender['reply']>[1]): Promise<boolean> {
    return this.#sender.reply(this.#context, message);
  }
}

const notThere =
  'I can’t write in this conversation, since I am not in it. Add me there first, or copy the answer.';

const saying = (text: string) => ({ summary: text, elements: [{ kind: 'text', text } as const] });

const formAway = renderMessage(saying('This can’t be opened here. Please type “help” to see what I can do.'));

/** The same, for the asker alone. */
const toAsker = (response: Response): Response =>
  response.kind === 'card' ? { ...response, audience: 'asker' } : response;

/** A line that is shown to whoever pressed a button, and to nobody else. */
export const lineOnCard = (value: string): unknown => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value,
});

function originOf(activity: Activity): Origin {
  const { from, conversation, id } = activity;
  return {
    platform: 'teams',
    person: from.id,
    conversation: conversation.id,
    place: isAside(activity) ? 'command' : isPersonal(activity) ? 'direct' : 'channel',
    ...(id !== undefined && { delivery: JSON.stringify([conversation.id, id]) }),
  };
}
