import type { Card } from './card.ts';
import type { Form, FormValues } from './form.ts';

/** Who asked, and where. */
export interface Origin {
  /** The adapter's name, such as `console`. */
  readonly platform: string;
  /** The platform's id of the person. */
  readonly person: string;
  /** The platform's id of the conversation (a direct chat, or one thread of a channel): follow-ups are understood within it. */
  readonly conversation: string;
  /** `direct`: only the bot and the person · `channel`: others read along · `command`: the reply is shown to the asker alone. */
  readonly place: 'direct' | 'channel' | 'command';
  /** The platform's id of this delivery; a repeated delivery carries the same one. */
  readonly delivery?: string;
}

/** The platform's own name for a message that was sent; opaque to all but its adapter. */
export type MessageRef = string;

/** What an adapter hands to the bot. */
export type Request =
  | {
      readonly kind: 'question';
      readonly origin: Origin;
      readonly text: string;
      /** The message of the bot's own that it was typed under, in a direct chat that has threads. */
      readonly under?: MessageRef;
    }
  | { readonly kind: 'press'; readonly origin: Origin; readonly action: string; readonly value: string }
  | {
      readonly kind: 'form';
      readonly origin: Origin;
      readonly form: string;
      readonly state?: string;
      readonly values: FormValues;
    }
  | { readonly kind: 'home'; readonly origin: Origin }
  /** Somebody opened the bot for the first time. */
  | { readonly kind: 'welcome'; readonly origin: Origin };

/**
 * A form sent without a sender. It has no origin by type, so that no code behind the adapter's door can
 * learn who sent it.
 */
export interface AnonymousForm {
  readonly form: string;
  readonly state?: string;
  readonly values: FormValues;
}

/**
 * What the bot answers; the adapter shows it. In answer to a form, `form` and `page` take the place of the
 * dialog that was sent.
 */
export type Response =
  /** A new message. `audience` `asker`: only the asker may see it. */
  | { readonly kind: 'card'; readonly card: Card; readonly audience: 'asker' | 'place' }
  /** Takes the place of the card whose button was pressed, or opened the form; a new message where that can't be. */
  | { readonly kind: 'replace'; readonly card: Card }
  | { readonly kind: 'form'; readonly form: Form }
  /** Something to read beside the conversation: a dialog where the platform has them, else a message for the asker alone. */
  | { readonly kind: 'page'; readonly title: string; readonly card: Card }
  /** A form came back with something to put right: field name to message. */
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> }
  /** Nothing to show: a repeated delivery, or a press that has had its effect. */
  | { readonly kind: 'nothing' };
