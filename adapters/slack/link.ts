import type { types } from '@slack/bolt';
import { limits } from './limits.ts';
import { pieces } from './pieces.ts';
import { plain } from './text.ts';

/** A link that can be pressed; where the address could mislead Slack, in words. */
export function drawLink(label: string, url: string): types.KnownBlock[] {
  const words = [label, url].filter((part) => part !== '').join(': ');
  const address = pressable(url);
  if (address !== undefined) {
    const text = `<${address}|${label === '' ? address : label}>`;
    if (text.length <= limits.text && !/[*_~`&<>|:]/.test(label))
      return [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }];
  }
  return pieces(words, limits.text).map((piece) => ({ type: 'section', text: plain(piece) }));
}

/** An address of the web as Slack may have it; undefined where it is none. */
function pressable(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return undefined;
  return /[<>|\s]/.test(parsed.href) ? undefined : parsed.href.replaceAll('&', '&amp;');
}
