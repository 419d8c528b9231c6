import type { Activity as BotActivity } from 'botbuilder';
import * as z from 'zod';
import type { MessageRef } from '../../src/chat/mod.ts';
import { cardType } from './dialog.ts';
import type { RenderedMessage } from './render.ts';

/** A card as a message. */
export const messageWith = ({ summary, card }: RenderedMessage): Partial<BotActivity> => ({
  type: 'message',
  summary,
  attachments: [{ contentType: cardType, content: card }],
});

/** A line as a message; shown as it is. */
export const messageSaying = (text: string): Partial<BotActivity> => ({
  type: 'message',
  text,
  textFormat: 'plain',
});

/** Where a message lies. */
const place = z.object({ serviceUrl: z.url(), conversation: z.string(), message: z.string().min(1) });

type Place = z.infer<typeof place>;

export const referenceTo = ({ serviceUrl, conversation, message }: Place): MessageRef =>
  JSON.stringify([serviceUrl, conversation, message]);

/** Undefined for what is no reference of this platform's. */
export function readReference(reference: MessageRef): Place | undefined {
  try {
    const [serviceUrl, conversation, message] = z
      .tuple([z.string(), z.string(), z.string()])
      .parse(JSON.parse(reference));
    return place.safeParse({ serviceUrl, conversation, message }).data;
  } catch {
    return undefined;
  }
}
