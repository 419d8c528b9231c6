import { harmless, harmlessLine } from '../../src/chat/harmless.ts';
import type { Card, Element } from '../../src/chat/mod.ts';
import { progressInWords } from './progress.ts';

/** A card in words alone, its summary first: for a notification, a list, a screen reader. */
export function cardInWords({ summary, elements }: Card): string {
  const first = harmlessLine(summary);
  // What the summary says already is not read out twice.
  const rest = elements.map(inWords).filter((words) => words !== '' && !first.includes(words));
  return [first, ...rest].filter((words) => words !== '').join('\n');
}

function inWords(element: Element): string {
  switch (element.kind) {
    case 'heading':
      return harmlessLine(element.text);
    case 'text':
      return `${element.tone === 'warning' ? '⚠ ' : ''}${harmless(element.text).trim()}`;
    case 'quote':
      return [`“${harmless(element.text).trim()}”`, harmlessLine(element.source)].filter(Boolean).join(' — ');
    case 'fields':
      return element.fields
        .map(({ label, value }) => `${harmlessLine(label)}: ${harmlessLine(value)}`)
        .join('\n');
    case 'link':
      return `${harmlessLine(element.label)}: ${harmlessLine(element.url)}`;
    case 'progress':
      return progressInWords(element);
    case 'buttons':
    case 'divider':
      return '';
  }
}
