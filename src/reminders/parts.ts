import type { Card, Element } from '../chat/mod.ts';
import type { Notice } from './notice.ts';
import type { OfficeNotice } from './notices.ts';

/**
 * Draws messages with others as parts of them. One that can't be drawn is left out and told as a fault: it holds
 * up nothing that it goes with. `carried` names the parts of a message that was drawn.
 */
export function withParts<N extends Notice>(
  draw: (notice: N) => Promise<Card> | Card,
  partsOf: (notice: N) => readonly OfficeNotice[],
  onFault: (error: unknown) => void,
) {
  const carried = new Map<string, readonly OfficeNotice[]>();
  return {
    async render(notice: N): Promise<Card> {
      const notices: OfficeNotice[] = [];
      const cards = [await draw(notice)];
      for (const part of partsOf(notice))
        try {
          cards.push(await part.card());
          notices.push(part);
        } catch (error) {
          onFault(error);
        }
      carried.set(notice.key, notices);
      return joined(cards);
    },
    carried: ({ key }: N): readonly OfficeNotice[] => carried.get(key) ?? [],
  };
}

/** One card of several, each below the one before under its own heading and with its buttons. */
function joined(cards: readonly Card[]): Card {
  return {
    summary: cards.map(({ summary }) => summary).join('. Also: '),
    elements: cards.flatMap(({ elements }, index): Element[] =>
      index === 0 ? [...elements] : [{ kind: 'divider' }, ...elements],
    ),
  };
}
