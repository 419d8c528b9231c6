/** Ids of buttons, forms and form fields: the same on every platform, relied on from outside. */
export const action = {
  helpful: 'answer.helpful',
  unhelpful: 'answer.unhelpful',
  askPerson: 'answer.ask_person',
  reportGap: 'answer.report_gap',
  /** Its value is a policy id, a section id, a page from 1 and ids of clauses to be marked, with spaces between. */
  section: 'answer.section',
  /** What a policy holds; its value is a policy id and a page from 1, or nothing for the list of policies. */
  policy: 'answer.policy',
  share: 'answer.share',
  /** A suggested question; its value is the question. */
  ask: 'answer.ask',
  /** What these, and those of a campaign, hand back says whose card it is and what it is about. */
  acknowledgeOpen: 'acknowledge.open',
  acknowledgeConfirm: 'acknowledge.confirm',
  acknowledgeQuestion: 'acknowledge.question',
  acknowledgeTomorrow: 'acknowledge.tomorrow',
  /** Who would be sent what, and when. */
  campaignPreview: 'campaign.preview',
  /** Asks whether to; the next one does so. */
  campaignPause: 'campaign.pause',
  campaignPauseNow: 'campaign.pause_now',
  campaignResume: 'campaign.resume',
  /** How each role and each person stands. */
  campaignStanding: 'campaign.standing',
  /** What `status` shows. */
  status: 'status.show',
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
  // Where a policy has check questions; else what comes takes the place of the card.
  action.acknowledgeConfirm,
  action.campaignPreview,
  action.campaignStanding,
  action.concern,
  action.concernCode,
  'person.reply',
]);

export const form = {
  askPerson: 'person',
  personReply: 'person.reply',
  acknowledge: 'acknowledge.confirm',
  /** These are anonymous, from the first to the last. */
  concern: 'concern.about',
  concernText: 'concern.text',
  concernCode: 'concern.last_four',
  code: 'code.receipt',
  codeThread: 'code.reply',
} as const;

export const field = {
  personText: 'person.text',
  /** Whom a concern is about. */
  concernAbout: 'concern.about',
  /** Readers who are left out. */
  concernExclude: 'concern.exclude',
  concernKind: 'concern.kind',
  concernText: 'concern.text',
  concernLastFour: 'concern.last_four',
  codeReceipt: 'code.receipt',
  codeReply: 'code.reply',
} as const;

/** The answer to a check question, counted from 1. */
export const checkField = (number: number): string => `check.${number}`;
