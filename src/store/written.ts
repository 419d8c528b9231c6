import { storable } from './text.ts';

export type Written =
  | { readonly kind: 'text'; readonly text: string }
  /** Tells the person why, and what to do instead. */
  | { readonly kind: 'refused'; readonly message: string };

/** What a person wrote, as it will be kept and shown: without blanks at the ends, and at most so many characters. */
export function checkWritten(written: string, most: number): Written {
  const text = storable(written).trim();
  // Something must show: invisible characters alone are as good as nothing.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text)) return refused('Please write something before you send it.');
  if (text.length > most)
    return refused(
      `This is too long: ${inWords(text.length)} characters. Please keep it to ${inWords(most)}.`,
    );
  return { kind: 'text', text };
}

const refused = (message: string): Written => ({ kind: 'refused', message });

const inWords = (count: number): string => count.toLocaleString('en-GB');
