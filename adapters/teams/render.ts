import { cut } from '../../src/chat/cut.ts';
import type { Card } from '../../src/chat/mod.ts';
import { drawElements } from './blocks.ts';
import type { Surface } from './buttons.ts';
import type { AdaptiveCard } from './card-json.ts';
import { fitted } from './fit.ts';
import { limits } from './limits.ts';
import { adaptiveCard } from './page.ts';
import { shownLine } from './text.ts';

export { readForm, renderAgain, renderForm, type SentForm } from './form.ts';

/** What goes into a message. `summary` is what a notification shows. */
export interface RenderedMessage {
  readonly summary: string;
  readonly card: AdaptiveCard;
}

/** A card as a message. Where it is too long, its end is left out, said so, and its buttons stay. */
export function renderMessage(card: Card): RenderedMessage {
  return { summary: cut(shownLine(card.summary), limits.summary), card: drawCard(card, 'message') };
}

/** A card to read, as a dialog. */
export const renderPage = (card: Card): AdaptiveCard => drawCard(card, 'dialog');

/** A dialog's title. */
export const renderTitle = (title: string): string => cut(shownLine(title) || 'To read', limits.dialogTitle);

function drawCard({ summary, elements }: Card, surface: Surface): AdaptiveCard {
  return adaptiveCard(summary, fitted(drawElements(elements, surface), limits.bytes - frameBytes));
}

/** Bytes that stand around the blocks: of the card, and of the message or dialog that carries it. */
const frameBytes = 4_000;
