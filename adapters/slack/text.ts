import type { types } from '@slack/bolt';
import { cut } from '../../src/chat/cut.ts';
import { harmlessLine } from '../../src/chat/harmless.ts';

/** Text that Slack shows as it is: no mentions, no links, no `*bold*`, no `:smile:`. */
export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });

/** A line of at most `most` characters, or `otherwise` where nothing of it can be seen: Slack refuses empty texts. */
export const plainLine = (text: string, most: number, otherwise: string): types.PlainTextElement =>
  plain(cut(harmlessLine(text) || otherwise, most));
