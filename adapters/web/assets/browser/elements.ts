import type { Element as CardElement } from '../../../../src/chat/card.ts';
import { h } from './dom.ts';

/** What the bot says, as parts of a page. */
export const renderElements = (elements: readonly CardElement[]): Node[] => elements.flatMap(renderElement);

function renderElement(element: CardElement): Node[] {
  switch (element.kind) {
    case 'heading':
      return [h('h2', {}, element.text)];
    case 'text': {
      const { tone = 'normal', text } = element;
      return [h('p', { class: `text ${tone}` }, tone === 'warning' ? `⚠ ${text}` : text)];
    }
    case 'quote':
      return [h('figure', {}, h('blockquote', {}, element.text), h('figcaption', {}, element.source))];
    case 'fields':
      return [
        h(
          'dl',
          {},
          element.fields.map(({ label, value }) =>
            h('div', {}, h('dt', {}, label), h('dd', {}, reachable(value))),
          ),
        ),
      ];
    case 'link':
      return [h('p', {}, h('a', { href: safe(element.url), rel: 'noreferrer' }, element.label))];
    case 'progress':
      return [h('p', {}, `${element.label}: ${element.done} of ${element.total}`)];
    case 'divider':
      return [h('hr')];
    // A page of its own has no buttons of a chat.
    case 'buttons':
      return [];
  }
}

/** A telephone number that somebody on a phone can press, wherever it stands in a text. */
function reachable(text: string): (Node | string)[] {
  return text
    .split(/((?<![\w/.-])(?:999|0\d[\d ]{7,}\d)(?![\w/-]))/)
    .map((part, index) =>
      index % 2 === 1 ? h('a', { href: `tel:${part.replaceAll(' ', '')}` }, part) : part,
    );
}

/** An address that leads to a page, a telephone or an e-mail; nothing that runs. */
const safe = (url: string): string => (/^(https?:|mailto:|tel:|\/)/i.test(url) ? url : '#');
