import Fuse from 'fuse.js';
import type { Policy, Section } from '../content/content.ts';

const WANTS_SECTION =
  /\b(?:show|read|give|send|print|see|open|display|list|want|quote)\b.*\b(?:section|part|chapter|clauses?|whole|full|entire|everything)\b|\b(?:whole|full|entire|complete) (?:section|part|chapter)\b/i;
const ABOUT =
  /\b(?:section|part|chapter|clauses?|everything)\b(?: (?:on|about|for|of|called|titled|under|headed))?\s+(.{3,80})/i;
/** fuse.js: 0 is a perfect match, 1 none. */
const ALIKE = 0.4;

export interface FoundSection {
  readonly policy: Policy;
  readonly section: Section;
}

/** Finds the section that somebody asks to see whole: "show me the section on personal use". */
export class SectionTitles {
  readonly #titles: Fuse<FoundSection & { title: string }>;

  constructor(policies: readonly Policy[]) {
    this.#titles = new Fuse(
      policies.flatMap((policy) =>
        policy.sections.map((section) => ({
          policy,
          section,
          title: section.headings.join(' ') || section.title,
        })),
      ),
      { keys: ['title'], threshold: ALIKE, ignoreLocation: true, includeScore: true, minMatchCharLength: 3 },
    );
  }

  /** The section wanted, or undefined where the message does not ask to see one or none has such a title. */
  find(message: string): FoundSection | undefined {
    if (message.length > 200 || !WANTS_SECTION.test(message)) return undefined;
    const wanted =
      ABOUT.exec(message)?.[1] ??
      /\b(?:the|whole|full|entire)\s+(.{3,60}?)\s+(?:section|part|chapter)\b/i.exec(message)?.[1];
    if (wanted === undefined) return undefined;
    return this.#titles.search(wanted.replace(/[?.!]+$/, '').replace(/^(?:the|on|about)\s+/i, ''), {
      limit: 1,
    })[0]?.item;
  }
}
