import { Bounded } from '../../src/chat/bounded.ts';
import { InOrder } from '../../src/chat/in-order.ts';
import type { Bot } from '../../src/chat/mod.ts';
import type { Calls } from './calls.ts';
import type { Time } from './options.ts';
import { directly } from './place.ts';
import type { Messages } from './post.ts';
import { renderHome } from './render.ts';
import type { Troubles } from './troubles.ts';
import type { Underway } from './underway.ts';

/** Several changes in a row are shown as one, milliseconds. */
const together = 300;
/** Milliseconds in which a chat is looked at before somebody is greeted in it. */
const lookingTime = 5_000;

interface Parts {
  readonly bot: Bot;
  readonly calls: Calls;
  readonly messages: Messages;
  readonly time: Time;
  readonly troubles: Troubles;
  readonly underway: Underway;
  readonly closing: AbortSignal;
}

/** Everybody's home tab, and the first message to who opens the bot. */
export class Homes {
  readonly #parts: Parts;
  readonly #order = new InOrder();
  /** Who has opened their home tab, and so sees it change. */
  readonly #opened = new Bounded<true>(5_000);
  /** Who will be shown a change. */
  readonly #changing = new Set<string>();
  /** Who needs no greeting any more; here alone, and in no store. */
  readonly #greeted = new Bounded<true>(10_000);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async open(person: string, delivery?: string): Promise<void> {
    this.#opened.set(person, true);
    await this.#publish(person, delivery);
  }

  /** Something that this person's home tab may show has changed. */
  changed(person: string): void {
    const { time, underway, closing } = this.#parts;
    if (!this.#opened.get(person) || this.#changing.has(person)) return;
    this.#changing.add(person);
    underway.run(async () => {
      await time.wait(together, closing);
      this.#changing.delete(person);
      await this.#publish(person);
    });
  }

  /**
   * Greets somebody who opens the bot for the first time: whose direct chat holds no message yet, so that nothing
   * is kept of who has opened the bot. Where Slack does not show the chat, nobody is greeted.
   */
  async greet(person: string, channel: string): Promise<void> {
    if (this.#greeted.get(person)) return;
    this.#greeted.set(person, true);
    const { bot, calls, messages } = this.#parts;
    const looked = await calls.optional(() => calls.live.conversations.history({ channel, limit: 1 }), {
      longest: lookingTime,
      aside: true,
    });
    if (looked.kind !== 'done') return void this.#greeted.delete(person);
    if ((looked.result.messages?.length ?? 0) > 0) return;
    const response = await bot.handle({ kind: 'welcome', origin: directly(person) });
    if (response.kind !== 'card') return;
    const called = await messages.insist({ channel, card: response.card, key: 'welcome' });
    if (called.kind !== 'done') this.#greeted.delete(person);
  }

  /** One after the other, so that the last that is shown is the newest. */
  #publish(person: string, delivery?: string): Promise<void> {
    const { bot, calls, troubles } = this.#parts;
    return this.#order.run(person, async () => {
      const response = await bot.handle({ kind: 'home', origin: directly(person, delivery) });
      if (response.kind !== 'card' && response.kind !== 'replace' && response.kind !== 'page') return;
      const view = renderHome(response.card);
      const called = await calls.insist(() => calls.live.views.publish({ user_id: person, view }));
      if (called.kind === 'done') troubles.over('home');
      else if (called.kind === 'refused')
        troubles.meet(
          'home',
          `Slack does not show the app’s home tab (${called.code}). Switch “Home Tab” on under “App Home”.`,
        );
    });
  }
}
