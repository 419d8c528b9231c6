import type { Html, List, ListItem, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Clause, Section } from './content.ts';
import type { FaultInText } from './fault.ts';
import { firstTag, hasOpenComment, paragraphsOfHtml } from './html.ts';
import { htmlWithin, idLeftIn, introduces, isTable, lineOf, splitId, textOf } from './markdown-text.ts';
import { slug, TakenIds } from './slug.ts';

/** A policy's text taken apart. */
export interface ParsedPolicy {
  /** Of the first heading of level 1. */
  readonly title?: string;
  readonly sections: readonly Section[];
  /** In reading order. */
  readonly clauses: readonly Clause[];
  /** What was read, and hardly as its author meant it. */
  readonly doubts: readonly FaultInText[];
}

type BuildingSection = Omit<Section, 'clauses'> & { readonly clauses: Clause[] };
type BuildingClause = Omit<Clause, 'items'> & { readonly items: Clause[] };

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

/** Whether a text without front matter begins as if it had some: `---`, then a key. */
export function hasOpenFrontMatter(body: string): boolean {
  return /^\uFEFF?---[ \t]*\r?\n\s*[a-z_]+:(?:\s|$)/.test(body);
}

/**
 * Reads Markdown headings, paragraphs and nested lists into sections and clauses. An id is the author's
 * (`{#personal.phones}` at the end of the paragraph, item or heading) or is made from section and
 * position. A paragraph that does not end as a sentence does is the lead-in of the list directly after it, an
 * item that of the list inside it. Any text within the limits is some policy: what can't be read well is among
 * the doubts.
 */
export function parsePolicy(policy: string, body: string): ParsedPolicy {
  const sections: BuildingSection[] = [];
  const sectionIds = new TakenIds();
  const clauses: Clause[] = [];
  const doubts: FaultInText[] = [];
  const open: { level: number; title: string }[] = [];
  let title: string | undefined;
  let section: BuildingSection | undefined;

  /** Under a heading, or, where `heading` is empty, before the first one: such a section has no title. */
  const startSection = (heading: string, level: number, line: number): BuildingSection => {
    const [text, given] = splitId(heading);
    doubtId(text, line);
    while (open.length > 0 && open[open.length - 1]!.level >= level) open.pop();
    if (text !== '') {
      if (level === 1 && title === undefined) title = text;
      else open.push({ level, title: text });
    }
    const parent = open.length > 1 ? `${slug(open[open.length - 2]!.title, 'section')}.` : '';
    if (given !== undefined && !sectionIds.claim(given))
      doubts.push({
        line,
        what: `The section id "${given}" is taken by a section above.`,
        todo: 'Give this section an id of its own: {#name} at the end of its heading.',
      });
    const id = given ?? sectionIds.take(`${parent}${slug(text, 'section')}`);
    section = { id, title: text, level, headings: open.map((each) => each.title), clauses: [] };
    sections.push(section);
    return section;
  };

  const addClause = (
    raw: string,
    line: number,
    leadIn: BuildingClause | undefined,
  ): BuildingClause | undefined => {
    const [text, given] = splitId(raw);
    if (text === '') return undefined;
    doubtId(text, line);
    const into = section ?? startSection('', 1, line);
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

  const addText = (node: RootContent, leadIn: BuildingClause | undefined): BuildingClause | undefined => {
    for (const html of htmlWithin(node)) if (doubtHtml(html)) break;
    const { start, end } = node.position ?? {};
    if (node.type === 'paragraph' && isTable(body.slice(start?.offset, end?.offset)))
      doubts.push({
        line: lineOf(node),
        what: 'Here stands a table, which the bot quotes with its bars.',
        todo: 'Write it as a list: an item for each row, in words that make sense without the columns.',
      });
    return addClause(textOf(node), lineOf(node), leadIn);
  };

  /** Its words stay; words in a list of its own, and those only, keep their lead-in. True where there are any. */
  const addHtml = (html: Html, lead: BuildingClause | undefined): boolean => {
    doubtHtml(html);
    const texts = paragraphsOfHtml(html.value);
    const leadIn = /<li\b/i.test(html.value) && lead && introduces(lead.text) ? lead : undefined;
    for (const text of texts) addClause(text, lineOf(html), leadIn);
    return texts.length > 0;
  };

  const addList = (list: List, leadIn: BuildingClause | undefined): void => {
    for (const item of list.children) addItem(item, leadIn);
  };

  const addItem = (item: ListItem, leadIn: BuildingClause | undefined): void => {
    let own: BuildingClause | undefined;
    for (const child of item.children) {
      if (child.type === 'list') addList(child, own ?? leadIn);
      else if (child.type === 'paragraph') own = addText(child, leadIn) ?? own;
      else if (child.type === 'html') addHtml(child, own);
      else addBlock(child);
    }
  };

  let before: BuildingClause | undefined;
  const addBlock = (node: RootContent): void => {
    const lead = before;
    // A comment, or a tag alone, does not part a list from its lead-in.
    if (node.type === 'html') {
      if (addHtml(node, lead)) before = undefined;
      return;
    }
    before = undefined;
    if (node.type === 'heading') {
      for (const html of htmlWithin(node)) if (doubtHtml(html)) break;
      startSection(textOf(node), node.depth, lineOf(node));
    } else if (node.type === 'list') {
      addList(node, lead && introduces(lead.text) ? lead : undefined);
      before = undefined;
    } else if (node.type === 'blockquote') for (const child of node.children) addBlock(child);
    else if (node.type !== 'thematicBreak' && node.type !== 'definition') before = addText(node, undefined);
  };

  const doubtId = (text: string, line: number): void => {
    const left = idLeftIn(text);
    if (left !== undefined)
      doubts.push({
        line,
        what: `"${left}" is no id here and is quoted as text.`,
        todo: 'An id stands at the very end, without spaces, such as {#phones.lessons}.',
      });
  };

  const doubtHtml = (html: Html): boolean => {
    const tag = firstTag(html.value);
    if (tag !== undefined)
      doubts.push({
        line: lineOf(html),
        what: `Here stands HTML (${tag.replace(/\s+/g, ' ').slice(0, 40)}), of which the bot keeps only the words.`,
        todo: 'Write it as Markdown; where the < belongs to the text, put a \\ before it.',
      });
    else if (hasOpenComment(html.value))
      doubts.push({
        line: lineOf(html),
        what: 'This comment is not closed: nothing after it is read.',
        todo: 'Put --> at its end.',
      });
    else return false;
    return true;
  };

  for (const node of fromMarkdown(body).children) addBlock(node);

  return {
    ...(title !== undefined && { title }),
    sections: sections.filter((each) => each.clauses.length > 0),
    clauses,
    doubts,
  };
}
