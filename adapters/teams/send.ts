import type { Activity as BotActivity, TurnContext } from 'botbuilder';
import { Bounded } from '../../src/chat/bounded.ts';
import type { AdapterLog, MessageRef, Outcome, SendOptions } from '../../src/chat/mod.ts';
import { isReachable } from './address.ts';
import type { Cloud } from './cloud.ts';
import { faultInWords, outcomeOf, RefusedError } from './faults.ts';
import { messageWith, readReference, referenceTo } from './message.ts';
import { Pace } from './pace.ts';
import type { Known, KnownPeople } from './people.ts';
import type { RenderedMessage } from './render.ts';
import { forOneOfMany, forSomebodyWaiting, type Patience, patiently } from './retry.ts';

export interface SenderParts {
  readonly cloud: Cloud;
  readonly people: KnownPeople;
  readonly log: AdapterLog;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly tenantId: string;
  /** Whether the platform is a stand-in on this machine. */
  readonly local: boolean;
}

/** One of many waits no longer than this for its place; beyond, whoever sends them is told when. */
const longestWait = 10_000;

/** The way out: messages to people's own chats, and changes to them. */
export class Sender {
  readonly #parts: SenderParts;
  readonly #pace: Pace;
  /** What became of a message, by person and key: the same one is not sent twice. */
  readonly #sent = new Bounded<Promise<Outcome>>(20_000);
  /** Bulk rests until then, in milliseconds. */
  #bulkRests = 0;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#pace = new Pace(parts.now);
  }

  /** Sends a card to somebody's own chat, once for a key. */
  async send(
    person: string,
    message: RenderedMessage,
    key: string,
    options: SendOptions = {},
  ): Promise<Outcome> {
    const name = JSON.stringify([person, key]);
    const before = this.#sent.get(name);
    if (before) return before;
    const sending = this.#send(person, message, options).catch((fault: unknown) => this.#outcome(fault));
    this.#sent.set(name, sending);
    const outcome = await sending;
    // What has not gone may be tried again under the same key.
    if (outcome.kind !== 'sent') this.#sent.delete(name);
    return outcome;
  }

  /** Changes a message that was sent. */
  async update(reference: MessageRef, message: RenderedMessage): Promise<Outcome> {
    const place = readReference(reference);
    if (!place || !isReachable(place.serviceUrl, this.#parts.local))
      return { kind: 'blocked', reason: 'that message is not known any more' };
    try {
      await this.#patiently(forSomebodyWaiting, () =>
        this.#parts.cloud.inConversation(place, (context) =>
          context.updateActivity({ ...messageWith(message), id: place.message }),
        ),
      );
      return { kind: 'sent', message: reference };
    } catch (fault) {
      return this.#outcome(fault);
    }
  }

  /** Says something in the conversation of a turn. What stops it is logged. */
  async reply(context: TurnContext, activity: Partial<BotActivity>): Promise<boolean> {
    this.#pace.count(context.activity.conversation.id);
    return this.#tried('an answer did not go out', () => context.sendActivity(activity));
  }

  /** Changes a message in the conversation of a turn. */
  async change(context: TurnContext, id: string, message: RenderedMessage): Promise<boolean> {
    this.#pace.count(context.activity.conversation.id);
    return this.#tried('a card was not changed', () =>
      context.updateActivity({ ...messageWith(message), id }),
    );
  }

  async #tried(what: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await this.#patiently(forSomebodyWaiting, call);
      return true;
    } catch (fault) {
      this.#parts.log.warn(`${what}: ${faultInWords(fault)}`);
      return false;
    }
  }

  async #send(person: string, message: RenderedMessage, { bulk }: SendOptions): Promise<Outcome> {
    const { people, now } = this.#parts;
    const known = await people.find(person);
    if (!known) return { kind: 'blocked', reason: 'they do not have the bot in Teams' };
    if (known.removed) return { kind: 'blocked', reason: 'the app was removed from their Teams' };
    if (!isReachable(known.serviceUrl, this.#parts.local))
      return { kind: 'blocked', reason: 'their chat is at an address that is not used' };
    if (bulk) {
      const rest = this.#bulkRests - now();
      if (rest > 0) return { kind: 'wait', until: new Date(this.#bulkRests) };
      const at = this.#pace.book(person);
      if (at - now() > longestWait) return { kind: 'wait', until: new Date(at) };
      if (at > now()) await this.#parts.wait(at - now());
    } else this.#pace.count(person);
    const patience = bulk ? forOneOfMany : forSomebodyWaiting;
    try {
      const conversation = known.conversation ?? (await this.#openChat(known, patience));
      const place = { serviceUrl: known.serviceUrl, conversation };
      const sent = await this.#patiently(patience, () =>
        this.#parts.cloud.inConversation(place, (context) => context.sendActivity(messageWith(message))),
      );
      return { kind: 'sent', message: referenceTo({ ...place, message: sent?.id ?? '' }) };
    } catch (fault) {
      const outcome = this.#outcome(fault);
      // The others of many would be refused as well.
      if (bulk && fault instanceof RefusedError && fault.status === 429 && outcome.kind === 'wait')
        this.#bulkRests = outcome.until.getTime();
      return outcome;
    }
  }

  async #openChat(known: Known, patience: Patience): Promise<string> {
    const { cloud, people, tenantId } = this.#parts;
    const { id, serviceUrl } = known;
    const conversation = await this.#patiently(patience, () => cloud.openChat({ id, serviceUrl, tenantId }));
    await people.change(id, (now) => now && { ...now, conversation });
    return conversation;
  }

  #patiently<Result>(patience: Patience, call: () => Promise<Result>): Promise<Result> {
    return patiently(call, patience, this.#parts.wait);
  }

  #outcome(fault: unknown): Outcome {
    const outcome = outcomeOf(fault, this.#parts.now());
    const what = outcome.kind === 'blocked' ? 'a person can’t be reached' : 'a message did not go out';
    this.#parts.log.warn(`${what}: ${faultInWords(fault)}`);
    return outcome;
  }
}
