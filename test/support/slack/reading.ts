import type { types } from '@slack/bolt';

/** A button as somebody sees it. */
export interface SeenButton {
  /** The words beside it where there are any: they are what it is about. */
  readonly label: string;
  readonly action: string;
  readonly value: string | undefined;
  readonly block: string;
}

/** What somebody reads on a message, a modal or a home tab. */
export interface Read {
  readonly text: string;
  readonly buttons: readonly SeenButton[];
}

type Block = types.KnownBlock | types.Block;

export function readBlocks(blocks: readonly Block[]): Read {
  const lines: string[] = [];
  const buttons: SeenButton[] = [];
  const button = (element: types.Button, block: string, label = element.text.text) =>
    buttons.push({ label, action: element.action_id ?? '', value: element.value, block });
  for (const [index, each] of blocks.entries()) {
    const block = each as types.KnownBlock;
    const id = block.block_id ?? `b${index}`;
    switch (block.type) {
      case 'header':
        lines.push(block.text.text);
        break;
      case 'section':
        lines.push(block.text?.text ?? '', ...(block.fields ?? []).map(({ text }) => text));
        if (block.accessory?.type === 'button') button(block.accessory, id, block.text?.text);
        break;
      case 'context':
        lines.push(...block.elements.map((element) => ('text' in element ? String(element.text) : '')));
        break;
      case 'rich_text':
        lines.push(...block.elements.map(readRich));
        break;
      case 'actions':
        for (const element of block.elements) if (element.type === 'button') button(element, id);
        break;
      case 'input':
        lines.push(block.label.text);
        break;
      default:
    }
  }
  return { text: lines.join('\n'), buttons };
}

type Rich = types.RichTextBlockElement | types.RichTextElement;

function readRich(element: Rich): string {
  if ('elements' in element) return element.elements.map((inner) => readRich(inner as Rich)).join('');
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return element.text ?? element.url;
    case 'emoji':
      return `:${element.name}:`;
    default:
      return '';
  }
}

/**
 * The same as Slack gets it: what it takes for its own markup stands as it is, and what it takes for plain text
 * as it would stand in markup.
 */
export function asMarkup(payload: unknown): string {
  if (Array.isArray(payload)) return payload.map(asMarkup).join('\n');
  if (typeof payload !== 'object' || payload === null) return '';
  const { type, text } = payload as { type?: unknown; text?: unknown };
  const own =
    typeof text !== 'string'
      ? ''
      : type === 'plain_text' || type === 'text' || type === 'link'
        ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
        : text;
  return [own, ...Object.values(payload).map(asMarkup)].filter((each) => each !== '').join('\n');
}
