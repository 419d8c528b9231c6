import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { harmless, harmlessLine } from '../../src/chat/harmless.ts';
import type { Button, Card, Element, Tone } from '../../src/chat/mod.ts';
import { wrap } from './wrap.ts';

/** What a terminal can show. */
export interface Screen {
  /** Columns; less than `narrowest` counts as that. */
  readonly width: number;
  readonly colour: boolean;
}

export const narrowest = 20;
/** Wider lines are hard to read. */
const widest = 88;

/** A card as text for a terminal, without a line break at the end. */
export interface RenderedCard {
  readonly text: string;
  /** The buttons by their numbers, in the order in which they stand on the card. */
  readonly buttons: ReadonlyMap<number, Button>;
}

/**
 * Draws elements of a card. No line is wider than the screen, and no control character comes out but line
 * breaks and, where `colour` is set, colours. Buttons get the lowest numbers that are not `taken`.
 */
export function renderElements(
  elements: readonly Element[],
  screen: Screen,
  taken: { has(number: number): boolean } = new Set(),
): RenderedCard {
  const width = Math.min(widest, Math.max(narrowest, Math.floor(screen.width)));
  const paint: Paint = (style, lines) =>
    screen.colour ? lines.map((line) => styleText(style, line, { validateStream: false })) : lines;
  const buttons = new Map<number, Button>();
  let number = 0;
  const blocks = elements.map((element) => {
    if (element.kind !== 'buttons') return renderElement(element, width, paint);
    const numbered = element.buttons.map((button) => {
      do number++;
      while (taken.has(number));
      return [number, button] as const;
    });
    for (const [own, button] of numbered) buttons.set(own, button);
    return renderButtons(numbered, width, paint);
  });
  const filled = blocks.filter((lines) => lines.length > 0);
  return { text: filled.map((lines) => lines.join('\n')).join('\n\n'), buttons };
}

export function renderCard(card: Card, screen: Screen): RenderedCard {
  return renderElements(card.elements, screen);
}

type Style = 'bold' | 'dim' | 'yellow' | 'cyan';
type Paint = (style: Style, lines: string[]) => string[];

const styles: Partial<Record<Tone, Style>> = { strong: 'bold', quiet: 'dim', warning: 'yellow' };

function renderElement(
  element: Exclude<Element, { kind: 'buttons' }>,
  width: number,
  paint: Paint,
): string[] {
  switch (element.kind) {
    case 'heading':
      return paint('bold', wrap(harmless(element.text), width));
    case 'text': {
      const tone = element.tone ?? 'normal';
      const lines = wrap(harmless(element.text), width, tone === 'warning' ? '! ' : '');
      const style = styles[tone];
      return style ? paint(style, lines) : lines;
    }
    case 'quote':
      return [
        ...wrap(`“${harmless(element.text)}”`, width, '│ ', '│ '),
        ...paint('dim', wrap(harmlessLine(element.source), width, '│ — ', '│   ')),
      ];
    case 'fields':
      return element.fields.flatMap(({ label, value }) =>
        wrap(`${harmlessLine(label)}: ${harmlessLine(value)}`, width, '', '  '),
      );
    case 'link':
      return [
        ...wrap(`${harmlessLine(element.label)}:`, width),
        ...wrap(harmlessLine(element.url), width, '  '),
      ];
    case 'progress':
      return renderProgress(element, width);
    case 'divider':
      return paint('dim', ['─'.repeat(width)]);
  }
}

function renderProgress(element: Extract<Element, { kind: 'progress' }>, width: number): string[] {
  const total = Math.max(0, element.total);
  const done = Math.min(total, Math.max(0, element.done));
  const cells = Math.min(30, width - 2);
  const full = total === 0 ? 0 : Math.floor((done / total) * cells);
  return [
    ...wrap(`${harmlessLine(element.label)}: ${done} of ${total}`, width),
    `${'█'.repeat(full)}${'░'.repeat(cells - full)}`,
  ];
}

/** Buttons side by side where there is room. */
function renderButtons(
  buttons: readonly (readonly [number: number, button: Button])[],
  width: number,
  paint: Paint,
): string[] {
  const gap = '   ';
  const lines: string[] = [];
  let line = '';
  for (const [number, button] of buttons) {
    const sign = `[${number}] `;
    const label = harmlessLine(button.label);
    const beside = line === '' ? `${sign}${label}` : `${line}${gap}${sign}${label}`;
    if (stringWidth(beside) <= width) {
      line = beside;
      continue;
    }
    if (line !== '') lines.push(line);
    const own = wrap(label, width, sign);
    lines.push(...own.slice(0, -1));
    line = own.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
  return paint('cyan', lines);
}
