import type { types } from '@slack/bolt';
import { harmless, harmlessLine } from '../../src/chat/harmless.ts';
import type { Element, Tone } from '../../src/chat/mod.ts';
import { drawButtons } from './buttons.ts';
import { limits } from './limits.ts';
import { drawLink } from './link.ts';
import { pieces } from './pieces.ts';
import type { ActionIds } from './press.ts';
import { progressBar, progressInWords } from './progress.ts';
import { type Run, styled } from './styled.ts';
import { plain, plainLine } from './text.ts';

/**
 * Elements of a card as blocks, in their order. Whatever a person or a policy wrote stays text: see `styled`.
 * Nothing is left out but what is empty.
 */
export function drawElements(elements: readonly Element[], ids: ActionIds): types.KnownBlock[] {
  return elements.flatMap((element) => drawElement(element, ids));
}

/** Blocks, or where there are none a few words: Slack refuses a message or view with nothing in it. */
export const orWords = (blocks: types.KnownBlock[], words: string): types.KnownBlock[] =>
  blocks.length > 0 ? blocks : [section(plainLine(words, limits.text, nothingToShow))];

export const nothingToShow = '(nothing to show)';

function drawElement(element: Element, ids: ActionIds): types.KnownBlock[] {
  switch (element.kind) {
    case 'heading':
      return drawHeading(harmlessLine(element.text));
    case 'text':
      return drawText(harmless(element.text), element.tone ?? 'normal');
    case 'quote':
      return drawQuote(harmless(element.text).trim(), harmlessLine(element.source));
    case 'fields':
      return drawFields(element.fields);
    case 'buttons':
      return drawButtons(element.buttons, ids);
    case 'link':
      return drawLink(harmlessLine(element.label), element.url.trim());
    case 'progress':
      return drawLines([[bold(progressInWords(element))], [{ text: progressBar(element) }]]);
    case 'divider':
      return [{ type: 'divider' }];
  }
}

function drawHeading(text: string): types.KnownBlock[] {
  if (text === '') return [];
  return text.length <= limits.header ? [{ type: 'header', text: plain(text) }] : drawText(text, 'strong');
}

function drawText(text: string, tone: Tone): types.KnownBlock[] {
  return pieces(`${tone === 'warning' ? warningSign : ''}${text}`, limits.text).map((piece) => {
    const style = tone === 'strong' || tone === 'warning' ? ('bold' as const) : undefined;
    const words = styled(piece.split('\n').map((line) => [style ? { text: line, style } : { text: line }]));
    return tone === 'quiet' ? { type: 'context', elements: [words] } : section(words);
  });
}

const warningSign = '⚠️ ';

function drawQuote(text: string, source: string): types.KnownBlock[] {
  const parts = pieces(`“${text}”`, limits.text - roomForSource);
  return parts.flatMap((part, index) => {
    const lines = part.split('\n').map((line): Run[] => [{ text: line }]);
    if (index < parts.length - 1 || source === '') return [section(styled(lines, true))];
    if (source.length + 3 <= roomForSource)
      return [section(styled([...lines, [{ text: `— ${source}`, style: 'italic' }]], true))];
    return [section(styled(lines, true)), ...drawText(`— ${source}`, 'quiet')];
  });
}

/** Characters. A longer source stands apart from its quote. */
const roomForSource = 600;

/** Short ones are lines of one block; a long one among them has each stand for itself. */
function drawFields(fields: Extract<Element, { kind: 'fields' }>['fields']): types.KnownBlock[] {
  const lines = fields.flatMap(({ label, value }): Run[][] => {
    const name = harmlessLine(label);
    const words = harmless(value).trim();
    return name === '' && words === '' ? [] : [[bold(`${name}:`), { text: ` ${words}` }]];
  });
  const whole = styled(lines);
  const long = lines.some((line) => line.map(({ text }) => text).join('').length > shortField);
  if (lines.length > 0 && whole.type === 'mrkdwn' && !long) return [section(whole)];
  return lines.flatMap((line) => drawLines([line]));
}

/** Characters: about two lines on a phone. */
const shortField = 80;

/** Lines with styles in one block where they fit, else without styles in several. */
function drawLines(lines: readonly (readonly Run[])[]): types.KnownBlock[] {
  const words = lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
  return words.length <= limits.text ? [section(styled(lines))] : drawText(words, 'normal');
}

/** Slack folds a long section away unless told not to. */
const section = (text: types.TextObject): types.SectionBlock => ({ type: 'section', text, expand: true });

const bold = (text: string): Run => ({ text, style: 'bold' });
