import type { AckFn, AnyMiddlewareArgs, Middleware, ViewOutput, ViewResponseAction } from '@slack/bolt';
import { Bounded } from '../../src/chat/bounded.ts';
import type { AnonymousForm, Bot, Form, Response } from '../../src/chat/mod.ts';
import type { Time } from './options.ts';
import { readForm } from './render.ts';
import { anonymousFormOf, anonymousFormView, errorsAt, pageTitle, pageView } from './views.ts';

/** Slack waits three seconds for an acknowledgement. */
const answerWithin = 2_200;
/** How long an answer that came too late is kept for whoever holds its ticket, milliseconds. */
const ticketLife = 10 * 60_000;

type Ack = AckFn<ViewResponseAction>;

/** All that goes in of an anonymous form, and the inputs' names for what is to be put right. */
interface Entered {
  readonly form: AnonymousForm;
  readonly blocks: ViewOutput['blocks'];
}

/**
 * Where anonymous forms go in. It stands before everything else: of what Slack sends, only the form's name, its
 * state and its values go on. There is no log here, no key for repeated deliveries, no conversation, no call to
 * Slack; the answer goes back in the acknowledgement of the form itself, which alone knows to whom.
 */
export class Door {
  readonly #bot: Bot;
  readonly #time: Time;
  readonly #late: Bounded<Promise<Response>>;

  constructor(bot: Bot, time: Time) {
    this.#bot = bot;
    this.#time = time;
    this.#late = new Bounded(1_000, { lifetime: ticketLife, now: time.now });
  }

  readonly middleware: Middleware<AnyMiddlewareArgs> = async (received) => {
    if (received.body.type === 'view_submission' && 'view' in received) {
      const { view, ack } = received;
      const entered = enter(view);
      // The rest of the payload, and who sent it, is out of reach from here on.
      if (entered) return this.#answer(entered, ack as Ack);
    }
    await received.next();
  };

  async #answer({ form, blocks }: Entered, ack: Ack): Promise<void> {
    const waiting = form.form === waitingForm ? this.#late.get(form.state ?? '') : undefined;
    const answered =
      waiting ?? (form.form === waitingForm ? Promise.resolve(gone) : this.#bot.anonymous(form));
    const came = new AbortController();
    const late = this.#time.wait(answerWithin, came.signal).then(() => undefined);
    const response = await Promise.race([answered, late]);
    came.abort();
    // An acknowledgement that does not arrive can't be made up for: nobody here knows whom it was for.
    await ack(response ? answerTo(response, blocks) : this.#ticket(answered)).catch(() => {});
  }

  /** A modal that fetches the answer once it is there. Its ticket is a number of its own and says nothing. */
  #ticket(answered: Promise<Response>): ViewResponseAction {
    const ticket = crypto.randomUUID();
    this.#late.set(ticket, answered);
    return { response_action: 'update', view: anonymousFormView({ ...waitingView, state: ticket }) };
  }
}

function enter({ callback_id, private_metadata, state, blocks }: ViewOutput): Entered | undefined {
  const form = anonymousFormOf(callback_id);
  if (form === undefined) return undefined;
  const values = readForm(state.values);
  return {
    form: { form, values, ...(private_metadata !== '' && { state: private_metadata }) },
    blocks,
  };
}

function answerTo(response: Response, blocks: ViewOutput['blocks']): ViewResponseAction {
  switch (response.kind) {
    case 'form':
      return { response_action: 'update', view: anonymousFormView(response.form) };
    case 'page':
      return { response_action: 'update', view: pageView(response.title, response.card) };
    case 'card':
    case 'replace':
      return { response_action: 'update', view: pageView(pageTitle, response.card) };
    case 'invalid':
      return errorsAt(blocks, response.errors);
    case 'nothing':
      return { response_action: 'clear' };
  }
}

const waitingForm = 'waiting';

const waitingView: Form = {
  id: waitingForm,
  title: 'One moment',
  intro: [{ kind: 'text', text: 'This takes a little longer. Please wait a moment, then press “Go on”.' }],
  inputs: [],
  submitLabel: 'Go on',
  anonymous: true,
};

const gone: Response = {
  kind: 'card',
  audience: 'asker',
  card: {
    summary: 'This is not here any more.',
    elements: [
      {
        kind: 'text',
        text: 'This is not here any more: the bot was started again, or too much time has passed. Please open the form again.',
      },
    ],
  },
};
