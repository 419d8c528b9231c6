import type { Policy, Section } from '../content/content.ts';
import { isLinking } from './features.ts';
import { stemOf, wordsOf } from './text.ts';

/** "show me the whole section on monitoring", "what is in the chapter about parents". */
const WANTS_SECTION =
  /\b(?:show|read|give|send|print|see|open|display|list|want|quote|whole|full|entire|complete|what)\b.*\b(?:section|part|chapter)s?\b/i;
/** "what does the policy say about photos". */
const ABOUT_POLICY =
  /^\W*(?:so\s+)?(?:what(?:'?s)?|tell me what|show me what|where|how)\b.{0,12}?\b(?:policy|policies|rules?|guidance|document|handbook)\b.{0,12}?\b(?:says?|said|states?|mentions?|tells?|covers?|in it|rules?)\b.{0,10}?\b(?:about|on|regarding|for|of)\s+(.{2,80}?)[\s?.!]*$/i;
const NAMING = new Set([
  'section',
  'part',
  'chapter',
  'role',
  'polici',
  'show',
  'read',
  'whole',
  'full',
  'entir',
  'me',
  'give',
  'see',
  'what',
  'pleas',
  'list',
  'open',
  'quot',
  'want',
  'complet',
  'displai',
  'send',
  'print',
  'about',
  'under',
  'head',
  'call',
  'titl',
]);
/** Of the words that name a section, so many must stand in its title. */
const SHARED = 0.6;

export interface FoundSection {
  readonly policy: Policy;
  readonly section: Section;
  /** 0 to 1: 1 where the words are the title. */
  readonly likeness: number;
}

/** The topic of "what does the policy say about …", or undefined where the message asks otherwise. */
export const topicAskedFor = (message: string): string | undefined => ABOUT_POLICY.exec(message)?.[1];

/** True where somebody asks to see a section whole. */
export const wantsSection = (message: string): boolean =>
  message.length <= 200 && WANTS_SECTION.test(message);

/** Finds sections by their titles. */
export class SectionTitles {
  readonly #sections: readonly (Omit<FoundSection, 'likeness'> & { readonly title: ReadonlySet<string> })[];

  constructor(policies: readonly Policy[]) {
    this.#sections = policies.flatMap((policy) =>
      policy.sections
        .map((section) => ({ policy, section, title: new Set(namingWords(section.title)) }))
        .filter(({ title }) => title.size > 0),
    );
  }

  /** The section whose title shares most with the words; undefined where none shares enough, or several share all of them. */
  find(words: string): FoundSection | undefined {
    const wanted = new Set(namingWords(words));
    if (wanted.size === 0) return undefined;
    const found = this.#sections
      .map(({ policy, section, title }) => {
        const shared = wanted.intersection(title).size;
        return { policy, section, share: shared / wanted.size, likeness: shared / wanted.union(title).size };
      })
      .filter(({ share }) => share >= SHARED)
      .sort((a, b) => b.likeness - a.likeness);
    const [best, second] = found;
    const several = second?.share === 1 && (best?.likeness ?? 1) < 1;
    return best && !several ? best : undefined;
  }
}

const namingWords = (text: string): string[] =>
  wordsOf(text)
    .map((word) => stemOf(word.replace(/'s?$/, '')))
    .filter((stem) => !isLinking(stem) && !NAMING.has(stem));
