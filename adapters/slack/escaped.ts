/**
 * Text as Slack's own markup, with nothing left in it that could be a mention, a link or a command: those
 * all begin with `<`. See https://docs.slack.dev/messaging/formatting-message-text#escaping.
 */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
