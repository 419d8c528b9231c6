/**
 * What Slack takes, in characters unless it says otherwise. From the reference pages of Block Kit at
 * https://docs.slack.dev/reference/block-kit and of views at https://docs.slack.dev/reference/views.
 */
export const limits = {
  message: {
    blocks: 50,
    /**
     * All blocks of one message as JSON. Not documented: Slack answers `msg_blocks_too_long` from about 13,200
     * on, and sooner for many small blocks (https://github.com/slackapi/bolt-js/issues/2509 and 2867).
     */
    size: 10_000,
    /** The text that stands for the blocks. Slack takes 40,000 and shows 4,000. */
    text: 3_000,
  },
  view: {
    blocks: 100,
    /** The whole view as JSON; Slack takes 250 KB, in bytes. */
    size: 60_000,
    title: 24,
    submit: 24,
    close: 24,
  },
  header: 150,
  /** Of a section, and of any other text that no page gives a limit of its own for. */
  text: 3_000,
  buttonsInBlock: 25,
  button: {
    label: 75,
    /** Longer labels may be shown cut short. */
    readable: 30,
    value: 2_000,
  },
  input: { label: 2_000, text: 3_000 },
  option: {
    label: 75,
    description: 75,
    /** More than this many radio buttons or checkboxes are not taken; a menu takes more. */
    beside: 10,
    inGroup: 100,
    groups: 100,
  },
} as const;
