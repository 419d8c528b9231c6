import type { webApi } from '@slack/bolt';
import { Bounded } from '../../src/chat/bounded.ts';
import type { Card, MessageRef, Outcome, SendOptions } from '../../src/chat/mod.ts';
import type { Called, Calls } from './calls.ts';
import type { DirectChats } from './direct-chats.ts';
import { type Fault, tokenCodes } from './faults.ts';
import type { Time } from './options.ts';
import { Pace } from './pace.ts';
import { type Messages, type Posted, postedOf, referenceOf } from './post.ts';

/** Slack opens about 50 direct chats a minute, and takes one message a second for each chat. */
const opening = { most: 45, within: 60_000 };
const perChat = { most: 1, within: 1_000 };
/** "Several hundred" a minute in a whole workspace, of which answers get their share. */
const together = { most: 3, within: 1_000 };
/** One of many waits here as long as this, and is otherwise handed back to be sent later. */
const shortWait = 2_000;
/** Somebody is waiting for what this message is part of: they wait no longer than this. */
const liveWait = 5_000;
/** How long to leave Slack alone where it does not say so itself. */
const aWhile = 30_000;

interface Parts {
  readonly calls: Calls;
  readonly messages: Messages;
  readonly chats: DirectChats;
  readonly time: Time;
  readonly closing: AbortSignal;
}

/** Sends messages that nobody has asked for just now, and changes messages. */
export class Sender {
  readonly #parts: Parts;
  readonly #sent = new Bounded<Promise<Outcome>>(10_000);
  readonly #openings: Pace;
  readonly #together: Pace;
  readonly #perChat = new Bounded<Pace>(2_000);
  /** Until when nothing is sent to many. */
  #heldUntil = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#openings = new Pace(opening, parts.time.now);
    this.#together = new Pace(together, parts.time.now);
  }

  /** As `Adapter.send`. */
  async send(person: string, card: Card, key: string, options: SendOptions): Promise<Outcome> {
    const known = this.#sent.get(key);
    if (known) return known;
    const sending = this.#send(person, card, key, options);
    this.#sent.set(key, sending);
    const forget = () => this.#sent.delete(key);
    sending.then(({ kind }) => {
      if (kind !== 'sent') forget();
    }, forget);
    return sending;
  }

  /** As `Adapter.update`. */
  async update(message: MessageRef, card: Card): Promise<Outcome> {
    const posted = postedOf(message);
    if (!posted) return { kind: 'blocked', reason: 'that message is not known' };
    const called = await this.#parts.messages.change(posted, card);
    return called.kind === 'done' ? { kind: 'sent', message } : this.#outcomeOf(called, 'changed');
  }

  async #send(person: string, card: Card, key: string, options: SendOptions): Promise<Outcome> {
    const { calls, messages } = this.#parts;
    const bulk = options.bulk === true;
    const client = bulk ? calls.bulk : calls.live;
    const channel = await this.#chatOf(person, client, bulk);
    if (channel.kind === 'wait') return channel;
    if (channel.kind !== 'done') return this.#outcomeOf(channel, 'sent');
    const under = options.under === undefined ? undefined : postedOf(options.under);
    const post = (to: string) =>
      this.#inTime(bulk, to, () =>
        messages.post(
          { channel: to, thread: threadIn(to, under), card, key, look: options.again === true },
          client,
        ),
      );
    let called = await post(channel.result);
    if (called.kind === 'refused' && called.code === 'channel_not_found') {
      const opened = await this.#parts.chats.open(person, client);
      if (opened.kind !== 'done') return this.#outcomeOf(opened, 'sent');
      called = await post(opened.result);
    }
    if (called.kind === 'wait') return called;
    return called.kind === 'done'
      ? { kind: 'sent', message: referenceOf(called.result) }
      : this.#outcomeOf(called, 'sent');
  }

  /** The direct chat; opened where it is not known, as fast as Slack lets many be opened. */
  async #chatOf(person: string, client: webApi.WebClient, bulk: boolean): Promise<Called<string> | Wait> {
    const { chats } = this.#parts;
    if (!bulk) return chats.current(person, liveWait);
    const known = await chats.known(person);
    if (known !== undefined) return { kind: 'done', result: known };
    return (await this.#hold([this.#openings])) ?? this.#heed(await chats.open(person, client));
  }

  /** Keeps the rates for one of many; anything else goes at once, and again where Slack asks for a short wait. */
  async #inTime<Result>(
    bulk: boolean,
    channel: string,
    call: () => Promise<Called<Result>>,
  ): Promise<Called<Result> | Wait> {
    if (!bulk) return this.#parts.calls.retrying(call, { repeatable: false, longest: liveWait });
    const pace = this.#perChat.get(channel) ?? new Pace(perChat, this.#parts.time.now);
    this.#perChat.set(channel, pace);
    return (await this.#hold([pace, this.#together])) ?? this.#heed(await call());
  }

  /** Waits for a place in all of these; where it is too far off, says when to come again. */
  async #hold(paces: readonly Pace[]): Promise<Wait | undefined> {
    const { time, closing } = this.#parts;
    const delay = Math.max(this.#held, ...paces.map((pace) => pace.delay));
    if (delay > shortWait) return { kind: 'wait', until: new Date(time.now() + delay) };
    const wait = Math.max(this.#held, ...paces.map((pace) => pace.take(shortWait) ?? 0));
    if (wait > 0) await time.wait(wait, closing);
    // Slack may have asked for more meanwhile.
    return this.#held > 0 ? { kind: 'wait', until: new Date(this.#heldUntil) } : undefined;
  }

  /** Milliseconds for which Slack has asked to be left alone. */
  get #held(): number {
    return Math.max(0, this.#heldUntil - this.#parts.time.now());
  }

  /** Leaves Slack alone for as long as it asks for. */
  #heed<Result>(called: Called<Result>): Called<Result> {
    if (called.kind === 'limited') this.#heldUntil = this.#parts.time.now() + called.wait;
    return called;
  }

  #outcomeOf(fault: Fault, what: 'sent' | 'changed'): Outcome {
    const after = (milliseconds: number): Outcome => ({
      kind: 'wait',
      until: new Date(this.#parts.time.now() + milliseconds),
    });
    switch (fault.kind) {
      case 'limited':
        return after(fault.wait);
      case 'away':
        return after(aWhile);
      case 'lost':
        return { kind: 'unknown', reason: 'Slack did not say whether it has it' };
      case 'refused':
        // Nothing is wrong with this person, and nothing was sent.
        if (tokenCodes.has(fault.code) || fault.code === 'missing_scope') return after(10 * aWhile);
        return { kind: 'blocked', reason: reasonOf(fault.code, what) };
    }
  }
}

type Wait = Extract<Outcome, { kind: 'wait' }>;

/** A thread belongs to one chat. */
const threadIn = (channel: string, under: Posted | undefined): string | undefined =>
  under?.channel === channel ? under.ts : undefined;

/** Why nothing reaches this person, in words for whoever wanted to reach them. */
function reasonOf(code: string, what: 'sent' | 'changed'): string {
  switch (code) {
    case 'channel_not_found':
    case 'user_not_found':
    case 'users_not_found':
    case 'user_not_visible':
      return what === 'sent' ? 'they are not in this Slack workspace' : 'that message is not there any more';
    case 'message_not_found':
      return 'that message is not there any more';
    case 'account_disabled':
    case 'user_disabled':
    case 'is_inactive':
    case 'is_archived':
      return 'their Slack account is switched off';
    case 'cannot_dm_bot':
      return 'that account is a bot';
    case 'messages_tab_disabled':
      return 'messages from this app are switched off in Slack';
    default:
      return `Slack refused it (${code})`;
  }
}
