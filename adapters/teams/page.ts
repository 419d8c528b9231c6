import { cut } from '../../src/chat/cut.ts';
import type { AdaptiveCard, Block } from './card-json.ts';
import { limits } from './limits.ts';
import { shownLine } from './text.ts';

/** Blocks as a card. `summary` stands for it where it can't be shown. */
export function adaptiveCard(summary: string, body: readonly Block[]): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: cut(shownLine(summary), limits.summary),
    msteams: { width: 'Full' },
    body,
  };
}
