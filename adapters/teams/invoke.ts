import * as z from 'zod';
import type { Activity } from './activity.ts';

const text = z.string().max(20_000);

/** What a button hands back. */
const pressData = z.object({ action: text.optional(), value: text.optional(), words: text.optional() });

const execute = z.object({
  action: z.object({ verb: text.optional(), data: pressData.optional().catch(undefined) }),
});
const handed = z.object({ data: z.unknown().optional() });
const messageAction = z.object({
  messagePayload: z.object({ body: z.object({ contentType: z.string().optional(), content: z.string() }) }),
});

export interface Pressed {
  readonly action: string;
  readonly value: string;
}

/** A button of a card in a message, pressed. */
export function executed({ value }: Activity): Pressed | undefined {
  const read = execute.safeParse(value);
  if (!read.success) return undefined;
  const { verb, data } = read.data.action;
  const action = data?.action ?? verb;
  return action === undefined ? undefined : { action, value: data?.value ?? '' };
}

/** A button that opens a dialog, or one in a dialog; `words` stand for something that is typed. */
export function pressedFor(data: unknown): Pressed | { readonly words: string } | undefined {
  const read = pressData.safeParse(data);
  if (!read.success) return undefined;
  const { action, value = '', words } = read.data;
  if (words !== undefined) return { words };
  return action === undefined ? undefined : { action, value };
}

/** What a dialog that was to be opened, or was sent, hands back. */
export function handedBack({ value }: Activity): unknown {
  const read = handed.safeParse(value);
  return read.success ? read.data.data : undefined;
}

/** What a dialog that was sent hands back; undefined for anything else. */
export function submitted(activity: Activity): unknown {
  const { type, name } = activity;
  if (type !== 'invoke' || (name !== 'task/submit' && name !== 'composeExtension/submitAction'))
    return undefined;
  return handedBack(activity);
}

/** The words of a message that somebody asks the bot about. */
export function messageAskedAbout({ value }: Activity): string | undefined {
  const read = messageAction.safeParse(value);
  if (!read.success) return undefined;
  const { contentType, content } = read.data.messagePayload.body;
  return contentType === 'html' ? textOfHtml(content) : content.trim();
}

/** The words of a message as Teams writes it. It is only read, never shown, so that a tag too many does no harm. */
function textOfHtml(html: string): string {
  return decodeEntities(
    html
      .replace(/<(?:br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&nbsp;', ' '),
  )
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&amp;': '&',
};

export const decodeEntities = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|#39|apos|amp);/g, (entity) => entities[entity] ?? entity);
