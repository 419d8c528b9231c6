import type { Element as CardElement } from '../../../../src/chat/card.ts';
import type { ReaderName } from '../../../../src/concerns/sealing/mod.ts';
import type { Word } from '../browser/thread.ts';

/** What the first screen is made of, and the words of the later ones. */
export interface FirstScreen {
  readonly notice: readonly CardElement[];
  readonly abouts: readonly Word[];
  readonly kinds: readonly Word[];
  /** Who can be left out; where there is nobody, nothing can be sent. */
  readonly readers: readonly ReaderName[];
  /** Beside the code that is shown once, and once it has been written down. */
  readonly words: {
    readonly code: { readonly before: readonly CardElement[]; readonly after: readonly CardElement[] };
    readonly sent: readonly CardElement[];
    readonly replied: readonly CardElement[];
  };
}
