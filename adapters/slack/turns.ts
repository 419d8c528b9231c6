import type { AckFn, ViewOutput, ViewResponseAction } from '@slack/bolt';
import { Bounded } from '../../src/chat/bounded.ts';
import { InOrder } from '../../src/chat/in-order.ts';
import { type Bot, type Card, dialogActions, type Response } from '../../src/chat/mod.ts';
import type { Homes } from './home.ts';
import type { Time } from './options.ts';
import { directly, orderOf, type Place, readKept } from './place.ts';
import { referenceOf } from './post.ts';
import { refilled } from './refill.ts';
import { readForm } from './render.ts';
import type { Screen } from './screen.ts';
import { dialogView, errorsAt, isDialog, oneMoment, pageTitle, pageView } from './views.ts';

/** Slack waits three seconds for an acknowledgement, and takes a trigger for as long: some of it is the way there. */
const openWithin = 1_200;
const answerWithin = 2_000;

interface Parts {
  readonly bot: Bot;
  readonly screen: Screen;
  readonly homes: Homes;
  readonly time: Time;
}

/** A press of a button. */
export interface Press {
  readonly place: Place;
  /** Opens a dialog, for three seconds. */
  readonly trigger: string;
  readonly action: string;
  readonly value: string;
}

/** A form that was sent with its sender's name on it. */
export interface Sent {
  readonly form: string;
  readonly person: string;
  readonly view: ViewOutput;
  readonly ack: AckFn<ViewResponseAction>;
}

/** Hands requests to the bot, and shows what it answers; in one conversation in the order in which they came. */
export class Turns {
  readonly #parts: Parts;
  readonly #order = new InOrder();
  /** How often a form was sent back to be put right, by its view: the next time it is sent is another. */
  readonly #sentBack = new Bounded<number>(2_000);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `trigger` comes with a command, and opens a dialog. */
  async ask(place: Place, text: string, trigger?: string): Promise<void> {
    const { origin, channel, thread } = place;
    const under =
      origin.place === 'direct' && channel && thread ? referenceOf({ channel, ts: thread }) : undefined;
    const answered = this.#parts.bot.handle({
      kind: 'question',
      origin,
      text,
      ...(under !== undefined && { under }),
    });
    await this.#inOrder(place, async () => {
      const response = await answered;
      const opened =
        trigger !== undefined && isDialog(response) && (await this.#open(place, trigger, response));
      if (!opened) await this.#parts.screen.show(place, response);
    });
  }

  async press({ place, trigger, action, value }: Press): Promise<void> {
    const { bot, screen, time, homes } = this.#parts;
    let opening: Promise<string | undefined> | undefined;
    let shown = false;
    const answered = bot.handle({ kind: 'press', origin: place.origin, action, value });
    const told = this.#inOrder(place, async () => {
      const response = await answered;
      // A dialog waits for nothing that is to be said first: its trigger would be too old by then.
      if (isDialog(response) || (await opening) !== undefined) return;
      shown = true;
      await (place.modal ? screen.showInModal(place, trigger, response) : screen.show(place, response));
      if (response.kind === 'replace') homes.changed(place.origin.person);
    });
    const early = await within(openWithin, answered, time);
    if (early === undefined && !shown && dialogActions.has(action))
      opening = screen.open(place, trigger, pageView(oneMoment.summary, oneMoment, place));
    const [waiting, response] = await Promise.all([opening, answered]);
    if (waiting !== undefined) await screen.fill(place, waiting, response);
    else if (isDialog(response) && !(await this.#open(place, trigger, response)))
      await this.#inOrder(place, () => screen.show(place, response));
    await told;
  }

  /** Acknowledges in time whatever the bot does; a late answer comes into the modal, which stays open for it. */
  async submit({ form, person, view, ack }: Sent): Promise<void> {
    const { bot, time } = this.#parts;
    const round = this.#sentBack.get(view.id) ?? 0;
    const { place, state } = readKept(view.private_metadata, person, `${view.id} ${view.hash} ${round}`);
    const answered = bot.handle({
      kind: 'form',
      origin: place.origin,
      form,
      values: readForm(view.state.values),
      ...(state !== undefined && { state }),
    });
    const response = await within(answerWithin, answered, time);
    if (response === undefined) {
      const waits = pageView(oneMoment.summary, oneMoment, place);
      await acknowledged(ack, { response_action: 'update', view: waits });
      await this.#answerLate(view, place, await answered);
    } else await this.#answer(view, place, response, ack);
  }

  async #answer(view: ViewOutput, place: Place, response: Response, ack: Sent['ack']): Promise<void> {
    switch (response.kind) {
      case 'invalid':
        this.#sentBack.set(view.id, (this.#sentBack.get(view.id) ?? 0) + 1);
        await acknowledged(ack, errorsAt(view.blocks, response.errors));
        break;
      case 'form':
      case 'page':
        await acknowledged(ack, { response_action: 'update', view: dialogView(response, place) });
        break;
      default:
        await acknowledged(ack, { response_action: 'clear' });
        await this.#settle(place, response);
    }
  }

  async #answerLate(view: ViewOutput, place: Place, response: Response): Promise<void> {
    const { screen } = this.#parts;
    if (response.kind === 'invalid') {
      this.#sentBack.set(view.id, (this.#sentBack.get(view.id) ?? 0) + 1);
      const open = await screen.change(view.id, refilled(view, Object.values(response.errors)));
      if (!open) await this.#settle(place, response);
      return;
    }
    const next = isDialog(response)
      ? dialogView(response, place)
      : pageView(pageTitle, response.kind === 'nothing' ? done : response.card, place);
    const open = await screen.change(view.id, next);
    // What is to last is said in the chat as well.
    if (!open || !isDialog(response)) await this.#settle(place, response);
  }

  /** What came of a form stays where its sender finds it again: in the place of the card, or in their direct chat. */
  async #settle(place: Place, response: Response): Promise<void> {
    const { screen, homes } = this.#parts;
    const { person, delivery } = place.origin;
    const own: Place = { origin: directly(person, delivery) };
    const shared = response.kind === 'card' && response.audience === 'place';
    const to = shared || place.origin.place === 'direct' ? place : { ...own, ...messageOf(place) };
    await this.#inOrder(to, () => screen.show(to, response));
    if (response.kind !== 'invalid') homes.changed(person);
  }

  async #open(place: Place, trigger: string, response: Response): Promise<boolean> {
    if (!isDialog(response)) return false;
    return (await this.#parts.screen.open(place, trigger, dialogView(response, place))) !== undefined;
  }

  #inOrder(place: Place, job: () => Promise<void>): Promise<void> {
    return this.#order.run(orderOf(place), job);
  }
}

/** A modal can't be closed once it was kept open for a late answer. */
const done: Card = {
  summary: 'This is done. You can close this window.',
  elements: [{ kind: 'text', text: 'This is done. You can close this window.' }],
};

const messageOf = ({ message }: Place): Pick<Place, 'message'> => (message ? { message } : {});

/** The connection may have gone meanwhile; what the bot has done is done, and is told of all the same. */
async function acknowledged(ack: Sent['ack'], response: ViewResponseAction): Promise<void> {
  await ack(response).catch(() => {});
}

/** What comes within so many milliseconds. */
async function within(
  milliseconds: number,
  answered: Promise<Response>,
  time: Time,
): Promise<Response | undefined> {
  const came = new AbortController();
  const late = time.wait(milliseconds, came.signal).then(() => undefined);
  const first = await Promise.race([answered, late]);
  came.abort();
  return first;
}
