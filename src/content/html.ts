/**
 * HTML in a policy, where its author pasted some: the words are kept, the tags go. A tag that HTML does not
 * know (`<name of school>`) is words.
 */

/** Tags that part what stands around them. */
const PARTING = names(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol p section summary ' +
    'table tbody tfoot thead title tr ul pre',
);
/** Tags within a line that stand between words. */
const SPACING = names('br col colgroup img input option select td th');
/** Tags within a line, often within a word. */
const INLINE = names(
  'a abbr b bdi bdo big button cite code data del dfn em font i iframe ins kbd label link mark meta param q s ' +
    'samp script small span strike strong style sub sup textarea time tt u var wbr',
);

const COMMENT = /<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|<![a-z][^>]*>/gi;
/** Elements whose content nobody reads. */
const UNSEEN = /<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const TAG = /<\/?([a-z][a-z0-9]*)(?:[\s/](?:"[^"]*"|'[^']*'|[^'"<>])*)?>/gi;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  pound: '£',
};

/** The words of one tag that stands within a paragraph, nearly always none. */
export function wordsOfTag(tag: string): string {
  return tag.replace(COMMENT, '').replace(TAG, (whole, name: string) => {
    const known = name.toLowerCase();
    return INLINE.has(known) ? '' : PARTING.has(known) || SPACING.has(known) ? ' ' : whole;
  });
}

/** The paragraphs of a block of HTML. Comments, scripts and styles have no words. */
export function paragraphsOfHtml(html: string): string[] {
  return html
    .replace(COMMENT, '')
    .replace(UNSEEN, '')
    .replace(TAG, (tag, name: string) => (PARTING.has(name.toLowerCase()) ? '\n\n' : wordsOfTag(tag)))
    .split(/\n[ \t\r]*\n/)
    .map((text) => decoded(text).replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
}

/** The first tag that is not within a comment, as it stands there. */
export function firstTag(html: string): string | undefined {
  return /<\/?[a-z][^<>]*>?/i.exec(html.replace(COMMENT, ''))?.[0];
}

/** A comment that nothing ends: Markdown takes all that follows for a part of it. */
export function hasOpenComment(html: string): boolean {
  const begin = html.lastIndexOf('<!--');
  return begin >= 0 && !html.includes('-->', begin);
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
