import { harmless } from '../../../../src/chat/harmless.ts';

export type Child = Node | string | undefined | readonly Child[];

/** `true` is an attribute without a value; with `undefined` or `false` it is left away. */
export type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * An element with its children. Every text goes in as text and never as markup, and is made harmless to read:
 * nobody can turn the direction of reading of a page with what they wrote.
 */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  element.append(...children.flatMap(nodes));
  return element;
}

function nodes(child: Child): Node[] {
  if (child === undefined) return [];
  if (typeof child === 'string') return [document.createTextNode(harmless(child))];
  return child instanceof Node ? [child] : child.flatMap(nodes);
}

/** A button that is no form's. */
export function button(label: string, onPress: () => unknown, kind = 'plain'): HTMLButtonElement {
  const element = h('button', { type: 'button', class: kind }, label);
  element.addEventListener('click', () => void onPress());
  return element;
}

let counted = 0;

/** An id that nothing else on the page has. */
export const newId = (): string => `n${++counted}`;
