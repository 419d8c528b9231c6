import type { Html, Nodes } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { wordsOfTag } from './html.ts';

/** The words of a node, without Markdown's marks and HTML's tags; a line break is a space. */
export function textOf(node: Nodes): string {
  return rawText(node).replace(/\s+/g, ' ').trim();
}

function rawText(node: Nodes): string {
  if (node.type === 'break') return ' ';
  if (node.type === 'html') return wordsOfTag(node.value);
  return 'children' in node ? node.children.map(rawText).join('') : plainText(node);
}

/** The pieces of HTML within a paragraph or a heading. */
export function htmlWithin(node: Nodes): Html[] {
  if (node.type === 'html') return [node];
  return 'children' in node ? node.children.flatMap(htmlWithin) : [];
}

/** The 1-based line on which a node begins. */
export const lineOf = (node: Nodes): number => node.position?.start.line ?? 0;

/** Whether the Markdown of a paragraph is a table's: rows of cells between pipes, or the line under its head. */
export function isTable(markdown: string): boolean {
  return (
    markdown.includes('|') &&
    markdown
      .split('\n')
      .some(
        (line) => /^[\s>]*\|.*\|\s*$/.test(line) || (/^[\s>|:-]+$/.test(line) && /-\s*:?\s*\|/.test(line)),
      )
  );
}

const ID_AT_END = /\s*\{#([^\s{}]+)\}$/;

/** A text and the id that its author gave it at its end: `Keep phones away. {#use.away}`. */
export function splitId(text: string): readonly [text: string, id: string | undefined] {
  if (!text.endsWith('}')) return [text, undefined];
  const begin = text.lastIndexOf('{');
  const found = ID_AT_END.exec(text.slice(begin));
  return found ? [text.slice(0, begin).trim(), found[1]] : [text, undefined];
}

/** What looks like an id and was not taken for one: `{#two words}`, or one in the middle of a text. */
export function idLeftIn(text: string): string | undefined {
  return /\{\s*#[^{}]{0,80}(?:\}|$)/.exec(text)?.[0];
}

/** Words. A paragraph with neither colon nor full stop leads in a list only if it is about as short as a heading. */
const SHORT_LEAD_IN = 10;

/** Whether a paragraph before a list introduces it: it ends in a colon, or is short and ends as no sentence does. */
export function introduces(text: string): boolean {
  const end = text.slice(-20);
  if (/:["'”’»)\]}]*$/.test(end)) return true;
  return !/[.!?]["'”’»)\]}]*$/.test(end) && text.split(' ').length <= SHORT_LEAD_IN;
}
