/** Ids of buttons, forms and form fields: the same on every platform, relied on from outside. */
export const action = {
  helpful: 'answer.helpful',
  unhelpful: 'answer.unhelpful',
  askPerson: 'answer.ask_person',
  reportGap: 'answer.report_gap',
  /** Its value is a policy id, a section id and a page from 1, with spaces between. */
  section: 'answer.section',
  /** What a policy holds; its value is a policy id and a page from 1, or nothing for the list of policies. */
  policy: 'answer.policy',
  share: 'answer.share',
  /** A suggested question; its value is the question. */
  ask: 'answer.ask',
  concern: 'concern.open',
  concernCode: 'concern.code',
} as const;

/**
 * Actions that are answered with a form or a page: a platform whose dialogs must be announced on the button,
 * or opened within seconds of the press, goes by this list.
 */
export const dialogActions: ReadonlySet<string> = new Set([
  action.askPerson,
  action.section,
  action.policy,
  action.concern,
  action.concernCode,
  'person.reply',
]);

export const form = { askPerson: 'person', personReply: 'person.reply' } as const;

export const field = { personText: 'person.text' } as const;
