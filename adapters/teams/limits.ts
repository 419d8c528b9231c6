/**
 * What Teams takes. From https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 * and /rate-limit, and the pages of the parts named.
 */
export const limits = {
  /** Bytes of one message or dialog as JSON. Teams refuses from 100 KB on. */
  bytes: 80 * 1024,
  /** Buttons side by side; Teams shows no more than six of a set. */
  buttonsInRow: 6,
  /** Characters of labels side by side that a phone shows whole, and what the frame of a button takes of them. */
  row: 34,
  frame: 5,
  /** Characters of a label that a button shows whole; a longer one is a line of text to press. */
  label: 34,
  /** Choices that are all shown; more fold into a list. */
  choicesShown: 12,
  /** Characters; Teams takes no more of what is typed into one input. */
  inputText: 5_000,
  dialogTitle: 64,
  summary: 200,
} as const;
