import { storable } from '../store/text.ts';
import { type Refused, refused } from './refused.ts';

/** Characters, as JavaScript and Slack's message blocks count them. */
export const TEXT_LIMIT = 3000;

/** What a person wrote, as it will be kept and shown: without blanks at the ends. */
export function checkText(written: string): Refused | { readonly kind: 'text'; readonly text: string } {
  const text = storable(written).trim();
  // Something must show: invisible characters alone are as good as nothing.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text)) return refused('Please write something before you send it.');
  if (text.length > TEXT_LIMIT)
    return refused(
      `This is too long: ${inWords(text.length)} characters. Please keep it to ${inWords(TEXT_LIMIT)}.`,
    );
  return { kind: 'text', text };
}

const inWords = (count: number): string => count.toLocaleString('en-GB');
