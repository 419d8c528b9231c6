import type { Button, Element } from './card.ts';
import { cut } from './cut.ts';

/** Characters of a button's label, the smallest limit of the platforms. */
const labelLength = 75;

/** Buttons as an element of a card, or nothing where there are none. A label that is too long is cut. */
export function row(buttons: readonly Button[]): Element[] {
  if (buttons.length === 0) return [];
  return [
    {
      kind: 'buttons',
      buttons: buttons.map((button) => ({ ...button, label: cut(button.label, labelLength) })),
    },
  ];
}
