import type { webApi } from '@slack/bolt';
import type { Card, MessageRef } from '../../src/chat/mod.ts';
import type { Called, Calls } from './calls.ts';
import { renderMessage } from './render.ts';

/** A message to be posted. */
export interface Post {
  readonly channel: string;
  /** The first message of the thread it belongs in. */
  readonly thread?: string | undefined;
  readonly card: Card;
  /** Kept with the message, so that it can be told whether it is there. */
  readonly key: string;
  /** It may be there already. */
  readonly look?: boolean;
}

/** How Slack names a message: its channel and its time. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

export const referenceOf = ({ channel, ts }: Posted): MessageRef => `${channel}:${ts}`;

/** Undefined where it is none of Slack's. */
export function postedOf(reference: MessageRef): Posted | undefined {
  const [, channel, ts] = /^([A-Z0-9]+):(\d+\.\d+)$/.exec(reference) ?? [];
  return channel === undefined || ts === undefined ? undefined : { channel, ts };
}

const eventType = 'guidance';
/** Messages of a chat that are looked through for one that may have gone before. */
const lookedThrough = 200;
/** Milliseconds in which that is tried. */
const lookingTime = 5_000;

/** The bot may read nothing but its direct chats. */
const isReadable = (channel: string): boolean => channel.startsWith('D');

/** Posts and changes messages, and tells whether one has gone. */
export class Messages {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /**
   * Posts once. Where it can't be told from Slack's answer whether it has gone, the chat is looked at with
   * `client`: `lost` is a message that was not to be found there.
   */
  async post(post: Post, client: webApi.WebClient): Promise<Called<Posted>> {
    if (post.look) {
      const looked = await this.#find(post, client);
      if (looked.kind !== 'done') return looked;
      if (looked.result) return { kind: 'done', result: looked.result };
    }
    const called = await this.#calls.post(argumentsOf(post));
    if (called.kind === 'done')
      return {
        kind: 'done',
        result: { channel: called.result.channel ?? post.channel, ts: called.result.ts ?? '' },
      };
    if (called.kind === 'refused' && blockFaults.has(called.code)) return this.#postWords(post);
    if (called.kind !== 'lost') return called;
    const looked = await this.#find(post, client);
    return looked.kind === 'done' && looked.result ? { kind: 'done', result: looked.result } : called;
  }

  /** Posts what somebody waits for, until it is there or nobody waits any more. */
  async insist(post: Post): Promise<Called<Posted>> {
    let look = post.look === true;
    return this.#calls.retrying(
      async () => {
        const tried = await this.post({ ...post, look }, this.#calls.live);
        // Once it may have gone it is looked for each time.
        look ||= tried.kind === 'lost';
        return tried;
      },
      { tireless: isReadable(post.channel) },
    );
  }

  /** Shows a message to one person in a channel, until they look away. */
  async whisper(
    { channel, thread, card }: Pick<Post, 'channel' | 'thread' | 'card'>,
    person: string,
  ): Promise<Called<unknown>> {
    return this.#calls.insist(() =>
      this.#calls.live.chat.postEphemeral({
        channel,
        user: person,
        ...(thread !== undefined && { thread_ts: thread }),
        ...renderMessage(card),
      }),
    );
  }

  async change({ channel, ts }: Posted, card: Card): Promise<Called<unknown>> {
    const { text, blocks } = renderMessage(card);
    return this.#calls.insist(() => this.#calls.live.chat.update({ channel, ts, text, blocks }));
  }

  /** A card that Slack can't show is still read as words. */
  async #postWords(post: Post): Promise<Called<Posted>> {
    const { blocks: _, ...words } = argumentsOf(post);
    const called = await this.#calls.post({ ...words, mrkdwn: false });
    return called.kind === 'done'
      ? { kind: 'done', result: { channel: post.channel, ts: called.result.ts ?? '' } }
      : called;
  }

  /**
   * The message with this key, among the last of its chat or thread. Nothing also where the bot may not read these;
   * a fault where Slack can't say just now.
   */
  async #find({ channel, thread, key }: Post, client: webApi.WebClient): Promise<Called<Posted | undefined>> {
    if (!isReadable(channel)) return { kind: 'done', result: undefined };
    const page = { channel, limit: lookedThrough, include_all_metadata: true };
    const called = await this.#calls.insist(
      () =>
        thread === undefined
          ? client.conversations.history(page)
          : client.conversations.replies({ ...page, ts: thread }),
      { longest: lookingTime, aside: true },
    );
    if (called.kind === 'refused') return { kind: 'done', result: undefined };
    if (called.kind !== 'done') return called.kind === 'lost' ? { kind: 'away' } : called;
    const found = called.result.messages?.find(({ metadata }) => {
      const payload: unknown = metadata?.event_payload;
      return (
        metadata?.event_type === eventType &&
        typeof payload === 'object' &&
        payload !== null &&
        'key' in payload &&
        payload.key === key
      );
    });
    return { kind: 'done', result: found?.ts === undefined ? undefined : { channel, ts: found.ts } };
  }
}

/** Slack does not take the blocks: a fault of ours, for which nobody shall go without an answer. */
const blockFaults: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
]);

function argumentsOf({ channel, thread, card, key }: Post) {
  return {
    channel,
    ...(thread !== undefined && { thread_ts: thread }),
    ...renderMessage(card),
    metadata: { event_type: eventType, event_payload: { key } },
    unfurl_links: false,
    unfurl_media: false,
  };
}
