/** Says who an id stands for, where that is known. */
export type NameOf = (id: string) => string | undefined;

/**
 * The words of a message as its writer sees them: without Slack's markup, and without the bot's own name, by
 * which it was called. See https://docs.slack.dev/messaging/formatting-message-text.
 */
export function heard(text: string, bot: string, nameOf: NameOf): string {
  const called = new RegExp(`<@${bot}(?:\\|[^<>]*)?>`, 'g');
  return text
    .replace(new RegExp(`^(?:[\\s,:;–-]*${called.source})+[\\s,:;–-]*`), '')
    .replace(called, '')
    .replace(tokens, (_, content: string) => inWords(content, nameOf))
    .replace(emoji, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** People, channels, groups and links; whatever else stands in angle brackets was typed so. */
const tokens = /<((?:[@#!]|https?:|mailto:|tel:)[^<>]*)>/g;

/** Their names are words, which would be taken for part of the question. */
const emoji = /(?<![\w:]):(?:[+-]1|(?=[^:\s]*[a-z])[a-z0-9_+'-]+):(?::skin-tone-\d:)?(?!\w)/g;

function inWords(content: string, nameOf: NameOf): string {
  const [target = '', label] = content.split('|', 2);
  if (target.startsWith('@')) return label || nameOf(target.slice(1)) || 'somebody';
  if (target.startsWith('#')) return label ? `#${label}` : 'a channel';
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  return label || target.replace(/^(?:mailto|tel):/, '');
}
