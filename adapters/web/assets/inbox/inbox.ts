import type { Child } from '../browser/dom.ts';
import type { Box } from './box.ts';

/** What the inbox shows: one of its pages, or one concern. */
export type View =
  | { readonly page: 'list' | 'readers' | 'passphrase' | 'leave' }
  | { readonly page: 'concern'; readonly id: string };

/** What a page of the inbox works with. */
export interface Inbox {
  readonly box: Box;
  /** What the list is narrowed to; it stays while one looks at a concern. */
  readonly filter: { route: string; status: string };
  go(view: View): void;
  /** Fetches everything anew, shows a page, and says what was done. @throws CallError */
  done(view: View, words: string): Promise<void>;
  /** Forgets all keys. */
  logOut(notice?: string): Promise<void>;
  /** Shows a screen, with the way to the others. */
  show(title: string, ...children: readonly Child[]): void;
}
