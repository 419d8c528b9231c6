/**
 * Cards: what the bot says, as plain data. An adapter's `render` turns a card into its platform's own
 * shape. All text is data, never markup: the renderer escapes it. A line break in a text is a line break.
 */

/** A button. `action` is one of the stable ids in `actions.ts`; `value` comes back unread in the press. */
export interface Button {
  readonly action: string;
  /** At most 2,000 characters, the smallest limit of the platforms. It is kept with the message by the platform. */
  readonly value: string;
  /** At most 75 characters, the smallest limit of the platforms. */
  readonly label: string;
  readonly style?: 'primary' | 'danger';
}

export type Tone = 'normal' | 'strong' | 'quiet' | 'warning';

export type Element =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone }
  /** Somebody's exact words, with where they stand. */
  | { readonly kind: 'quote'; readonly text: string; readonly source: string }
  | {
      readonly kind: 'fields';
      readonly fields: readonly { readonly label: string; readonly value: string }[];
    }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  /** A bar; renderers always write the numbers beside it. */
  | { readonly kind: 'progress'; readonly label: string; readonly done: number; readonly total: number }
  | { readonly kind: 'divider' };

export interface Card {
  /** One line that stands for the card in a notification, a list or a screen reader's summary. */
  readonly summary: string;
  readonly elements: readonly Element[];
}
