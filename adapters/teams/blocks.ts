import type { Element, Tone } from '../../src/chat/mod.ts';
import { drawButtons, type Surface } from './buttons.ts';
import type { Block, TextRun } from './card-json.ts';
import { progressBar, progressInWords } from './progress.ts';
import { lines, run, shown, shownLine, shownTitle } from './text.ts';

/** Elements of a card as blocks, in their order. A divider is a line above what comes after it. */
export function drawElements(elements: readonly Element[], surface: Surface): Block[] {
  const blocks: Block[] = [];
  let divided = false;
  for (const element of elements) {
    if (element.kind === 'divider') {
      divided = blocks.length > 0;
      continue;
    }
    const [first, ...rest] = drawElement(element, surface);
    if (!first) continue;
    blocks.push(divided ? { ...first, separator: true, spacing: 'Medium' } : first, ...rest);
    divided = false;
  }
  return blocks;
}

const looks: Readonly<Record<Tone, Omit<TextRun, 'type' | 'text'>>> = {
  normal: {},
  strong: { weight: 'Bolder' },
  quiet: { isSubtle: true },
  // The sign stands beside the colour, for those who don't see it.
  warning: { color: 'Warning', weight: 'Bolder' },
};

function drawElement(element: Exclude<Element, { kind: 'divider' }>, surface: Surface): Block[] {
  switch (element.kind) {
    case 'heading':
      return [heading(element.text)];
    case 'text': {
      const tone = element.tone ?? 'normal';
      const text = tone === 'warning' ? `⚠ ${element.text}` : element.text;
      return element.text.trim() === '' ? [] : lines(text, looks[tone]);
    }
    case 'quote':
      return [
        {
          type: 'Container',
          style: 'emphasis',
          items: [
            ...lines(`“${shown(element.text).trim()}”`),
            {
              type: 'RichTextBlock',
              spacing: 'Small',
              inlines: [run(`— ${shownLine(element.source)}`, looks.quiet)],
            },
          ],
        },
      ];
    case 'fields':
      return element.fields.map(({ label, value }, index) => ({
        type: 'RichTextBlock',
        ...(index > 0 && { spacing: 'Small' }),
        inlines: [run(`${shownLine(label)}: `, looks.strong), run(shownLine(value))],
      }));
    case 'buttons':
      return drawButtons(element.buttons, surface);
    case 'link':
      return link(element);
    case 'progress':
      return [
        { type: 'RichTextBlock', inlines: [run(progressInWords(element))] },
        {
          type: 'RichTextBlock',
          spacing: 'None',
          inlines: [run(progressBar(element), { fontType: 'Monospace' })],
        },
      ];
  }
}

/**
 * A heading that a screen reader finds. There, Markdown would count, so words in which it could are
 * shown as large text.
 */
function heading(text: string): Block {
  const words = shownLine(text);
  if (couldBeMarkup.test(words))
    return { type: 'RichTextBlock', inlines: [run(words, { weight: 'Bolder', size: 'Medium' })] };
  return {
    type: 'TextBlock',
    text: words === '' ? ' ' : words,
    style: 'heading',
    weight: 'Bolder',
    size: 'Medium',
    wrap: true,
  };
}

const couldBeMarkup = /[*_~`[\]<>\\#&|{}]|^\s*(?:[-+•]|\d+[.)])/;

/** What can't be opened safely is shown as text. */
function link({ label, url }: Extract<Element, { kind: 'link' }>): Block[] {
  const title = shownTitle(label);
  if (!canBeOpened(url)) return lines(`${title}: ${shownLine(url)}`);
  return [
    { type: 'ActionSet', spacing: 'Small', actions: [{ type: 'Action.OpenUrl', title, tooltip: url, url }] },
  ];
}

const canBeOpened = (url: string): boolean =>
  URL.canParse(url) && ['https:', 'http:', 'mailto:', 'tel:'].includes(new URL(url).protocol);
