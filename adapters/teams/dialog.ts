import type { AdaptiveCard } from './card-json.ts';
import { renderTitle } from './render.ts';

/** What Teams is told to do with a dialog: show this in it, or nothing and close it. */
export type DialogAnswer =
  | {
      readonly task: {
        readonly type: 'continue';
        readonly value: {
          readonly title: string;
          readonly width: 'medium';
          readonly height: 'large';
          readonly card: { readonly contentType: string; readonly content: AdaptiveCard };
        };
      };
    }
  | { readonly task: { readonly type: 'message'; readonly value: string } }
  | undefined;

export const cardType = 'application/vnd.microsoft.card.adaptive';

export const dialogWith = (title: string, content: AdaptiveCard): DialogAnswer => ({
  task: {
    type: 'continue',
    value: {
      title: renderTitle(title),
      width: 'medium',
      height: 'large',
      card: { contentType: cardType, content },
    },
  },
});

/** A line in place of the dialog, with a button that closes it. */
export const dialogSaying = (value: string): DialogAnswer => ({ task: { type: 'message', value } });

export const closeDialog: DialogAnswer = undefined;
