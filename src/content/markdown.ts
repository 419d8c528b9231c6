import type { List, ListItem, Paragraph, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as plainText } from 'mdast-util-to-string';
import type { Clause, Section } from './content.ts';

/** A policy's text taken apart. */
export interface ParsedPolicy {
  readonly title?: string;
  readonly sections: readonly Section[];
  /** In reading order. */
  readonly clauses: readonly Clause[];
}

type BuildingSection = Omit<Section, 'clauses'> & { readonly clauses: Clause[] };
type BuildingClause = Omit<Clause, 'items'> & { readonly items: Clause[] };

const ATTRIBUTE = /\s*\{#([^\s{}]+)\}\s*$/;
const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/**
 * Takes the front matter off. It is blanked out of the body rather than cut, so that line numbers stay
 * those of the file.
 */
export function splitFrontMatter(markdown: string): { readonly frontMatter: string; readonly body: string } {
  const found = FRONT_MATTER.exec(markdown);
  if (!found) return { frontMatter: '', body: markdown };
  return {
    frontMatter: found[1] ?? '',
    body: found[0].replace(/[^\n]/g, '') + markdown.slice(found[0].length),
  };
}

/**
 * Reads Markdown headings, paragraphs and nested lists into sections and clauses. An id is the author's
 * (`{#personal.phones}` at the end of the paragraph, item or heading) or is made from section and
 * position. A paragraph that ends in a colon is the lead-in of the list after it, an item that of the list
 * inside it. Never throws: any text is some policy.
 */
export function parsePolicy(policy: string, body: string): ParsedPolicy {
  const sections: BuildingSection[] = [];
  const clauses: Clause[] = [];
  const open: { level: number; title: string }[] = [];
  let title: string | undefined;
  let section: BuildingSection | undefined;

  const startSection = (heading: string, level: number): void => {
    const [text, given] = splitId(heading);
    while (open.length > 0 && open[open.length - 1]!.level >= level) open.pop();
    if (level === 1 && title === undefined) title = text;
    else open.push({ level, title: text });
    const parent = open.length > 1 ? `${slug(open[open.length - 2]!.title)}.` : '';
    const id = given ?? unique(`${parent}${slug(text)}`, (taken) => sections.some((s) => s.id === taken));
    section = { id, title: text, level, headings: open.map((each) => each.title), clauses: [] };
    sections.push(section);
  };

  const addClause = (
    raw: string,
    line: number,
    leadIn: BuildingClause | undefined,
  ): BuildingClause | undefined => {
    const [text, given] = splitId(raw);
    if (text === '') return undefined;
    if (!section) startSection('', 1);
    const into = section!;
    const position = into.clauses.length + 1;
    const clause: BuildingClause = {
      id: given ?? `${into.id}.${position}`,
      policy,
      section: into.id,
      headings: into.headings,
      text,
      ...(leadIn && { leadIn }),
      items: [],
      position,
      line,
    };
    leadIn?.items.push(clause);
    into.clauses.push(clause);
    clauses.push(clause);
    return clause;
  };

  const addList = (list: List, leadIn: BuildingClause | undefined): void => {
    for (const item of list.children) addItem(item, leadIn);
  };

  const addItem = (item: ListItem, leadIn: BuildingClause | undefined): void => {
    let own: BuildingClause | undefined;
    for (const child of item.children) {
      if (child.type === 'list') addList(child, own ?? leadIn);
      else if (child.type === 'paragraph') own = addClause(textOf(child), lineOf(child), leadIn) ?? own;
      else addBlock(child);
    }
  };

  let before: BuildingClause | undefined;
  const addBlock = (node: RootContent): void => {
    const lead = before;
    before = undefined;
    if (node.type === 'heading') startSection(textOf(node), node.depth);
    else if (node.type === 'list') addList(node, lead?.text.endsWith(':') ? lead : undefined);
    else if (node.type === 'blockquote') for (const child of node.children) addBlock(child);
    else if (node.type !== 'html' && node.type !== 'thematicBreak' && node.type !== 'definition')
      before = addClause(textOf(node), lineOf(node), undefined);
  };
  for (const node of fromMarkdown(body).children) addBlock(node);

  return {
    ...(title !== undefined && { title }),
    sections: sections.filter((each) => each.clauses.length > 0),
    clauses,
  };
}

const textOf = (node: RootContent | Paragraph): string => plainText(node).replace(/\s+/g, ' ').trim();
const lineOf = (node: RootContent | Paragraph): number => node.position?.start.line ?? 0;

function splitId(text: string): [text: string, id: string | undefined] {
  const found = ATTRIBUTE.exec(text);
  return found ? [text.slice(0, found.index).trim(), found[1]] : [text, undefined];
}

/** A heading as an id: `Role of the Head teacher` is `role-of-the-head-teacher`. */
function slug(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/['’]/g, '')
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? 'section';
}

function unique(id: string, taken: (id: string) => boolean): string {
  let candidate = id;
  for (let n = 2; taken(candidate); n++) candidate = `${id}-${n}`;
  return candidate;
}
