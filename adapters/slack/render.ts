import type { types } from '@slack/bolt';
import { cut } from '../../src/chat/cut.ts';
import type { Card } from '../../src/chat/mod.ts';
import { drawElements, nothingToShow, orWords } from './blocks.ts';
import { escaped } from './escaped.ts';
import { fitted, type Room } from './fit.ts';
import type { ViewIdentity } from './form.ts';
import { limits } from './limits.ts';
import { ActionIds } from './press.ts';
import { plain, plainLine } from './text.ts';
import { cardInWords } from './words.ts';

export { readForm, renderForm, type ViewIdentity, type ViewState } from './form.ts';
export { readPress } from './press.ts';

/** What goes into a message. `text` is what a notification shows and a screen reader reads out. */
export interface RenderedMessage {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** A card as a message. Where it is too long, its end is left out, said so, and its buttons stay. */
export function renderMessage(card: Card): RenderedMessage {
  return {
    text: escaped(cut(cardInWords(card) || nothingToShow, limits.message.text)),
    blocks: blocksOf(card, limits.message),
  };
}

/** A card to read, as a modal. */
export function renderPage(title: string, card: Card, identity?: ViewIdentity): types.ModalView {
  return {
    type: 'modal',
    title: plainLine(title, limits.view.title, 'To read'),
    close: plain('Close'),
    ...(identity && { callback_id: identity.callbackId }),
    ...(identity?.privateMetadata !== undefined && { private_metadata: identity.privateMetadata }),
    blocks: blocksOf(card, limits.view),
  };
}

/** A card as somebody's home tab. */
export function renderHome(card: Card): types.HomeView {
  return { type: 'home', blocks: blocksOf(card, limits.view) };
}

const blocksOf = ({ summary, elements }: Card, room: Room): types.KnownBlock[] =>
  orWords(fitted(drawElements(elements, new ActionIds()), room), summary);
